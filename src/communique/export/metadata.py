"""What an export says of itself: title, licence, citation, and the versions that made it. It tells no time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from communique import __version__

LICENCE = "CC-BY-4.0"
HOLDS_FOR = "The licence is for the coding. Quoted words remain their publishers'."


@dataclass(frozen=True, slots=True)
class CodedBy:
    """A coder that coded some of the events: its name, its version, its codebook's version."""

    coder: str
    coder_version: str
    codebook_version: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What goes with every export. ``source`` is the kind of place it was read from (ledger or batch folder);
    ``ledger_version`` is None for a batch folder."""

    title: str
    licence: str
    citation: str
    source: str
    ledger_version: str | None
    coders: tuple[CodedBy, ...]
    communique_version: str = __version__
    licence_note: str = HOLDS_FOR

    @property
    def codebook_versions(self) -> tuple[str, ...]:
        """The versions of the codebook that events were coded by, sorted."""
        return tuple(sorted({coder.codebook_version for coder in self.coders}))

    def to_dict(self) -> dict[str, Any]:
        """The metadata as plain values, ready for JSON."""
        values = asdict(self)
        values["coders"] = [asdict(coder) for coder in self.coders]
        return {**values, "codebook_versions": list(self.codebook_versions)}


def citation_of(title: str) -> str:
    """How to cite an export, where its maker says nothing else."""
    return f"{title}. Made with Communique {__version__} (The Communique contributors)."
