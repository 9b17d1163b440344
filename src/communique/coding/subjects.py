"""What grammar says outright of who did an act and toward whom, where the model took other parties for them.

"Rejected by Ankara": Ankara rejects, whoever stands before. "Ankara has rejected": Ankara rejects, if nothing but
auxiliaries and adverbs stands between. "Accused Ankara" and "Ankara was accused": Ankara is the one accused.
``knowledge/acts/subjects.csv`` holds the verbs whose subject does the act, and how they name whom it is toward;
``passives.csv`` those whose passive tells whom it was toward.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from communique.actor import Mention
from communique.coding.draft import Draft, parties_of
from communique.coding.labels import SYMMETRIC
from communique.coding.lists import lists
from communique.coding.windows import Sentence
from communique.knowledge import tables

_ADVERBS = r"(?:up|down|out|off|over|back|on|again|\w+ly|early|also|then)"
_BY = re.compile(
    r"(?P<verb>\b\w+ed|\b(?:made|put|shot|held|given|taken|hit|struck|led|sent|beaten|drawn|sought|brought))"
    rf"(?: {_ADVERBS}){{0,2}} by (?:(?:the|a|an|both|its|their) )?"
)
_LONGEST_LINK = 12
"""Characters before the word that bears most on an act in which the verb that it belongs to begins."""
_FURTHEST = 40
"""Characters behind "by" within which the doer's name begins."""
_WORD = re.compile(r"\w+")
_BEFORE_VERB = re.compile(
    r"[ ]+(?:(?:also|again|later|then|ha[sd]|have|will|would|not|yesterday|today|earlier|(?:last|this) week|"
    r"[a-z]+ly|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[ ]+)*"
)
_IN_A_PHRASE = re.compile(
    r"\b(?:in|of|on|at|for|to|from|with|by|against|near|into|inside|outside|over|between|under|than|as|like|who|which|whose)"
    r"(?: (?:the|a|an|its|his|their|her))?(?: [a-z-]+){0,2} ?$"
)
_PHRASE = 45
"""Characters before a name in which a preposition would make it no subject."""
_DETERMINERS = "(?:(?:the|a|an|all|both|its|his|their|her|other) ){0,2}"
_PASSIVE_BEFORE = re.compile(rf"\b(?:was|were|been|being|is|are|be) (?:{_ADVERBS} )?$")
_PASSIVE_VERB = re.compile(
    r"(?:,? (?:which|who|that))?[ ]+(?:(?:also|again|later|then|now|since|long|already|twice|ha[sd]|have|having|will|"
    r"would|could|should|may|might|must|not|yesterday|today|earlier|\w+ly)[ ]+)*"
    r"(?:was|were|been|being|is|are|be|got)[ ]+(?:(?:also|again|then|now|since|long|already|twice|\w+ly)[ ]+)*"
)
_PASSIVE = re.compile(rf"\w+(?: {_ADVERBS}){{0,2}} by ")


@cache
def _verbs() -> list[dict[str, str]]:
    return tables.records("acts", "subjects.csv")


@cache
def _types(table: str, column: str) -> dict[str, set[str]]:
    """The verb forms in a column of a table, with the types of act that they tell."""
    found: dict[str, set[str]] = {}
    for row in tables.records("acts", table):
        for form in row[column].split("|"):
            found.setdefault(form, set()).update(row["types"].split("|"))
    return found


@cache
def _addressed() -> dict[str, re.Pattern[str]]:
    """For each type of act, a verb with what may stand between it and whom the act is toward."""
    by_type: dict[str, list[str]] = {}
    for row in _verbs():
        if row["link"] != "-":
            verbs = "|".join(v for cell in ("forms", "others") for v in row[cell].split("|") if v)
            link = rf" (?:{row['link']})" if row["link"] else ""
            by_type.setdefault(row["types"], []).append(rf"(?:{verbs}){link}")
    return {kind: re.compile(rf"\b(?:{'|'.join(ways)}) {_DETERMINERS}") for kind, ways in by_type.items()}


def agents(draft: Draft, sentence: Sentence, text: str) -> Sequence[Mention]:
    """The parties behind the "by" of the passive that tells the act; none where no passive does."""
    if text.find(" by ", sentence.start, sentence.end) < 0:  # quicker than to look for the verb first
        return []
    for found in _BY.finditer(text, sentence.start, sentence.end):
        if found.start("verb") <= draft.trigger[0] < found.end("verb"):
            near = [m for m in sentence.mentions if found.end() <= m.start <= found.end() + _FURTHEST]
            if near and not near[0].adjective and _close(text[found.end() : near[0].start]):
                return _run(sentence, near[0])
    return []


def _close(between: str) -> bool:
    """Whether the words between "by" and a name belong to the same noun phrase."""
    return not re.search(r"[,;:.()“”\"]|\b(?:of|in|on|from|to|and|with|for)\b", between)


def subjects(draft: Draft, sentence: Sentence, text: str) -> Sequence[Mention]:
    """The parties that stand right before the active verb that tells the act; none where other words do."""
    verb = _WORD.match(text, draft.trigger[0])
    if verb is None or draft.type not in _types("subjects.csv", "forms").get(verb[0], ()):
        return []
    run = [] if _PASSIVE.match(text, verb.start()) else _before(sentence, verb.start(), _BEFORE_VERB, text)
    return run if run and run[-1].via != "pronoun" else []


def _before(sentence: Sentence, verb: int, between: re.Pattern[str], text: str) -> Sequence[Mention]:
    """The parties that are the subject of the verb at a place, as nothing but ``between`` stands before it."""
    before = [m for m in sentence.mentions if m.end <= verb]
    if not before or before[-1].adjective or not between.fullmatch(text, before[-1].end, verb):
        return []
    run = _run(sentence, before[-1])
    lead = text[max(sentence.start, run[0].start - _PHRASE) : run[0].start]
    return [] if _IN_A_PHRASE.search(lead) else run


def _run(sentence: Sentence, one: Mention) -> Sequence[Mention]:
    """A mention with those named side by side with it."""
    return next((run for run in lists(sentence) if any(m is one for m in run)), [one])


def addressees(draft: Draft, sentence: Sentence, text: str) -> Sequence[Mention]:
    """The parties right behind the active verb that tells the act: its objects; none where other words tell it."""
    pattern = _addressed().get(draft.type)
    start = max(sentence.start, draft.trigger[0] - _LONGEST_LINK)
    for found in pattern.finditer(text, start, sentence.end) if pattern else ():
        if not found.start() <= draft.trigger[0] < found.end():
            continue
        if not _PASSIVE_BEFORE.search(text, max(sentence.start, found.start() - 20), found.start()):
            near = next((m for m in sentence.mentions if m.start == found.end()), None)
            return [] if near is None or near.adjective or near.via == "pronoun" else _run(sentence, near)
    return []


def patients(draft: Draft, sentence: Sentence, text: str) -> Sequence[Mention]:
    """The parties right before the passive that tells the act: whom it was toward; none where other words tell it."""
    verb = _WORD.match(text, draft.trigger[0])
    if verb is None or draft.type not in _types("passives.csv", "participles").get(verb[0], ()):
        return []
    return _before(sentence, verb.start(), _PASSIVE_VERB, text)


def _set_patients(draft: Draft, sentence: Sentence, text: str) -> None:
    """Let the subject of a passive be whom the act is toward; if nobody else is taken for its doer, that is unknown."""
    suffered = patients(draft, sentence, text)
    ids = parties_of(suffered)
    if not ids or (ids & parties_of(draft.targets) and not ids & parties_of(draft.sources)):
        return
    draft.targets = list(suffered)
    others = [m for m in draft.sources if not m.parties & ids]
    draft.sources = others or [Mention(*draft.trigger, "unknown", "unknown", "unknown", "description")]


def set_parts(draft: Draft, sentence: Sentence, text: str) -> bool:
    """Let the parties that grammar names play their parts in an act; whether anybody is left who did it.

    Those taken for its doers beside the true ones were then acted toward; and whom it was toward did not do it.
    """
    if draft.type in SYMMETRIC:
        return True
    by = agents(draft, sentence, text)
    if not by:
        _set_patients(draft, sentence, text)
    doers = by or subjects(draft, sentence, text)
    ids = parties_of(doers)
    if ids and not ids & parties_of(draft.sources):
        left = [m for m in draft.targets if not m.parties & ids]
        draft.targets = left or [m for m in draft.sources if m.id != "unknown" and not m.parties & ids]
        draft.sources = list(doers)
    toward = addressees(draft, sentence, text)
    if toward:
        ids = parties_of(toward)
        draft.targets = list(toward)
        draft.sources = [m for m in draft.sources if not m.parties & ids] or _doer_before(draft, sentence, ids)
    return bool(draft.sources)


def _doer_before(draft: Draft, sentence: Sentence, others: set[str]) -> list[Mention]:
    """The party that stands last before an act's verb and is none of those it is toward."""
    before = [m for m in sentence.mentions if m.end <= draft.trigger[0] and not m.adjective and not m.parties & others]
    return list(_run(sentence, before[-1])) if before else []
