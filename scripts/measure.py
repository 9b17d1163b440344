"""Measures the coder on the gold pages and writes docs/accuracy.json; --raise-floors lifts the gate's floors."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from communique import __version__
from communique.commands.workers import Left, code_pages
from communique.evaluation import read_documents, read_gold, score
from communique.evaluation.coding import by_document
from communique.evaluation.gate import FloorError, GoldSet, digest, measures, raised, read_floors, write_floors
from communique.ledger.coder import installed
from communique.reading import read_paths

ROOT = Path(__file__).parents[1]
FLOORS = ROOT / "tests" / "gold" / "floors.json"
WORKERS = os.cpu_count() or 1

# In a process of its own: what a user waits for, and what one core does after that.
_SPEED = """
import json, resource, sys, time
start = time.perf_counter()
from communique.coding import code_page
from communique.reading import read_paths
paths = sys.argv[1:]
code_page(next(read_paths(paths[:1])))
loaded = time.perf_counter()
pages = list(read_paths(paths))
for page in pages:
    code_page(page)
took = time.perf_counter() - loaded
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"pages_per_second": round(len(pages) / took, 1), "load_seconds": round(loaded - start, 2),
                  "characters_per_page": round(sum(len(p.text) for p in pages) / len(pages)),
                  "peak_memory_mb": round(memory)}))
"""


def measured(gold: GoldSet, shared: Path) -> dict[str, Any]:
    """The measures of one gold set. Raises SystemExit where a page cannot be coded."""
    pages = read_gold(shared / gold.gold, shared / gold.pages)
    coder = installed(gold.careful)
    found = read_paths([page.path for page in pages])
    coded = list(code_pages(found, workers=WORKERS, coder=coder.entry, seconds=coder.seconds))
    if left := [result for result in coded if isinstance(result, Left)]:
        raise SystemExit(f"{left[0].path}: {left[0].reason}")
    by_doc: Mapping[str, Any] = by_document(pages, coded)
    figures = score(read_documents(shared / gold.gold), by_doc).figures
    body = {page.doc: (set(page.values["body_lines"]), set(by_doc[page.doc]["body_lines"])) for page in pages}
    return {
        "pages": len(pages),
        "events": figures["all"]["gold"],
        "measures": measures(figures),
        "body_lines_missed": sum(len(gold - ours) for gold, ours in body.values()),
        "furniture_lines_kept": sum(len(ours - gold) for gold, ours in body.values()),
        "types": {name: figures[name] for name in figures if name.isupper()},
    }


def speed(paths: list[Path]) -> dict[str, float]:
    """Load time, pages a second and peak memory over these pages, in one process on one core."""
    command = [sys.executable, "-c", _SPEED, *map(str, paths)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure, write the figures, and raise the floors where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of the gold pages")
    parser.add_argument("--raise-floors", action="store_true", help="raise the gate's floors to the figures")
    parser.add_argument("--allow-lower", action="store_true", help="let floors fall, and pin changed gold pages")
    options = parser.parse_args()
    sets = read_floors(FLOORS)
    found = {gold.name: measured(gold, options.shared) for gold in sets}
    texts = [page.path for page in read_gold(options.shared / sets[0].gold, options.shared / sets[0].pages)]
    write(found, speed(texts))
    if options.raise_floors:
        write_floors(FLOORS, [_raised(gold, found[gold.name]["measures"], options) for gold in sets])


def write(found: Mapping[str, Any], speed: Mapping[str, float]) -> None:
    """Write docs/accuracy.json."""
    values = {
        "date": datetime.now(UTC).date().isoformat(),
        "version": __version__,
        "python": platform.python_version(),
        "sets": found,
        "speed": speed,
    }
    (ROOT / "docs" / "accuracy.json").write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


def _raised(gold: GoldSet, figures: Mapping[str, float], options: argparse.Namespace) -> GoldSet:
    now = digest(options.shared / gold.gold)
    try:
        if now != gold.sha256 and not options.allow_lower:
            raise FloorError("the gold pages have changed")
        floors = raised(gold.floors, figures, allow_lower=options.allow_lower)
    except FloorError as error:
        raise SystemExit(f"{gold.name}: {error}; --allow-lower does it all the same") from error
    return replace(gold, sha256=now, floors=floors)


if __name__ == "__main__":
    main()
