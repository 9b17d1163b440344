"""The drafts of a page: every act that a sentence is likely to tell, with what its words say outright set right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.actor import Mention
from communique.coding.casting import cast
from communique.coding.draft import Draft, parties_of
from communique.coding.floors import types_told
from communique.coding.labels import TYPE_INDEX
from communique.coding.nominals import Nominal, calls_it_unacceptable, may_tell, nominals
from communique.coding.scoring import ScoredPage
from communique.coding.subjects import set_parts
from communique.coding.windows import Sentence

_WORD = re.compile(r"\w+")
NOMINAL_CHANCE = 0.9
"""How often the answering rule is right on the training pages: 50 of 55."""


def drafts(page: ScoredPage, text: str, floor: float | None = None) -> list[Draft]:
    """All acts that the sentences of a page tell with at least the chance ``floor``, or less as in ``floors``."""
    out: list[Draft] = []
    found = [(index, t) for index in sorted(page.types) for t in types_told(page, text, index, floor)]
    for made in cast(page, found):
        out += made
    out = [draft for draft in out if set_parts(draft, page.sentences[draft.sentence], text)]
    words = {i: _words(text, page.sentences[i]) for i in sorted(page.types)}
    for index in words:
        if may_tell(words[index]):
            _apply_nominals(page, text, index, out)
    for draft in list(out):
        _refuse(page, text, draft, out)
    for draft in out:
        draft.words = words[draft.sentence]
    return out


def _words(text: str, one: Sentence) -> set[str]:
    return set(_WORD.findall(text[one.start : one.end].lower()))


def _apply_nominals(page: ScoredPage, text: str, index: int, out: list[Draft]) -> None:
    """Let "A rejected B's offer" say who refused and who had offered: the rule is surer of it than the scorer."""
    one = page.sentences[index]
    for found in nominals(text, one.start, one.end, one.mentions):
        if not found.answer or not found.answer_trigger:
            continue
        if found.sources:
            told = _Told(found.type, found.mode, found.trigger, found.sources, found.answerers)
            before = _assert(page, out, index, told)
        else:
            before = _antecedent(out, index, found)
        whose = tuple(before.sources) if before else found.sources
        answer = _assert(
            page, out, index, _Told(found.answer, found.answer_mode, found.answer_trigger, found.answerers, whose)
        )
        if answer:
            answer.partner = before


def _refuse(page: ScoredPage, text: str, draft: Draft, out: list[Draft]) -> None:
    """By the codebook, who calls a proposal "unacceptable" refuses it; the model takes it for blame."""
    one = page.sentences[draft.sentence]
    if draft.type != "ACCUSE" or not calls_it_unacceptable(text, one.start, one.end):
        return
    doers = parties_of(draft.sources)
    refusals = [d for d in out if d.sentence == draft.sentence and d.type == "REJECT"]
    if any(parties_of(d.sources) & doers for d in refusals):
        out[:] = [d for d in out if d is not draft]
        return
    draft.type, draft.mode = "REJECT", "refuse"
    draft.vector = page.vector(draft.sentence, TYPE_INDEX["REJECT"])


def _antecedent(out: list[Draft], index: int, found: Nominal) -> Draft | None:
    """What "the offer" is: the latest act of that type told before by somebody else."""
    others = parties_of(found.answerers)
    before = [d for d in out if d.type == found.type and d.sentence < index and not parties_of(d.sources) & others]
    return max(before, key=lambda d: d.sentence, default=None)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the words of a sentence say outright of one act."""

    type: str
    mode: str | None
    trigger: tuple[int, int]
    sources: tuple[Mention, ...]
    targets: tuple[Mention, ...]


def _assert(page: ScoredPage, out: list[Draft], index: int, told: _Told) -> Draft | None:
    """Set the parties of the draft of a type in a sentence, making the draft where there is none."""
    mine = [d for d in out if d.sentence == index and d.type == told.type]
    if not mine:
        t = TYPE_INDEX[told.type]
        mine = cast(page, [(index, t)])[0][:1]
        out += mine
    if not mine:
        return None
    doers = parties_of(told.sources)
    keep = max(mine, key=lambda d: (len(parties_of(d.sources) & doers), d.source_chance))
    out[:] = [d for d in out if d is keep or all(d is not other for other in mine)]
    keep.sources, keep.mode, keep.trigger = list(told.sources), told.mode, told.trigger
    keep.targets = list(told.targets) or [m for m in keep.targets if not m.parties & doers]
    keep.chance, keep.source_chance = max(keep.chance, NOMINAL_CHANCE), max(keep.source_chance, NOMINAL_CHANCE)
    return keep
