"""An index by the width of the days in which an act can have taken place: see ``filters.narrow_moves``."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("CREATE INDEX ix_move_width ON move ((until - since))")
