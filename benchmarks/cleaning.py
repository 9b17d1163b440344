"""Measure reading and cleaning beside their peers, on the same pages: ``python benchmarks/cleaning.py``.

Models are fitted anew for each fold of sites, so that no page is measured by a model that saw its site.
Needs ``pip install -e '.[cleaning-benchmark]'`` and ``../shared/cleaning``. ``--only`` picks parts; the whole takes
half an hour on one core, most of it fitting.

Line F1 is the mean over pages of the F1 of body lines. Shingle F1 compares runs of four words: precision and recall are
averaged over pages, F1 is of the two means, as in scrapinghub's article extraction benchmark.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "training"))

from cleaning_measures import html_rows, metadata_rows, seed_rows, speed_rows, text_rows, warc_rows  # noqa: E402

PARTS: dict[str, Callable[[Path, int], Iterator[dict]]] = {
    "seeds": seed_rows,
    "metadata": metadata_rows,
    "speed": speed_rows,
    "warc": warc_rows,
    "html": html_rows,
    "text": text_rows,
}


def main() -> None:
    """Run the parts asked for and print a row for each measure, and at the end all of them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", nargs="*", choices=sorted(PARTS), default=list(PARTS))
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    options = parser.parse_args()
    rows = []
    print(f"{'measure':<52}{'ours':>9}{'peer':>9}{'wanted':>9}  peer is")
    for part in options.only:
        for row in PARTS[part](options.shared, options.folds):
            rows.append(row)
            print(
                f"{row['measure']:<52}{_shown(row['ours']):>9}{_shown(row.get('peer')):>9}"
                f"{_shown(row.get('wanted')):>9}  {row.get('who', '')}",
                flush=True,
            )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _shown(value: float | str | None) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else (f"{value:,.0f}" if value >= 20 else f"{value:.3f}")


if __name__ == "__main__":
    main()
