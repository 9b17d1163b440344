"""Who a name in a page is: by the tables and the page's date, by its title, or by what the page said of it."""

from __future__ import annotations

from communique.actor import ActorKind
from communique.coding.coreference import Discourse, Known
from communique.coding.pieces import is_word
from communique.coding.reporters import Reporters
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
        self.reporters = Reporters()

    def person(self, words: Words, item: Found) -> Known | None:
        """Who the name in ``item`` is and for whom he or she acts; None where the page does not tell."""
        first, last = item.name or (item.first, item.last)
        single = last - first == 1
        if single and item.person is None and (old := self.discourse.surnames.get(words.lower[first])):
            return old
        if item.person is None and self.reporters.name(words, first, last):
            self.discourse.surnames.pop(words.lower[last - 1], None)
            return None
        if not single and item.person is None and (old := self._shorter(words, first, last)):
            return old
        name = self.text[words.start[first] : words.end[last - 1]]
        person = self._namesake(item.person) or self._table(words, item, first, last)
        gender = item.gender or (person.gender if person else self.known.genders.get(words.lower[first]))
        made = Known("", "person", person.name if person else name, item.title, item.title_class, gender)
        made.also = also_of(item)
        office = (person.office(self.month) or _titled(person, item) or _ruled(person, item)) if person else None
        led = office is not None and (office.id.isupper() or item.side == "rebels")
        if item.side in SIDES and item.party is None and not led:
            return self._by_context(made, item.side)
        if person and office and self._acts(person, item):
            made.also = (*made.also, *self._besides(person, office))
            return self._in_office(made, office, item)
        if item.party is not None and not item.former and item.party.kind != "broad":
            made.id, made.kind = self.party(item)
            return made
        titled = person is None and not item.former and item.title_class not in _NO_OFFICE
        if titled or (person is None and not item.former and item.side not in _OWN_SIDE):
            its = words.lower[item.first - 1 : item.first] == ["its"]
            if self._by_context(made, item.side, its):
                return made
        if person is not None or item.party is not None or made.gender or (titled and not single):
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
        """The person of whose name these words are a part: "Suu Kyi", or the beginning: "Juan Miguel"."""
        some = words.lower[first:last]
        old = self.discourse.surnames.get(some[-1])
        if old is not None and len(whole := _parts(old)) > len(some) and all(w in whole for w in some):
            return old
        begun = (k for k in self.discourse.surnames.values() if k.person and k.person.startswith(words.text[first]))
        return next((k for k in begun if len(_parts(k)) > len(some) and _parts(k)[: len(some)] == some), None)

    def _namesake(self, person: Person | None) -> Person | None:
        """Of several people of one name ("King Abdullah") the one whose country the page is about, else the latest."""
        if person is None or person.name not in self.known.namesakes:
            return person
        people = self.known.namesakes[person.name]
        serving = self._on_page([p for p in people if p.office(self.month, 0)])
        return serving or max(people, key=self._until)

    def _until(self, person: Person) -> str:
        """When a person last left an office before the page."""
        return max((o.end for o in person.offices if o.end <= (self.month or "")), default="")

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
        joint = item.title and made.kind != "state" and not made.also  # "UN envoy" of one who is the Arab League's too
        if joint and other is not None and other.kind == "igo" and other.id != office.id:
            made.also = (other.id,)
        made.also = tuple(i for i in made.also if i != office.id and i.isupper() and kind_of(i) == "igo")
        return made

    def _by_context(self, made: Known, side: str, its: bool = False) -> Known | None:
        """The person as of the state or body named last, or a group ("its vice president"); None for a mere guess."""
        state = self.discourse.latest("state", "igo", "group") if its else self.discourse.latest("state", "igo")
        code = state.id if state else self.discourse.country(conflict=False)
        if code is None or (side in _OWN_SIDE and (self._guessed(state) or self._held(code, made))):
            return None
        if side not in _OWN_SIDE and (country := self.discourse.country(conflict=True)):
            made.id, made.kind = self.known.side(country, side, self.month), "group"
            return made
        made.id, made.kind = code, kind_of(code)
        return made

    def _guessed(self, state: Known | None) -> bool:
        """Whether a state named in an earlier sentence is but one of many that the page is about."""
        if state is None or state in self.discourse.sentence or state.id == self.discourse.country(conflict=False):
            return False
        counts = self.discourse.states
        return max(counts.values(), default=0) * 2 < counts.total()

    def _held(self, code: str, made: Known) -> bool:
        """Whether somebody else is known to hold the title for that state: no state has two presidents."""
        holders = self.known.holders.get((code, made.title), ()) if self.month else ()
        own = surname(made.person or "")
        return any(o.start <= (self.month or "") <= o.end and surname(name) != own for name, o in holders)

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
        office = (person.office(self.month) or _ruled(person, item)) if person else None
        if person is None or office is None:
            return None
        made = Known(office.id, kind_of(office.id), person.name, office.role, "", person.gender)
        self.discourse.surnames[word] = made
        return made

    def _table(self, words: Words, item: Found, first: int, last: int) -> Person | None:
        if last - first == 1:
            return self._by_surname(words.lower[first], item)
        bare = [w for w in words.lower[first:last] if len(w) > 1]  # "Vladimir V. Putin"
        known = self.known.phrases.named(bare) if 1 < len(bare) < last - first else None
        return known.data if known and known.kind == "person" else self._misspelt(words.lower[last - 1], bare[0])

    def _by_surname(self, word: str, item: Found) -> Person | None:
        """The person in office whom a single name, perhaps after a title, means."""
        untitled = item.title_class in ("", "courtesy")
        if untitled and word in self.known.ambiguous:
            return None
        holders = [p for p in self.known.surnames.get(word, ()) if p.office(self.month, 0 if untitled else 1)]
        if item.title_class == "rule" and not holders:
            return max(filter(self._until, self.known.surnames.get(word, ())), key=self._until, default=None)
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
        alone = first is None and (is_word(word) or word in self.known.genders)  # "Schools" is no misspelt Scholz
        if len(word) < _SHORTEST_FUZZY or alone:
            return None
        fits = []
        for person in self.known.sounds.get(sound(word), ()):
            last = surname(person.name)
            given = _alike(plain(person.name).split()[0].lower(), first) if first else last not in self.known.ambiguous
            if last != word and len(last) >= _SHORTEST_FUZZY and near(last, word) and given:
                fits.append(person)
        serving = [p for p in fits if p.office(self.month, 0)]
        return self._on_page(serving or (fits if first else []))

    def _on_page(self, holders: list[Person]) -> Person | None:
        """Of several people of one name, the one whose party the page names most; the first listed on a tie, but of
        those who held one office the last to take it: in 2011 "Assad" is the son."""
        if not holders:
            return None
        counts = self.discourse.states + self.discourse.bodies + self.discourse.groups
        held = {p.name: p.office(self.month) for p in holders}
        best = max(holders, key=lambda p: counts[o.id] if (o := held[p.name]) else -1)
        if (mine := held[best.name]) is None:
            return best
        after = [p for p in holders if (o := held[p.name]) and (o.id, o.role) == (mine.id, mine.role)]
        return max(after, key=lambda p: o.start if (o := held[p.name]) else "")

    def holder(self, party: str, title: str) -> str | None:
        """The person the page has named with this title for this party."""
        for old in self.discourse.surnames.values():
            if old.id == party and old.title and old.title == title:
                return old.person
        return None


def _alike(given: str, first: str) -> bool:
    """Whether two first names may be one: spelt nearly the same, or one the short form of the other."""
    return given.startswith(first) or first.startswith(given) or sound(given) == sound(first) or near(given, first)


def _parts(known: Known) -> list[str]:
    return plain(known.person or "").lower().replace("-", " ").split()


def _titled(person: Person, item: Found) -> Office | None:
    """The office, whenever held, whose very title the page gives: "President Obama" in a look back."""
    if item.former or not item.title:
        return None
    return next((o for o in reversed(person.offices) if o.role and o.role in item.title), None)


def _ruled(person: Person, item: Found) -> Office | None:
    """The latest office of a person whose government is meant, whenever held: "the Bush administration"."""
    return person.offices[-1] if item.title_class == "rule" and person.offices else None


def also_of(item: Found) -> tuple[str, ...]:
    """The further parties that a phrase names: the members of a group of states, the second of two bodies."""
    if item.party is not None and item.party.kind == "members":
        return tuple(item.party.data)
    return (item.second.id,) if item.second else ()
