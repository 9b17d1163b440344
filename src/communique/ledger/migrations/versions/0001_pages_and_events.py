"""Pages kept whole, articles, coded events with their actors, full text over bodies and quotes, people's decisions."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TEXT = sa.Text


def upgrade() -> None:
    _pages()
    _events()
    _decisions()
    if op.get_bind().dialect.name == "sqlite":
        _full_text_sqlite()
    else:
        _full_text_postgresql()


def _ref(name: str, to: str, **options: Any) -> sa.Column:
    return sa.Column(name, ID, sa.ForeignKey(to, ondelete="CASCADE"), **options)


def _pages() -> None:
    op.create_table(
        "page",
        sa.Column("id", ID, primary_key=True),
        sa.Column("key", TEXT, nullable=False, unique=True),
        sa.Column("digest", TEXT, nullable=False, index=True),
        sa.Column("address", TEXT, nullable=False, index=True),
        sa.Column("doc", TEXT, nullable=False),
        sa.Column("url", TEXT),
        sa.Column("path", TEXT),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("encoding", TEXT, nullable=False),
        sa.Column("date", TEXT),
        sa.Column("outlet", TEXT),
        sa.Column("fetched", TEXT),
        sa.Column("added", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
    )
    op.create_table(
        "article",
        _ref("page_id", "page.id", primary_key=True),
        sa.Column("title", TEXT),
        sa.Column("outlet", TEXT, index=True),
        sa.Column("byline", TEXT),
        sa.Column("published", TEXT, index=True),
        sa.Column("published_how", TEXT),
        sa.Column("dateline", TEXT),
        sa.Column("credit", TEXT),
        sa.Column("language", TEXT),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("coder", TEXT, nullable=False),
        sa.Column("coder_version", TEXT, nullable=False),
        sa.Column("codebook_version", TEXT, nullable=False),
    )


def _events() -> None:
    op.create_table(
        "event",
        sa.Column("id", ID, primary_key=True),
        _ref("page_id", "page.id", nullable=False, index=True),
        sa.Column("key", TEXT, nullable=False, unique=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("mode", TEXT),
        sa.Column("about", TEXT),
        sa.Column("date", TEXT),
        sa.Column("place", TEXT),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("answers", TEXT),
        sa.Column("quote", TEXT, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("coder", TEXT, nullable=False),
        sa.Column("coder_version", TEXT, nullable=False),
        sa.Column("codebook_version", TEXT, nullable=False),
    )
    op.create_table(
        "event_actor",
        _ref("event_id", "event.id", primary_key=True),
        sa.Column("side", TEXT, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
    )
    op.create_index("ix_event_actor_actor", "event_actor", ["actor"])
    op.create_table(
        "actor_name",
        sa.Column("actor", TEXT, primary_key=True),
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("events", sa.Integer, nullable=False),
    )


def _decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("id", ID, primary_key=True),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("target", TEXT, nullable=False, index=True),
        sa.Column("other", TEXT, index=True),
        sa.Column("judgement", TEXT, nullable=False),
        sa.Column("field", TEXT),
        sa.Column("value", TEXT),
        sa.Column("note", TEXT),
        sa.Column("decided", TEXT, nullable=False),
        sa.Column("withdrawn", TEXT),
        sa.Column("anchor", TEXT, nullable=False),
    )


def _full_text_sqlite() -> None:
    """FTS5: bodies without a second copy of the text, events over their own table, kept by triggers."""
    op.execute("CREATE VIRTUAL TABLE body_words USING fts5(body, content='', tokenize='porter unicode61')")
    op.execute(
        "CREATE VIRTUAL TABLE event_words USING fts5"
        "(about, quote, content='event', content_rowid='id', tokenize='porter unicode61')"
    )
    op.execute(
        "CREATE TRIGGER event_words_added AFTER INSERT ON event BEGIN"
        " INSERT INTO event_words(rowid, about, quote) VALUES (new.id, new.about, new.quote); END"
    )
    op.execute(
        "CREATE TRIGGER event_words_removed AFTER DELETE ON event BEGIN"
        " INSERT INTO event_words(event_words, rowid, about, quote)"
        " VALUES ('delete', old.id, old.about, old.quote); END"
    )


def _full_text_postgresql() -> None:
    op.execute("ALTER TABLE article ADD COLUMN words tsvector")
    op.execute("CREATE INDEX ix_article_words ON article USING gin (words)")
    op.execute(
        "ALTER TABLE event ADD COLUMN words tsvector GENERATED ALWAYS AS"
        " (to_tsvector('english', replace(coalesce(about, '') || ' ' || quote, '-', ' '))) STORED"
    )
    op.execute("CREATE INDEX ix_event_words ON event USING gin (words)")
