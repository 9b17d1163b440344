"""What a reader of the article should know of the page: no article, a stub, an index, a live blog, another language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.cleaning.lines import Lines
from communique.page import Page

STUB = 900
LIVE = "looks like a live blog: entries have times of their own"
TIME = re.compile(
    r"^\W*(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?[ap]\.?m\.?)?(?:\s?(?:GMT|BST|EST|EDT|CET|CEST|UTC|ET))?\b.{0,30}$", re.I
)
PAGE_MARK = re.compile(r"^\W*page (?P<number>\d{1,2}) of (?P<count>\d{1,2})\W*$", re.IGNORECASE)
WALL = re.compile(
    r"(?:subscribe|sign in|log in|register|become a (?:member|subscriber))"
    r"[\w ,]{0,30} to (?:continue|read|access|unlock)"
    r"|this (?:article|content|story) is (?:for|only available to|exclusively for) (?:our )?(?:subscribers|members)"
    r"|to continue reading|to read the full (?:article|story)",
    re.IGNORECASE,
)


def page_warnings(page: Page, lines: Lines, body: Sequence[bool], language: str | None) -> tuple[str, ...]:
    """The warnings of a page, in a stable order."""
    size = sum(lines.ends[i] - lines.starts[i] for i, is_body in enumerate(body) if is_body)
    warnings = list(page.warnings)
    if not size:
        warnings.append("no article text found")
    if language not in (None, "en"):
        warnings.append(f"language is {language}: not coded")
    if _walled(page, lines, size):
        warnings.append("may be a paywall stub: only part of the article is here")
    if _index(page, lines, size):
        warnings.append("looks like an index page, not an article")
    if is_live_blog(page, lines):
        warnings.append(LIVE)
    return (*warnings, *_page_marks(lines))


def _walled(page: Page, lines: Lines, size: int) -> bool:
    if size > STUB * 2:
        return False
    closed = page.meta.get("jsonld:free") == "false" or page.meta.get("meta:article.access") == "paid"
    shut = any(WALL.search(words[:300]) for words in lines.texts)
    return (closed and size < STUB * 2) or (shut and size < STUB)


def _index(page: Page, lines: Lines, size: int) -> bool:
    """Many lines, little body: a front page or a section."""
    if page.kind == "html":
        return size < 700 and sum(block.link_share > 0.8 and block.end - block.start > 25 for block in page.blocks) > 40
    return len(lines) > 80 and size < 500


def is_live_blog(page: Page, lines: Lines) -> bool:
    """Whether the page is a live blog: it says so, or many of its lines are times of day."""
    if "LiveBlog" in page.meta.get("jsonld:type", ""):
        return True
    return (
        sum(len(words) < 50 and not words[0].isalpha() and TIME.match(words) is not None for words in lines.texts) >= 6
    )


def _page_marks(lines: Lines) -> tuple[str, ...]:
    """A warning where the page says it is one of several, and the others do not stand in it too."""
    found = (PAGE_MARK.match(words) for words in lines.texts if len(words) < 24 and "page " in words.lower())
    marks = [(int(mark["number"]), int(mark["count"])) for mark in found if mark]
    if not marks or marks[0][1] <= 1 or {number for number, _ in marks} >= set(range(1, marks[0][1] + 1)):
        return ()
    return (f"page {marks[0][0]} of {marks[0][1]}: the others are not in this page",)
