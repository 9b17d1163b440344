"""Python's collector of cycles, held back while much is worked on that has none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def settled() -> None:
    """Leave what is loaded by now out of all later collections: it stays, and is much to walk."""
    gc.freeze()


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the collector back: small objects of a page and millions of rows have no cycles, and it would walk all."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
