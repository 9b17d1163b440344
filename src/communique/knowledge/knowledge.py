"""Knowledge: who is who. Every name, title and party that the tables hold, ready for matching."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from communique.knowledge import tables
from communique.knowledge.people import Office, Person
from communique.knowledge.phrases import Entry, Phrases, plain
from communique.knowledge.spelling import sound

PARTICLES = frozenset(
    ["al", "el", "ul", "bin", "ibn", "de", "von", "van", "der", "den", "di", "da", "del", "dos", "la", "le", "abu"]
)
_SUFFIX = {"militants": "rebels", "activists": "opposition", "settlers": "settlers"}
GREAT_POWERS = frozenset({"USA", "GBR", "FRA", "RUS", "CHN", "DEU"})


@dataclass(slots=True)
class Knowledge:
    """The tables in matching form.

    ``phrases`` finds names; ``adjectives`` maps a state to the slug of its adjective (``SYR`` -> ``syrian``);
    ``surnames`` lists the people known by a surname; ``sides`` the dated names of unnamed sides of conflicts;
    ``holders`` who held a title for a party, and when.
    """

    phrases: Phrases = field(default_factory=lambda: Phrases(official))
    people: dict[str, Person] = field(default_factory=dict)
    surnames: dict[str, list[Person]] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    sides: dict[tuple[str, str], list[Office]] = field(default_factory=dict)
    group_states: dict[str, str] = field(default_factory=dict)
    sounds: dict[str, list[Person]] = field(default_factory=dict)
    namesakes: dict[str, list[Person]] = field(default_factory=dict)
    holders: dict[tuple[str, str], list[tuple[str, Office]]] = field(default_factory=dict)
    civil: frozenset[str] = frozenset()
    ambiguous: frozenset[str] = frozenset()
    genders: dict[str, str] = field(default_factory=dict)

    def side(self, state: str, side: str, month: str | None) -> str:
        """The id of an unnamed ``side`` (rebels, civilians, ...) in ``state`` at ``month``."""
        for office in self.sides.get((state, side), ()):
            if month is None or office.start <= month <= office.end:
                return office.id
        suffix = _SUFFIX.get(side, side)
        return f"{self.adjectives.get(state, state.lower())}-{suffix}"


def surname(name: str) -> str:
    """The last word of a person's name, plain and in lower case."""
    return plain(name).replace("-", " ").split()[-1].lower() if name.split() else ""


@cache
def load_knowledge() -> Knowledge:
    """The knowledge of the shipped tables, read once in a process."""
    known = Knowledge(
        ambiguous=frozenset(tables.words("words_ambiguous_surnames.txt")),
        civil=frozenset(tables.words("words_civil_people.txt")),
    )
    _add_stops(known)
    _add_states(known)
    _add_parties(known)
    _add_people(known)
    _add_officials(known)
    _add_roles(known)
    _add_genders(known)
    return known


def _add_stops(known: Knowledge) -> None:
    for (phrase,) in tables.rows("stops.csv"):
        known.phrases.add(phrase, Entry("stop", ""))
    for name, aliases, *_ in tables.rows("outlets.csv"):
        for each in (name, *tables.split(aliases)):
            if " " in each and not each.startswith(("The ", "Channel", "Press A")):
                known.phrases.add(each, Entry("stop", ""))


def _add_states(known: Knowledge) -> None:
    seen: set[str] = set()
    for code, names, adjectives, people, seats in tables.rows("states_more.csv"):
        seen.add(code)
        for kind, cell in (("state", names), ("adjective", adjectives), ("people", people), ("seat", seats)):
            for name in tables.split(cell):
                known.phrases.add(name, Entry(kind, code))
        known.adjectives[code] = slug(tables.split(adjectives)[0])
    known.adjectives["GBR"] = "british"
    for code, name, _variants, adjective, _capital in tables.rows("states.csv"):
        if code in seen:
            continue
        known.phrases.add(name, Entry("state", code))
        if adjective:
            known.adjectives[code] = slug(adjective)
            if adjective not in ("French", "American", "Norwegian", "Indian", "Dominican"):
                known.phrases.add(adjective, Entry("adjective", code))


def _add_parties(known: Knowledge) -> None:
    for code, names in tables.rows("igos.csv"):
        for name in tables.split(names):
            known.phrases.add(name, Entry("igo", code))
    for code, names in tables.rows("collectives.csv"):
        for name in tables.split(names):
            known.phrases.add(name, Entry("collective", code))
    for names, members in tables.rows("members.csv"):
        ids = tuple(tables.split(members))
        for name in tables.split(names):
            known.phrases.add(name, Entry("members", ids[0], ids[1:]))
    for code, names in tables.rows("broad_adjectives.csv"):
        for name in tables.split(names):
            known.phrases.add(name, Entry("broad", code))
    for code, state, names in tables.rows("groups.csv"):
        known.group_states[code] = state
        for name in tables.split(names):
            known.phrases.add(name, Entry("group", code))


def _add_people(known: Knowledge) -> None:
    for name, aliases, gender, code, role, start, end in tables.rows("people.csv"):
        person = known.people.get(name)
        if person is None:
            person = known.people[name] = Person(name, gender or None, True)
            known.phrases.add(name, Entry("person", "", person))
            known.surnames.setdefault(surname(name), []).append(person)
        for alias in tables.split(aliases):
            known.phrases.add(alias, Entry("person", "", person))
            if person not in known.surnames.setdefault(surname(alias), []):
                known.surnames[surname(alias)].append(person)
        if code:
            person.offices.append(Office(code, role, *tables.periods(start, end)))
            known.holders.setdefault((code, role), []).append((name, person.offices[-1]))
    named: dict[str, list[Person]] = {}
    for name, aliases, *_ in tables.rows("people.csv"):
        for each in {name, *tables.split(aliases)}:
            if known.people[name] not in named.setdefault(each, []):
                named[each].append(known.people[name])
    known.namesakes = {p.name: people for people in named.values() if len(people) > 1 for p in people}
    for person in known.people.values():
        known.sounds.setdefault(sound(surname(person.name)), []).append(person)


def _add_officials(known: Knowledge) -> None:
    """Officials are many and seldom named: their rows are kept as they are until a page names one."""
    for words, name, offices in tables.rows("officials.csv"):
        if name not in known.people:
            known.phrases.add_words(words, (name, offices))


def official(row: tuple[str, str]) -> Entry:
    """The person that a row of ``officials.csv`` describes."""
    name, offices = row
    person = Person(name)
    for office in offices.split(";"):
        code, role, start, end = office.split(":")
        person.offices.append(Office(code, role, *tables.periods(start, end)))
    return Entry("person", "", person)


def _add_roles(known: Knowledge) -> None:
    for noun, side, alone, bodies in tables.rows("agents.csv"):
        known.phrases.add(noun, Entry("agent", side, (side, alone, tuple(tables.split(bodies)))))
    for title, kind in tables.rows("titles.csv"):
        known.phrases.add(title, Entry("title", kind))
    for state, side, start, end, code in tables.rows("sides.csv"):
        known.sides.setdefault((state, side), []).append(Office(code, "", *tables.periods(start, end)))


def _add_genders(known: Knowledge) -> None:
    gender = ""
    for word in tables.words("names_first.txt"):
        if word in ("m", "f"):
            gender = word
        else:
            known.genders[word] = gender


def slug(name: str) -> str:
    """``South Korean`` as ``south-korean``."""
    return "-".join(plain(name).lower().replace("'", "").replace(".", "").split())
