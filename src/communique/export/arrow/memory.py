"""Memory for Arrow, while a large table passes through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa


@contextmanager
def plain_memory() -> Iterator[None]:
    """Take memory as Python does: Arrow's usual pool gives it back and asks for it again for every column."""
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)
