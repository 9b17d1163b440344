"""Counts that pages show, and indexes with which the first page of a listing is found without a scan."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TEXT = sa.Text
NO_ROWID = {"sqlite_with_rowid": False}


def upgrade() -> None:
    _counts()
    _parties_with_type()
    _latest_first()


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer, nullable=False)


def _counts() -> None:
    """Empty: after an upgrade the ledger counts anew."""
    op.create_table(
        "month_count",
        sa.Column("month", TEXT, primary_key=True),
        sa.Column("type", TEXT, primary_key=True),
        _number("acts"),
    )
    op.create_table(
        "dealing",
        sa.Column("source", TEXT, primary_key=True),
        sa.Column("target", TEXT, primary_key=True),
        sa.Column("type", TEXT, primary_key=True),
        _number("acts"),
        **NO_ROWID,
    )
    op.execute("CREATE INDEX ix_dealing_target ON dealing (target, source, type, acts)")
    counts = (_number(name) for name in ("pages", "events", "first", "copied", "copies"))
    op.create_table("outlet", sa.Column("name", TEXT, primary_key=True), *counts)
    op.execute("CREATE INDEX ix_actor_busy ON actor ((made + received) DESC, id)")


def _parties_with_type() -> None:
    """A party's acts by type, without looking at the acts."""
    op.rename_table("move_actor", "move_actor_before")
    op.execute("DROP INDEX ix_move_actor_actor")
    if not _on_sqlite():
        op.execute("ALTER INDEX move_actor_pkey RENAME TO move_actor_before_pkey")
    op.create_table(
        "move_actor",
        sa.Column("move_id", ID, sa.ForeignKey("move.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("side", TEXT, primary_key=True),
        sa.Column("actor", TEXT, primary_key=True),
        sa.Column("until", sa.Integer),
        sa.Column("type", TEXT, nullable=False),
        **NO_ROWID,
    )
    op.execute(
        "INSERT INTO move_actor (move_id, side, actor, until, type) SELECT b.move_id, b.side, b.actor, b.until, m.type"
        " FROM move_actor_before b JOIN move m ON m.id = b.move_id"
    )
    op.drop_table("move_actor_before")


def _latest_first() -> None:
    """Each holds all that a listing's filters ask for, so that only the rows shown are read."""
    for name in ("ix_move_until", "ix_move_disputed", "ix_thread_until", "ix_thread_disputed", "ix_move_type"):
        op.execute(f"DROP INDEX {name}")
    last = "" if _on_sqlite() else " NULLS LAST"
    only = " WHERE disputed = 1" if _on_sqlite() else " WHERE disputed"
    for name, table, before, after, where in (
        ("ix_move_until", "move", "", "id DESC, since, type", ""),
        ("ix_move_type", "move", "type, ", "id DESC, since", ""),
        ("ix_move_status", "move", "status, ", "id DESC", ""),
        ("ix_move_disputed", "move", "", "id DESC, since, type, thread_id", only),
        ("ix_thread_until", "thread", "", "id DESC, since", ""),
        ("ix_thread_disputed", "thread", "", "id DESC, since", only),
        ("ix_move_actor_actor", "move_actor", "actor, ", "move_id DESC, side, type", ""),
    ):
        op.execute(f"CREATE INDEX {name} ON {table} ({before}until DESC{last}, {after}){where}")
