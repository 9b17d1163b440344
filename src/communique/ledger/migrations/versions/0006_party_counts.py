"""Counts of parties by what their acts share, and indexes for what is asked of large ledgers: see ``partycounts``."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """The counts are empty: after an upgrade the ledger counts anew."""
    text, number = sa.Text, sa.Integer
    op.create_table(
        "party_count",
        sa.Column("field", text, primary_key=True),
        sa.Column("value", text, primary_key=True),
        sa.Column("actor", text, primary_key=True),
        sa.Column("made", number, nullable=False),
        sa.Column("received", number, nullable=False),
        sqlite_with_rowid=False,
    )
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    last, only = ("", "disputed = 1") if on_sqlite else (" NULLS LAST", "disputed")
    for name in ("type", "status"):
        op.execute(f"CREATE INDEX ix_move_disputed_{name} ON move ({name}, until DESC{last}, id DESC) WHERE {only}")
    op.execute("CREATE INDEX ix_move_in_thread ON move (type, thread_id) WHERE thread_id IS NOT NULL")
    op.execute("CREATE INDEX ix_article_coder ON article (coder, coder_version, codebook_version)")
