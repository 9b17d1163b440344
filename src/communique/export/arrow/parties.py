"""Who stands in each event of a ledger, held at once: some 12 bytes a party, and each wording once.

The table is read from end to end: to look in it for the parties of each page's events would take twice as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
from sqlalchemy import Connection, select, tuple_

from communique.export.arrow.asking import Ask
from communique.export.arrow.coded import coded, in_order
from communique.export.arrow.lists import Numbers
from communique.export.arrow.made import numbers_in, of_numbers, of_values
from communique.export.ledger_rows import together
from communique.ledger import schema

ROWS = 200_000  # parties read at a time
CELL = "together"
_COLUMNS = ("side", "position", "actor", "name")
Codes = np.ndarray[Any, np.dtype[np.int32]]


class Parties:
    """The parties of all events, each as a JSON list of side, position, actor and name."""

    def __init__(self, ask: Ask, connection: Connection) -> None:
        known: dict[str, int] = {}
        events, codes = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
        for event, cells in _read(ask, connection):
            places = [known.setdefault(cell, len(known)) for cell in cells.dictionary.to_pylist()]
            events.append(event)
            codes.append(np.array(places, np.int32)[numbers_in(cells.indices)])
        self._events: Numbers = np.concatenate(events)
        self._codes: Codes = np.concatenate(codes)
        self._cells = of_values(list(known), pa.string())

    def of(self, events: Numbers) -> tuple[Numbers, pa.DictionaryArray]:
        """The parties of some events, by their ids: the place of each one's event, and its cell."""
        first = np.searchsorted(self._events, events)
        counts = np.searchsorted(self._events, events, "right") - first
        owner = np.repeat(np.arange(len(events)), counts)
        rows = np.arange(len(owner)) + np.repeat(first - np.cumsum(counts) + counts, counts)
        return owner, in_order(pa.DictionaryArray.from_arrays(of_numbers(self._codes[rows]), self._cells))


def _read(ask: Ask, connection: Connection) -> Iterator[tuple[Numbers, pa.DictionaryArray]]:
    """Ids of events and cells of their parties, by event, some at a time."""
    party = schema.event_actor
    key = (party.c.event_id, party.c.side, party.c.position)
    query = select(party.c.event_id, together(connection, *(party.c[name] for name in _COLUMNS)).label(CELL))
    query = query.order_by(*key).limit(ROWS)
    found = ask(query)
    while len(found):
        found = found.combine_chunks()
        event, cell = (found.column(n).chunk(0) for n in (0, 1))
        yield numbers_in(event), coded(cell)
        last = (event[-1].as_py(), *orjson.loads(cell[-1].as_py())[:2])
        found = ask(query.where(tuple_(*key) > last)) if len(found) == ROWS else found.slice(0, 0)
