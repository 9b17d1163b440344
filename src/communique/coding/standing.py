"""How a party stands to an act: what the words about it, and between the two, tell of the part that it may play.

Each clue is a few words that a person can read ("ahead by to": behind the act's verb, after "to"). What they speak for
is learnt (``training/recipients.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.actor import Mention
from communique.coding.draft import Draft
from communique.coding.scoring import ScoredPage
from communique.coding.windows import Sentence

LINKS = frozenset(
    (
        *("in", "at", "to", "against", "on", "with", "from", "of", "by", "for", "over", "between", "into", "near"),
        *("inside", "across", "toward", "towards", "upon", "about", "among", "under", "that", "and", "or", "but"),
        *("than", "as", "like", "after", "before", "while", "if", "when", "through", "including", "via", "around"),
        *("outside", "within", "behind", "despite"),
    )
)
"""Words before a party, or behind a verb, that say how it belongs to what stands before them."""
DETERMINERS = frozenset(
    ("the", "a", "an", "all", "both", "other", "these", "those", "this", "its", "his", "her", "their")
)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_CLAUSE = re.compile(
    r"\b(?:that|which|who|whose|where|when|while|after|before|as|because|if|but|although|since|until|unless)\b"
)
_LEAD = 30
"""Characters before and behind a party in which its neighbours are looked for."""
_CLOSE = 16
"""With fewer characters between, a party stands close to the word that an act turns on."""
_WORDS_BETWEEN = 6


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an act is told: the number of its sentence, the character where the word that it turns on begins, that
    word in lower case."""

    text: str
    sentences: Sequence[Sentence]
    index: int
    at: int
    turning: str

    def follows(self) -> str:
        """What follows the word that the act turns on: a word that links something to it, another, or none."""
        word = _WORD.search(self.text, start := self.at + len(self.turning), start + _LEAD)
        if word is None or word.start() > start + 1:
            return "."
        low = word[0].lower()
        return low if low in LINKS or low in DETERMINERS else "..."

    def clues(self, place: int, party: Mention) -> list[str]:
        """What tells of the part of a party that sentence ``place`` mentions."""
        text, at, one = self.text, self.at, self.sentences[place]
        word, mark = _before(text, max(one.start, party.start - _LEAD), party.start)
        link = "mark" if mark else word if word in LINKS else "word" if word else "first"
        out = [f"behind {link}", f"after {word}", f"is {party.kind}", f"via {party.via}", *_behind(text, party)]
        if place != self.index:
            back = self.index - place
            out.append("title" if one.title else "later" if back < 0 else "1 back" if back == 1 else "far back")
            return out
        side, low, high = ("ahead", at, party.start) if party.start > at else ("before", party.end, at)
        others = min(sum(low <= m.start < high for m in one.mentions), 2)
        between = text[low:high]
        out += (side, f"{side}, {others} between", f"{side} by {link}", f"{self.turning} {side} {link}")
        if high - low < _CLOSE:
            out.append(f"{side}, close")
        else:
            out += [f"{side}, {what}" for what in _crossed(between)]
        out += [f"{side} over {each}" for each in between.lower().split(maxsplit=_WORDS_BETWEEN)[:_WORDS_BETWEEN]]
        return out


def scene(page: ScoredPage, text: str, draft: Draft) -> Scene:
    """Where a draft is told: the piece that the model saw it by may be part of the word that it turns on."""
    start, end = draft.trigger
    low, high = page.sentences[draft.sentence].start, page.sentences[draft.sentence].end
    while start > low and text[start - 1].isalnum():
        start -= 1
    while end < high and text[end].isalnum():
        end += 1
    return Scene(text, page.sentences, draft.sentence, start, text[start:end].lower())


def _before(text: str, start: int, end: int) -> tuple[str, bool]:
    """The word before a party, determiners left out, in lower case, and whether a mark stands between."""
    words = list(_WORD.finditer(text, start, end))
    while words and words[-1][0].lower() in DETERMINERS:
        end = words.pop().start()
    if not words:
        return "", False
    last = words[-1]
    return last[0].lower(), end - last.end() > 1 and bool(text[last.end() : end].strip())


def _behind(text: str, party: Mention) -> Iterator[str]:
    """What follows a party, and whether it is more than one."""
    if text.startswith(("'s", "’s"), party.end) or party.name.endswith(("'s", "’s")):
        yield "possessive"
    elif party.adjective:
        yield "adjective"
    word = _WORD.search(text, party.end, party.end + _LEAD)
    gap = text[party.end : word.start()].strip() if word else "."
    yield f"then {word[0].lower()}" if word and gap in ("", "'", "’") else f"then {gap[:1]}"
    if party.also:
        yield "many"


def _crossed(between: str) -> Iterator[str]:
    """The bounds of clauses between an act and a party."""
    if "," in between:
        yield "comma"
    if ";" in between or ":" in between:
        yield "colon"
    if '"' in between or "“" in between or "”" in between:
        yield "quote"
    for word in _CLAUSE.findall(between):
        yield f"clause {word}"
