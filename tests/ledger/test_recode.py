"""Coding stored pages anew, versions of one address, and people's decisions, which nothing else changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select

from communique.coding.coded import CodedPage
from communique.decision import Decision
from communique.ledger import schema
from communique.ledger.adding import in_process
from communique.ledger.deciding import decide, take_back
from communique.ledger.dump import content
from communique.ledger.queries import find_move
from communique.ledger.recoding import outdated, recode
from communique.ledger.rows import page_key
from communique.ledger.showing import move_of, versions
from communique.ledger.store import Ledger, events_of
from ledger.conftest import made
from ledger.gold_pages import gold_coder


def without_first(coded: CodedPage) -> CodedPage:
    """The page as a coder reads it that misses the first event and numbers the rest from one."""
    names = {event.id: f"e{n}" for n, event in enumerate(coded.events[1:], start=1)}
    kept = (replace(e, id=names[e.id], answers=names.get(e.answers or "")) for e in coded.events[1:])
    return replace(coded, events=tuple(kept))


def nothing(*_: object) -> None:
    """Progress that nobody looks at."""


def test_recoding_brings_every_page_to_the_new_coder(new_target: Callable[[], str], seeds: list[CodedPage]) -> None:
    """After recoding, the ledger is what adding with the new coder gives, and the report says what changed."""
    better = [without_first(coded) for coded in seeds]
    with Ledger.open(made(new_target(), seeds)) as ledger:
        coder = gold_coder(better, version="2")
        report = recode(ledger, coder, in_process(coder), nothing)
        assert report.pages == len(seeds) and report.events["gone"] == len(seeds) and not report.events["new"]
        assert outdated(ledger, coder) == []
        recoded = content(ledger)
    with Ledger.open(new_target(), create=True) as fresh:
        for coded in better:
            fresh.add(coded, gold_coder(better, version="2"))
        assert content(fresh) == recoded


def test_recoding_again_does_nothing(target: str, seeds: list[CodedPage]) -> None:
    """Pages that the installed coder coded are left alone."""
    coder = gold_coder(seeds)
    with Ledger.open(made(target, seeds)) as ledger:
        assert recode(ledger, coder, in_process(coder), nothing).pages == 0


def decision(target: str, judgement: str, **fields: str) -> Decision:
    """A decision of Ann's."""
    subject = "link" if judgement in ("same", "different") else "event"
    return Decision("ann", subject, target, judgement, "2030-01-01", **fields)  # type: ignore[arg-type]


def test_decisions_outlive_a_recoding_that_numbers_events_anew(target: str, seeds: list[CodedPage]) -> None:
    """A rejected event stays rejected under its new number; one that is gone leaves its decision in the record."""
    page = page_key(seeds[0].page)
    with Ledger.open(made(target, seeds[:1])) as ledger:
        decide(ledger, decision(f"{page}-e4", "reject"))
        lost = decide(ledger, decision(f"{page}-e1", "accept"))
        coder = gold_coder([without_first(seeds[0])], version="2")
        report = recode(ledger, coder, in_process(coder), nothing)
        assert report.lost_decisions == [lost]
        with ledger.reading() as connection:
            assert move_of(connection, f"{page}-e3") is None, "the rejected event, now e3, stands in no move"
            assert move_of(connection, f"{page}-e4") is not None
            assert len(connection.execute(select(schema.decision)).all()) == 2


def test_a_rejected_event_leaves_its_move_and_comes_back(target: str, seeds: list[CodedPage]) -> None:
    """Rejecting takes an event out of linking, taking the decision back puts it in again; the row stays."""
    with Ledger.open(made(target, seeds)) as ledger:
        before = content(ledger)
        number = decide(ledger, decision(f"{page_key(seeds[0].page)}-e2", "reject"))
        assert content(ledger)["thread"] != before["thread"]
        take_back(ledger, number)
        assert content(ledger) == before
        with ledger.reading() as connection:
            assert connection.execute(select(schema.decision.c.withdrawn)).scalar() is not None


def test_a_corrected_field_is_linked_as_corrected(target: str, seeds: list[CodedPage]) -> None:
    """Moves show the corrected value; the coder's own event row is never edited."""
    key = f"{page_key(seeds[1].page)}-e1"
    with Ledger.open(made(target, seeds)) as ledger:
        decide(ledger, decision(key, "correct", field="date", value="2016-06-30"))
        with ledger.reading() as connection:
            assert find_move(connection, f"m-{key}").date == "2016-06-30"
            assert events_of(connection, 2)[0].date == seeds[1].events[0].date


def test_people_join_and_part_moves(target: str, dev: list[CodedPage]) -> None:
    """Two events that a person says are the same act are one move, and apart again when they say different."""
    with Ledger.open(made(target, dev[:3])) as ledger:
        a, b = (f"{page_key(dev[n].page)}-e1" for n in (0, 1))
        number = decide(ledger, decision(a, "same", other=b))
        with ledger.reading() as connection:
            assert find_move(connection, f"m-{a}").id == find_move(connection, f"m-{b}").id
        take_back(ledger, number)
        with ledger.reading() as connection:
            assert find_move(connection, f"m-{a}").id != find_move(connection, f"m-{b}").id


def test_a_page_fetched_again_with_other_text_is_a_new_version(target: str, seeds: list[CodedPage]) -> None:
    """Both versions of one address are kept, and are one source."""
    url = "https://example.org/story"
    first = replace(seeds[0], page=replace(seeds[0].page, url=url, fetched="2030-01-01"))
    text = seeds[0].page.text + "\nCorrected on Tuesday.\n"
    second = replace(first, page=replace(first.page, text=text, digest="f" * 64, fetched="2030-01-02"))
    with Ledger.open(target, create=True) as ledger:
        coder = gold_coder([first, second])
        assert ledger.add(first, coder) and ledger.add(second, coder)
        with ledger.reading() as connection:
            stored = versions(connection, url)
            move = find_move(connection, f"m-{page_key(first.page)}-e5")
        assert [version["fetched"] for version in stored] == ["2030-01-01", "2030-01-02"]
        assert len(move.reports) == 2 and len(move.sources) == 1
