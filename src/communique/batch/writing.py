"""Writing a shard: two Parquet files and a manifest, each whole or not there."""

from __future__ import annotations

import glob
import json
import os
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from communique.batch.rows import Row
from communique.batch.schema import article_schema, event_schema

GROUP = 1000
"""Pages in a row group: so much is held in memory until it is written."""
TABLES = ("articles", "events")


class ShardFiles:
    """The two Parquet files of a shard while they are written; ``finish`` gives them their names.

    Leaving the context without ``finish`` takes them away again. Raises OSError where there is no room.
    """

    def __init__(self, out: Path, name: str) -> None:
        self.out, self.name = out, name
        self._rows: dict[str, list[Row]] = {table: [] for table in TABLES}
        self._schemas = {"articles": article_schema(), "events": event_schema()}
        self._paths = {table: hidden(out / table / f"{name}.parquet") for table in TABLES}
        self._writers: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> ShardFiles:
        sweep(self.out, self.name)
        for table, path in self._paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writers[table] = pq.ParquetWriter(path, self._schemas[table], compression="zstd")
        return self

    def add(self, article: Row, events: list[Row]) -> None:
        """Add a page and its events."""
        self._rows["articles"].append(article)
        self._rows["events"] += events
        if len(self._rows["articles"]) >= GROUP:
            self._flush()

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                self._writers[table].write_table(pa.Table.from_pylist(rows, self._schemas[table]))
                rows.clear()

    def finish(self) -> None:
        """Write what is left, and put the files in their places. The old manifest goes first: it spoke of others."""
        self._flush()
        for writer in self._writers.values():
            writer.close()
        for path in self._paths.values():
            _sync(path)
        forget(self.out, self.name)
        for table, path in self._paths.items():
            os.replace(path, self.out / table / f"{self.name}.parquet")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers.values():
            with suppress(Exception):  # on a full disk a writer cannot even close
                writer.close()
        for path in self._paths.values():
            path.unlink(missing_ok=True)


def sweep(out: Path, name: str) -> None:
    """Take away what a process that was killed left of a shard half written."""
    for table in (*TABLES, "manifest"):
        for stale in (out / table).glob(f".{glob.escape(name)}.*"):
            stale.unlink(missing_ok=True)


def hidden(path: Path) -> Path:
    """A name in the same folder that no reader takes for a finished file."""
    return path.with_name(f".{path.name}.{uuid.uuid4().hex[:12]}")


def _sync(path: Path) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def manifest_path(out: Path, name: str) -> Path:
    """Where the manifest row of a shard lies."""
    return out / "manifest" / f"{name}.json"


def write_manifest(out: Path, name: str, row: Mapping[str, Any]) -> None:
    """Write a shard's row, which makes the shard count."""
    path = manifest_path(out, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = hidden(path)
    try:
        with open(temporary, "w", encoding="utf-8", errors="backslashreplace") as file:
            json.dump(row, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def read_manifest(path: Path) -> dict[str, Any] | None:
    """A shard's row, or None where there is none that can be read."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return row if isinstance(row, dict) else None


def forget(out: Path, name: str) -> None:
    """Take away a shard's row: from now on the shard does not count."""
    manifest_path(out, name).unlink(missing_ok=True)
