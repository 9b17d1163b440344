"""Some pages of a ledger with their events and parties, as columns, in the order of the exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
from sqlalchemy import ColumnElement, Connection, Select, func, select

from communique.export.arrow.asking import Ask
from communique.export.arrow.coded import equal, recoded
from communique.export.arrow.coded import together as in_one
from communique.export.arrow.lists import Numbers
from communique.export.arrow.lookups import looked_up
from communique.export.arrow.made import numbers_in, of_numbers, one, truths
from communique.export.arrow.parties import CELL as TOGETHER
from communique.export.arrow.parties import Parties
from communique.export.ledger_rows import NO_DETAIL, binary, together
from communique.export.record import PageRow
from communique.ledger import schema

PAGES = 4000  # in one part
MOST_PARTIES = 1 << 32  # on one side of an event
_EVENT = ("id", "page_id", "key", "about", "date", "place", "answers", "quote", "start", "end", "confidence")
_SAME = {"position": pa.int64(), "type": pa.string(), "mode": pa.string(), "status": pa.string(),
         "coder": pa.string(), "coder_version": pa.string(), "codebook_version": pa.string()}  # fmt: skip
_PARTY = {"side": pa.string(), "position": pa.int64(), "actor": pa.string(), "name": pa.string()}


@dataclass(frozen=True, slots=True)
class ArrowPart:
    """Some pages: ``id`` and PageRow's columns. Their events in order, with ``page``, the place of each one's page.

    ``parties`` are rows of ``side``, ``actor`` and ``name`` in order, None where they were not asked for; ``owner`` is
    the place of each one's event.
    """

    pages: pa.Table
    events: pa.Table
    page: Numbers
    parties: pa.Table | None
    owner: Numbers

    def of_page(self, name: str) -> pa.DictionaryArray:
        """A column of the pages, for each event."""
        return recoded(plain(self.pages[name]), of_numbers(self.page))


class Parts:
    """The parts of a ledger."""

    def __init__(self, ask: Ask, connection: Connection, parties: bool, detail: bool) -> None:
        self._ask, self._connection, self._parties, self._detail = ask, connection, parties, detail

    def __iter__(self) -> Iterator[ArrowPart]:
        after = ""
        known = Parties(self._ask, self._connection) if self._parties else None
        while len(pages := self._ask(self._pages(after))):
            upto = pages["key"][-1].as_py()
            events, page = self._events(pages, self._between(after, upto))
            parties, owner = self._sides(events, known) if known else (None, page[:0])
            yield ArrowPart(pages, events, page, parties, owner)
            if len(pages) < PAGES:
                return
            after = upto

    def _key(self) -> Any:
        return binary(self._connection, schema.page.c.key)

    def _between(self, after: str, upto: str) -> ColumnElement[bool]:
        between: ColumnElement[bool] = (self._key() > after) & (self._key() <= upto)
        return between

    def _pages(self, after: str) -> Select[Any]:
        page, article = schema.page, schema.article
        columns = [page.c.key, page.c.digest, page.c.url, page.c.doc, *(article.c[n] for n in PageRow._fields[4:-1])]
        query = select(page.c.id, *columns, page.c.fetched).join(article, article.c.page_id == page.c.id)
        return query.where(self._key() > after).order_by(self._key()).limit(PAGES)

    def _events(self, pages: pa.Table, between: ColumnElement[bool]) -> tuple[pa.Table, Numbers]:
        event, page = schema.event, schema.page
        columns: list[Any] = [event.c[name] for name in _EVENT]
        columns.append(together(self._connection, *(event.c[name] for name in _SAME)).label(TOGETHER))
        if self._detail:
            columns.append(func.nullif(event.c.detail, NO_DETAIL, type_=event.c.detail.type).label("detail"))
        query = select(*columns).select_from(page.join(event, event.c.page_id == page.c.id))
        found = apart(self._ask(query.where(between).order_by(self._key())), _SAME)
        places = _places(found["page_id"], pages["id"])
        return _in_order(found, places, numbers(found["position"]))

    def _sides(self, events: pa.Table, known: Parties) -> tuple[pa.Table, Numbers]:
        owner, cells = known.of(numbers(events["id"]))
        found = apart(pa.table({TOGETHER: cells}), _PARTY)
        targets = truths(equal(plain(found["side"]), one("target"))).astype(np.int64)
        return _in_order(found, owner, targets * MOST_PARTIES + numbers(found["position"]))


def apart(found: pa.Table, types: Mapping[str, pa.DataType]) -> pa.Table:
    """An answer with its column of JSON lists (``together``) taken apart into columns of those names and types."""
    columns = looked_up(plain(found[TOGETHER]), orjson.loads, list(types.values()))
    for name, column in zip(types, columns, strict=True):
        found = found.append_column(name, column)
    return found.drop_columns(TOGETHER)


def plain(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece."""
    return in_one(column.chunks or [pa.nulls(0, column.type)])


def numbers(column: pa.ChunkedArray) -> Numbers:
    """A column of whole numbers; -1 is null."""
    return numbers_in(plain(column))


def _places(ids: pa.ChunkedArray, among: pa.ChunkedArray) -> Numbers:
    """The place of each id among some that hold it."""
    known = numbers(among)
    by_id = np.argsort(known, kind="stable")
    return by_id[np.searchsorted(known, numbers(ids), sorter=by_id)] if len(known) else known


def _in_order(found: pa.Table, places: Numbers, within: Numbers) -> tuple[pa.Table, Numbers]:
    """Rows by place, then by place within; the database mostly gives them so."""
    if len(places) < 2 or _sorted(places, within):
        return found, places
    order = np.lexsort((within, places))
    return found.take(of_numbers(order)), places[order]


def _sorted(places: Numbers, within: Numbers) -> bool:
    steps = np.diff(places)
    return bool(np.all((steps > 0) | ((steps == 0) & (np.diff(within) > 0))))
