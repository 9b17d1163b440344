"""Real clusters of several worker processes: nothing is lost and nothing doubled, whatever dies."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from batch.archives import CODER, leftovers, manifests, other, table, talks, write_warc
from communique.batch.engine import in_process, local_cluster, on_cluster, scheduler_at
from communique.batch.options import Options
from communique.batch.shards import plan
from communique.batch.work import finished

OPTIONS = Options(coder=CODER)
TESTS = Path(__file__).parents[1]
PAGES = 4


@pytest.fixture
def archives(tmp_path: Path) -> list[str]:
    """Four archives of pages that take their time, one with a page at fault."""
    slow = [[*(talks(10 * a + n, "slowly") for n in range(PAGES)), other(a)] for a in range(4)]
    slow[2].insert(1, talks(99, "fault: die"))
    return [str(write_warc(tmp_path / f"{a}.warc.gz", pages, site=f"s{a}")) for a, pages in enumerate(slow)]


def urls(out: Path) -> list[str]:
    """The addresses of all events: each page of the archives has one."""
    return sorted(row["url"] for row in table(out, "events"))


ALL = sorted(f"https://s{a}.example/{n + (a == 2 and n > 0)}" for a in range(4) for n in range(PAGES))


def test_a_worker_that_is_killed_is_replaced(archives: list[str], tmp_path: Path) -> None:
    """Its shard is done again by another, and a shard that ends every worker is left.

    The rows of the others are those that one process gives without an engine.
    """
    deadly = write_warc(tmp_path / "deadly.warc.gz", [talks(0, "fault: parent")])
    shards, _ = plan([*archives, str(deadly)])
    pids: list[list[int]] = []

    @contextmanager
    def running() -> Iterator[Any]:
        with local_cluster(2) as cluster:
            pids.append([worker.pid for worker in cluster.workers.values()])
            Thread(target=lambda: (time.sleep(1.5), os.kill(pids[0][0], signal.SIGKILL)), daemon=True).start()
            yield cluster
            pids.append([worker.pid for worker in cluster.workers.values()])

    outcomes = list(on_cluster(shards, tmp_path / "out", OPTIONS, running(), lambda words: None))
    assert pids[0][0] not in pids[1]
    left = [outcome for outcome in outcomes if outcome.row is None]
    assert [outcome.shard.files for outcome in left] == [(str(deadly),)] and "KilledWorker" in left[0].reason
    assert urls(tmp_path / "out") == ALL and leftovers(tmp_path / "out") == []
    assert all(outcome.row for outcome in in_process(plan(archives)[0], tmp_path / "plain", OPTIONS))
    for name in ("articles", "events"):
        assert table(tmp_path / "out", name) == table(tmp_path / "plain", name)


def test_a_shard_that_always_fails_is_left(archives: list[str], tmp_path: Path) -> None:
    """It is named with the reason, and the others are done."""
    shards, _ = plan(archives)
    Path(archives[1]).unlink()
    left = [outcome for outcome in in_process(shards, tmp_path / "out", OPTIONS) if outcome.row is None]
    assert [outcome.shard.files for outcome in left] == [(archives[1],)] and "No such file" in left[0].reason
    assert urls(tmp_path / "out") == [url for url in ALL if "s1." not in url]
    assert leftovers(tmp_path / "out") == []


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def dask(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Dask process, killed at the end."""
    env = os.environ | {"PYTHONPATH": str(TESTS)}
    command = [sys.executable, "-m", "dask", *words]
    process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def whole_cluster(port: int, workers: int) -> Iterator[None]:
    """A scheduler with its workers, each a process of its own."""
    with dask("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"):
        worker = ("worker", f"tcp://127.0.0.1:{port}", "--nthreads", "1", "--no-dashboard")
        with ExitStack() as stack:
            for _ in range(workers):
                stack.enter_context(dask(*worker))
            yield


def test_a_scheduler_that_is_restarted_is_waited_for(archives: list[str], tmp_path: Path) -> None:
    """A batch on a cluster of others goes on when scheduler and workers come back."""
    shards, _ = plan(archives)
    out, port, told = tmp_path / "out", free_port(), []
    outcomes = on_cluster(shards, out, OPTIONS, scheduler_at(f"tcp://127.0.0.1:{port}"), told.append)
    with whole_cluster(port, 2):
        done = [next(outcomes)]
    with whole_cluster(port, 1):
        done += outcomes
    assert sorted(outcome.shard.name for outcome in done) == sorted(shard.name for shard in shards)
    assert "the scheduler is away; waiting for it" in told
    assert urls(out) == ALL and leftovers(out) == []


def command(archives: list[str], out: Path, *words: str, **options: Any) -> subprocess.Popen[str]:
    """``communique batch`` in a process group of its own."""
    line = [sys.executable, "-c", "from communique.cli import main; main()", "batch", *archives, "--out", str(out)]
    env = os.environ | {"PYTHONPATH": str(TESTS)}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([*line, "--coder", CODER, *words], env=env, start_new_session=True, **pipes, **options)


def test_a_batch_that_is_killed_goes_on(archives: list[str], tmp_path: Path) -> None:
    """After kill -9 of everything, running again loses at most the shards in hand and doubles none."""
    out, workers = tmp_path / "out", ("--workers", "0")
    first = command(archives, out, *workers)
    while not manifests(out):
        time.sleep(0.05)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    kept = len(manifests(out))
    told, _ = command(archives, out, *workers).communicate(timeout=120)
    assert kept >= 1 and f"{4 - kept} done, {kept} there already" in told
    assert urls(out) == ALL and leftovers(out) == []


def test_a_full_disk_stops_the_batch_in_one_line(archives: list[str], tmp_path: Path) -> None:
    """Nothing half is left, and with room again the same command finishes."""
    out = tmp_path / "out"
    shards, _ = plan(archives)
    list(in_process(shards[:1], out, OPTIONS))
    small = 6000  # bytes: less than a Parquet file of a shard takes

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (small, small))

    process = command(archives, out, "--workers", "2", preexec_fn=full)
    _, problem = process.communicate(timeout=120)
    assert process.returncode == 1 and "no room for the output" in problem and "Traceback" not in problem
    assert [finished(out, shard, OPTIONS.versions) is not None for shard in shards] == [True, False, False, False]
    assert leftovers(out) == []
    assert all(outcome.row for outcome in in_process(shards, out, OPTIONS))
    assert urls(out) == ALL
