"""Lines that recur over pages of one outlet: the same line on another page is furniture more often than not.

``recurring`` makes, from other pages of the outlet, the counts that ``clean`` takes as ``siblings``.
A batch knows its shard's pages, the ledger earlier ones; both may also add up counts as pages come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from communique.cleaning.features import line_key
from communique.cleaning.lines import split_lines
from communique.page import Page


def line_keys(page: Page) -> set[str]:
    """The keys of a page's lines, each once."""
    return {line_key(words) for words in split_lines(page.text).texts}


def recurring(pages: Iterable[Page]) -> Counter[str]:
    """For each line's key, on how many of the pages it stands. The page being cleaned must not be among them."""
    found: Counter[str] = Counter()
    for page in pages:
        found.update(line_keys(page))
    return found


def without(counts: Counter[str], page: Page) -> dict[str, int]:
    """The counts that other pages make, where ``page`` was among those counted."""
    return {key: counts[key] - 1 for key in line_keys(page) if counts[key] > 1}
