"""What a batch is run with, and what makes two runs give the same output."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from communique.commands.workers import CAREFUL, CODER, PAGE_SECONDS
from communique.ledger.coder import installed

if TYPE_CHECKING:
    from collections.abc import Mapping

MEMORY = 1000
"""Megabytes that one page may take beyond what the coder itself has taken when it is ready."""


@dataclass(frozen=True, slots=True)
class Options:
    """How pages are coded: the coder (``module:function``), a page's processor seconds and megabytes.

    ``everything`` codes pages that triage would pass over too.
    """

    coder: str = CODER
    seconds: float = PAGE_SECONDS
    memory: int = MEMORY
    everything: bool = False

    @property
    def stamp(self) -> dict[str, str]:
        """The columns by which a row says who coded it."""
        from communique import codebook

        if self.coder in (CODER, CAREFUL):
            return installed(self.coder == CAREFUL).stamp
        return {"coder": self.coder, "coder_version": "unknown", "codebook_version": str(codebook.version())}

    @property
    def versions(self) -> Mapping[str, str]:
        """All that the rows of a shard depend on beside its input. Shards of other versions are made anew."""
        from communique import __version__
        from communique.batch import schema

        return {
            "communique": __version__,
            "layout": str(schema.VERSION),
            **self.stamp,
            "triage": "everything" if self.everything else triage_version(),
        }


@cache
def triage_version() -> str:
    """The first digits of the digest of triage's weights."""
    from communique.batch.triage import WEIGHTS

    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:12]
