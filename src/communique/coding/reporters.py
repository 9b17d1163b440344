"""Who reports the news on a page, and so acts for no party: "the BBC's Jo Smith", "photographer Jo Smith"."""

from __future__ import annotations

from functools import cache

from communique.knowledge import tables
from communique.knowledge.phrases import Words

_REPORTING = frozenset(tables.words("words_reporting.txt"))


@cache
def _outlets() -> frozenset[str]:
    """The last words of the names of news outlets, in lower case: "bbc", "times"."""
    return frozenset(name.lower().split()[-1] for name, *_ in tables.rows("outlets.csv"))


class Reporters:
    """The people of one page that report the news, by name, so that they are known again without an outlet."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def name(self, words: Words, first: int, last: int) -> bool:
        """Whether words ``first`` to ``last`` name one of them."""
        name = " ".join(words.lower[first:last])
        before = words.lower[max(0, first - 2) : first]
        cited = before[-1:] == ["s"] and before[0] in _outlets()
        behind = last < words.size and words.text[last].isupper() and words.lower[last] in _outlets()
        titled = words.lower[first] in _REPORTING
        if last - first > 1 and (cited or behind or titled or (before and before[-1] in _REPORTING)):
            self._names.update((name, " ".join(words.lower[first + titled : last])))
        return name in self._names
