"""Keys under which reports and moves are looked up, without what was kept only to delete them; sums of hashes now."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """The tables are empty: after an upgrade the ledger files reports and moves anew (``refiling``)."""
    for table, number, flags in (
        ("report_key", "event_id", ("timed", "wide")),
        ("move_key", "move_id", ("earlier", "later")),
    ):
        op.drop_table(table)
        op.create_table(
            table,
            sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
            sa.Column(number, ID, primary_key=True, autoincrement=False),
            *(sa.Column(flag, sa.Boolean, nullable=False) for flag in flags),
            sqlite_with_rowid=False,
        )
