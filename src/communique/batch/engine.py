"""Running shards: one after the other in this process, or as futures on Dask workers here or elsewhere.

Either way a shard's work is ``work.do_shard``. A shard that fails is tried again, then left and reported; the others
go on. A full disk stops everything, since no shard could be kept.
"""

from __future__ import annotations

import errno
import logging
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from communique.batch.child import reason
from communique.batch.options import Options
from communique.batch.shards import Shard
from communique.batch.work import Manifest, do_shard, drop_keeper
from communique.batch.writing import sweep
from communique.commands.workers import CoderError

TRIES = 3
GIVE_UP = 300.0
"""Seconds without an answer from the scheduler after which the rest is left for another run."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
Do = Callable[[Shard, Path, Options], Manifest]


class EngineError(Exception):
    """Raised where no further shard can be done: no room, no scheduler, no coder."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a shard: its manifest row, or why it was left."""

    shard: Shard
    row: Manifest | None
    reason: str = ""


def in_process(shards: Sequence[Shard], out: Path, options: Options) -> Iterator[Outcome]:
    """Do the shards one after the other. Raises EngineError."""
    try:
        for shard in shards:
            yield _tried(shard, out, options)
    finally:
        drop_keeper(options)


def _tried(shard: Shard, out: Path, options: Options) -> Outcome:
    for attempt in range(TRIES):
        try:
            return Outcome(shard, do_shard(shard, out, options))
        except Exception as error:
            left = _left(shard, out, error)
            if attempt == TRIES - 1:
                return left
    raise AssertionError("unreachable")


def _left(shard: Shard, out: Path, error: BaseException) -> Outcome:
    """The outcome of a shard that failed; nothing of it stays. Raises EngineError where every other would fail too."""
    sweep(out, shard.name)
    if isinstance(error, CoderError):
        raise EngineError(f"the coder cannot be loaded: {error}") from error
    if isinstance(error, OSError) and error.errno in FULL:
        raise EngineError(f"no room for the output ({error.strerror or error}): free some and run again") from error
    return Outcome(shard, None, reason(error))


@contextmanager
def local_cluster(workers: int) -> Iterator[Any]:
    """A Dask cluster of worker processes on this machine."""
    import dask
    from distributed import LocalCluster

    with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
        cluster = _cluster(LocalCluster, workers)
    try:
        yield cluster
    finally:
        cluster.close(timeout=10)


def _cluster(kind: Any, workers: int) -> Any:
    """The cluster, its dashboard at another port where the usual one is taken."""
    warnings.filterwarnings("ignore", message="Port 8787 is already in use")
    return kind(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:8787",
        silence_logs=logging.CRITICAL,
    )


@contextmanager
def scheduler_at(address: str) -> Iterator[str]:
    """A running Dask scheduler, by its address."""
    yield address


def on_cluster(
    shards: Sequence[Shard],
    out: Path,
    options: Options,
    cluster: AbstractContextManager[Any],
    tell: Callable[[str], None],
) -> Iterator[Outcome]:
    """Do the shards as futures on a cluster, in whatever order they end. ``tell`` hears of the dashboard and of losses.

    A scheduler that goes away is waited for, and what it had in hand is asked of it again. Raises EngineError.
    """
    waiting, left = {shard.name: shard for shard in shards}, set()
    with cluster as address:
        heard = time.monotonic()
        while waiting:
            try:
                with _client(address) as client:
                    tell(f"dashboard: {client.dashboard_link}")
                    for outcome in _session(client, list(waiting.values()), out, options):
                        heard = time.monotonic()
                        del waiting[outcome.shard.name]
                        if outcome.row is None:
                            left.add(outcome.shard.name)
                        yield outcome
            except (OSError, TimeoutError) as error:
                if time.monotonic() - heard > GIVE_UP:
                    raise EngineError(f"the scheduler does not answer: {reason(error)}") from error
                tell("the scheduler is away; waiting for it")
                time.sleep(1)
    for name in left:  # a worker that was given the shard by a scheduler since lost may have gone on with it
        sweep(out, name)


@contextmanager
def _client(address: Any) -> Iterator[Any]:
    """A client of the scheduler; leaving it asks nothing of a scheduler that is gone."""
    from distributed import Client

    for name in ("distributed", "distributed.client"):  # losses are told in one line, by this module
        logging.getLogger(name).setLevel(logging.CRITICAL)
    client = Client(address, timeout="10s", set_as_default=False)
    try:
        yield client
    finally:
        client.close(timeout=2)


def _session(client: Any, shards: Sequence[Shard], out: Path, options: Options) -> Iterator[Outcome]:
    """Ask for all shards, and give each outcome as it comes. Raises ConnectionError where the scheduler is lost.

    Shards whose worker died again and again are asked for once more, one at a time: a worker takes down with it what it
    had beside the shard at fault.
    """
    from distributed import KilledWorker

    def ask(some: Sequence[Shard]) -> Iterator[tuple[Shard, Any]]:
        futures = {}
        for shard in some:
            key = f"shard-{shard.name}-{uuid4().hex}"
            future = client.submit(do_shard, shard, out, options, key=key, pure=False, retries=TRIES - 1)
            futures[key] = (future, shard)
        while futures:
            for key in _ended(client, futures):
                future, shard = futures.pop(key)
                yield shard, future

    suspects = []
    for shard, future in ask(shards):
        if isinstance(error := _error(future), KilledWorker):
            suspects.append(shard)
        else:
            yield _left(shard, out, error) if error else Outcome(shard, future.result())
    for one in suspects:
        for shard, future in ask([one]):
            error = _error(future)
            yield _left(shard, out, error) if error else Outcome(shard, future.result())


def _error(future: Any) -> BaseException | None:
    """Why a future failed, None where it did not. Raises ConnectionError where it is neither."""
    if future.status == "finished":
        return None
    if future.status != "error":
        raise ConnectionError("the scheduler lost a shard")
    error: BaseException = future.exception()
    return error


def _ended(client: Any, futures: dict[str, tuple[Any, Shard]]) -> list[str]:
    """Wait for a moment; the keys of those that are no longer pending."""
    ended = [key for key, (future, _) in futures.items() if future.status != "pending"]
    if not ended:
        if client.status != "running":
            raise ConnectionError("the scheduler is gone")
        time.sleep(0.05)
    return ended
