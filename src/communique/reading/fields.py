"""Names of the fields that hold the text, the address, the date and the outlet in records."""

from __future__ import annotations

from dataclasses import dataclass

USUAL = {
    "text": ("text", "content", "body", "article", "maintext", "plain_text", "fulltext"),
    "html": ("html", "raw_html"),
    "url": ("url", "link", "source_url", "uri"),
    "date": ("published", "date", "date_publish", "publication_date", "published_at", "pubdate", "datetime"),
    "outlet": ("outlet", "publisher", "source", "site", "domain", "publication", "media_name"),
    "doc": ("doc", "id", "uuid", "guid"),
    "title": ("title", "headline"),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the fields, where the user gives them; None means the usual names."""

    text: str | None = None
    html: str | None = None
    url: str | None = None
    date: str | None = None
    outlet: str | None = None
    doc: str | None = None
    title: str | None = None
