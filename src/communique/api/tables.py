"""Rows to Arrow, pandas and polars; each library is imported only here, and only when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from communique.api.columns import Column
from communique.api.results import MissingExtra

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtra(f"{name} is not installed: pip install 'communique[frames]'") from error


def _types(pa: Any) -> dict[str, Any]:
    """The Arrow type of each kind of column."""
    text, number = pa.string(), pa.int64()
    texts = pa.list_(text)
    term = pa.struct([("role", text), ("actor", text), ("quote", text), ("start", number), ("end", number)])
    side = pa.struct([("says", text), ("sources", texts), ("reports", texts), ("words", texts)])
    link = pa.struct([("move", text), ("to", text), ("kind", text), ("score", pa.float64())])
    dispute = pa.struct([("kind", text), ("sides", pa.list_(side))])
    lists = {"texts": texts, "terms": pa.list_(term), "links": pa.list_(link)}
    lists |= {"sides": pa.list_(side), "disputes": pa.list_(dispute)}
    return {"text": text, "number": number, "share": pa.float64(), "yes": pa.bool_(), "day": pa.date32(), **lists}


def arrow(columns: Sequence[Column[Any]], batches: Iterable[list[dict[str, Any]]]) -> pyarrow.Table:
    """A table of rows that come in batches. Raises MissingExtra."""
    pa = _library("pyarrow")
    types = _types(pa)
    schema = pa.schema([(column.name, types[column.kind]) for column in columns])
    made = [pa.RecordBatch.from_pylist(rows, schema=schema) for rows in batches]
    table: pyarrow.Table = pa.Table.from_batches(made, schema=schema)
    return table


def pandas_frame(table: pyarrow.Table) -> pandas.DataFrame:
    """The table as pandas keeps it: missing is ``pd.NA`` or ``NaT``, never a made-up value, and lists are lists."""
    pd, pa = _library("pandas"), _library("pyarrow")
    plain = {pa.string(): pd.StringDtype(), pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    made = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        if pa.types.is_nested(column.type):
            made[name] = pd.Series(column.to_pylist(), dtype=object)
        else:
            made[name] = column.to_pandas(types_mapper=plain.get, date_as_object=False)
    frame: pandas.DataFrame = pd.DataFrame(made, columns=table.column_names)
    return frame


def polars_frame(table: pyarrow.Table) -> polars.DataFrame:
    """The table as polars keeps it. Raises MissingExtra."""
    frame: polars.DataFrame = _library("polars").from_arrow(table)
    return frame
