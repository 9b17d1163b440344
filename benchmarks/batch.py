"""Speed and memory of ``communique batch`` over made-up news: ``python benchmarks/batch.py FOLDER [--pages N]``.

Writes WARC files of mixed news into FOLDER (nine pages in ten hold no diplomacy; kept for the next run), codes them
with no engine, then with one Dask worker and with two, and prints pages a second of one core by step, the peak memory
after each shard, the ratio of two workers to one, and whether all runs gave the same rows.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq
from batch_pages import markup, write_warc

from communique.batch.engine import in_process, local_cluster, on_cluster
from communique.batch.options import Options
from communique.batch.prose import html_prose
from communique.batch.report import lines, report
from communique.batch.shards import Shard, plan
from communique.batch.triage import triage
from communique.batch.work import Manifest

STEPS = ("read", "triage", "code", "write")


def archives(folder: Path, pages: int, shards: int) -> list[str]:
    """WARC files of so many pages in all, made where they are not there."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"news-{pages // shards}-{n}.warc.gz" for n in range(shards)]
    for seed, path in enumerate(paths, 1):
        if not path.exists():
            write_warc(path, pages // shards, seed)
    return [str(path) for path in paths]


def run(shards: Sequence[Shard], out: Path, workers: int) -> tuple[list[Manifest], float]:
    """Code the shards anew; their manifest rows by name, and the seconds from the first shard's beginning."""
    shutil.rmtree(out, ignore_errors=True)
    began = time.monotonic()
    if workers == 0:
        outcomes = list(in_process(shards, out, Options()))
    else:
        outcomes = list(on_cluster(shards, out, Options(), local_cluster(workers), lambda words: None))
    rows = [outcome.row for outcome in outcomes if outcome.row]
    if len(rows) < len(shards):
        raise SystemExit(f"left: {[outcome.reason for outcome in outcomes if not outcome.row]}")
    return sorted(rows, key=lambda row: row["shard"]), time.monotonic() - began


def steps(rows: Sequence[Manifest]) -> None:
    """Print processor time a page by step, and memory shard by shard."""
    pages = sum(row["counts"]["pages"] for row in rows)
    for step in STEPS:
        print(f"  {step:7} {1000 * sum(row['seconds'][step] for row in rows) / pages:6.2f} ms a page")
    print("  peak memory after each shard, MB:", *(round(row["memory"] / 1e6) for row in rows))


def same(one: Path, other: Path) -> bool:
    """Whether two outputs hold the same rows."""
    names = sorted(path.relative_to(one) for path in one.glob("*/*.parquet"))
    pairs = [(pq.read_table(one / name), pq.read_table(other / name)) for name in names]
    return all(a.equals(b) for a, b in pairs)


def triage_speed(pages: int = 300) -> None:
    """Print the speed of triage alone, from a page's bytes and from its text, on one core."""
    import random

    rng = random.Random(0)
    made = [markup(rng, n, n % 10 == 0) for n in range(pages)]
    texts = [html_prose(page) for page in made]
    chance = triage().chance
    began = time.process_time()
    for text in texts:
        chance(text)
    told = time.process_time() - began
    began = time.process_time()
    for page in made:
        html_prose(page)
    print(f"triage: {pages / told:.0f} pages/s from text, {sum(map(len, texts)) / pages:.0f} bytes each;")
    print(f"  {pages / (told + time.process_time() - began):.0f} pages/s from markup")


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("folder", type=Path)
    ap.add_argument("--pages", type=int, default=12_000, help="so many that starting processes weighs little")
    ap.add_argument("--shards", type=int, default=12)
    ap.add_argument("--workers", type=int, nargs="*", default=[0, 1, 2])
    a = ap.parse_args()
    triage_speed()
    shards, _ = plan(archives(a.folder, a.pages, a.shards))
    speeds = {}
    for workers in a.workers:
        out = a.folder / f"out-{workers}"
        rows, elapsed = run(shards, out, workers)
        found = report(rows, known=0, left=0, elapsed=elapsed, cores=max(1, workers))
        print(f"{workers} workers" if workers else "no engine", *lines(found), sep="\n  ")
        steps(rows)
        busy = max(row["ended"] for row in rows) - min(row["ended"] - row["seconds"]["wall"] for row in rows)
        speeds[workers] = found.pages / busy
    if {1, 2} <= set(speeds):
        print(f"two workers to one: {speeds[2] / speeds[1]:.2f} times the pages a second")
    first, *others = (a.folder / f"out-{workers}" for workers in a.workers)
    print("same rows:", all(same(first, other) for other in others))


if __name__ == "__main__":
    main()
