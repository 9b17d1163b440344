"""Memory for Arrow, while a large table passes through."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pyarrow as pa

LARGE_BLOCK = 32 << 20  # bytes: larger blocks come from the system and go back to it; the most that glibc takes
KEPT = 1 << 29  # bytes, at most, that are free and not given back while tables pass through
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # glibc's mallopt(3)


@contextmanager
def plain_memory() -> Iterator[None]:
    """Take memory as Python does: Arrow's usual pool gives it back and asks for it again for every column.

    The system clears each page of memory that it gives; glibc is told to keep what is freed until the tables are
    through. Where the C library is another, nothing changes.
    """
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    _keep(KEPT)
    try:
        yield
    finally:
        pa.set_memory_pool(before)
        _keep(2 * LARGE_BLOCK)  # what glibc itself comes to after large blocks


def _keep(count: int) -> None:
    with suppress(OSError, AttributeError, TypeError):  # no C library by that name, or no such function
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, LARGE_BLOCK)
        library.mallopt(_TRIM_THRESHOLD, count)
