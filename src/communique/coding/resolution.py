"""Resolves the noun phrases of a page, one after the other, to the parties they stand for."""

from __future__ import annotations

from communique.actor import ActorKind
from communique.coding.coreference import Discourse, Known
from communique.coding.identity import SIDES, Identity, also_of
from communique.coding.sentence_view import Found
from communique.knowledge import Knowledge, tables
from communique.knowledge.kinds import KINDS, kind_of
from communique.knowledge.phrases import Words

SAYING = frozenset(tables.words("words_saying.txt"))
_CIVIL = frozenset({"civilians", "settlers"})
_ARMED = frozenset({"government", "regime", "army", "troops", "soldiers", "forces", "police", "authorities", "tanks"})
_VAGUE = frozenset({"official", "spokesman", "legislator", "negotiator", "military"})
_EXPLETIVE = frozenset(
    [
        "is",
        "was",
        "be",
        "seems",
        "seemed",
        "appears",
        "appeared",
        "remains",
        "remained",
        "takes",
        "took",
        "may",
        "might",
        "s",
    ]
)
Resolved = tuple[Known, str]


class Resolution:
    """Resolves each phrase with what the page said before; keeps the discourse up to date."""

    def __init__(self, known: Knowledge, discourse: Discourse, identity: Identity, month: str | None) -> None:
        self.known = known
        self.discourse = discourse
        self.identity = identity
        self.month = month

    def resolve(self, words: Words, item: Found) -> Resolved | None:
        """The party that ``item`` stands for and how that was found, or None."""
        if item.shape == "party":
            return self._party(item)
        if item.shape == "person":
            person = self.identity.person(words, item)
            return (person, "person") if person else None
        if item.shape == "surname":
            named = self.identity.surname(words, item)
            return (named, "surname") if named else None
        if item.shape == "role":
            return self._role(item)
        if item.shape == "agent":
            return self._agent(item)
        return self._pronoun(words, item)

    def _party(self, item: Found) -> Resolved | None:
        entry = item.party
        if entry is None or (entry.kind == "broad" and item.adjective):
            return None
        if entry.kind == "people" and entry.id in self.known.civil:
            return Known(self.known.side(entry.id, "civilians", self.month), "civilians", plural=True), "name"
        known = Known(entry.id, KINDS[entry.kind], plural=entry.kind in ("people", "collective", "members"))
        known.also = also_of(item)
        return known, "name"

    def _pronoun(self, words: Words, item: Found) -> Resolved | None:
        gender = item.gender or ""
        if gender == "speaker":
            speaker = self.discourse.says_we()
            return (speaker, "pronoun") if speaker else None
        after = words.lower[item.last] if item.last < words.size else ""
        if words.lower[item.first] == "it" and (after in _EXPLETIVE or not after):
            return None
        speaker = self.discourse.speaker
        if after in SAYING and gender in ("m", "f") and speaker and self.discourse.still_speaks(speaker, gender):
            return speaker, "pronoun"
        found = self.discourse.pronoun(gender, after in SAYING)
        return (found, "pronoun") if found else None

    def _role(self, item: Found) -> Resolved | None:
        party = item.party
        if party is not None:
            if item.former and party.kind != "group":
                return None
            if party.kind == "members":
                return Known(party.id, "state", also=party.data, plural=True), "role"
            holder = None if item.plural else self.identity.holder(party.id, item.title)
            code, kind = self.identity.party(item)
            known = Known(code, kind, holder, item.title, item.title_class, plural=item.plural)
            known.also = also_of(item)
            return known, "role"
        if item.side in SIDES and (country := self.discourse.country(conflict=True)):
            return self._side(item, country)
        if item.plural and item.definite and item.title_class in ("head", "foreign", "minister", "defence", "leader"):
            several = self.discourse.several()
            return (several, "role") if several else None
        old = self.discourse.role(item.title, item.title_class) if item.definite and not item.plural else None
        if old is not None:
            return old, "role"
        if item.title_class in _VAGUE or item.definite:
            state = self.discourse.latest("state", "igo")
            if state is not None:
                return Known(state.id, state.kind, None, item.title, item.title_class, plural=item.plural), "role"
        return None

    def _agent(self, item: Found) -> Resolved | None:
        party = item.party
        if item.person is not None:
            office = item.person.office(self.month)
            return (Known(office.id, kind_of(office.id), plural=True), "description") if office else None
        if item.side in ("sides", "several"):
            many = self.discourse.warring() if item.side == "sides" else self.discourse.several()
            return (many, "description") if many else None
        if party is not None:
            return self._attached(item, party.id, KINDS[party.kind])
        if item.side == "body":
            return self._body(item)
        if item.side == "group":
            group = self.discourse.latest("group")
            return (group, "description") if group else None
        country = item.where or self.discourse.country(conflict=True)
        if item.side == "state":
            return self._forces(item, country)
        return self._side(item, country) if country else None

    def _attached(self, item: Found, code: str, kind: ActorKind) -> Resolved:
        if item.side in ("state", "body", "group") or kind != "state":
            return Known(code, kind, plural=item.title.endswith("s")), "description"
        return self._side(item, code)

    def _side(self, item: Found, country: str) -> Resolved:
        code = self.known.side(country, item.side, self.month)
        return Known(code, "civilians" if item.side in _CIVIL else "group", plural=True), "description"

    def _body(self, item: Found) -> Resolved | None:
        said = self.discourse
        counts = {b: said.bodies[b] or said.groups[b] or said.states[b] for b in item.bodies}
        best = max(counts, key=counts.__getitem__, default="")
        return (Known(best, kind_of(best)), "description") if best and counts[best] else None

    def _forces(self, item: Found, country: str | None) -> Resolved | None:
        words = set(item.title.split())
        if country and words & _ARMED and (self.discourse.sides or "government" not in words):
            return Known(country, "state", plural=True), "description"
        state = self.discourse.latest("state")
        if state is None:
            return (Known(country, "state"), "description") if country else None
        return Known(state.id, "state", plural=item.title.endswith("s")), "description"
