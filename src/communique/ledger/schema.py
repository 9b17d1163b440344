"""The ledger's tables, as the newest migration leaves them.

Migrations in ``migrations/versions`` make them, with the indexes that listings need; a test compares the two.
Text ids (``key``) are made from content and are the same in every ledger; integer ids are this database's own.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()
ID = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column:
    return Column("id", ID, primary_key=True)


def _ref(name: str, to: str, **options: object) -> Column:
    return Column(name, ID, ForeignKey(to, ondelete="CASCADE"), **options)  # type: ignore[arg-type]


page = Table(
    "page",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False, index=True),
    Column("address", Text, nullable=False, index=True),
    Column("doc", Text, nullable=False),
    Column("url", Text),
    Column("path", Text),
    Column("kind", Text, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("date", Text),
    Column("outlet", Text),
    Column("fetched", Text),
    Column("added", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("detail", Text, nullable=False),  # JSON: blocks, meta, warnings
)
article = Table(
    "article",
    metadata,
    _ref("page_id", "page.id", primary_key=True),
    Column("title", Text),
    Column("outlet", Text, index=True),
    Column("byline", Text),
    Column("published", Text, index=True),
    Column("published_how", Text),
    Column("dateline", Text),
    Column("credit", Text),
    Column("language", Text),
    Column("detail", Text, nullable=False),  # JSON: title_span, body, body_lines, lines, warnings
    Column("coder", Text, nullable=False),
    Column("coder_version", Text, nullable=False),
    Column("codebook_version", Text, nullable=False),
)
event = Table(
    "event",
    metadata,
    _id(),
    _ref("page_id", "page.id", nullable=False, index=True),
    Column("key", Text, nullable=False, unique=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),  # unique in its page: e1, e2, ...
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("about", Text),
    Column("date", Text),
    Column("place", Text),
    Column("status", Text, nullable=False),
    Column("answers", Text),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("detail", Text, nullable=False),  # JSON: according_to, terms, mentions
    Column("coder", Text, nullable=False),
    Column("coder_version", Text, nullable=False),
    Column("codebook_version", Text, nullable=False),
)
event_actor = Table(
    "event_actor",
    metadata,
    _ref("event_id", "event.id", primary_key=True),
    Column("side", Text, primary_key=True),  # source or target
    Column("position", Integer, primary_key=True),
    Column("actor", Text, nullable=False),
    Column("name", Text, nullable=False),
    Index("ix_event_actor_actor", "actor"),
    sqlite_with_rowid=False,
)
actor_name = Table(
    "actor_name",
    metadata,
    Column("actor", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("events", Integer, nullable=False),
)
decision = Table(
    "decision",
    metadata,
    _id(),
    Column("who", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("target", Text, nullable=False, index=True),
    Column("other", Text, index=True),
    Column("judgement", Text, nullable=False),
    Column("field", Text),
    Column("value", Text),
    Column("note", Text),
    Column("decided", Text, nullable=False),
    Column("withdrawn", Text),
    Column("anchor", Text, nullable=False),  # JSON: what the event was when it was judged
)

# What linking derives; "communique link" makes all of it anew.
move = Table(
    "move",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("about", Text),
    Column("date", Text),
    Column("since", Integer),
    Column("until", Integer),
    Column("status", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("thread_id", ID, index=True),
    Column("body", Text, nullable=False),  # JSON of the whole Move
)
move_actor = Table(
    "move_actor",
    metadata,
    _ref("move_id", "move.id", primary_key=True),
    Column("side", Text, primary_key=True),
    Column("actor", Text, primary_key=True),
    Column("until", Integer),
    Column("type", Text, nullable=False),
    sqlite_with_rowid=False,
)
actor = Table(
    "actor",
    metadata,
    Column("id", Text, primary_key=True),
    Column("made", Integer, nullable=False),
    Column("received", Integer, nullable=False),
)
report = Table(
    "report",
    metadata,
    _ref("event_id", "event.id", primary_key=True),
    Column("page_id", ID, nullable=False),
    Column("move_id", ID, index=True),
    Column("wide", Boolean, nullable=False),
    Column("body", Text, nullable=False),  # JSON of the Report
    Index("ix_report_page_id", "page_id", "move_id"),
)
# Keys have no index by what they lead to: rows are deleted by the keys themselves, which are made anew from the body.
report_key = Table(
    "report_key",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("event_id", ID, primary_key=True, autoincrement=False),
    Column("timed", Boolean, nullable=False),
    Column("wide", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
report_edge = Table(
    "report_edge",
    metadata,
    _ref("a", "event.id", primary_key=True),
    _ref("b", "event.id", primary_key=True, index=True),
    Column("score", Float, nullable=False),
    sqlite_with_rowid=False,
)
page_mark = Table(
    "page_mark",
    metadata,
    _ref("page_id", "page.id", primary_key=True),
    Column("mark", LargeBinary, nullable=False),
    Column("issued", Integer),
)
page_band = Table(
    "page_band",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    _ref("page_id", "page.id", primary_key=True, index=True),
    sqlite_with_rowid=False,
)
page_copy = Table(
    "page_copy",
    metadata,
    _ref("a", "page.id", primary_key=True),
    _ref("b", "page.id", primary_key=True, index=True),
    Column("score", Float, nullable=False),
)
move_key = Table(
    "move_key",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("move_id", ID, primary_key=True, autoincrement=False),
    Column("earlier", Boolean, nullable=False),
    Column("later", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
linking = Table("linking", metadata, Column("rules", Text, primary_key=True))  # one row at most: see ``rules``
link = Table(
    "link",
    metadata,
    _ref("move_id", "move.id", primary_key=True),
    _ref("to_id", "move.id", primary_key=True, index=True),
    Column("kind", Text, primary_key=True),
    Column("score", Float, nullable=False),
)
thread = Table(
    "thread",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    Column("matter", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("outcome_date", Text),
    Column("since", Integer),
    Column("until", Integer),
    Column("moves", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("body", Text, nullable=False),  # JSON of the whole Thread
)
thread_actor = Table(
    "thread_actor",
    metadata,
    _ref("thread_id", "thread.id", primary_key=True),
    Column("actor", Text, primary_key=True),
    Column("until", Integer),
)
# Counts, kept by ``tallies``.
month_count = Table(
    "month_count",
    metadata,
    Column("month", Text, primary_key=True),
    Column("type", Text, primary_key=True),
    Column("acts", Integer, nullable=False),
)
dealing = Table(
    "dealing",
    metadata,
    Column("source", Text, primary_key=True),
    Column("target", Text, primary_key=True),
    Column("type", Text, primary_key=True),
    Column("acts", Integer, nullable=False),
    sqlite_with_rowid=False,
)
party_count = Table(
    "party_count",
    metadata,
    Column("field", Text, primary_key=True),  # actor, type, status or outlet
    Column("value", Text, primary_key=True),
    Column("actor", Text, primary_key=True),
    Column("made", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    sqlite_with_rowid=False,
)
# What counting asks of every act, packed: see ``columns``.
act_value = Table(
    "act_value",
    metadata,
    _id(),
    Column("field", Text, nullable=False),  # actor, type, status, outlet or word
    Column("value", Text, nullable=False),
    UniqueConstraint("field", "value"),
)
act_block = Table(
    "act_block",
    metadata,
    Column("name", Text, primary_key=True),
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)
outlet = Table(
    "outlet",
    metadata,
    Column("name", Text, primary_key=True),
    Column("pages", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("copied", Integer, nullable=False),
    Column("copies", Integer, nullable=False),
)
DERIVED = (
    act_block,
    act_value,
    actor,
    thread_actor,
    thread,
    link,
    move_key,
    move_actor,
    report_edge,
    report_key,
    report,
    move,
    page_copy,
    page_band,
)
