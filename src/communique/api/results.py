"""Results: the records that answer a question, to go through or to turn into a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from communique.api.columns import Column

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

T = TypeVar("T")
BATCH = 5000  # records turned into columns at a time


class MissingExtra(ImportError):
    """A table needs a library that is not installed; the message names the extra that brings it."""


class Results(Generic[T]):
    """The records that answer a question. The ledger is asked anew each time they are gone through.

    ``for record in results`` streams them; ``to_pandas()``, ``to_polars()`` and ``to_arrow()`` give a table with the
    columns named in ``columns``, one row a record, missing values missing.
    """

    def __init__(self, name: str, find: Callable[[], Iterator[T]], columns: Sequence[Column[T]]) -> None:
        self.name = name
        self._find = find
        self._columns = tuple(columns)

    def __iter__(self) -> Iterator[T]:
        return self._find()

    def __repr__(self) -> str:
        return f"<{self.name}: iterate, or .to_pandas(), .to_polars(), .to_arrow()>"

    def __bool__(self) -> bool:
        return self.first() is not None

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of a table of these records."""
        return tuple(column.name for column in self._columns)

    def first(self) -> T | None:
        """The first record, or None where there is none."""
        return next(iter(self._find()), None)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each record as a plain dictionary, by column."""
        for record in self._find():
            yield {column.name: column.value(record) for column in self._columns}

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table. Raises MissingExtra without the extra ``frames``."""
        from communique.api import tables

        rows = self.rows()
        batches = iter(lambda: list(islice(rows, BATCH)), [])
        return tables.arrow(self._columns, batches)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame: texts as strings, days as dates, lists as lists. Raises MissingExtra."""
        from communique.api import tables

        return tables.pandas_frame(self.to_arrow())

    def to_polars(self) -> polars.DataFrame:
        """A polars DataFrame. Raises MissingExtra without the extra ``frames``."""
        from communique.api import tables

        return tables.polars_frame(self.to_arrow())
