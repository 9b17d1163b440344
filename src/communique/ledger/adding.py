"""Adding pages to a ledger: read, code what is new, store and link it a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from communique.ledger.coder import Coded, Coder
from communique.ledger.store import Ledger
from communique.page import Page
from communique.reading import ReadFailure

if TYPE_CHECKING:
    from communique.commands.workers import Left

Found = Iterable[Page | ReadFailure]
Coding = Callable[[Found], Iterator["Coded | Left"]]


@dataclass(slots=True)
class Added:
    """What came of adding: pages added, pages that were there already, events, and failures by path."""

    pages: int = 0
    known: int = 0
    events: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Pages dealt with, whatever came of them."""
        return self.pages + self.known + len(self.failures)


def with_workers(workers: int, coder: Coder | None = None) -> Coding:
    """Coding in worker processes, in the order of the pages, past pages that hang or crash; by the quick coder, or by
    another that names its ``entry``."""

    def code(pages: Found) -> Iterator[Coded | Left]:
        from communique.commands.workers import code_pages

        entry, seconds = (coder.entry, coder.seconds) if coder else (None, None)
        return code_pages(pages, workers=workers, coder=entry, seconds=seconds)

    return code


def in_process(coder: Coder) -> Coding:
    """Coding in this process, by the coder's own function."""

    def code(pages: Found) -> Iterator[Coded | Left]:
        from communique.commands.workers import Left

        for page in pages:
            yield Left(page.path, page.reason) if isinstance(page, ReadFailure) else coder.code(page)

    return code


def add_pages(ledger: Ledger, found: Found, coder: Coder, code: Coding, step: Callable[[Added], None]) -> Added:
    """Add every page that is not in the ledger yet; ``step`` is told after each page how far it is.

    Each page is one transaction, so an end at any point leaves whole pages, and adding again goes on.
    Raises LedgerError where the ledger cannot be written.
    """
    from communique.commands.workers import Left

    added = Added()
    for result in code(_new(ledger, found, added)):
        if isinstance(result, Left):
            added.failures.append((result.path, result.reason))
        elif ledger.add(result, coder):
            added.pages += 1
            added.events += len(result.events)
        else:
            added.known += 1
        step(added)
    return added


def _new(ledger: Ledger, found: Found, added: Added) -> Iterator[Page | ReadFailure]:
    """The pages that are not stored: a page is read to know its digest, but coded only once."""
    for page in found:
        if isinstance(page, Page) and ledger.has(page):
            added.known += 1
        else:
            yield page
