"""Adding pages: once each, whole, and linked the same in any order and from scratch."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import func, select

from communique.coding.coded import CodedPage
from communique.ledger import schema
from communique.ledger.dump import content
from communique.ledger.rebuild import rebuild
from communique.ledger.store import Ledger, events_of
from ledger.gold_pages import gold_coder


def filled(target: str, pages: list[CodedPage]) -> Ledger:
    """A ledger with some pages."""
    ledger = Ledger.open(target, create=True)
    coder = gold_coder(pages)
    for page in pages:
        ledger.add(page, coder)
    return ledger


def count(ledger: Ledger, table: str) -> int:
    """The number of rows of a table."""
    with ledger.reading() as connection:
        return connection.execute(select(func.count()).select_from(schema.metadata.tables[table])).scalar_one()


def test_a_page_comes_back_as_it_went_in(target: str, seeds: list[CodedPage]) -> None:
    """A stored page and its events are read back equal to what was added."""
    with filled(target, seeds) as ledger:
        assert ledger.page(1) == seeds[0].page
        with ledger.reading() as connection:
            assert tuple(events_of(connection, 1)) == seeds[0].events


def test_the_same_bytes_twice_add_nothing(target: str, seeds: list[CodedPage]) -> None:
    """Adding pages again leaves every table as it was."""
    with filled(target, seeds) as ledger:
        before = content(ledger)
        assert not any(ledger.add(page, gold_coder(seeds)) for page in seeds)
        assert content(ledger) == before


def test_the_same_words_from_two_addresses_are_two_pages(target: str, seeds: list[CodedPage]) -> None:
    """A wire story on two sites is stored once a site."""
    here = replace(seeds[0], page=replace(seeds[0].page, url="https://one.example/story"))
    there = replace(seeds[0], page=replace(seeds[0].page, url="https://two.example/story"))
    with filled(target, [here, there]) as ledger:
        assert count(ledger, "page") == 2
        assert count(ledger, "page_copy") == 1


def test_order_of_adding_does_not_matter(
    new_target: Callable[[], str], dev: list[CodedPage], seeds: list[CodedPage]
) -> None:
    """Two ledgers with the same pages in different order hold the same moves, links and threads."""
    pages = dev + seeds
    with filled(new_target(), pages) as first:
        expected = content(first)
        rebuild(first)
        assert content(first) == expected, "linking from scratch gives another result"
    shuffled = random.Random(7).sample(pages, len(pages))
    with filled(new_target(), shuffled) as second:
        assert content(second) == expected


def test_text_that_a_database_cannot_hold_keeps_its_offsets(target: str, seeds: list[CodedPage]) -> None:
    """NUL and lone surrogates are stored as one other character each, so quotes stay where they are."""
    text = "\0\ud800" + seeds[0].page.text
    shifted = CodedPage(replace(seeds[0].page, text=text, doc="nul\0"), seeds[0].article, ())
    with filled(target, [shifted]) as ledger:
        stored = ledger.page(1).text
        assert stored[2:] == seeds[0].page.text and len(stored) == len(text)


def test_what_a_page_does_not_change_stays_as_it_is(target: str, seeds: list[CodedPage], dev: list[CodedPage]) -> None:
    """Threads and moves keep their rows, with their own numbers, when pages come that tell of other things."""
    with filled(target, seeds) as ledger:
        tables = (schema.move, schema.thread)
        with ledger.reading() as connection:
            before = [{tuple(row) for row in connection.execute(select(table))} for table in tables]
        for page in dev[:4]:
            ledger.add(page, gold_coder(dev))
        with ledger.reading() as connection:
            after = [{tuple(row) for row in connection.execute(select(table))} for table in tables]
        assert all(len(now) > len(was) > 10 for now, was in zip(after, before, strict=True))
        assert all(len(was & now) > 0.9 * len(was) for now, was in zip(after, before, strict=True))
