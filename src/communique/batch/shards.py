"""Shards: what one task works on. A large file is one; the small files of a folder are dealt out to several."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from communique.batch.places import Place, find, is_remote
from communique.reading import ReadFailure

CONTAINER = re.compile(
    r"\.(?:warc|wet|wat|jsonl|ndjson|csv|tsv|parquet|zip|tar|tgz)(?:\.(?:gz|zst))?$|\.(?:gz|zst)$", re.IGNORECASE
)
LARGE = 8_000_000
"""Bytes from which on a file is a shard of its own whatever its name."""
SLICE = 500
"""Files that a slice of a folder holds at most, on average."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One task: ``name`` (that of its output), the input it belongs to, its files, and what changes when they do.

    ``container`` is true where the one file holds many pages.
    """

    name: str
    input: str
    files: tuple[str, ...]
    stamp: str
    container: bool


def plan(inputs: Iterable[str]) -> tuple[list[Shard], list[ReadFailure]]:
    """The shards of some inputs, and what could not be found. A file that is named twice is taken once."""
    shards: list[Shard] = []
    failures: list[ReadFailure] = []
    seen: set[str] = set()
    for given in inputs:
        places = []
        for found in find(given):
            if isinstance(found, ReadFailure):
                failures.append(found)
            elif found.address not in seen:
                seen.add(found.address)
                places.append(found)
        shards += _shards(given if is_remote(given) else os.path.abspath(given), places)
    return shards, failures


def _shards(given: str, places: list[Place]) -> Iterator[Shard]:
    alone = [p for p in places if CONTAINER.search(p.address) or p.size > LARGE]
    small = [p for p in places if not (CONTAINER.search(p.address) or p.size > LARGE)]
    yield from (_one(given, place) for place in alone)
    if small:
        yield from _slices(given, small)


def _one(given: str, place: Place) -> Shard:
    name = f"{_slug(CONTAINER.sub('', place.address))}-{_digest(place.address)[:8]}"
    return Shard(name, given, (place.address,), place.stamp, True)


def _slices(given: str, places: list[Place]) -> Iterator[Shard]:
    """A folder's small files by the digest of their names, so that a new file changes the slice it falls into only."""
    count = 1
    while count * SLICE < len(places):
        count *= 2
    dealt: dict[int, list[Place]] = {}
    for place in places:
        dealt.setdefault(int(_digest(place.address)[:8], 16) % count, []).append(place)
    for number, those in sorted(dealt.items()):
        name = f"{_slug(given)}-{_digest(given)[:8]}-{number + 1}-of-{count}"
        stamp = _digest("\n".join(f"{p.address} {p.stamp}" for p in those))
        yield Shard(name, given, tuple(p.address for p in those), stamp, False)


def _slug(address: str) -> str:
    """The last part of an address in characters that any file system takes."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", PurePosixPath(address.rstrip("/")).name).strip(".-")[:80] or "pages"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
