"""By which rules of linking a ledger was linked."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """The table is empty: by which rules an older ledger was linked nobody noted."""
    op.create_table("linking", sa.Column("rules", sa.Text, primary_key=True))
