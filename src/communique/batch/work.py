"""One shard from its files to its Parquet: plain Python, the same on a laptop and on a cluster."""

from __future__ import annotations

import resource
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.batch.child import Sent
from communique.batch.keeper import Keeper
from communique.batch.options import Options
from communique.batch.rows import Row
from communique.batch.shards import Shard
from communique.batch.writing import TABLES, ShardFiles, forget, manifest_path, read_manifest, write_manifest
from communique.reading import ReadFailure

Manifest = dict[str, Any]
_keepers: dict[tuple[int, Options], Keeper] = {}


def finished(out: Path, shard: Shard, versions: Mapping[str, str]) -> Manifest | None:
    """The manifest row of a shard that was made from this input by these versions and is whole, if there is one."""
    row = read_manifest(manifest_path(out, shard.name))
    if row is None or row.get("versions") != versions or row.get("stamp") != shard.stamp:
        return None
    whole = all((out / table / f"{shard.name}.parquet").is_file() for table in TABLES)
    return row if whole else None


def do_shard(shard: Shard, out: Path, options: Options) -> Manifest:
    """Make the output of a shard, unless it is there, and return its manifest row.

    Raises CoderError where the coder cannot be loaded, InputError where the input cannot be read, and OSError where
    the output cannot be written; then nothing of the shard is left.
    """
    found = finished(out, shard, options.versions)
    if found is not None:
        return found
    began, worked = time.monotonic(), time.thread_time()
    keeper = _keeper(options)
    try:
        with ShardFiles(out, shard.name) as files:
            tally = _Tally()
            for sent in keeper.rows(shard):
                tally.take(sent, files)
            files.finish()
    except BaseException:
        drop_keeper(options)
        raise
    tally.seconds["write"] = time.thread_time() - worked
    row = _manifest(shard, options, tally, time.monotonic() - began) | {"ended": round(time.time(), 3)}
    write_manifest(out, shard.name, row)
    return row


def _keeper(options: Options) -> Keeper:
    """The child of this thread for these options, kept from shard to shard."""
    return _keepers.setdefault((threading.get_ident(), options), Keeper(options))


def drop_keeper(options: Options) -> None:
    """End the child of this thread for these options."""
    keeper = _keepers.pop((threading.get_ident(), options), None)
    if keeper is not None:
        keeper.end()


@dataclass(slots=True)
class _Tally:
    """What has come of a shard so far."""

    pages: dict[str, str | None] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    digest: str = ""
    size: int = 0
    memory: int = 0

    def take(self, sent: Sent, files: ShardFiles) -> None:
        """Write the rows of new pages and count everything."""
        events: dict[str, list[Row]] = {}
        for event in sent.events:
            events.setdefault(event["page"], []).append(event)
        for article in sent.articles:
            self._page(article, events.get(article["key"], []), files)
        self._fail(sent.failures)
        for step, spent in sent.seconds.items():
            self.seconds[step] = self.seconds.get(step, 0.0) + spent
        self.memory = max(self.memory, sent.memory)
        if sent.ended:
            self.digest, self.size = sent.digest, sent.size

    def _page(self, article: Row, events: list[Row], files: ShardFiles) -> None:
        """Write a page, unless it is there: sent twice after a fault, or twice in the input."""
        key, path = article["key"], article["path"]
        if key in self.pages:
            self.counts["repeated"] += self.pages[key] != path
            return
        article["position"] = len(self.pages)
        self.pages[key] = path
        self.counts["coded"] += article["coded"]
        self.counts["events"] += len(events)
        files.add(article, events)

    def _fail(self, failures: list[ReadFailure]) -> None:
        for failure in failures:
            self.failures.setdefault(failure.path, failure.reason)


def _manifest(shard: Shard, options: Options, tally: _Tally, wall: float) -> Manifest:
    """The manifest row: what was read, by which versions, what came of it, and what it took.

    Seconds are processor time by step, and ``wall``; ``memory`` is the peak of the child and of this process in bytes.
    """
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "shard": shard.name,
        "input": shard.input,
        "files": list(shard.files),
        "stamp": shard.stamp,
        "digest": tally.digest,
        "bytes": tally.size,
        "versions": dict(options.versions),
        "counts": {
            "pages": len(tally.pages),
            **{name: tally.counts[name] for name in ("coded", "events", "repeated")},
            "failures": len(tally.failures),
        },
        "seconds": {**{name: round(spent, 3) for name, spent in tally.seconds.items()}, "wall": round(wall, 3)},
        "memory": (own + tally.memory) * 1024,
        "failures": [list(failure) for failure in tally.failures.items()],
    }


def drop_stale(out: Path, shards: Sequence[Shard]) -> None:
    """Take away shards of these inputs that their files no longer make up: a folder that grew is cut anew."""
    wanted = {shard.name for shard in shards}
    inputs = {shard.input for shard in shards}
    for path in sorted((out / "manifest").glob("*.json")):
        row = read_manifest(path)
        if row and path.stem not in wanted and row.get("input") in inputs:
            forget(out, path.stem)
            for table in TABLES:
                (out / table / f"{path.stem}.parquet").unlink(missing_ok=True)
