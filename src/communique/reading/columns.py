"""A record of JSON Lines, CSV or Parquet to a Page.

Which field holds what is said by ``Columns``; where the user names no fields, the usual names are tried.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from typing import Any

from communique.page import Page
from communique.reading.failure import ReadError
from communique.reading.fields import USUAL, Columns
from communique.reading.pages import LIMIT, Source, html_page, with_text


def record_page(record: Mapping[str, Any], source: Source, number: int) -> Page:
    """The Page of a record. Raises ReadError where it has no text."""
    date = _value(record, source.columns, "date")
    inner = Source(
        doc=_value(record, source.columns, "doc") or f"{source.doc}-{number:06d}",
        path=f"{source.path or source.doc}!{number}",
        url=_value(record, source.columns, "url") or source.url,
        date=date[:10] if date and date[:4].isdigit() else source.date,
        outlet=_value(record, source.columns, "outlet") or source.outlet,
    )
    html = _value(record, source.columns, "html")
    if html:
        return html_page(html.encode("utf-8", "replace"), inner, "utf-8")
    text = _value(record, source.columns, "text")
    if not text:
        raise ReadError("no text in the record", inner.path or "")
    title = _value(record, source.columns, "title")
    if title and not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > LIMIT:
        raise ReadError("over 5 MB", inner.path or "")
    return with_text(text, hashlib.sha256(data).hexdigest(), inner)


def _value(record: Mapping[str, Any], columns: Columns, what: str) -> str | None:
    """The value of a field as text, or None where it is absent or empty."""
    name = getattr(columns, what)
    for key in (name,) if name else USUAL[what]:
        value = record.get(key)
        if isinstance(value, datetime.datetime | datetime.date):
            return value.isoformat()
        if value not in (None, "") and isinstance(value, str | int):
            return str(value)
    return None
