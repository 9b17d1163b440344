"""Reads titles and names: "Iranian Foreign Minister Abbas Araghchi", "X, a spokesman for the PMF", "Mr Annan"."""

from __future__ import annotations

from communique.coding.names import COURTESY, FEMALE, NEUTRAL, capitalised_run, looks_like_person
from communique.coding.sentence_view import BREAKING, FORMER, MODIFIERS, PARTIES, Found, View
from communique.knowledge import Person
from communique.knowledge.phrases import Entry

_SPEAKS_FOR = frozenset({"spokesman", "negotiator", "legislator", "military", "official", "leader"})
_ALONE = frozenset({"head", "foreign", "defence", "minister", "military", "legislator", "spokesman", "cleric"})
_STAFF = frozenset({"official", "negotiator", "envoy"})
_COMMA = frozenset({",", "–", "--", "-", "—"})


class Titles(View):
    """The readings that begin at a title or at a name."""

    def read_party(self, i: int) -> Found:
        """The phrase that begins with a party at ``i``."""
        raise NotImplementedError

    def skip_modifiers(self, j: int, general: bool) -> tuple[int, bool]:
        """Skip the words that may stand between a party and a title or agent; also says whether one is "former"."""
        words, start, former = self.words, j, False
        while j < words.size and j - start < (5 if general else 3):
            entry = self.entries[j]
            if entry and entry[1].kind in ("title", "agent"):
                return j, former
            if (j > start and not words.tight[j]) or not self._modifies(j, general):
                break
            former |= words.lower[j] in FORMER
            j += entry[0] if entry else 1
        return start, False

    def _modifies(self, j: int, general: bool) -> bool:
        entry, lower = self.entries[j], self.words.lower[j]
        if entry is not None:
            return general and entry[1].kind in ("adjective", "igo", "broad", "seat")
        return lower in MODIFIERS or lower in FORMER or (general and lower not in BREAKING and len(lower) > 1)

    def read_title(self, j: int, party: Entry | None, first: int) -> Found:
        """A title at ``j``, with the party before it if there is one, and the name after it if there is one."""
        start = j
        kinds: list[str] = []
        j = self._titles(j, kinds)
        found = Found("role", first, j, party, title=self.text(start, j), title_class=kinds[0])
        found.former = self.former_before(start)
        found.definite = self.definite(start)
        found.plural = self.words.lower[j - 1].endswith("s")
        j = self._complement(j, found)
        self._name_after(j, found)
        return found

    def _titles(self, j: int, kinds: list[str]) -> int:
        while (hit := self.hit(j, "title")) and not (kinds and not self.tight(j)):
            kinds.append(hit[1].id)
            j += hit[0]
            if self.lower(j) == "and" and self.hit(j + 1, "title"):
                j += 1
        return j

    def _complement(self, j: int, found: Found) -> int:
        """Read "of Iran", "for the PMF", "to Syria" after a title; a fitting preposition names the party."""
        preposition = self.lower(j)
        if preposition not in ("of", "for", "to", "at", "from", "on", "in") or not self.tight(j):
            return j
        k = j + 2 if self.lower(j + 1) in ("the", "a") else j + 1
        hit = self.hit(k, *PARTIES)
        if hit is None:
            if (k > j + 1 or preposition == "at") and self._private(k, found):
                found.title_class = "private"
            return j
        if preposition in ("of", "from", "at") or (preposition == "for" and found.title_class in _SPEAKS_FOR):
            if found.party is not None:
                return j
            found.party = hit[1]
            if self.lower(k + hit[0]) == "and" and (other := self.hit(k + hit[0] + 1, *PARTIES)):
                found.second = other[1]
        elif found.title_class not in ("envoy", "negotiator"):
            return j
        found.last = k + hit[0]
        return found.last

    def _private(self, k: int, found: Found) -> bool:
        """Whether a title is of a body that is no party: "vice president of the Example University"."""
        public = "minister" in found.title or "secretary" in found.title
        return not public and k < self.words.size and self.words.capital[k] and not self.taken[k]

    def _name_after(self, j: int, found: Found) -> None:
        """Take in the name that follows a title, with or without a comma."""
        comma = self.gap(j) in _COMMA
        if j >= self.words.size or not (self.words.tight[j] or comma) or (found.plural and comma):
            return
        if self.lower(j) in COURTESY and self.words.capital[j]:
            j += 1
        hit = self.hit(j, "person")
        if hit:
            found.person, found.name = hit[1].data, (j, j + hit[0])
        else:
            n = capitalised_run(self.words, j, self.taken)
            single = n == 1 and not comma and found.title_class in _ALONE and self.words.capital[j - 1]
            if single or looks_like_person(self.words, j, n):
                found.name = (j, j + n)
        if found.name is not None:
            found.shape, found.last = "person", found.name[1]

    def read_name(self, i: int, end: int, person: Person | None, gender: str | None = None) -> Found:
        """A name, words ``i`` to ``end``, with what is said of the person after a comma."""
        found = Found("person", i, end, person=person, name=(i, end), gender=gender)
        if self._government(end, found):
            return found
        if self.lower(end) == "of" and self.tight(end):
            hit = self.hit(end + 1, "state", "igo", "group")
            if hit:
                found.party, found.last = hit[1], end + 1 + hit[0]
        elif self.gap(end) in (",", "(", "–", "—", "-"):
            self._apposed(end, found)
        return found

    def _government(self, end: int, found: Found) -> bool:
        """Take in "'s government", "administration", "'s forces" after a name: the person's own side."""
        possessive = self.possessive(end)
        j, _ = self.skip_modifiers(end + possessive, general=possessive)
        hit = self.hit(j, "agent", "title")
        ours = hit and (hit[1].data or ("",))[0] == "state" if hit and hit[1].kind == "agent" else possessive
        if not hit or not ours or not self.tight(j) or (hit[1].kind == "title" and hit[1].id not in _STAFF):
            return False
        found.last, found.title, found.title_class = j + hit[0], "", "rule"
        return True

    def _apposed(self, j: int, found: Found) -> None:
        """Take in ", Iran's foreign minister" or ", a spokesman for X"."""
        start = j
        while self.lower(j) in ("the", "a", "an", "who", "is", "former", "one", "of") and j - start < 4:
            found.former |= self.lower(j) == "former"
            j += 1
        role = self._role_at(j)
        if role is None or (role.party is None and found.person is None and not role.title):
            return
        if role.name is not None and role.person is None:
            role.last = role.name[0]
        found.party, found.second, found.former = role.party, role.second, found.former or role.former
        found.title, found.title_class, found.last = role.title, role.title_class, role.last

    def _role_at(self, j: int) -> Found | None:
        if self.entries[j] is None if j < self.words.size else True:
            k, _ = self.skip_modifiers(j, general=True)
            if k == j or k >= self.words.size:
                return None
            j = k
        if self.hit(j, "title"):
            found = self.read_title(j, None, j)
            return found if found.shape == "role" else None
        if self.hit(j, *PARTIES):
            found = self.read_party(j)
            return found if found.shape in ("role", "agent") else None
        return None

    def read_courtesy(self, i: int) -> Found | None:
        """ "Mr Annan", "Baroness Ashton", "Dr Abdullah Abdullah"."""
        lower = self.words.lower[i]
        gender = "f" if lower in FEMALE else None if lower in NEUTRAL else "m"
        hit = self.hit(i + 1, "person")
        n = hit[0] if hit else capitalised_run(self.words, i + 1, self.taken)
        if not n:
            return None
        found = self.read_name(i + 1, i + 1 + n, hit[1].data if hit else None, gender)
        found.first = i
        if n == 1 and not hit:
            found.shape, found.title_class = "surname", found.title_class or "courtesy"
        return found
