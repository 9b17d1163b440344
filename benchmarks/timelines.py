"""Date selection on T17 Syria: the days that ``communique timeline`` picks, against the reference timelines.

    python benchmarks/timelines.py --ledger t17.ledger [--shared ../shared] [--workers 2]

Articles are added to the ledger first (a run that was stopped goes on), then for each reference the days within its own
first and last day are chosen at its own length, as is standard (Martschat and Markert 2018). Beside it: the days on
which most articles came out, and the days of the other references, which say how far those who write timelines agree.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from statistics import fmean

from communique.evaluation.dates import date_f1, mean_date_f1
from communique.ledger.adding import Added, add_pages, with_workers
from communique.ledger.coder import installed
from communique.ledger.filters import Filters
from communique.ledger.store import Ledger
from communique.ledger.timelines import reports_for
from communique.linking.days import bounds
from communique.linking.timeline import Told, timeline
from communique.page import Page

ACTORS = {"actor_SYR": "SYR", "all_acts": None}
"""The acts that days are chosen from: those of one party, as a reader asks for them, and all of the collection."""
YEARS = Path(__file__).with_name("timeline_years.csv")


def main() -> None:
    """Add, choose, score, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    folder = given.shared / "timelines" / "t17_syria"
    with Ledger.open(given.ledger, create=True) as ledger:
        pages = list(articles(folder / "t17_syria.articles.jsonl"))
        done = add_pages(ledger, pages, installed(), with_workers(given.workers), _note)
        with ledger.reading() as connection:
            reports = {name: list(reports_for(connection, Filters(actor=actor))) for name, actor in ACTORS.items()}
    references = json.loads((folder / "t17_syria.gold.json").read_text(encoding="utf-8"))
    given_days = {name: [str(entry[0]) for entry in entries] for name, entries in references.items()}
    published = [page.date for page in pages if page.date]
    print(f"{done.done} articles, {len(done.failures)} failed, {len(reports['all_acts'])} reports")
    for name, days in (("as given", given_days), ("years set right", set_right(given_days))):
        print(name, json.dumps(scores(list(days.values()), reports, published), indent=2))


def articles(path: Path) -> Iterator[Page]:
    """The dated articles."""
    for line in path.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        digest = hashlib.sha256(given["text"].encode()).hexdigest()
        yield Page(doc=given["id"], text=given["text"], digest=digest, date=given["date"])


def set_right(references: dict[str, list[str]]) -> dict[str, list[str]]:
    """The days of the references, those that stand in ``timeline_years.csv`` in the year in which it happened."""
    with YEARS.open(encoding="utf-8", newline="") as rows:
        happened = {(row["reference"], row["given"]): row["happened"] for row in csv.DictReader(rows)}
    return {name: [happened.get((name, day), day) for day in days] for name, days in references.items()}


def scores(days: list[list[str]], reports: dict[str, list[Told]], published: list[str]) -> dict[str, float]:
    """Mean Date-F1 of the days chosen, of those with most articles, and of the references by each other."""
    chosen = {
        name: [[e.date for e in timeline(told, len(of), span(of))] for of in days] for name, told in reports.items()
    }
    counted = [by_publication(published, len(listed), listed) for listed in days]
    return {**{name: mean_date_f1(days, picked) for name, picked in chosen.items()},
            "publication_count": mean_date_f1(days, counted), "other_references": agreement(days)}  # fmt: skip


def agreement(references: list[list[str]]) -> float:
    """The mean Date-F1 of every two references, over the time that both cover."""
    return fmean(date_f1(*_shared(one, other)) for one, other in combinations(references, 2))


def _shared(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    first, last = max(min(one), min(other)), min(max(one), max(other))
    return [day for day in one if first <= day <= last], [day for day in other if first <= day <= last]


def span(days: list[str]) -> tuple[int, int]:
    """The first and the last day of a reference."""
    return bounds(min(days))[0], bounds(max(days))[1]  # type: ignore[index]


def by_publication(published: list[str], top: int, days: list[str]) -> list[str]:
    """The days within the reference's on which most articles came out."""
    counts = Counter(day for day in published if min(days) <= day <= max(days))
    return [day for day, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:top]]


def _note(added: Added) -> None:
    if added.done % 50 == 0:
        print(f"{added.done} articles", flush=True)


if __name__ == "__main__":
    main()
