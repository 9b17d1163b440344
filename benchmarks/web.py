"""How the reading room bears size: each kind of page asked for by 20 clients at once of a server on one core.

    python benchmarks/web.py LEDGER [--clients 20] [--rounds 10]

LEDGER is one that benchmarks/ledger_linked.py made, or ledger_size.py (--ledger FILE --events 100000). Every page is
asked for before the clock runs. Times are of the whole answer as the client sees it, in milliseconds; "alone" is one
client's, "cpu" the server's own CPU per answer, which other work on the machine does not touch. The server keeps
finished pages until the ledger changes; "anew" asks each time under an address that it has not kept (feeds and what
never changes are kept all the same). The server has one core, its clients the others.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")
TWINS = ("threads", "thread", "act", "page", "actors", "actor", "disputes", "timeline", "sources", "source", "search")


def main() -> None:
    """Serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("ledger")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=10, help="requests of each kind by each client")
    given = parser.parse_args()
    with serving(given.ledger) as (port, process):
        kinds = paths(port)
        figures = {name: measure(port, process, path, given.clients, given.rounds) for name, path in kinds.items()}
        figures["memory"] = {"most_mb": peak(process)}
    json.dump(figures, sys.stdout, indent=2)
    print()


@contextmanager
def serving(ledger: str) -> Iterator[tuple[int, int]]:
    """A server of its own process, on one core where the system can say so: its port and process id."""
    command = [sys.executable, "-c", "from communique.cli import main; main()", "serve", ledger, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = re.search(r":(\d+) \(", process.stderr.readline())
        assert found is not None
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(process.pid, {0})
            os.sched_setaffinity(0, os.sched_getaffinity(0) - {0} or {0})
        yield int(found.group(1)), process.pid
        process.terminate()


def paths(port: int) -> dict[str, str]:
    """One address of each kind of page: of the busiest party, the longest of the latest threads, the largest outlet."""
    threads = json.loads(ask(port, "/threads.json", patient=True))["threads"]
    thread = max(threads, key=lambda one: one["moves"])["id"]
    shown = json.loads(ask(port, f"/threads/{thread}.json"))
    move, last = shown["moves"][0], -(-shown["thread"]["moves"] // len(shown["moves"]))
    actor = json.loads(ask(port, "/actors.json"))["actors"][0]
    outlet = json.loads(ask(port, "/sources.json"))["outlets"][0]["outlet"].replace(" ", "%20")
    word, year = threads[0]["matter"].split()[0], "from=2006&to=2006"
    pages = {
        "threads": "/threads",
        "threads of a party": f"/threads?actor={actor['id']}",
        "threads with words": f"/threads?q={word}",
        "threads of a year": f"/threads?{year}",
        "threads with an act": "/threads?type=ACCEPT",
        "threads of an outlet": f"/threads?outlet={outlet}",
        "threads, disputed": "/threads?disputed=1",
        "threads, page 40": "/threads?page=40",
        "thread": f"/threads/{thread}",
        "thread, its end": f"/threads/{thread}?page={last}",
        "act": f"/moves/{move['id']}",
        "page": f"/pages/{move['reports'][0]['page']}",
        "actors": "/actors",
        "actors by name": f"/actors?q={actor['name'][:3]}",
        "actor": f"/actors/{actor['id']}",
        "disputes": "/disputes",
        "disputes of a party": f"/disputes?actor={actor['id']}",
        "timeline": "/timeline",
        "timeline of a year": f"/timeline?{year}",
        "timeline of a party": f"/timeline?actor={actor['id']}",
        "sources": "/sources",
        "source": f"/sources/{outlet}",
        "search": f"/search?q={word}",
        "upload": "/upload",
    }
    feeds = {"feed, Atom": "/changes.atom", "feed, JSON": "/changes.json", "OpenAPI": "/openapi.json"}
    return pages | {f"{name}, JSON": twin(pages[name]) for name in TWINS} | feeds


def twin(path: str) -> str:
    """The address of a page's JSON."""
    plain, _, query = path.partition("?")
    return f"{plain}.json" + (f"?{query}" if query else "")


def ask(port: int, path: str, patient: bool = False) -> str:
    """An answer; a patient asker waits for the server to come up. Raises RuntimeError where it is no page."""
    for attempt in range(100 if patient else 1):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read().decode()
            connection.close()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            return body
        except ConnectionRefusedError:
            if not patient or attempt == 99:
                raise
            time.sleep(0.2)
    raise AssertionError


def measure(port: int, process: int, path: str, clients: int, rounds: int) -> dict[str, Any]:
    """One kind of page: the first time, alone, with all clients at once, and the same with each answer made anew."""
    first, alone = timed(port, path), statistics.median(timed(port, path) for _ in range(5))
    number = clients * rounds
    anew = (f"{path}{'&' if '?' in path else '?'}new={n}" for n in range(number))
    return {
        "first": round(first),
        "alone": round(alone, 1),
        **together(port, process, [path] * number, clients),
        "anew": together(port, process, list(anew), clients),
        "kb": len(ask(port, path)) // 1000,
    }


def together(port: int, process: int, asked: list[str], clients: int) -> dict[str, Any]:
    """Milliseconds as the clients see them, and of the server's CPU for an answer."""
    before = cpu(process)
    with ThreadPoolExecutor(clients) as pool:
        times = sorted(pool.map(lambda path: timed(port, path), asked))
    own = (cpu(process) - before) / len(times) * 1000
    at95 = times[int(0.95 * len(times)) - 1]
    return {"cpu": round(own, 1), "p50": round(times[len(times) // 2]), "p95": round(at95)}


def timed(port: int, path: str) -> float:
    """Milliseconds of one answer."""
    start = time.perf_counter()
    ask(port, path)
    return (time.perf_counter() - start) * 1000


def cpu(process: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak(process: int) -> int:
    """The most memory that a process has held, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+)", status)
    assert found is not None
    return int(found.group(1)) // 1024


if __name__ == "__main__":
    main()
