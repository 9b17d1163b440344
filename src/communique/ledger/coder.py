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
    """A coder: ``code`` turns a Page into a Coded page; ``name``, ``version`` and ``codebook`` say which coder it is.

    ``entry`` names that function for worker processes, as ``module:function``, and ``seconds`` is the processor time
    that they give it for a page; None where those of the quick coder hold.
    """

    name: str
    version: str
    codebook: str
    code: Callable[[Page], Coded]
    entry: str | None = None
    seconds: float | None = None

    @property
    def stamp(self) -> dict[str, str]:
        """The columns by which a row says who coded it."""
        return {"coder": self.name, "coder_version": self.version, "codebook_version": self.codebook}


def installed(careful: bool = False) -> Coder:
    """The coder that comes with this Communique; ``careful``: with the network of ``communique-careful``.

    Raises communique.coding.networks.CarefulMissing (an ImportError) where that is not installed.
    """
    from communique import codebook, coding
    from communique.commands.workers import CAREFUL, CAREFUL_SECONDS

    book = str(codebook.version())
    if careful:
        version, code = coding.careful_version(), coding.code_page_carefully
        return Coder(coding.CODER, version, book, code, CAREFUL, CAREFUL_SECONDS)
    return Coder(coding.CODER, coding.CODER_VERSION, book, coding.code_page)
