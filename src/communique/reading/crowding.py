"""Pages with a tag of tens of thousands of attributes, which no parser gets through: its time grows with their square.

The tags are found in one linear scan, before parsing. What only looks like a tag, as in scripts, is seldom as long and
hardly ever holds as many different words.
"""

from __future__ import annotations

import re

from communique.reading.failure import ReadError

LARGE = 400_000
"""Characters of a page from which on it is looked at: what a smaller one can hold is parsed in seconds."""
LONG = 100_000
MOST = 20_000
TAG = re.compile(r"""<[a-zA-Z](?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+(?:>|\Z)""")
VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
APART = str.maketrans("/\"'", "   ")


def check_tags(markup: str) -> None:
    """Raise ReadError where a tag has more attributes than ``MOST``."""
    if len(markup) < LARGE:
        return
    for match in TAG.finditer(markup):
        if match.end() - match.start() > LONG and _attributes(match[0]) > MOST:
            raise ReadError(f"a tag with over {MOST:,} attributes")


def _attributes(tag: str) -> int:
    """How many different attributes a tag has; those named again are no more work."""
    return len(set(VALUE.sub("= ", tag).translate(APART).split()))
