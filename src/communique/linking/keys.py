"""Keys under which reports and moves are filed and looked up: whole numbers, the same in every ledger.

A key is the sum of the hashes of its parts (the parties, a word, a stretch of time), so that what stands in many keys
is hashed once. At most three parts make a sum below 2 to the 47th, which SQLite keeps in six bytes. Ledgers hold the
keys: a change of what a report or move is filed under needs a migration that files all of them anew (``refiling``).
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

BITS = 45  # of one part


@lru_cache(maxsize=100_000)
def part(*words: str) -> int:
    """The hash of one part of a key: 0 or more, below 2 to the 45th."""
    digest = hashlib.blake2b("|".join(words).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> (64 - BITS)
