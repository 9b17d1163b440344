"""Copies: pages that carry one story, found by near-duplicate text, are one independent source.

Word shingles, MinHash of 64 permutations, locality-sensitive bands; fixed seeds, so a page's signature
is the same in every ledger and two pages compare the same whichever came first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from itertools import accumulate

import numpy as np

SHINGLE = 4  # words
ROWS, BANDS = 4, 16
PERMUTATIONS = ROWS * BANDS
SAME_STORY = 0.5  # estimated Jaccard similarity of shingles
DAYS_APART = 30  # a copy comes out within a month
LONGEST_BODY = 100_000  # characters: beyond, a page is a dump, and its beginning tells
_PRIME = np.uint64((1 << 61) - 1)
_WORD = re.compile(r"\w+")
_blake2b = hashlib.blake2b
_RANDOM = np.random.default_rng(20240229)
_A = _RANDOM.integers(1, 1 << 31, PERMUTATIONS, dtype=np.uint64)
_B = _RANDOM.integers(0, 1 << 31, PERMUTATIONS, dtype=np.uint64)


def signature(body: str) -> bytes:
    """The MinHash of a body's shingles: 64 little-endian 32-bit numbers; empty for under 20 words."""
    words = _WORD.findall(body[:LONGEST_BODY].lower())
    if len(words) < 20:
        return b""
    mixed = np.frombuffer(_digests(words), "<u4").astype(np.uint64)[:, None] * _A[None, :]
    mixed += _B
    mixed %= _PRIME
    return (mixed.min(axis=0) & np.uint64(0xFFFFFFFF)).astype("<u4").tobytes()


def _digests(words: list[str]) -> bytes:
    """Four bytes for each different run of ``SHINGLE`` words, in no order."""
    text = " ".join(words).encode("utf-8", "replace")
    ends = list(accumulate((len(word) + 1 for word in text.split(b" ")), initial=0))
    runs = {text[start : end - 1] for start, end in zip(ends, ends[SHINGLE:], strict=False)}
    return b"".join([_blake2b(run, digest_size=4).digest() for run in runs])


def bands(mark: bytes) -> list[int]:
    """Keys under which two pages with near-duplicate text meet: signed 64-bit numbers."""
    step = ROWS * 4
    return [_key(n, mark[n * step : (n + 1) * step]) for n in range(BANDS)] if mark else []


def _key(band: int, part: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(bytes([band]) + part, digest_size=8).digest(), "little", signed=True)


def same_story(a: bytes, b: bytes) -> float:
    """The estimated share of shingles that two pages have in common, 0..1."""
    if not a or not b:
        return 0.0
    return float(np.mean(np.frombuffer(a, "<u4") == np.frombuffer(b, "<u4")))


def likeness(mark: bytes, day: int | None, other: bytes, other_day: int | None) -> float:
    """The share of shingles of two pages that came out within a month; 0 where they are no copies."""
    if day is not None and other_day is not None and abs(day - other_day) > DAYS_APART:
        return 0.0
    score = same_story(mark, other)
    return round(score, 4) if score >= SAME_STORY else 0.0


def groups(pages: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Each page's group of copies, named by its least key; ``pairs`` are the pages with the same story."""
    parent = {page: page for page in pages}

    def find(page: str) -> str:
        while parent[page] != page:
            parent[page] = parent[parent[page]]
            page = parent[page]
        return page

    for a, b in pairs:
        low, high = sorted((find(a), find(b)))
        parent[high] = low
    return {page: find(page) for page in parent}
