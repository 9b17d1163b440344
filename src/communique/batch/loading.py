"""Bringing a part of a folder of shards into a ledger: the whole pages that hold an event of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, NoReturn

from communique.batch.linking_reports import read_shards
from communique.batch.linking_shards import Broken, Shard, past_damage
from communique.batch.linking_work import BatchError, Work, working
from communique.batch.rows import article_of, event_of, page_of
from communique.coding.coded import CodedPage
from communique.ledger.coder import Coder
from communique.ledger.store import Ledger
from communique.linking.days import bounds
from communique.page import Page

MEMORY = 1_000_000_000
# A date is YYYY, YYYY-MM or YYYY-MM-DD, or two of them with a stroke between; "~" comes after every digit and "-".
_FIRST = "split_part(coalesce(e.date, e.published), '/', 1)"
_LAST = "split_part(coalesce(e.date, e.published), '/', -1)"
CONDITIONS = {
    "actor": "(list_contains(list_transform(e.sources, lambda a: a.id), $1) OR"
    " list_contains(list_transform(e.targets, lambda a: a.id), $1))",
    "from": f"{_LAST} || '~' >= $1",
    "to": f"{_FIRST} <= $1 || '~'",
    "matter": "contains(lower(concat_ws(' ', e.about, e.quote)), lower($1))",
    "type": "e.type = upper($1)",
    "outlet": "lower(e.outlet) = lower($1)",
    "status": "e.status = lower($1)",
}
"""What a part can be told by, in SQL over an event ``e``: a value in the place of ``$1``."""

_ARTICLES = (
    "SELECT c.page AS number, a.* FROM article a JOIN chosen c ON a.key = c.key AND a.shard = c.shard ORDER BY 1"
)
_EVENTS = """
SELECT c.page AS number, e.* FROM event e JOIN chosen c ON e.page = c.key AND e.shard = c.shard
ORDER BY c.page, e.position
"""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that an event of the part must be: a field of CONDITIONS and its value."""

    field: str
    value: str


@dataclass(slots=True)
class Loaded:
    """What came of loading: pages of the part, those added, those known already, and events added."""

    pages: int = 0
    added: int = 0
    known: int = 0
    events: int = 0


def condition(words: str) -> list[Condition]:
    """What "actor=RUS" or "matter=prisoner exchange" asks; each word of a matter is one. Raises ValueError."""
    field, sign, value = (part.strip() for part in words.partition("="))
    if not sign or not value or field not in CONDITIONS:
        raise ValueError(f"{words!r} is not like actor=RUS; the fields are {', '.join(CONDITIONS)}")
    if field in ("from", "to") and bounds(value) is None:
        raise ValueError(f"{words!r}: that is no date like 2012, 2012-02 or 2012-02-14")
    return [Condition(field, word) for word in (value.split() if field == "matter" else [value])]


def load(
    ledger: Ledger,
    folder: Path,
    where: Sequence[Condition] = (),
    memory: int = MEMORY,
    step: Callable[[Loaded], None] = lambda done: None,
) -> tuple[Loaded, list[Broken]]:
    """Add the pages that hold an event for which all of ``where`` holds, with all their events, and link them.

    A page is one transaction, and one that is there already is passed over, so loading again goes on where it was
    stopped. ``step`` is told after each page. Returns what was done and the files that could not be read. Raises
    BatchError, or LedgerError where the ledger cannot be written.
    """
    return past_damage(folder, lambda shards: _load(ledger, folder, shards, where, memory, step))


def _load(
    ledger: Ledger,
    folder: Path,
    shards: Sequence[Shard],
    where: Sequence[Condition],
    memory: int,
    step: Callable[[Loaded], None],
) -> Loaded:
    done = Loaded()
    with working(folder, memory, place=None) as work:
        read_shards(work, shards)
        done.pages = _choose(work, where)
        step(done)
        for coded, coder in _coded(work):
            if ledger.add(coded, coder):
                done.added += 1
                done.events += len(coded.events)
            else:
                done.known += 1
            step(done)
    return done


def _choose(work: Work, where: Sequence[Condition]) -> int:
    """Note the pages that hold an event of the part; returns how many there are."""
    asked = [CONDITIONS[one.field].replace("$1", f"${n}") for n, one in enumerate(where, start=1)]
    inside = "SELECT e.page, e.shard FROM event e" + (f" WHERE {' AND '.join(asked)}" if asked else "")
    query = (
        f"CREATE TABLE chosen AS SELECT p.* FROM page p SEMI JOIN ({inside}) e ON p.key = e.page AND p.shard = e.shard"
    )
    work.db.execute(query, [one.value for one in where])
    (number,) = work.db.execute("SELECT count(*) FROM chosen").fetchone()  # type: ignore[misc]
    return int(number)


def _coded(work: Work) -> Iterator[tuple[CodedPage, Coder]]:
    """The chosen pages as they were coded, each with its coder, in order of publication."""
    events = groupby(_rows(work, _EVENTS), key=lambda row: row["number"])
    for row in _rows(work, _ARTICLES):
        _, told = next(events)
        coder = Coder(row["coder"], row["coder_version"], row["codebook_version"], _coded_already)
        yield CodedPage(page_of(row), article_of(row), tuple(event_of(one) for one in told)), coder


def _rows(work: Work, query: str) -> Iterator[dict[str, Any]]:
    return (row for batch in work.stream(query, 500) for row in batch.to_pylist())


def _coded_already(page: Page) -> NoReturn:
    raise BatchError(f"{page.doc}: a page of a shard is coded already")
