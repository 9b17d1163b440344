"""The name under which a party is shown: the page's own, and where that is "it" or "both sides" a fuller one.

The fuller name is what the page calls the same party elsewhere: nearest before, else the first. So a name may stand in
another sentence than the words that show the act; a party that the page never names keeps the words it has.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache

from communique.actor import Actor, Mention
from communique.knowledge import load_knowledge, tables

_BARE = frozenset(tables.words("words_bare.txt"))
Named = list[tuple[int, str]]


class Names:
    """The names that a page gives its parties."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._ranks: tuple[dict[str, Named], dict[str, Named], dict[str, Named]] = ({}, {}, {})
        demonyms = _demonyms()
        for m in mentions:
            if not m.adjective and not m.also and m.via != "pronoun" and not _bare(m):
                rank = 2 if m.person else int(m.via != "name" or m.name.lower() in demonyms)
                if rank or m.kind != "civilians":
                    self._ranks[rank].setdefault(m.id, []).append((m.start, m.person or m.name))

    def actors(self, mentions: Iterable[Mention]) -> tuple[Actor, ...]:
        """Mentions as Actors, each party once."""
        parties = ((m, party) for m in mentions for party in (m.id, *m.also))
        return tuple({party: Actor(self._called(m, party), party) for m, party in parties}.values())

    def _called(self, mention: Mention, party: str) -> str:
        if mention.person or not (mention.via == "pronoun" or mention.also or _bare(mention)):
            return mention.person or mention.name
        for named in self._ranks:
            known = named.get(party)
            if known:
                before = bisect_left(known, (mention.start, "")) - 1
                return known[max(before, 0)][1]
        return mention.name


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(load_knowledge().adjectives.values())


def _bare(mention: Mention) -> bool:
    """Whether the words of a mention say nothing of who it is."""
    return mention.via in ("description", "role") and _BARE.issuperset(mention.name.lower().split())
