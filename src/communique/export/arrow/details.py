"""What events keep as JSON (sources named, terms, further passages), as columns."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import orjson
import pyarrow as pa

from communique.export.arrow.lists import Numbers, spread
from communique.export.arrow.made import of_values, truths


class Listed(NamedTuple):
    """Rows that belong to events: the place of each one's event, its own place there from 0, and its columns."""

    owner: Numbers
    place: Numbers
    columns: tuple[pa.Array, ...]


class Details(NamedTuple):
    """Of some events: sources (source), terms (role, actor, start, end, quote), mentions (start, end, quote)."""

    according_to: Listed
    terms: Listed
    mentions: Listed


_TERM = (pa.string(), pa.string(), pa.int64(), pa.int64(), pa.string())
_MENTION = (pa.int64(), pa.int64(), pa.string())


def details(column: pa.Array) -> Details:
    """What a column of JSON holds; null is nothing."""
    there = np.flatnonzero(truths(column.is_valid()))
    kept: list[dict[str, Any]] = orjson.loads(f"[{','.join(column.drop_null().to_pylist())}]")
    owner, place, sources = spread([detail["according_to"] for detail in kept])
    named = Listed(there[owner], place, (of_values(sources, pa.string()),))
    return Details(
        named, *(_rows(kept, there, name, types) for name, types in (("terms", _TERM), ("mentions", _MENTION)))
    )


def _rows(kept: list[dict[str, Any]], there: Numbers, name: str, types: tuple[pa.DataType, ...]) -> Listed:
    owner, place, rows = spread([detail[name] for detail in kept])
    columns = zip(*rows, strict=True) if rows else ((),) * len(types)
    made = tuple(of_values(values, type_) for values, type_ in zip(columns, types, strict=True))
    return Listed(there[owner], place, made)


NO_DETAILS = details(pa.nulls(0, pa.string()))
