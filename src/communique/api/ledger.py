"""The Ledger as a researcher uses it: open it, add pages, ask for threads, moves, events, actors, disputes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

from communique.api import columns
from communique.api.records import Disputed, Party, ToldEvent
from communique.api.results import Results
from communique.ledger.filters import Filters
from communique.ledger.store import Ledger as Store
from communique.move import Move
from communique.page import Page
from communique.thread import Position, Thread

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from communique.ledger.adding import Added
    from communique.reading import ReadFailure

T = TypeVar("T")
Ask = Callable[["Connection", Filters], Iterator[T]]


class Wanted(TypedDict, total=False):
    """The filters that every question takes; what is left out narrows nothing.

    Attributes:
        actor: a party's id: ``RUS``, ``hamas``.
        between: two days, months or years: ``("2012-02", "2012-04-15")``. Undated acts are then left out.
        type: an event type of the codebook: ``"PROPOSE"``.
        matter: words that the matter holds.
        outlet: an outlet that tells it.
        status: the outcome of a thread; actual, alleged, planned or negated for moves and events.
        limit: how many records at most.
    """

    actor: str | None
    between: tuple[str, str] | None
    type: str | None
    matter: str | None
    outlet: str | None
    status: str | None
    limit: int | None


class Ledger:
    """An open ledger: a file, or a PostgreSQL database by URL.

    Every question takes the filters of ``Wanted`` by name and gives Results, read when they are gone through.

    Use it in a ``with`` statement, or call ``close``.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, target: str | Path, create: bool = False) -> Ledger:
        """Open a ledger; with ``create`` a missing file is made.

        Raises:
            communique.ledger.errors.LedgerError: where there is none, or it cannot be used; the message says why.
        """
        return cls(Store.open(target, create=create))

    def close(self) -> None:
        """Close all connections."""
        self.store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Ledger {self.store.name}>"

    def add(
        self,
        *pages: str | Path | Page,
        workers: int | None = None,
        url: str | None = None,
        date: str | None = None,
        careful: bool = False,
    ) -> Added:
        """Read, code, store and link pages; those that are in the ledger are passed over.

        Args:
            pages: files, folders, or Pages.
            workers: processes that code; None codes in this one. (A script that asks for processes must stand under
                ``if __name__ == "__main__":``, as with Python's own.)
            url: the address that the page came from, where it does not say so itself.
            date: the day of publication, where a page has none.
            careful: find acts by the larger network of ``communique-careful``; far slower.

        Raises:
            ImportError: where ``careful`` is asked for and not installed.

        Returns:
            How many pages and events were added, how many were known, and ``failures``: path and reason.
        """
        from communique.ledger.adding import add_pages, in_process, with_workers
        from communique.ledger.coder import installed

        coder = installed(careful)
        coding = in_process(coder) if workers is None else with_workers(workers, coder)
        return add_pages(self.store, _found(pages, url, date), coder, coding, lambda added: None)

    def threads(self, **wanted: Unpack[Wanted]) -> Results[Thread]:
        """Proposals and demands, and what became of each; the one with the latest move first."""
        return self._ask("threads", columns.THREADS, wanted)

    def moves(self, **wanted: Unpack[Wanted]) -> Results[Move]:
        """Acts, each with the outlets and independent sources that tell it; the latest first."""
        return self._ask("moves", columns.MOVES, wanted)

    def events(self, **wanted: Unpack[Wanted]) -> Results[ToldEvent]:
        """Acts as single pages report them, in the order in which pages came, as the coder has them.

        ``between`` asks for the event's own date.
        """
        return self._ask("events", columns.EVENTS, wanted)

    def actors(self, **wanted: Unpack[Wanted]) -> Results[Party]:
        """Parties with the number of moves they made and that were directed at them; the busiest first.

        With filters, the parties of the moves that fit.
        """
        return self._ask("actors", columns.ACTORS, wanted)

    def disputes(self, **wanted: Unpack[Wanted]) -> Results[Disputed]:
        """Where sources differ, each side with its sources and words: first on threads' outcomes, then on moves."""
        return self._ask("disputes", columns.DISPUTES, wanted)

    def positions(self, **wanted: Unpack[Wanted]) -> Results[Position]:
        """Where actors stood on each matter, thread by thread, the latest first; ``changed`` marks a change."""
        return self._ask("positions", columns.POSITIONS, wanted)

    def show(self, name: str) -> dict[str, Any]:
        """What has that id (page, event, move or thread), down to the words, as plain values.

        Raises:
            communique.ledger.errors.NotFound: where nothing has it.
        """
        from communique.ledger.showing import show

        with self.store.reading() as connection:
            return show(connection, name)

    def _ask(self, question: str, made: tuple[columns.Column[T], ...], wanted: Wanted) -> Results[T]:
        """The answer to a question of ``asking``. Raises ValueError for dates that are none."""
        from communique.api import asking

        limit = wanted.get("limit")
        filters = Filters(**{name: value for name, value in wanted.items() if name != "limit"})  # type: ignore[arg-type]
        _ = filters.days
        ask: Ask[T] = getattr(asking, question)

        def find() -> Iterator[T]:
            with self.store.reading() as connection:
                yield from islice(ask(connection, filters), limit)

        return Results(question, find, made)


def _found(pages: tuple[str | Path | Page, ...], url: str | None, date: str | None) -> Iterator[Page | ReadFailure]:
    from communique.reading import read_paths

    for one in pages:
        if isinstance(one, Page):
            yield one
        else:
            yield from read_paths([str(one)], url=url, date=date)
