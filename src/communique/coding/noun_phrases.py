"""Finds the noun phrases of one sentence that name a party, a person or a role, from left to right."""

from __future__ import annotations

from collections.abc import Iterator

from communique.coding.names import COURTESY, capitalised_run, looks_like_person
from communique.coding.sentence_view import ACTS, BREAKING, LED, LOOSE, PARTIES, TOPICS, Found
from communique.coding.titles import Titles
from communique.knowledge.phrases import Entry

PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f",
    "they": "plural", "them": "plural", "their": "plural", "it": "thing", "its": "thing",
    "i": "speaker", "we": "speaker", "my": "speaker", "our": "speaker", "us": "speaker",
}  # fmt: skip


class Reader(Titles):
    """Reads the noun phrases of one sentence."""

    def read(self) -> Iterator[Found]:
        """The noun phrases in order, none overlapping."""
        free, marks = 0, zip(self.entries, self.words.capital, self.words.lower, strict=True)
        for i in [i for i, (entry, capital, word) in enumerate(marks) if entry or capital or word in PRONOUNS]:
            if i < free:
                continue
            found = self._at(i)
            if found is None:
                continue
            free = max(found.last, i + 1)
            if found.shape != "stop":
                yield found

    def _at(self, i: int) -> Found | None:
        hit = self.entries[i]
        if hit is None:
            return self._unknown(i)
        kind = hit[1].kind
        if kind == "stop":
            return Found("stop", i, i + hit[0])
        if kind in PARTIES:
            return self.read_party(i)
        if kind == "person":
            return self.read_name(i, i + hit[0], hit[1].data)
        if kind == "title":
            found = self.read_title(i, None, i)
            return None if found.shape == "role" and self._only_describes(found) else found
        return self._agent(i)

    def read_party(self, i: int) -> Found:
        """The phrase that begins with a party at ``i``: the party alone, its role, its people, its agents."""
        n, entry = self.entries[i]  # type: ignore[misc]
        end = i + n
        second = self._joined(end)
        if second is not None:
            end += second[0] + (self.lower(end) == "and")
        possessive = self.possessive(end)
        j = end + possessive
        former = False
        if (entry.kind in LOOSE or possessive) and self.gap(end) not in ("-", "–"):
            j, former = self.skip_modifiers(j, general=possessive or entry.kind in ("adjective", "broad"))
        follow = self.entries[j] if j < self.words.size and (j == end or self.words.tight[j]) else None
        found = self._led(i, j, entry, follow) if follow else None
        if found is None:
            found = Found("party", i, end, entry, adjective=self._qualifies(end, entry))
        elif found.shape != "agent":
            found.former |= former
        found.second = found.second or (second[1] if second else None)
        return found

    def _led(self, i: int, j: int, entry: Entry, follow: tuple[int, Entry]) -> Found | None:
        """The role, agent or name at ``j`` that the party at ``i`` leads to."""
        kind = follow[1].kind
        if kind == "title":
            return self.read_title(j, entry, i)
        if kind == "agent" and entry.kind not in ("collective", "members"):
            side, _, bodies = follow[1].data
            if side in ("sides", "several"):
                return None
            end = j + follow[0]
            if self.hit(end, "title") and self.tight(end):
                found = self.read_title(end, entry, i)
                found.side = side
                return found
            return Found("agent", i, end, entry, title=self.text(j, end), side=side, bodies=bodies)
        if kind == "person" and entry.kind in LOOSE and not self.possessive(j - 1):
            found = self.read_name(j, j + follow[0], follow[1].data)
            found.first, found.party = i, found.party or entry
            return found
        return None

    def _joined(self, end: int) -> tuple[int, Entry] | None:
        """The second of two parties with one title: "UN-Arab League envoy", "UN and Arab League envoy"."""
        if self.gap(end) in ("-", "/", "–") and (hit := self.hit(end, *PARTIES)):
            return hit
        if self.lower(end) == "and" and (hit := self.hit(end + 1, "igo")) and self.hit(end + 1 + hit[0], "title"):
            return hit
        return None

    def _qualifies(self, end: int, entry: Entry) -> bool:
        """Whether the party that ends before ``end`` only qualifies another noun."""
        j = end + self.possessive(end)
        if not self.tight(j):
            return False
        here = self.lower(j)
        if self.words.gap[j] == "-":
            return here in LED
        if here in ACTS or (here not in BREAKING and self.tight(j + 1) and self.lower(j + 1) in ACTS):
            return False
        if entry.kind in ("adjective", "broad") and here not in BREAKING:
            return not self.words.capital[j] or here in TOPICS
        return here in TOPICS

    def _unknown(self, i: int) -> Found | None:
        lower = self.words.lower[i]
        if lower in PRONOUNS and (lower == "i" or not self.words.text[i].isupper()):
            return Found("pronoun", i, i + 1, gender=PRONOUNS[lower])
        if not self.words.capital[i]:
            return None
        if lower in COURTESY:
            return self.read_courtesy(i)
        n = capitalised_run(self.words, i, self.taken)
        if n == 2 and self._two_surnames(i):
            n = 1
        if looks_like_person(self.words, i, n):
            return self.read_name(i, i + n, None)
        if not n or len(lower) < 3:
            return None
        found = self.read_name(i, i + 1, None) if self.hit(i + 1 + self.possessive(i + 1), "agent", "title") else None
        if found is None or found.title_class != "rule":
            return Found("surname", i, i + 1, name=(i, i + 1))
        found.shape = "surname"
        return found

    def _only_describes(self, found: Found) -> bool:
        """Whether "official" is an adjective: "an official visit"."""
        if found.title != "official" or found.party is not None:
            return False
        return self.tight(found.last) and self.lower(found.last) not in BREAKING

    def _two_surnames(self, i: int) -> bool:
        """Whether two names joined by a hyphen are two people: "Obama-Medvedev"."""
        known = self.known.surnames
        return self.words.gap[i + 1] in ("-", "–") and self.lower(i) in known and self.lower(i + 1) in known

    def _agent(self, i: int) -> Found | None:
        """An unnamed agent at ``i``: "the rebels", "people of Syria", "both sides"."""
        n, entry = self.entries[i]  # type: ignore[misc]
        side, alone, bodies = entry.data
        if self.hit(i + n, "title") and self.tight(i + n) and side not in ("sides", "several"):
            found = self.read_title(i + n, None, i)
            found.side = side
            return found
        found = Found("agent", i, i + n, side=side, title=self.text(i, i + n), bodies=bodies)
        found.definite = self.definite(i)
        self._home(i + n, found, of_only=side == "state")
        if found.party is None and (alone == "no" or (alone == "definite" and not found.definite)):
            return None
        if i > 1 and self.lower(i - 1) == "where" and (hit := self._state_before(i - 1)):
            found.where = hit.id
        return found

    def _home(self, j: int, found: Found, of_only: bool) -> None:
        """Take in "of Syria", "in Libya", "from Gaza" after an agent."""
        if not self.tight(j) or self.lower(j) not in (("of",) if of_only else ("of", "in", "from")):
            return
        k = j + 2 if self.lower(j + 1) == "the" else j + 1
        while (hit := self.hit(k, "title")) and self.words.capital[k]:
            k += hit[0]
        hit = self.hit(k, "state", "group", "igo", "person")
        if hit:
            found.last = k + hit[0]
            if hit[1].kind == "person":
                found.person = hit[1].data
            else:
                found.party = hit[1]

    def _state_before(self, j: int) -> Entry | None:
        for k in range(max(0, j - 4), j):
            hit = self.hit(k, "state")
            if hit and k + hit[0] == j:
                return hit[1]
        return None
