"""Find who is speaking: the noun phrase before or after a cue, read with closed classes of words.

There is no parser at hand, so a phrase is walked outwards from the cue until a word that cannot
belong to it: a mark, a conjunction of clauses, an auxiliary, or what looks like a verb.
"""

from __future__ import annotations

from typing import NamedTuple

from communique.coding.attribution_cues import Cues, cues
from communique.coding.attribution_tokens import DOUBLE, Tokens, is_name, verb_like

LONGEST = 18
"""A source has at most this many words."""


class Phrase(NamedTuple):
    """Tokens ``first`` up to ``last``; ``head`` ends before any words set off by commas behind the noun."""

    first: int
    last: int
    head: int

    @property
    def empty(self) -> bool:
        """Whether no words were found."""
        return self.first >= self.head


def is_word(tokens: Tokens, at: int) -> bool:
    """Whether the token holds a letter or a digit."""
    return tokens.words[at][:1].isalnum()


def skip_back(tokens: Tokens, at: int) -> int:
    """Step left over auxiliaries, adverbs and days between a source and its verb."""
    words = cues().words
    while at >= 0:
        low = tokens.lower[at]
        adverb = low.endswith("ly") and not is_name(tokens.words[at])
        if low in words["between"] or adverb or (low in ("on", "late", "early", "last") and time_at(tokens, at + 1)):
            at -= 1
        else:
            break
    return at


def time_at(tokens: Tokens, at: int) -> bool:
    """Whether the token is a day, a month or the like."""
    return at < len(tokens) and tokens.lower[at] in cues().words["timeword"]


def source_before(tokens: Tokens, cue: int) -> Phrase | None:
    """The phrase that is the subject of the verb at token ``cue``, or None."""
    at = skip_back(tokens, cue - 1)
    if at >= 0 and tokens.lower[at] in ("who", "which"):
        at -= 1
        if at >= 0 and tokens.words[at] == ",":
            at -= 1
        return _behind_name(tokens, _leftwards(tokens, at, at + 1))
    last = at + 1
    if at >= 0 and tokens.words[at] in (",", "–", "—", ")", "-"):
        start = _insert_start(tokens, at)
        if start is None:
            return None
        at = start - 1
        if at >= 0 and tokens.words[at] == ")":
            at = (_insert_start(tokens, at) or 0) - 1
    return _before_modifier(tokens, _past_relative(tokens, _leftwards(tokens, at, last), at))


_BETWEEN_NOUN_AND = frozenset(["at", "into", "out", "over", "under", "across", "about", "against", "around", "towards"])
_SHORT = frozenset(["well", "close", "out", "up", "not"])


def _before_modifier(tokens: Tokens, phrase: Phrase | None) -> Phrase | None:
    """Of "a man living in the city", the man: "in the city" belongs to a participle behind the noun."""
    if phrase is None or phrase.empty:
        return phrase
    words, low = cues().words, tokens.lower
    at = phrase.first if low[phrase.first] == "out" else phrase.first - 1
    told = is_name(tokens.words[phrase.head - 1]) or low[phrase.head - 1] in cues().speakers
    behind = low[at] in words["link"] or low[at] in _BETWEEN_NOUN_AND or (low[at].endswith("ing") and not told)
    if at < 2 or not behind or low[phrase.head - 1] in words["anonymous"]:
        return phrase
    back = start = at if low[at].endswith("ing") else at - 1
    while back > 0 and start - back < 4 and _modifies(tokens, back):
        back -= 1
    if back == start or not is_word(tokens, back):
        return phrase
    noun = _leftwards(tokens, back, back + 1)
    return Phrase(noun.first, phrase.last, noun.head) if noun and not noun.empty else phrase


def _modifies(tokens: Tokens, at: int) -> bool:
    low = tokens.lower[at]
    if is_name(tokens.words[at]) or low in cues().words["aux"]:
        return False
    return verb_like(low) or low in _SHORT or low.endswith("ly") or low == "based"


def _past_relative(tokens: Tokens, phrase: Phrase | None, at: int) -> Phrase | None:
    """Of "a boy who fled the town said", the boy: a relative clause without commas lies between noun and verb."""
    low = tokens.lower
    first = phrase.first if phrase else at + 1
    who = next((i for i in range(first - 1, max(0, first - 8), -1) if low[i] in ("who", "which", "that")), None)
    if who is None or low[who] != "who" or any(not is_word(tokens, i) for i in range(who, first)):
        return phrase
    if who == first - 1:  # "doctors who the group said were shot": it is the group that speaks
        return phrase
    noun = _leftwards(tokens, who - 1, who)
    return Phrase(noun.first, max(at + 1, noun.last), noun.head) if noun and not noun.empty else phrase


def _behind_name(tokens: Tokens, phrase: Phrase | None) -> Phrase | None:
    """Of "Jan Roe, the minister, who said", the name rather than the apposition."""
    if (
        phrase is None
        or phrase.first < 2
        or tokens.words[phrase.first - 1] != ","
        or is_name(tokens.words[phrase.first])
    ):
        return phrase
    if not is_name(tokens.words[phrase.first - 2]):
        return phrase
    name = _leftwards(tokens, phrase.first - 2, phrase.first - 1)
    return Phrase(name.first, phrase.last, name.head) if name and not name.empty else phrase


def _insert_start(tokens: Tokens, at: int) -> int | None:
    """Where the words set off by commas, dashes or brackets begin that end at token ``at``."""
    opening = "(" if tokens.words[at] == ")" else tokens.words[at]
    nearest = None
    for back in range(at - 1, max(-1, at - 36), -1):
        if tokens.words[back] == opening and not (opening == "-" and not _opens_aside(tokens, back)):
            nearest = back if nearest is None else nearest
            # A name alone between commas may be part of a longer apposition: "the minister, Jan Roe, of Oslo,".
            if opening == "," and nearest == back and at - back <= 2:
                continue
            return back if at - back <= 20 else nearest
        if tokens.words[back] in DOUBLE:
            break
    return nearest


def _opens_aside(tokens: Tokens, at: int) -> bool:
    """Whether a hyphen standing apart opens an aside rather than joining two words."""
    return at + 1 < len(tokens) and tokens.lower[at + 1] in ("who", "which", "a", "an", "the")


def _leftwards(tokens: Tokens, at: int, last: int) -> Phrase | None:
    table = cues()
    begin = at
    while at >= 0 and begin - at < LONGEST and _belongs(tokens, at, begin, table):
        at -= 1
    first = _lead_in(tokens, at + 1, begin + 1, table)
    while begin > first and tokens.lower[begin] in ("'s", "’s", "'", "’"):
        begin, last = begin - 1, begin
    if first > begin or not _nominal(tokens, first, begin, table):
        return None
    if first < begin and tokens.lower[first - 1 : first] == ("to",) and _infinitive(tokens, first, table):
        first += 1  # "trying to dislodge rebel fighters who say"
    if tokens.lower[begin] in table.words["pronoun"]:
        first = begin
    return Phrase(first, max(last, begin + 1), begin + 1)


def _infinitive(tokens: Tokens, at: int, table: Cues) -> bool:
    """Whether the word behind "to" is a verb: not "the road to rebel territory", "according to senior officials"."""
    low = tokens.lower[at]
    noun = is_name(tokens.words[at]) or low in table.words["determiner"] or low in table.words["speaker"]
    return not noun and tokens.lower[at - 2 : at - 1] not in (("according",), ("close",), ("loyal",), ("reports",))


_NEAR = ("close", "near", "familiar", "loyal")
_NO_NOUN = frozenset(
    {"past", "under", "new", "such", "there", "here", "more", "most", "less", "own", "same", "other", "able"}
)


def _nominal(tokens: Tokens, first: int, last: int, table: Cues) -> bool:
    """Whether the phrase ends in something that can be a noun."""
    low = tokens.lower[last]
    number = low.isdigit() and not (last > first and is_name(tokens.words[last - 1]))  # but "Channel 4"
    return is_word(tokens, last) and low not in _NO_NOUN and low not in table.words["link"] and not number


def _belongs(tokens: Tokens, at: int, begin: int, table: Cues) -> bool:
    low, words = tokens.lower[at], table.words
    if low in words["pronoun"]:
        return at == begin
    if at < begin and tokens.lower[at + 1] in words["determiner"] and low not in words["link"] and low != "and":
        return False
    if not is_word(tokens, at):
        return low in ("'s", "’s", "'", "’") or (low in "-." and 0 < at < begin)
    if low in ("and", "&"):
        if not (0 < at < begin and is_word(tokens, at - 1)):
            return False
        both = tokens.lower[begin] in table.speakers and tokens.lower[at - 1] in table.speakers
        return is_name(tokens.words[at + 1]) or both
    if low in words["link"]:
        return 0 < at < begin and (_noun_like(tokens, at - 1, table) or tokens.lower[at - 1] in _NEAR)
    if low in words["stop"] or low in words["timeword"]:
        return is_name(tokens.words[at]) and at > 0 and low not in words["aux"] and low not in words["timeword"]
    return is_name(tokens.words[at]) or low in table.media_starts or not looks_verb(tokens, at, table)


def _noun_like(tokens: Tokens, at: int, table: Cues) -> bool:
    low = tokens.lower[at]
    if not is_word(tokens, at) or low in table.words["stop"] or low in table.words["link"]:
        return False
    return is_name(tokens.words[at]) or not looks_verb(tokens, at, table)


def looks_verb(tokens: Tokens, at: int, table: Cues) -> bool:
    """Whether a word is more likely a verb than a part of a noun phrase, a cue of saying or another."""
    low = tokens.lower[at]
    if low in table.words["crowd"]:  # "a news briefing"
        return False
    if low in table.verbs and low not in table.nouns and low not in table.bare:
        return True
    return verb_like(low, table)


def _lead_in(tokens: Tokens, first: int, last: int, table: Cues) -> int:
    """Drop what a phrase cannot begin with."""
    words = table.words
    while first < last:
        low = tokens.lower[first]
        loose = low in words["link"] or low in ("and", "-", ".", "'s", "’s", "'", "’", "so", "even")
        time = low in words["timeword"] and is_name(tokens.words[first])
        if loose or time or (low in words["between"] and low not in ("all", "both")):
            first += 1
        else:
            break
    return first


def subject(tokens: Tokens, before: int) -> Phrase | None:
    """The subject of the nearest verb ahead of token ``before``, for a clause that has none ("..., saying")."""
    table = cues()
    for at in range(before - 1, 0, -1):
        low = tokens.lower[at]
        if low in table.words["aux"] or (
            not is_name(tokens.words[at]) and not low.endswith("ing") and looks_verb(tokens, at, table)
        ):
            phrase = source_before(tokens, at)
            if phrase is not None and not phrase.empty and tokens.lower[phrase.first] not in ("it", "who"):
                return phrase
    return None
