"""Who a name in a page is: by the tables and the page's date, by its title, or by what the page said of it."""

from __future__ import annotations

from communique.actor import ActorKind
from communique.coding.coreference import Discourse, Known
from communique.coding.pieces import is_word
from communique.coding.sentence_view import Found
from communique.knowledge import Knowledge, Office, Person
from communique.knowledge.kinds import KINDS, kind_of
from communique.knowledge.knowledge import slug, surname
from communique.knowledge.phrases import Words, plain
from communique.knowledge.spelling import near, sound

_NO_OFFICE = frozenset({"", "courtesy", "candidate", "cleric", "leader", "official", "rule", "private"})
SIDES = frozenset({"rebels", "opposition", "militants", "separatists"})
_OWN_SIDE = frozenset({"", "state", "body", "group"})
_SHORTEST_FUZZY = 6


class Identity:
    """Resolves names in one page, published in ``month`` (``YYYY-MM``)."""

    def __init__(self, text: str, known: Knowledge, discourse: Discourse, month: str | None) -> None:
        self.text = text
        self.known = known
        self.discourse = discourse
        self.month = month

    def person(self, words: Words, item: Found) -> Known | None:
        """Who the name in ``item`` is and for whom he or she acts; None where the page does not tell."""
        first, last = item.name or (item.first, item.last)
        single = last - first == 1
        if single and item.person is None and (old := self.discourse.surnames.get(words.lower[first])):
            return old
        if not single and item.person is None and (old := self._shorter(words, first, last)):
            return old
        name = self.text[words.start[first] : words.end[last - 1]]
        person = self._namesake(item.person) or self._table(words, item, first, last)
        gender = item.gender or (person.gender if person else self.known.genders.get(words.lower[first]))
        made = Known("", "person", person.name if person else name, item.title, item.title_class, gender)
        made.also = also_of(item)
        office = (person.office(self.month) or _titled(person, item)) if person else None
        if item.side in SIDES and item.party is None and (office is None or not office.id.isupper()):
            return self._by_context(made, item.side)
        if person and office and self._acts(person, item):
            made.also = (*made.also, *self._besides(person, office))
            return self._in_office(made, office, item)
        if item.party is not None and not item.former and item.party.kind != "broad":
            made.id, made.kind = self.party(item)
            return made
        if person is None and not item.former and (item.title_class not in _NO_OFFICE or item.side not in _OWN_SIDE):
            return self._by_context(made, item.side)
        if person is not None or item.party is not None or made.gender:
            made.id = slug(made.person or name)
            return made
        return None

    def party(self, item: Found) -> tuple[str, ActorKind]:
        """The id and kind of the party that a phrase names: "Syrian opposition leader" is the opposition's."""
        assert item.party is not None
        code, kind = item.party.id, KINDS[item.party.kind]
        if kind != "state" or item.side in _OWN_SIDE:
            return code, kind
        return self.known.side(code, item.side, self.month), "group"

    def _shorter(self, words: Words, first: int, last: int) -> Known | None:
        """The person of whose name these words are a part: "Suu Kyi"."""
        old = self.discourse.surnames.get(words.lower[last - 1])
        if old is None or not old.person:
            return None
        whole = plain(old.person).lower().replace("-", " ").split()
        return old if len(whole) > last - first and all(w in whole for w in words.lower[first:last]) else None

    def _namesake(self, person: Person | None) -> Person | None:
        """Of several people of one name ("King Abdullah") the one whose country the page is about."""
        if person is None or person.name not in self.known.namesakes:
            return person
        return self._on_page([p for p in self.known.namesakes[person.name] if p.office(self.month, 0)]) or person

    def _acts(self, person: Person, item: Found) -> bool:
        """Whether the tables, rather than the page, say for whom a person acts."""
        if person.famous and person.holds(self.month):
            return True
        return not item.former and (item.party is None or person.famous)

    def _besides(self, person: Person, office: Office) -> tuple[str, ...]:
        """Further bodies that a joint envoy acts for, where the page names them."""
        held = [o.id for o in person.offices if self.month and o.start <= self.month <= o.end]
        return tuple(i for i in held if i != office.id and self.discourse.bodies[i])

    def _in_office(self, made: Known, office: Office, item: Found) -> Known:
        made.id, made.kind = office.id, kind_of(office.id)
        made.title = made.title or office.role
        other = item.party
        if other is not None and other.kind == "igo" and other.id != office.id and not made.also:
            made.also = (other.id,)
        made.also = tuple(i for i in made.also if i != office.id and i.isupper() and kind_of(i) == "igo")
        return made

    def _by_context(self, made: Known, side: str) -> Known | None:
        state = self.discourse.latest("state", "igo")
        code = state.id if state else self.discourse.country(conflict=False)
        if code is None:
            return None
        if side not in _OWN_SIDE and (country := self.discourse.country(conflict=True)):
            made.id, made.kind = self.known.side(country, side, self.month), "group"
            return made
        made.id, made.kind = code, kind_of(code)
        return made

    def surname(self, words: Words, item: Found) -> Known | None:
        """Who a single capitalised word is: somebody the page names in full, or somebody famous in office."""
        at = (item.name or (item.first, item.last))[1] - 1
        word = words.lower[at]
        old = self.discourse.surnames.get(word)
        if old is not None:
            old.gender = old.gender or item.gender
            return old
        if words.text[at].isupper() and len(word) < 6:
            return None
        person = self._by_surname(word, item) or self._misspelt(word, None)
        office = person.office(self.month) if person else None
        if person is None or office is None:
            return None
        made = Known(office.id, kind_of(office.id), person.name, office.role, "", person.gender)
        self.discourse.surnames[word] = made
        return made

    def _table(self, words: Words, item: Found, first: int, last: int) -> Person | None:
        if last - first == 1:
            return self._by_surname(words.lower[first], item)
        return self._misspelt(words.lower[last - 1], words.lower[first])

    def _by_surname(self, word: str, item: Found) -> Person | None:
        """The person in office whom a single name, perhaps after a title, means."""
        untitled = item.title_class in ("", "courtesy")
        if untitled and word in self.known.ambiguous:
            return None
        holders = [p for p in self.known.surnames.get(word, ()) if p.office(self.month, 0 if untitled else 1)]
        if item.party is not None:
            holders = [p for p in holders if (o := p.office(self.month)) and o.id == item.party.id] or holders
        if not untitled:
            fits = [
                p for p in holders if (o := p.office(self.month)) and (o.role in item.title or item.title in o.role)
            ]
            if not fits and word in self.known.ambiguous:
                return None
            holders = fits or holders
        return self._on_page(holders)

    def _misspelt(self, word: str, first: str | None) -> Person | None:
        """A famous person whose surname sounds like ``word`` and is spelt nearly so, and whose first name fits."""
        if len(word) < _SHORTEST_FUZZY or (first is None and is_word(word)):  # "Schools" is no misspelt Scholz
            return None
        fits = []
        for person in self.known.sounds.get(sound(word), ()):
            last = surname(person.name)
            given = person.name[0].lower() == first[0] if first else last not in self.known.ambiguous
            if last != word and len(last) >= _SHORTEST_FUZZY and near(last, word) and given:
                fits.append(person)
        serving = [p for p in fits if p.office(self.month, 0)]
        return self._on_page(serving or (fits if first else []))

    def _on_page(self, holders: list[Person]) -> Person | None:
        """Of several people of one name, the one whose party the page names most; the first listed on a tie."""
        if not holders:
            return None
        counts = self.discourse.states + self.discourse.bodies + self.discourse.groups
        return max(holders, key=lambda p: counts[o.id] if (o := p.office(self.month)) else -1)

    def holder(self, party: str, title: str) -> str | None:
        """The person the page has named with this title for this party."""
        for old in self.discourse.surnames.values():
            if old.id == party and old.title and old.title == title:
                return old.person
        return None


def _titled(person: Person, item: Found) -> Office | None:
    """The office, whenever held, whose very title the page gives: "President Obama" in a look back."""
    if item.former or not item.title:
        return None
    return next((o for o in reversed(person.offices) if o.role and o.role in item.title), None)


def also_of(item: Found) -> tuple[str, ...]:
    """The further parties that a phrase names: the members of a group of states, the second of two bodies."""
    if item.party is not None and item.party.kind == "members":
        return tuple(item.party.data)
    return (item.second.id,) if item.second else ()
