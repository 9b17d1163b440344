"""JSON Lines: a Page a line, from named fields."""

from __future__ import annotations

import json
from typing import Any

from communique.reading.columns import record_page
from communique.reading.failure import ReadError, ReadFailure
from communique.reading.formats import Pages, Stream
from communique.reading.pages import LIMIT, Source


def read(kind: str, stream: Stream, source: Source, depth: int) -> Pages:
    """The Pages of all lines; a line that is no object, or has no text, becomes a ReadFailure."""
    number = -1
    while line := stream.readline(LIMIT * 2):
        number += 1
        if not line.strip():
            continue
        try:
            yield record_page(_object(line), source, number)
        except ReadError as error:
            yield ReadFailure(error.path or f"{source.path or source.doc}!{number}", error.reason)


def _object(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReadError("not JSON") from error
    if not isinstance(found, dict):
        raise ReadError("not a JSON object")
    return found
