"""Articles that come in several pages: joined to one Page, in the order of their page marks or as given."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from communique.cleaning.lines import split_lines
from communique.page import Block, Page

MARK = re.compile(r"^\W*(?:page )?(?P<number>\d{1,2}) (?:of|/) (?P<count>\d{1,2})\W*$", re.IGNORECASE)
BETWEEN = "\n\n"


def page_mark(page: Page) -> tuple[int, int] | None:
    """Which page of how many a Page says it is ("Page 2 of 3"), or None."""
    lines = split_lines(page.text)
    for index in range(len(lines)):
        if lines.ends[index] - lines.starts[index] < 24:
            match = MARK.match(lines.words(index))
            if match and 1 <= int(match["number"]) <= int(match["count"]) > 1:
                return int(match["number"]), int(match["count"])
    return None


def join_pages(pages: Sequence[Page]) -> Page:
    """One Page of the parts of an article, with blocks moved to where they now stand.

    Where every part has a page mark they are put in that order, else they stay as given. Offsets count the
    joined text; the digest is that of the parts' digests. Raises ValueError for no pages.
    """
    if not pages:
        raise ValueError("no pages to join")
    marks = [page_mark(page) for page in pages]
    ordered = list(pages)
    if all(marks):
        ordered = [page for _, page in sorted(zip(marks, pages, strict=True), key=lambda pair: pair[0] or (0, 0))]
    blocks: list[Block] = []
    at = 0
    for page in ordered:
        blocks += [block._replace(start=block.start + at, end=block.end + at) for block in page.blocks]
        at += len(page.text) + len(BETWEEN)
    first = ordered[0]
    return replace(
        first,
        text=BETWEEN.join(page.text for page in ordered),
        digest=hashlib.sha256("".join(page.digest for page in ordered).encode()).hexdigest(),
        blocks=tuple(blocks),
        warnings=tuple(dict.fromkeys(warning for page in ordered for warning in page.warnings)),
    )
