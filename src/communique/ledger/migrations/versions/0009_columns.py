"""What counting asks of every act, packed in columns (see ``columns``); counts by month and year are theirs now."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """The tables are empty: after an upgrade the ledger packs and counts anew."""
    op.create_table(
        "act_value",
        sa.Column("id", ID, primary_key=True),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.UniqueConstraint("field", "value"),
    )
    op.create_table(
        "act_block",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("block", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
