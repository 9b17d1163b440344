"""Linking a folder of Parquet shards of made-up news: its time, and the most memory that it took.

    python benchmarks/linking.py --events 100000 [--memory 2GB] [--folder FOLDER] [--json]

The folder is made first, in another process, so that the memory measured is that of linking alone.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from ledger_story import EVENTS_A_PAGE, News

from communique.batch.linking import link_folder
from communique.batch.linking_work import bytes_of
from communique.batch.rows import article_row, event_rows
from communique.batch.schema import article_schema, event_schema

STAMP = {"coder": "made-up", "coder_version": "1", "codebook_version": "1.2"}
PAGES_A_SHARD = 5_000


def main() -> None:
    """Make, link, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = given.folder or Path(place)
        if not (folder / "manifest").is_dir():
            maker = multiprocessing.Process(target=make, args=(folder, given.events))
            maker.start()
            maker.join()
        figures = measure(folder, bytes_of(given.memory))
    json.dump(figures, sys.stdout, indent=None if given.json else 2)
    print()


def make(folder: Path, events: int) -> None:
    """Write shards of so many made-up events, as ``communique batch`` would."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pages = News().pages(events // EVENTS_A_PAGE)
    for name in ("articles", "events", "manifest"):
        (folder / name).mkdir(parents=True)
    shard = 0
    while listed := list(islice(pages, PAGES_A_SHARD)):
        articles = [article_row(coded, n, 1.0, STAMP) for n, coded in enumerate(listed)]
        told = [row for coded in listed for row in event_rows(coded, STAMP)]
        for kind, rows, schema in (("articles", articles, article_schema()), ("events", told, event_schema())):
            table = pa.Table.from_pylist(rows, schema=schema)
            pq.write_table(table, folder / kind / f"{shard:05}.parquet", compression="zstd")
        (folder / "manifest" / f"{shard:05}.json").write_text("{}", encoding="utf-8")
        shard += 1


def measure(folder: Path, memory: int) -> dict[str, Any]:
    """What linking the folder made, its seconds of wall and of CPU, by stage, and the most memory in use."""
    stages: list[tuple[str, float, float]] = []
    clock = lambda stage: stages.append((stage, time.perf_counter(), time.process_time()))  # noqa: E731
    made, broken = link_folder(folder, memory, clock)
    clock("done")
    spent = {name: (round(end[1] - wall, 1), round(end[2] - cpu, 1)) for (name, wall, cpu), end in pairwise(stages)}
    first, last = stages[0], stages[-1]
    written = sum((folder / f"{name}.parquet").stat().st_size for name in ("moves", "threads", "links", "disputes"))
    return {
        "made": made,
        "broken": len(broken),
        "seconds": (round(last[1] - first[1], 1), round(last[2] - first[2], 1)),
        "stages": spent,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
        "written_mb": round(written / 1e6, 1),
    }


if __name__ == "__main__":
    main()
