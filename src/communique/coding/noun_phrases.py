"""Finds the noun phrases of one sentence that name a party, a person or a role, from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.coding.names import COURTESY, FEMALE, capitalised_run, looks_like_person
from communique.knowledge import Knowledge, Person, tables
from communique.knowledge.phrases import Entry, Words

PARTIES = frozenset({"state", "adjective", "people", "seat", "igo", "group", "collective"})
BREAKING = frozenset(tables.words("words_breaking.txt"))
TOPICS = frozenset(tables.words("words_topics.txt"))
ACTS = frozenset(tables.words("words_acts.txt"))
PRONOUNS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}
PLURALS = frozenset({"they", "them", "their"})
FORMER = frozenset({"former", "ex", "late", "onetime", "ousted", "deposed"})
LED = frozenset(
    [
        "backed",
        "sponsored",
        "funded",
        "supplied",
        "trained",
        "made",
        "born",
        "educated",
        "based",
        "held",
        "style",
        "era",
        "bound",
    ]
)


@dataclass(slots=True)
class Found:
    """A noun phrase, words ``first`` to ``last`` (excluded), before it is resolved.

    ``shape`` is ``party``, ``person`` (a known or full name), ``surname`` (a single capitalised word), ``role``
    (a title without a name), ``agent`` (an unnamed agent) or ``pronoun``. ``party`` is the party the phrase itself
    names; ``name`` covers the words of a name inside it.
    """

    shape: str
    first: int
    last: int
    party: Entry | None = None
    title: str = ""
    title_class: str = ""
    side: str = ""
    person: Person | None = None
    name: tuple[int, int] | None = None
    gender: str | None = None
    former: bool = False
    adjective: bool = False
    definite: bool = False
    second: Entry | None = None


class Reader:
    """Reads the noun phrases of one sentence."""

    def __init__(self, words: Words, known: Knowledge) -> None:
        self.words = words
        self.known = known
        self.entries: list[tuple[int, Entry] | None] = [None] * len(words)
        self.taken = [False] * len(words)
        self._match()

    def _match(self) -> None:
        i = 0
        while i < len(self.words):
            hit = self.known.phrases.at(self.words, i)
            if hit is None:
                i += 1
                continue
            self.entries[i] = hit
            if hit[1].kind not in ("title", "agent"):
                for k in range(i, i + hit[0]):
                    self.taken[k] = True
            i += hit[0]

    def read(self) -> Iterator[Found]:
        """The noun phrases in order, none overlapping."""
        i = 0
        while i < len(self.words):
            found = self._at(i)
            if found is None:
                i += 1
                continue
            i = max(found.last, i + 1)
            if found.shape != "stop":
                yield found

    def _at(self, i: int) -> Found | None:
        hit = self.entries[i]
        if hit is None:
            return self._unmatched(i)
        kind = hit[1].kind
        if kind == "stop":
            return Found("stop", i, i + hit[0])
        if kind in PARTIES:
            return self._party(i)
        if kind == "person":
            return self._named(i, i + hit[0], hit[1].data)
        if kind == "title":
            return self._titled(i, None, i)
        return self._agent(i)

    # --- parties and what follows them

    def _party(self, i: int) -> Found:
        n, entry = self.entries[i]  # type: ignore[misc]
        end = i + n
        second = self._second(end)
        j = end
        if second is not None:
            j += 1 + self.entries[end][0] - 1 if self.entries[end] else 0
            end = j
        possessive = self._is_possessive(j)
        if possessive:
            j += 1
        loose = possessive or entry.kind in ("adjective", "igo", "state", "group", "seat")
        j, former = self._modifiers(j, general=possessive or entry.kind == "adjective") if loose else (j, False)
        follow = self.entries[j] if j < len(self.words) and (j == end or self.words.tight[j]) else None
        if follow and follow[1].kind == "title":
            found = self._titled(j, entry, i)
            found.former |= former
            found.second = second
            return found
        if follow and follow[1].kind == "agent" and entry.kind != "collective":
            last = j + follow[0]
            side = follow[1].id
            return self._apposed(Found("agent", i, last, entry, side=side, second=second, title=self._text(j, last)))
        if follow and follow[1].kind == "person" and loose and j == end and not possessive:
            found = self._named(j, j + follow[0], follow[1].data)
            found.first, found.party = i, found.party or entry
            return found
        return Found("party", i, end, entry, adjective=self._qualifies(i, end, entry), second=second)

    def _second(self, end: int) -> Entry | None:
        """The second of two parties joined by a hyphen or slash: "UN-Arab League"."""
        if end < len(self.words) and self.words.gap[end] in ("-", "/", "–") and self.entries[end]:
            n, entry = self.entries[end]  # type: ignore[misc]
            if entry.kind in PARTIES and n:
                return entry
        return None

    def _qualifies(self, i: int, end: int, entry: Entry) -> bool:
        """Whether the party at ``i`` only qualifies another noun."""
        words = self.words
        j = end + 1 if self._is_possessive(end) else end
        if j >= len(words) or not words.tight[j]:
            return False
        if words.gap[j] == "-":
            return words.lower[j] in LED
        here = words.lower[j]
        after = words.lower[j + 1] if j + 1 < len(words) and words.tight[j + 1] else ""
        if here in ACTS or (after in ACTS and here not in BREAKING):
            return False
        if entry.kind == "adjective" and here not in BREAKING:
            return not words.capital[j] or here in TOPICS
        return here in TOPICS

    def _is_possessive(self, j: int) -> bool:
        words = self.words
        return j < len(words) and words.lower[j] == "s" and bool(words.gap[j]) and words.gap[j][-1] in "'’`"

    def _modifiers(self, j: int, general: bool) -> tuple[int, bool]:
        """Skip at most four words that may stand between a party and a title or agent."""
        former = False
        start = j
        words = self.words
        while j < len(words) and j - start < (4 if general else 2):
            entry = self.entries[j]
            if (
                (entry and entry[1].kind != "adjective")
                or words.lower[j] in BREAKING
                or (j > start and not words.tight[j])
            ):
                break
            if words.capital[j] and not general and words.lower[j] not in ("special", "senior", "deputy"):
                break
            former |= words.lower[j] in FORMER
            j += entry[0] if entry else 1
        if j < len(words) and self.entries[j] and self.entries[j][1].kind in ("title", "agent"):  # type: ignore[index]
            return j, former
        return start, False

    # --- titles

    def _titled(self, j: int, party: Entry | None, first: int) -> Found:
        """A title at ``j``, with the party before it if there is one, and the name after it if there is one."""
        start = j
        kinds: list[str] = []
        j = self._titles(j, kinds)
        text = self._text(start, j)
        found = Found("role", first, j, party, text, kinds[0], former=self._former_before(start))
        found.definite = start > 0 and self.words.lower[start - 1] in ("the", "his", "its", "their")
        j = self._complement(j, found)
        self._name_after(j, found)
        return found

    def _titles(self, j: int, kinds: list[str]) -> int:
        words = self.words
        while j < len(words) and (hit := self.entries[j]) and hit[1].kind == "title":
            if kinds and not words.tight[j]:
                break
            kinds.append(hit[1].id)
            j += hit[0]
            joined = j + 1 < len(words) and words.lower[j] == "and" and self.entries[j + 1]
            if joined and joined[1].kind == "title":
                j += 1
        return j

    def _complement(self, j: int, found: Found) -> int:
        """Read "of Iran", "for the PMF", "to Syria" after a title; only of/for of a fitting title name the party."""
        words = self.words
        if j >= len(words) or words.lower[j] not in ("of", "for", "to", "at", "from", "on", "in") or not words.tight[j]:
            return j
        k = j + 1
        if k < len(words) and words.lower[k] in ("the", "a"):
            k += 1
        k2, _ = k, None
        hit = self.entries[k2] if k2 < len(words) else None
        if hit is None or hit[1].kind not in PARTIES:
            return j
        preposition = words.lower[j]
        end = k2 + hit[0]
        speaks = found.title_class in ("spokesman", "negotiator", "legislator", "military", "official", "leader")
        names_it = preposition in ("of", "from", "at") or (preposition == "for" and speaks)
        if names_it and found.party is None:
            found.party = hit[1]
        elif preposition in ("of", "from", "at") or (found.title_class != "envoy" and not names_it):
            return j
        found.last = end
        return end

    def _name_after(self, j: int, found: Found) -> None:
        """Take in the name that follows a title, with or without a comma."""
        words = self.words
        if j >= len(words):
            return
        comma = words.gap[j] in (",", "–", "--", "-")
        if not (words.tight[j] or comma):
            return
        if words.lower[j] in COURTESY and words.capital[j]:
            j += 1
        hit = self.entries[j] if j < len(words) else None
        if hit and hit[1].kind == "person":
            found.person, found.name = hit[1].data, (j, j + hit[0])
        else:
            n = capitalised_run(words, j, self.taken, len(words))
            if n and (n > 1 or not comma) and (looks_like_person(words, j, n) or n == 1):
                found.name = (j, j + n)
        if found.name is not None:
            found.shape = "person"
            found.last = found.name[1]

    def _former_before(self, i: int) -> bool:
        return any(self.words.lower[k] in FORMER for k in range(max(0, i - 3), i))

    # --- names

    def _named(self, i: int, end: int, person: Person | None, gender: str | None = None) -> Found:
        found = Found("person", i, end, person=person, name=(i, end), gender=gender)
        return self._apposed(found)

    def _apposed(self, found: Found) -> Found:
        """Take in ", Iran's foreign minister" or ", a spokesman for X" after a name."""
        words = self.words
        j = found.last
        if j >= len(words) or found.name is None:
            return found
        if words.lower[j] == "of" and words.tight[j] and j + 1 < len(words):
            hit = self.entries[j + 1]
            if hit and hit[1].kind in ("state", "igo", "group"):
                found.party, found.last = hit[1], j + 1 + hit[0]
            return found
        if words.gap[j] not in (",", "(", "–", "-"):
            return found
        while j < len(words) and words.lower[j] in ("the", "a", "an", "who", "is", "former") and j - found.last < 3:
            found.former |= words.lower[j] == "former"
            j += 1
        role = self._role_at(j)
        if role is None or (role.name is not None and role.person is None):
            return found
        if role.party is None and found.person is None and role.title_class == "":
            return found
        found.party, found.title, found.title_class = role.party, role.title, role.title_class
        found.second = role.second
        found.former |= role.former
        found.last = role.last if role.name is None else role.name[0]
        return found

    def _role_at(self, j: int) -> Found | None:
        if j >= len(self.words):
            return None
        hit = self.entries[j]
        if hit is None:
            k, former = self._modifiers(j, general=True)
            if k == j:
                return None
            hit, j = self.entries[k], k
        if hit is None:
            return None
        if hit[1].kind == "title":
            found = self._titled(j, None, j)
        elif hit[1].kind in PARTIES:
            found = self._party(j)
        else:
            return None
        return found if found.shape == "role" else None

    def _unmatched(self, i: int) -> Found | None:
        words = self.words
        lower = words.lower[i]
        if lower in PRONOUNS:
            return Found("pronoun", i, i + 1, gender=PRONOUNS[lower])
        if lower in PLURALS:
            return Found("pronoun", i, i + 1, gender="plural")
        if not words.capital[i]:
            return None
        if lower in COURTESY and i + 1 < len(words):
            return self._courtesy(i)
        n = capitalised_run(words, i, self.taken, len(words))
        if n == 1 or n > 5:
            return Found("surname", i, i + 1, name=(i, i + 1))
        if n > 1 and looks_like_person(words, i, n):
            return self._named(i, i + n, None)
        return Found("surname", i, i + n, name=(i, i + n)) if n else None

    def _courtesy(self, i: int) -> Found | None:
        words = self.words
        gender = "f" if words.lower[i] in FEMALE else None if words.lower[i] in ("dr", "professor", "prof") else "m"
        hit = self.entries[i + 1]
        if hit and hit[1].kind == "person":
            found = self._named(i + 1, i + 1 + hit[0], hit[1].data, gender)
            found.first = i
            return found
        n = capitalised_run(words, i + 1, self.taken, len(words))
        if not n:
            return None
        found = self._named(i + 1, i + 1 + n, None, gender)
        found.first = i
        if n == 1:
            found.shape, found.last = "surname", i + 2 if found.party is None else found.last
            found.title_class = "courtesy"
        return found

    # --- unnamed agents

    def _agent(self, i: int) -> Found:
        n, entry = self.entries[i]  # type: ignore[misc]
        found = Found("agent", i, i + n, side=entry.id, title=self._text(i, i + n))
        found.definite = i > 0 and self.words.lower[i - 1] in ("the", "its", "their", "his", "her")
        j = i + n
        words = self.words
        if j + 1 < len(words) and words.tight[j] and words.lower[j] in ("of", "in", "from"):
            k = j + 2 if words.lower[j + 1] in ("the",) else j + 1
            hit = self.entries[k] if k < len(words) else None
            fits = words.lower[j] == "of" or entry.id != "state"
            if hit and hit[1].kind in ("state", "seat", "group", "igo", "person") and fits:
                if hit[1].kind == "person":
                    found.person = hit[1].data
                else:
                    found.party = hit[1]
                found.last = k + hit[0]
        return found

    def _text(self, i: int, j: int) -> str:
        return " ".join(self.words.lower[i:j])
