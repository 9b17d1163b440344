"""An Article is the page's own content: title, outlet, byline, dates and body, as ranges of the Page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Line(NamedTuple):
    """One line of a page: its range in the text, its 0-based number and its kind.

    ``kind`` is ``body`` or a kind of furniture: title, byline, date, caption, share,
    navigation, related, teaser, advert, appeal, subscription, comments, licence, credit,
    page-break, or blank.
    """

    number: int
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says of itself. A field the page does not support is None.

    ``body`` holds the ``[start, end)`` ranges of body lines in the Page's text;
    ``body_lines`` their 0-based numbers, counting ``\\n``. ``published`` is ISO 8601
    (``YYYY-MM-DD`` or coarser). ``title_span`` is where the page prints its title; of a page with
    several versions of it, that may be another version than ``title``.
    """

    title: str | None = None
    title_span: tuple[int, int] | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    published_how: str | None = None
    dateline: str | None = None
    credit: str | None = None
    language: str | None = None
    body: tuple[tuple[int, int], ...] = ()
    body_lines: tuple[int, ...] = ()
    lines: tuple[Line, ...] = ()
    warnings: tuple[str, ...] = ()
