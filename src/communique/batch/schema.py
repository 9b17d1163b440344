"""The Parquet that ``communique batch`` writes: the one contract between it and all that reads its folder.

    OUT/articles/NAME.parquet   a row a page that was read, in the order of the input
    OUT/events/NAME.parquet     a row an event, in the order of its page and of the text
    OUT/manifest/NAME.json      one JSON object a shard; a shard counts only when this file is there

NAME is the shard's, the same in all three. Read only shards that have a manifest file: it is written last. Every
file is written under a name that begins with a dot and then renamed, so a file that is there is whole.

The columns are the ledger's (``communique.ledger.schema``) with lists in place of JSON where a query may look inside.
A shard holds a page (its ``key``) once. The same page may come again in another shard: as in a ledger, one counts.
Nothing in a row depends on when, where or beside what it was made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

VERSION = 1
"""The version of this layout. Shards of another version are made anew."""

STAMP = ("coder", "coder_version", "codebook_version")
"""Who coded a row: in both tables, as in a ledger."""


def article_schema() -> pa.Schema:
    """A row a page. ``key`` is its id in every ledger; ``position`` its place in the shard, from 0.

    ``chance`` is triage's, 0..1, that the page holds an event. Pages that triage passed over have ``coded`` false and
    null from ``title`` on: they are there to be counted. ``page_date`` and ``page_outlet`` are what the page's source
    says, ``published`` and ``outlet`` what the page itself does. ``page_detail`` and ``article_detail`` are JSON, as
    the ledger's ``page.detail`` and ``article.detail``. ``events`` counts the page's rows in the other table.
    """
    import pyarrow as pa

    text = pa.string()
    names = ("doc", "url", "path", "kind", "encoding", "page_date", "page_outlet", "fetched")
    told = ("title", "outlet", "byline", "published", "published_how", "dateline", "credit", "language")
    return pa.schema(
        [
            pa.field("position", pa.int32(), nullable=False),
            pa.field("key", text, nullable=False),
            pa.field("digest", text, nullable=False),
            *(pa.field(name, text) for name in names),
            pa.field("chance", pa.float32(), nullable=False),
            pa.field("coded", pa.bool_(), nullable=False),
            pa.field("events", pa.int32(), nullable=False),
            *(pa.field(name, text) for name in told),
            pa.field("text", text),
            pa.field("page_detail", text),
            pa.field("article_detail", text),
            *(pa.field(name, text) for name in STAMP),
        ]
    )


def event_schema() -> pa.Schema:
    """A row an event. ``page`` is its page's key, ``key`` its own (``PAGE-e1``), ``name`` its name in the page.

    ``answers`` is the name of the event in the same page that it answers. ``start`` and ``end`` count code points of
    the page's text. ``url``, ``outlet``, ``published`` and ``credit`` are the page's, repeated so that the table stands
    alone; ``address`` is what to call an outlet that the page does not name (the ledger's ``address_of``).
    """
    import pyarrow as pa

    text, whole = pa.string(), pa.int32()
    must: dict[str, Any] = {"nullable": False}
    party = pa.struct([pa.field("id", text, **must), pa.field("name", text, **must)])
    span = [pa.field("start", whole, **must), pa.field("end", whole, **must), pa.field("quote", text, **must)]
    term = pa.struct([pa.field("role", text, **must), pa.field("actor", text), *span])
    return pa.schema(
        [
            pa.field("page", text, **must),
            pa.field("key", text, **must),
            pa.field("position", whole, **must),
            pa.field("name", text, **must),
            pa.field("type", text, **must),
            pa.field("mode", text),
            pa.field("sources", pa.list_(party), **must),
            pa.field("targets", pa.list_(party), **must),
            pa.field("about", text),
            pa.field("date", text),
            pa.field("place", text),
            pa.field("status", text, **must),
            pa.field("according_to", pa.list_(text), **must),
            pa.field("terms", pa.list_(term), **must),
            pa.field("answers", text),
            *span[2:],
            *span[:2],
            pa.field("mentions", pa.list_(pa.struct(span)), **must),
            pa.field("confidence", pa.float64(), **must),
            *(pa.field(name, text) for name in ("url", "outlet", "address", "published", "credit")),
            *(pa.field(name, text, **must) for name in STAMP),
        ]
    )
