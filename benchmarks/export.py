"""How long exports of a large ledger take, and how much memory, beside two peers in the same run.

    python benchmarks/export.py --events 100000 [--ledger FILE] [--json]

The peers read the same ledger: the sqlite3 shell writes its tables as they are to CSV (its JSON unread), and pandas
reads them in parts and writes them with pyarrow. Times are seconds of one process's CPU and, in "wall", of the clock.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ledger_linked import make

TABLES = ("article", "event", "event_actor", "move", "move_actor", "thread", "thread_actor", "link", "report")
PANDAS = """
import sqlite3, sys, pandas, pyarrow, pyarrow.parquet
ledger, folder, *tables = sys.argv[1:]
connection = sqlite3.connect(ledger)
for table in tables:
    writer = None
    for part in pandas.read_sql_query(f"SELECT * FROM {table}", connection, chunksize=50000):
        rows = pyarrow.Table.from_pandas(part, schema=writer and writer.schema)
        writer = writer or pyarrow.parquet.ParquetWriter(f"{folder}/{table}.parquet", rows.schema, compression="zstd")
        writer.write_table(rows)
    if writer:
        writer.close()
"""
FORMATS = ("csv", "parquet", "csv:wide", "parquet:wide", "plover", "cameo")  # after the colon: that table alone


def main() -> None:
    """Make the ledger, export it, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--ledger", type=Path, help="made where it is not there, and kept")
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = given.ledger or Path(folder) / "made.ledger"
        begun = time.process_time()
        if not ledger.exists():
            make(str(ledger), given.events)
        figures: dict[str, Any] = {
            "events": events_of(ledger),
            "megabytes": round(ledger.stat().st_size / 1e6),
            "fill": seconds(begun),
        }
        figures |= measure(ledger, Path(folder), given.formats.split(","))
    json.dump(figures, sys.stdout, indent=None if given.json else 2)
    print()


def events_of(ledger: Path) -> int:
    """How many events a ledger holds."""
    with contextlib.closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM event").fetchone()[0])


def seconds(begun: float) -> float:
    """Seconds of this process's CPU since then."""
    return round(time.process_time() - begun, 1)


def measure(ledger: Path, folder: Path, formats: list[str]) -> dict[str, Any]:
    """Each format, each peer, and how many times the peer's time a format takes."""
    figures: dict[str, Any] = {}
    for name in formats:
        out = folder / name.replace(":", "-")
        form, _, table = name.partition(":")
        only = ["--table", table] if table else []
        program = [sys.executable, "-c", "from communique.cli import main; main()"]
        figures[name] = run([*program, "export", str(ledger), str(out), "--format", form, *only], out)
    shell, frames = folder / "shell", folder / "frames"
    if shutil.which("sqlite3"):
        orders = [".mode csv", ".headers on"]
        orders += [line for table in TABLES for line in (f".output {shell}/{table}.csv", f"SELECT * FROM {table};")]
        figures["sqlite3 shell, csv"] = run(["sqlite3", str(ledger)], shell, "\n".join(orders))
    figures["pandas, parquet"] = run([sys.executable, "-c", PANDAS, str(ledger), str(frames), *TABLES], frames)
    for name, peer in (("csv", "sqlite3 shell, csv"), ("parquet", "pandas, parquet")):
        if name in figures and peer in figures:
            figures[f"{name}: times the peer's CPU"] = round(figures[name]["cpu"] / figures[peer]["cpu"], 2)
    return figures


def run(command: list[str], out: Path, said: str = "") -> dict[str, Any]:
    """Seconds of CPU and of the clock, peak memory, and megabytes written; what was written is removed."""
    out.mkdir(parents=True)
    begun = time.perf_counter()
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "ARROW_NUM_THREADS": "1"}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment)
    assert process.stdin
    process.stdin.write(said.encode())
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[0]} failed")
    written = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    shutil.rmtree(out)
    return {
        "cpu": round(usage.ru_utime + usage.ru_stime, 1),
        "wall": round(time.perf_counter() - begun, 1),
        "peak_megabytes": round(usage.ru_maxrss / 1e3),
        "written_megabytes": round(written / 1e6, 1),
    }


if __name__ == "__main__":
    main()
