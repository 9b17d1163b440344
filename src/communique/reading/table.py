"""CSV and Parquet: a Page a row, from named columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from communique.reading.columns import record_page
from communique.reading.decoding import MARKS, decode
from communique.reading.failure import MissingReader, ReadError, ReadFailure
from communique.reading.formats import HEAD, Pages, Stream
from communique.reading.pages import LIMIT, Source


def read(kind: str, stream: Stream, source: Source, depth: int) -> Pages:
    """The Pages of all rows; a row without text becomes a ReadFailure."""
    rows = _csv(stream) if kind == "csv" else _parquet(stream)
    for number, row in enumerate(rows):
        try:
            yield record_page(row, source, number)
        except ReadError as error:
            yield ReadFailure(error.path or f"{source.path or source.doc}!{number}", error.reason)


def _csv(stream: Stream) -> Iterator[Mapping[str, Any]]:
    """Rows as mappings, streamed; the separator is the one the first line uses most."""
    head = stream.peek(HEAD)[:HEAD]
    encoding = decode(head[: head.rfind(b"\n") + 1] or head)[1]
    mark = next((mark for mark, _ in MARKS if head.startswith(mark)), b"")
    stream.read(len(mark))
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
    first = head.split(b"\n", 1)[0]
    separator = max(",;\t", key=lambda mark: first.count(mark.encode()))
    csv.field_size_limit(LIMIT)
    try:
        yield from csv.DictReader(text, delimiter=separator)
    except csv.Error as error:
        raise ReadError(f"broken CSV: {error}") from error


def _parquet(stream: Stream) -> Iterator[Mapping[str, Any]]:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise MissingReader("Parquet files", "parquet") from error
    source = stream if stream.seekable() else io.BytesIO(stream.read())
    for batch in ParquetFile(source).iter_batches(batch_size=256):
        yield from batch.to_pylist()
