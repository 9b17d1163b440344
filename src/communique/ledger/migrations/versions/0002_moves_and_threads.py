"""What linking derives: reports with their keys and edges, copies, moves, links between them, threads."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TEXT = sa.Text
NO_ROWID = {"sqlite_with_rowid": False}


def upgrade() -> None:
    _reports()
    _copies()
    _moves()
    _threads()
    _latest_first()


def _id() -> sa.Column:
    return sa.Column("id", ID, primary_key=True)


def _ref(name: str, to: str, **options: Any) -> sa.Column:
    return sa.Column(name, ID, sa.ForeignKey(to, ondelete="CASCADE"), **options)


def _big(name: str) -> sa.Column:
    return sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False)


def _whole(name: str, **options: Any) -> sa.Column:
    return sa.Column(name, sa.Integer, **options)


def _reports() -> None:
    op.create_table(
        "report",
        _ref("event_id", "event.id", primary_key=True),
        sa.Column("page_id", ID, nullable=False, index=True),
        sa.Column("move_id", ID, index=True),
        sa.Column("wide", sa.Boolean, nullable=False),
        sa.Column("body", TEXT, nullable=False),
    )
    op.create_table(
        "report_key",
        _big("key"),
        _ref("event_id", "event.id", primary_key=True, index=True),
        sa.Column("timed", sa.Boolean, nullable=False),
        sa.Column("wide", sa.Boolean, nullable=False),
        **NO_ROWID,
    )
    op.create_table(
        "report_edge",
        _ref("a", "event.id", primary_key=True),
        _ref("b", "event.id", primary_key=True, index=True),
        sa.Column("score", sa.Float, nullable=False),
        **NO_ROWID,
    )


def _copies() -> None:
    op.create_table(
        "page_mark",
        _ref("page_id", "page.id", primary_key=True),
        sa.Column("mark", sa.LargeBinary, nullable=False),
        _whole("issued"),
    )
    op.create_table("page_band", _big("band"), _ref("page_id", "page.id", primary_key=True, index=True), **NO_ROWID)
    op.create_table(
        "page_copy",
        _ref("a", "page.id", primary_key=True),
        _ref("b", "page.id", primary_key=True, index=True),
        sa.Column("score", sa.Float, nullable=False),
    )


def _moves() -> None:
    op.create_table(
        "move",
        _id(),
        sa.Column("key", TEXT, nullable=False, unique=True),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("mode", TEXT),
        sa.Column("about", TEXT),
        sa.Column("date", TEXT),
        _whole("since"),
        _whole("until"),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("quote", TEXT, nullable=False),
        _whole("reports", nullable=False),
        _whole("outlets", nullable=False),
        _whole("sources", nullable=False),
        sa.Column("disputed", sa.Boolean, nullable=False),
        sa.Column("thread_id", ID, index=True),
        sa.Column("body", TEXT, nullable=False),
    )
    op.create_table(
        "move_actor",
        _ref("move_id", "move.id", primary_key=True),
        sa.Column("side", TEXT, primary_key=True),
        sa.Column("actor", TEXT, primary_key=True),
        _whole("until"),
    )
    op.create_table(
        "actor",
        sa.Column("id", TEXT, primary_key=True),
        _whole("made", nullable=False),
        _whole("received", nullable=False),
    )
    op.create_table(
        "move_key",
        _big("key"),
        _ref("move_id", "move.id", primary_key=True, index=True),
        sa.Column("earlier", sa.Boolean, nullable=False),
        sa.Column("later", sa.Boolean, nullable=False),
        **NO_ROWID,
    )


def _threads() -> None:
    op.create_table(
        "link",
        _ref("move_id", "move.id", primary_key=True),
        _ref("to_id", "move.id", primary_key=True, index=True),
        sa.Column("kind", TEXT, primary_key=True),
        sa.Column("score", sa.Float, nullable=False),
    )
    op.create_table(
        "thread",
        _id(),
        sa.Column("key", TEXT, nullable=False, unique=True),
        sa.Column("matter", TEXT, nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("outcome_date", TEXT),
        _whole("since"),
        _whole("until"),
        _whole("moves", nullable=False),
        _whole("outlets", nullable=False),
        _whole("sources", nullable=False),
        sa.Column("disputed", sa.Boolean, nullable=False),
        sa.Column("body", TEXT, nullable=False),
    )
    op.create_table(
        "thread_actor",
        _ref("thread_id", "thread.id", primary_key=True),
        sa.Column("actor", TEXT, primary_key=True),
        _whole("until"),
    )


def _latest_first() -> None:
    """Listings show the latest first and the undated last: SQLite's own order, to be asked for in PostgreSQL."""
    last = "" if op.get_bind().dialect.name == "sqlite" else " NULLS LAST"
    for name, table, before, own in (
        ("ix_move_until", "move", "", "id DESC"),
        ("ix_move_type", "move", "type, ", "id DESC"),
        ("ix_move_disputed", "move", "disputed, ", "id DESC"),
        ("ix_thread_until", "thread", "", "id DESC"),
        ("ix_thread_outcome", "thread", "outcome, ", "id DESC"),
        ("ix_thread_disputed", "thread", "disputed, ", "id DESC"),
        ("ix_move_actor_actor", "move_actor", "actor, ", "move_id DESC, side"),
        ("ix_thread_actor_actor", "thread_actor", "actor, ", "thread_id DESC"),
    ):
        op.execute(f"CREATE INDEX {name} ON {table} ({before}until DESC{last}, {own})")
