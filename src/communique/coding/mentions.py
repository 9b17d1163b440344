"""Finds every mention of a party in a page and resolves it to the party's canonical id."""

from __future__ import annotations

from collections.abc import Sequence

from communique.actor import ActorKind, Mention
from communique.coding.coreference import Discourse, Known
from communique.coding.noun_phrases import Found, Reader
from communique.knowledge import Knowledge, Person, load_knowledge
from communique.knowledge.knowledge import slug
from communique.knowledge.phrases import Words, plain

_KINDS: dict[str, ActorKind] = {
    "state": "state", "adjective": "state", "people": "state", "seat": "state",
    "igo": "igo", "group": "group", "collective": "collective",
}  # fmt: skip
_CIVIL = ("civilians", "settlers")
_LONGEST = 4000


def find_mentions(
    text: str,
    spans: Sequence[tuple[int, int]],
    published: str | None = None,
    knowledge: Knowledge | None = None,
) -> list[Mention]:
    """The mentions in ``spans`` of ``text``, the page's sentences in order, sorted and without overlap.

    ``published`` (ISO 8601) decides who held an office; None takes the latest.
    """
    return _Page(text, published, knowledge or load_knowledge()).mentions(spans)


class _Page:
    """One page being read: first all its noun phrases, then each of them resolved in order."""

    def __init__(self, text: str, published: str | None, known: Knowledge) -> None:
        self.text = text.replace("â€™", "'  ").replace("-LRB-", "  (  ").replace("-RRB-", "  )  ")
        self.plain = plain(self.text)
        self.month = published[:7] if published else None
        self.known = known
        self.discourse = Discourse()

    def mentions(self, spans: Sequence[tuple[int, int]]) -> list[Mention]:
        sentences = [Words(self.plain, a, min(b, a + _LONGEST)) for a, b in spans]
        found = [list(Reader(words, self.known).read()) for words in sentences]
        for rank, (words, items) in enumerate(zip(sentences, found, strict=True)):
            for item in items:
                self._first_look(words, item, 3 if rank == 0 else 1)
        result: list[Mention] = []
        for words, items in zip(sentences, found, strict=True):
            self.discourse.begin_sentence()
            for item in items:
                mention = self._mention(words, item)
                if mention is not None:
                    result.append(mention)
        return result

    # --- first pass: who is named in full anywhere on the page

    def _first_look(self, words: Words, item: Found, weight: int) -> None:
        if item.party is not None and _KINDS[item.party.kind] == "state":
            self.discourse.states[item.party.id] += weight
        if item.party is not None and item.party.kind == "group":
            self.discourse.groups[item.party.id] += weight
        if item.shape == "person" and item.name is not None:
            known = self._person(words, item)
            if known is None:
                return
            first, last = item.name
            if last - first > 1 or item.person is not None:
                self.discourse.surnames.setdefault(words.lower[last - 1], known)
            if known.kind == "state":
                self.discourse.states[known.id] += weight

    def _person(self, words: Words, item: Found) -> Known | None:
        """Who a name is and for whom he or she acts."""
        first, last = item.name or (item.first, item.last)
        name = self.text[words.start[first] : words.end[last - 1]]
        person = item.person or (self._by_surname(words, item, first) if last - first == 1 else None)
        gender = item.gender or (person.gender if person else self.known.genders.get(words.lower[first]))
        if item.shape == "agent":
            return None
        office = person.office(self.month) if person else None
        famous = person is not None and person.famous and person.holds(self.month)
        title = item.title or (office.role if office else "")
        known = Known("", "person", person.name if person else name, title, item.title_class, gender)
        if item.second is not None:
            known.also = (item.second.id,)
        if office is not None and (famous or item.party is None) and not (item.former and not famous):
            known.id, known.kind = office.id, kind_of(office.id)
            if item.party is not None and item.party.kind == "igo" and item.party.id != office.id and famous:
                known.also = (item.party.id,)
            return known
        if item.party is not None and not item.former:
            known.id, known.kind = item.party.id, _KINDS[item.party.kind]
            return known
        if last - first == 1 and (old := self.discourse.surnames.get(words.lower[last - 1])):
            return old
        if person is not None or item.party is not None:
            known.id = slug(known.person or name)
            return known
        if item.title_class and item.title_class not in ("courtesy", "candidate", "cleric"):
            return self._by_context(known)
        old = self.discourse.surnames.get(words.lower[last - 1])
        return (
            old
            if old and old.person and plain(old.person).lower().endswith(words.lower[last - 1]) and last - first == 1
            else None
        )

    def _by_context(self, known: Known) -> Known | None:
        state = self.discourse.country(conflict=False)
        if state is None:
            return None
        known.id, known.kind = state, "state"
        return known

    def _by_surname(self, words: Words, item: Found, at: int) -> Person | None:
        """The person in office whom a single name, perhaps after a title, means."""
        word = words.lower[at]
        holders = [p for p in self.known.surnames.get(word, ()) if p.office(self.month, 0 if item.title == "" else 1)]
        if not holders:
            return None
        if item.title_class in ("", "courtesy") and word in self.known.ambiguous:
            return None
        if item.party is not None:
            holders = [p for p in holders if (o := p.office(self.month)) and o.id == item.party.id] or holders
        if item.title_class not in ("", "courtesy"):
            fits = [
                p for p in holders if (o := p.office(self.month)) and (o.role in item.title or item.title in o.role)
            ]
            if not fits and word in self.known.ambiguous:
                return None
            holders = fits or holders
        return holders[0] if len(holders) == 1 or item.title_class else self._on_page(holders)

    def _on_page(self, holders: list[Person]) -> Person | None:
        counts = self.discourse.states
        scored = [(counts[o.id], -k, p) for k, p in enumerate(holders) if (o := p.office(self.month, 0))]
        return max(scored)[2] if scored else None

    # --- second pass: each noun phrase in order

    def _mention(self, words: Words, item: Found) -> Mention | None:
        resolved = self._resolve(words, item)
        if resolved is None:
            return None
        known, via = resolved
        if not known.id:
            return None
        self.discourse.saw(known)
        start, end = words.start[item.first], words.end[item.last - 1]
        first, last = item.name if item.shape in ("person", "surname") and item.name else (item.first, item.last)
        name = self.text[words.start[first] : words.end[last - 1]]
        also = tuple(i for i in known.also if i != known.id)
        return Mention(start, end, name, known.id, known.kind, via, known.person, item.adjective, also)  # type: ignore[arg-type]

    def _resolve(self, words: Words, item: Found) -> tuple[Known, str] | None:
        if item.shape == "party" and item.party is not None:
            known = Known(item.party.id, _KINDS[item.party.kind])
            known.also = (item.second.id,) if item.second else ()
            return known, "name"
        if item.shape == "person":
            person = self._person(words, item)
            return (person, "person") if person else None
        if item.shape == "surname":
            return self._surname(words, item)
        if item.shape == "role":
            return self._role(item)
        if item.shape == "agent":
            return self._agent(item)
        pronoun = self.discourse.pronoun(item.gender or "")
        return (pronoun, "pronoun") if pronoun else None

    def _surname(self, words: Words, item: Found) -> tuple[Known, str] | None:
        last = words.lower[(item.name or (0, item.last))[1] - 1]
        old = self.discourse.surnames.get(last)
        if old is not None:
            if old.gender is None and item.gender:
                old.gender = item.gender
            return old, "surname"
        person = self._by_surname(words, item, item.name[0] if item.name else item.first)
        if person is None:
            return None
        office = person.office(self.month)
        known = Known(office.id, kind_of(office.id), person.name, office.role, "", person.gender) if office else None
        if known is None:
            return None
        self.discourse.surnames[last] = known
        return known, "surname"

    def _role(self, item: Found) -> tuple[Known, str] | None:
        if item.party is not None:
            if item.former:
                return None
            holder = self._holder(item)
            known = Known(item.party.id, _KINDS[item.party.kind], holder, item.title, item.title_class)
            known.also = (item.second.id,) if item.second else ()
            return known, "role"
        known = self.discourse.role(item.title, item.title_class) if item.definite else None
        if known is not None:
            return known, "role"
        if item.title_class in ("official", "spokesman", "legislator", "negotiator", "military") or item.definite:
            state = self.discourse.latest_state()
            if state is not None:
                return Known(state.id, state.kind, None, item.title, item.title_class), "role"
        return None

    def _holder(self, item: Found) -> str | None:
        for old in self.discourse.surnames.values():
            if item.party is not None and old.id == item.party.id and old.title and old.title == item.title:
                return old.person
        return None

    def _agent(self, item: Found) -> tuple[Known, str] | None:
        party = item.party
        if item.person is not None:
            office = item.person.office(self.month)
            return (Known(office.id, kind_of(office.id)), "description") if office else None
        if party is not None and (item.side == "state" or _KINDS[party.kind] != "state"):
            return Known(party.id, _KINDS[party.kind]), "description"
        if item.side == "state":
            state = self.discourse.latest_state() or self._dominant()
            return (Known(state.id, state.kind), "description") if state else None
        country = party.id if party else self._conflict_country()
        if country is None:
            return None
        kind = "civilians" if item.side in _CIVIL else "group"
        return Known(self.known.side(country, item.side, self.month), kind), "description"

    def _dominant(self) -> Known | None:
        country = self.discourse.country(conflict=False)
        return Known(country, "state") if country else None

    def _conflict_country(self) -> str | None:
        return self.discourse.country(conflict=True)


def kind_of(code: str) -> ActorKind:
    """The kind of party that an id in capitals or lower case stands for."""
    if (
        len(code) == 3
        and code.isupper()
        and code not in ("IMF", "WTO", "SCO", "CIS", "NAM", "ICC", "GCC", "OIC", "ADB", "OAS")
    ):
        return "state"
    return "igo" if code.isupper() else "group"
