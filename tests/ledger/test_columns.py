"""Columns of acts: the same kept page by page as packed from scratch, whatever pages, people and coders change."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, text

from communique.coding.coded import CodedPage
from communique.decision import Decision
from communique.ledger import columns
from communique.ledger.acts import Acts
from communique.ledger.deciding import decide, take_back
from communique.ledger.rebuild import rebuild
from communique.ledger.store import Ledger
from communique.ledger.version import newest
from ledger.gold_pages import gold_coder

Held = dict[str, list[tuple[str, object]]]


def held(connection: Connection) -> Held:
    """What the columns say, in names that are the same in all ledgers: by column, moves with their values."""
    acts, found = Acts(connection), {}
    key_of = {row[0]: row[1] for row in connection.execute(text("SELECT id, key FROM move"))}
    for name in columns.ONE:
        numbers = acts.one(name)
        told = [(key_of[i], int(numbers[i])) for i in key_of]
        named = acts.names({number for _, number in told}) if name in ("type", "status") else {}
        found[name] = sorted((key, named.get(number, number)) for key, number in told)
        assert not [i for i in numbers.nonzero()[0] if int(i) not in key_of]
    for name in columns.MANY:
        ids, codes = acts.many(name)
        named = acts.names(set(codes.tolist()))
        found[name] = sorted((key_of[i], named[code]) for i, code in zip(ids.tolist(), codes.tolist(), strict=True))
    return found


def stored(connection: Connection) -> Held:
    """The same as the moves themselves have it."""
    moves = [move for _, move in columns.stored_moves(connection)]
    one = {name: sorted((move.id, getattr(move, name) or 0) for move in moves) for name in columns.ONE}
    many = {
        "source": [(move.id, actor) for move in moves for actor in set(move.actors)],
        "target": [(move.id, actor) for move in moves for actor in set(move.targets)],
        "outlet": [(move.id, outlet) for move in moves for outlet in set(move.outlets)],
        "word": [(move.id, word) for move in moves for word in columns.words_in(move.about)],
    }
    return {**one, **{name: sorted(pairs) for name, pairs in many.items()}}


def check(ledger: Ledger) -> None:
    """The columns are those of the moves, and none is empty."""
    with ledger.reading() as connection:
        found = held(connection)
        assert found == stored(connection)
        assert all(found.values())


def test_columns_follow_whatever_changes_a_move(target: str, dev: list[CodedPage], monkeypatch: object) -> None:
    """Pages that come, events that people reject, correct or join, another coding, and linking from scratch."""
    monkeypatch.setattr(columns, "SIZE", 8)  # type: ignore[attr-defined]
    monkeypatch.setattr("communique.ledger.acts.SIZE", 8)  # type: ignore[attr-defined]
    empty = {name: bytes(8 * columns.PACKED[name].itemsize) if name in columns.ONE else b"" for name in columns.PACKED}
    monkeypatch.setattr(columns, "_EMPTY", empty)  # type: ignore[attr-defined]
    coder = gold_coder(dev)
    with Ledger.open(target, create=True) as ledger:
        for page in dev[:8]:
            ledger.add(page, coder)
        check(ledger)
        with ledger.reading() as connection:
            keys = connection.execute(text("SELECT key FROM event ORDER BY key")).scalars().all()
            page_id = connection.execute(text("SELECT max(id) FROM page")).scalar_one()
        rejected = decide(ledger, Decision("ann", "event", keys[0], "reject", "2026-01-01"))
        decide(ledger, Decision("ann", "event", keys[1], "correct", "2026-01-01", "about", "a wholly other matter"))
        decide(ledger, Decision("ann", "link", keys[2], "same", "2026-01-01", other=keys[-1]))
        check(ledger)
        take_back(ledger, rejected)
        check(ledger)
        ledger.recode(page_id, replace(dev[7], events=dev[7].events[1:]), coder)
        check(ledger)
        rebuild(ledger)
        check(ledger)


def test_an_upgrade_packs_what_an_older_ledger_did_not(target: str, seeds: list[CodedPage]) -> None:
    """A ledger of version 0008 comes out with the columns of a new one."""
    with Ledger.open(target, create=True) as ledger:
        for page in seeds[:3]:
            ledger.add(page, gold_coder(seeds))
        with ledger.writing() as connection:
            for table in ("act_block", "act_value", "linking"):
                connection.execute(text(f"DROP TABLE {table}"))
            connection.execute(text("UPDATE alembic_version SET version_num = '0008'"))
    with Ledger.open(target) as ledger:
        check(ledger)
        with ledger.reading() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == newest()
