"""A CodedPage is a page with what was read out of it: its article and its events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from communique.article import Article
from communique.event import Event
from communique.page import Page


@dataclass(frozen=True, slots=True)
class CodedPage:
    """A Page, its Article, its Events in the order of the text, and what a reader should be warned of."""

    page: Page
    article: Article
    events: tuple[Event, ...]
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The object that ``communique code`` prints for a page."""
        page, article = self.page, self.article
        return {
            "doc": page.doc,
            "path": page.path,
            "digest": page.digest,
            "url": page.url,
            "title": article.title,
            "outlet": article.outlet,
            "byline": article.byline,
            "published": article.published,
            "dateline": article.dateline,
            "credit": article.credit,
            "body": [list(span) for span in article.body],
            "body_lines": list(article.body_lines),
            "events": [event.to_dict() for event in self.events],
            "warnings": list(self.warnings),
        }
