"""Counting over all acts of a ledger that pass some filters: by party, by type and day; see ``columns``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection, func, select

from communique.ledger import schema
from communique.ledger.columns import PACKED, SIZE, column_of
from communique.ledger.filters import Filters, words_of
from communique.ledger.rarity import FEW, with_words
from communique.ledger.sets import rows_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_BINS = 4_000_000  # of types and days that are counted in an array
FEW_CODES = 5  # that are looked for one by one
_VALUE = schema.act_value.c
Packed = tuple["NDArray[np.int64]", "NDArray[np.int64]", "NDArray[np.uint32]"]


class Acts:
    """The acts of a ledger by the ids of their moves, as far as questions ask for them: columns are read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._one: dict[str, NDArray[np.int32]] = {}
        self._many: dict[str, Packed] = {}

    def one(self, name: str) -> NDArray[np.int32]:
        """A column with a number for every id from 0: 0 where there is no move, or no day."""
        if name not in self._one:
            runs, packed = column_of(self._connection, name)
            whole = np.zeros((int(runs[-1]) + 1 if len(runs) else 0, SIZE), np.int32)
            whole[runs] = np.frombuffer(b"".join(packed), PACKED[name]).reshape(-1, SIZE)
            self._one[name] = whole.reshape(-1)
        return self._one[name]

    def many(self, name: str) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """A column with any number of values for each move: ids of moves, each with the code of one value."""
        runs, ends, numbers = self._packed(name)
        return np.repeat(runs * SIZE, np.diff(ends, prepend=0)) + numbers % SIZE, numbers // SIZE

    def _packed(self, name: str) -> Packed:
        """The runs of a column, where each ends among its numbers, and these."""
        if name not in self._many:
            runs, packed = column_of(self._connection, name)
            numbers = np.frombuffer(b"".join(packed), PACKED[name])
            sizes = [len(body) // PACKED[name].itemsize for body in packed]
            self._many[name] = runs, np.cumsum(sizes, dtype=np.int64), numbers
        return self._many[name]

    def passing(self, filters: Filters) -> NDArray[np.bool_]:
        """For every id whether it is that of an act that passes the filters."""
        kept = self.one("type") != 0
        for name, wanted in (("type", (filters.type or "").upper()), ("status", filters.status)):
            if wanted:
                codes = self._codes(name, [wanted])
                kept &= (self.one(name) == codes[0]) if codes else False
        if filters.days is not None:
            kept &= self._within(*filters.days)
        if filters.actor:
            kept &= self._holding(("source", "target"), self._codes("actor", {filters.actor, filters.actor.upper()}))
        if filters.outlet:
            kept &= self._holding(("outlet",), self._codes_where("outlet", _lowered(filters.outlet)))
        if words_of(filters.matter):
            kept &= self._on(filters)
        return kept

    def _within(self, first: int, last: int) -> NDArray[np.bool_]:
        """Acts that can lie in the days; undated ones are out."""
        since, until = self.one("since"), self.one("until")
        return (until != 0) & (until >= first) & (np.where(since != 0, since, until) <= last)

    def of_one_day(self) -> NDArray[np.bool_]:
        """Acts of which the day is known."""
        return (self.one("since") == self.one("until")) & (self.one("until") != 0)

    def _holding(self, columns: Iterable[str], codes: Sequence[int]) -> NDArray[np.bool_]:
        """Acts that have one of some codes in any of some columns."""
        found = np.zeros(len(self.one("type")), bool)
        for name in columns:
            runs, ends, numbers = self._packed(name)
            places = np.flatnonzero(_among(numbers, codes))
            found[runs[np.searchsorted(ends, places, "right")] * SIZE + numbers[places] % SIZE] = True
        return found

    def _on(self, filters: Filters) -> NDArray[np.bool_]:
        """Acts on a matter, as ``narrow_moves`` has it: of words that few have, those that begin so are meant."""
        begun = self._with(filters, _VALUE.value.istartswith)
        if np.count_nonzero(begun) <= FEW and with_words(self._connection, filters, FEW):
            return begun
        return self._with(filters, _VALUE.value.icontains)

    def _with(self, filters: Filters, form: Callable[..., object]) -> NDArray[np.bool_]:
        codes = [self._codes_where("word", form(word, autoescape=True)) for word in words_of(filters.matter)]
        return np.logical_and.reduce([self._holding(("word",), listed) for listed in codes])

    def _codes(self, field: str, values: Iterable[str]) -> list[int]:
        return self._codes_where(field, _VALUE.value.in_(list(values)))

    def _codes_where(self, field: str, condition: object) -> list[int]:
        query = select(_VALUE.id).where(_VALUE.field == field, condition)  # type: ignore[arg-type]
        return list(self._connection.execute(query).scalars())

    def names(self, codes: Collection[int]) -> dict[int, str]:
        """What some codes stand for."""
        return dict(rows_by(self._connection, (_VALUE.id, _VALUE.value), _VALUE.id, codes))

    def parties(self, kept: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """By the code of a party, how many of some acts it made and how many were directed at it."""
        sides = [codes[kept[ids]] for ids, codes in (self.many("source"), self.many("target"))]
        size = max((int(codes.max(initial=0)) for codes in sides), default=0) + 1
        made, received = (np.bincount(codes, minlength=size) for codes in sides)
        return made, received

    def by_type_and_day(self, kept: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
        """The code of a type, the last possible day (0 for none), and how many of some acts have both."""
        kinds, days = self.one("type")[kept].astype(np.int64), self.one("until")[kept].astype(np.int64)
        if not len(kinds):
            return []
        low = int(days[days > 0].min(initial=days.max()))
        places = np.where(days > 0, days - low + 1, 0)
        span = int(places.max()) + 1
        codes = np.flatnonzero(np.bincount(kinds))
        number = np.zeros(int(codes[-1]) + 1, np.int64)
        number[codes] = np.arange(len(codes))
        which = number[kinds]
        if len(codes) * span <= MOST_BINS:
            counts = np.bincount(which * span + places)
            found = np.flatnonzero(counts)
            many = counts[found]
        else:
            found, many = np.unique(which * span + places, return_counts=True)
        day = np.where(found % span > 0, found % span + low - 1, 0)
        return list(zip(codes[found // span].tolist(), day.tolist(), many.tolist(), strict=True))


def _lowered(outlet: str) -> object:
    return func.lower(_VALUE.value) == outlet.lower()


def _among(numbers: NDArray[np.uint32], codes: Sequence[int]) -> NDArray[np.bool_]:
    """Which of the numbers of a column are those of some codes."""
    if len(codes) > FEW_CODES:
        wanted = np.zeros(max(int(numbers.max(initial=0)) // SIZE, *codes) + 1, bool)
        wanted[list(codes)] = True
        return wanted[numbers // SIZE]
    found = np.zeros(len(numbers), bool)
    for code in codes:
        found |= numbers - np.uint32(code * SIZE) < SIZE  # a smaller number wraps round to a great one
    return found
