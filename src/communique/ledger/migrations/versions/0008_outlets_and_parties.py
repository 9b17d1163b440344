"""An outlet's acts without reading their reports; an event's parties in one place; counts of parties by year.

The counts are made anew after an upgrade. In SQLite a table has its rows where its key is, so that the parties of
one event lie together, and are found in one step.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.execute("DROP INDEX ix_report_page_id")
    op.execute("CREATE INDEX ix_report_page_id ON report (page_id, move_id)")
    if op.get_bind().dialect.name == "sqlite":
        _parties_by_event()


def _parties_by_event() -> None:
    """Not by renaming: a view names the table."""
    op.execute("CREATE TABLE event_actor_before AS SELECT * FROM event_actor")
    op.execute("DROP TABLE event_actor")
    op.create_table(
        "event_actor",
        sa.Column("event_id", ID, sa.ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("side", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    columns = "event_id, side, position, actor, name"
    op.execute(f"INSERT INTO event_actor ({columns}) SELECT {columns} FROM event_actor_before ORDER BY 1, 2, 3")
    op.execute("CREATE INDEX ix_event_actor_actor ON event_actor (actor)")
    op.execute("DROP TABLE event_actor_before")
