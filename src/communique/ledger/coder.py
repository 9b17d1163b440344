"""Who coded an event: the coder's name and version, and the codebook's. Every event row carries all three."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from communique.article import Article
from communique.event import Event
from communique.page import Page

PEOPLE = "person:"  # how the names of coders who are people begin; what they coded is never coded anew


class Coded(Protocol):
    """A page with what was read out of it."""

    @property
    def page(self) -> Page: ...
    @property
    def article(self) -> Article: ...
    @property
    def events(self) -> tuple[Event, ...]: ...


@dataclass(frozen=True, slots=True)
class Coder:
    """A coder: ``code`` turns a Page into a Coded page; the rest says which coder it is."""

    name: str
    version: str
    codebook: str
    code: Callable[[Page], Coded]

    @property
    def stamp(self) -> dict[str, str]:
        """The columns by which a row says who coded it."""
        return {"coder": self.name, "coder_version": self.version, "codebook_version": self.codebook}


def installed() -> Coder:
    """The coder that comes with this Communique."""
    from communique import codebook, coding

    return Coder(coding.CODER, coding.CODER_VERSION, str(codebook.version()), coding.code_page)
