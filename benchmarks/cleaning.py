"""Measure reading and cleaning beside their peers, on the same pages: ``python benchmarks/cleaning.py``.

Models are fitted anew for each fold of sites, in the run itself, so that no page is measured by a model that saw its
site; nothing is kept from one run to the next. Needs ``pip install -e '.[cleaning-benchmark]'`` and
``../shared/cleaning``. The whole takes half an hour on one core, most of it fitting; ``--only`` picks parts,
``--quick`` takes every fifth site and two folds, and is for seeing that all works: its figures mean little.
How far the run is goes to stderr. The exit status is 1 where a wanted figure is not reached.

Line F1 is the mean over pages of the F1 of body lines. Shingle F1 compares runs of four words: precision and recall are
averaged over pages, F1 is of the two means, as in scrapinghub's article extraction benchmark.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "training"))

from cleaning_measures import html_rows, seed_rows, text_rows  # noqa: E402
from cleaning_rows import HEAD, Asked, Row, note, told  # noqa: E402
from cleaning_speeds import speed_rows, warc_rows  # noqa: E402
from cleaning_told import metadata_rows  # noqa: E402

PARTS: dict[str, Callable[[Asked], Iterator[Row]]] = {
    "seeds": seed_rows,
    "metadata": metadata_rows,
    "speed": speed_rows,
    "warc": warc_rows,
    "html": html_rows,
    "text": text_rows,
}


def main() -> int:
    """Run the parts asked for and print a row for each measure; 1 where one falls short."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=1, help="processes that fit folds at the same time")
    parser.add_argument("--quick", action="store_true", help="every fifth site, two folds: for seeing that all works")
    parser.add_argument("--only", nargs="*", choices=sorted(PARTS), default=list(PARTS))
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    options = parser.parse_args()
    asked = Asked(options.shared, 2 if options.quick else options.folds, options.jobs, options.quick)
    rows: list[Row] = []
    print(HEAD)
    for part in options.only:
        note(part)
        for row in PARTS[part](asked):
            rows.append(row)
            print(told(row), flush=True)
    if options.json:
        found = [asdict(row) | {"holds": row.holds()} for row in rows]
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    short = [row.measure for row in rows if row.holds() is False]
    print(f"{sum(row.holds() is True for row in rows)} wanted figures are reached, {len(short)} are not")
    return int(bool(short))


if __name__ == "__main__":
    raise SystemExit(main())
