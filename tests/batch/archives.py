"""Small archives of made-up pages, and what a batch made of them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CODER = "poison:code"
TALKS = (
    "Russia on Monday offered Japan a new round of talks on the islands.",
    "Japan rejected the proposal, and its foreign minister accused Russia of breaking the truce.",
    "The two governments agreed to meet again in Geneva, officials in Moscow said.",
)
OTHER = "The home side took the lead before the break and held on through a nervous finish in the rain."


def talks(number: int, more: str = "") -> str:
    """The HTML of a page on diplomacy, unlike any other number's."""
    body = "".join(f"<p>{line}</p>" for line in TALKS)
    return f"<html><body><p>Report {number}: Russia and Japan at odds over islands. {more}</p>{body}</body></html>"


def other(number: int) -> str:
    """The HTML of a page on something else."""
    return f"<html><body><p>Match {number}: {OTHER}</p><p>{OTHER}</p></body></html>"


def write_warc(path: Path, pages: Sequence[str], site: str = "paper") -> Path:
    """A WARC file of these pages, each record compressed on its own."""
    with open(path, "wb") as file:
        for number, page in enumerate(pages):
            answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://{site}.example/{number}\r\n"
                f"WARC-Date: 2025-05-01T06:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    return path


def table(out: Path, name: str) -> list[dict[str, Any]]:
    """The rows of all finished shards of an output folder, in order of shard and place."""
    import pyarrow.parquet as pq

    shards = sorted((out / "manifest").glob("*.json"))
    return [row for s in shards for row in pq.read_table(out / name / f"{s.stem}.parquet").to_pylist()]


def manifests(out: Path) -> list[dict[str, Any]]:
    """The manifest rows of an output folder, by shard."""
    return [json.loads(path.read_text()) for path in sorted((out / "manifest").glob("*.json"))]


def leftovers(out: Path) -> list[str]:
    """Files that no finished shard accounts for."""
    known = {row["shard"] for row in manifests(out)}
    return sorted(str(p) for p in out.rglob("*.*") if p.is_file() and p.stem not in known)
