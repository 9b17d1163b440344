"""The shards of a folder that ``communique batch`` wrote: which are whole, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from communique.batch.linking_work import BatchError
from communique.batch.schema import article_schema, event_schema

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shard:
    """One shard: its file of articles and its file of events."""

    articles: Path
    events: Path


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that cannot be used, and why, in a few words."""

    path: Path
    reason: str


def find_shards(folder: Path) -> tuple[list[Shard], list[Broken]]:
    """The finished shards of a folder, by name, and what is broken. Raises BatchError where there are none at all."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise BatchError("a folder of shards needs the extra 'batch': pip install 'communique[batch]'") from error
    names = sorted(path.stem for path in (folder / "manifest").glob("*.json") if not path.name.startswith("."))
    if not names:
        raise BatchError(f"{folder} holds no finished shards: 'communique batch' makes them")
    whole, broken = [], []
    for name in names:
        shard = Shard(folder / "articles" / f"{name}.parquet", folder / "events" / f"{name}.parquet")
        wrong = _broken(shard)
        if wrong:
            broken.append(wrong)
        else:
            whole.append(shard)
    return whole, broken


def past_damage(folder: Path, run: Callable[[list[Shard]], T]) -> tuple[T, list[Broken]]:
    """What ``run`` gives for a folder's shards, and the files it had to leave out.

    Damage inside a file shows only when it is read; then the files are looked through one by one and ``run`` begins
    anew without the damaged shards. Raises BatchError where no shard can be read, or something else is wrong.
    """
    shards, broken = find_shards(folder)
    if not shards:
        raise BatchError(f"{broken[0].path}: {broken[0].reason}")
    try:
        return run(shards), broken
    except BatchError:
        damage = {shard: _damage(shard) for shard in shards}
        whole = [shard for shard, wrong in damage.items() if wrong is None]
        if not whole or len(whole) == len(shards):
            raise
        return run(whole), [*broken, *(wrong for wrong in damage.values() if wrong)]


def _damage(shard: Shard) -> Broken | None:
    """The file of a shard that cannot be read to its end."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for path in (shard.articles, shard.events):
        try:
            with pq.ParquetFile(path) as file:
                for _ in file.iter_batches():
                    pass
        except (pa.ArrowException, OSError) as error:
            return Broken(path, str(error).splitlines()[0][:200])
    return None


def _broken(shard: Shard) -> Broken | None:
    for path, schema in ((shard.articles, article_schema()), (shard.events, event_schema())):
        reason = _reason(path, set(schema.names))
        if reason:
            return Broken(path, reason)
    return None


def _reason(path: Path, wanted: set[str]) -> str | None:
    """Why a file is no table with the wanted columns, or None where it is."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not path.is_file():
        return "the file is not there"
    try:
        missing = wanted - set(pq.read_schema(path).names)
    except (pa.ArrowException, OSError) as error:
        return str(error).splitlines()[0][:200] or "it cannot be read"
    return f"it has no column {min(missing)}" if missing else None
