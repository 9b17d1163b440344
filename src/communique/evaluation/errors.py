"""What kinds of error a coder makes, and how often: where gold's events are lost, and what the wrong ones are.

A missed event is looked up among what was predicted in its passage, a wrong one among what gold has there; of matched
events each field that is wrong is named with what stands there instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from communique import codebook
from communique.evaluation.fields import same_date
from communique.evaluation.matching import Pair, match, same_act
from communique.evaluation.parties import Event, ids
from communique.evaluation.scoring import Document

Error = tuple[str, str, str]
"""Side ("missed", "wrong" or "field"), kind, and the type or the values it concerns."""


@dataclass(slots=True)
class Errors:
    """Counts of errors, and how many events gold has and how many of them were found."""

    counts: Counter[Error] = field(default_factory=Counter)
    gold: int = 0
    found: int = 0

    def add(self, gold: Sequence[Event], predicted: Sequence[Event]) -> None:
        """Count the errors of one page."""
        pairs = match(gold, predicted)
        hit = {id(event) for pair in pairs for event in pair}
        counted = [g for g in gold if not g.get("optional")]
        self.gold += len(counted)
        self.found += sum(id(g) in hit for g in counted)
        for event in counted:
            if id(event) not in hit:
                self.counts["missed", *_missed(event, predicted)] += 1
        for event in predicted:
            if id(event) not in hit:
                self.counts["wrong", *_wrong(event, gold)] += 1
        for pair in pairs:
            if not pair[0].get("optional"):
                self.counts.update(("field", name, change) for name, change in _fields(pair))


def count_errors(gold_docs: Mapping[str, Document], pred_docs: Mapping[str, Document]) -> Errors:
    """The errors over all pages of gold, by document name."""
    errors = Errors()
    for doc, gold in gold_docs.items():
        errors.add(gold["events"], pred_docs.get(doc, {}).get("events", []))
    return errors


def _passages(event: Event) -> list[str]:
    return [" ".join(words.split()) for words in (event.get("quote"), *(event.get("mentions") or ())) if words]


def _together(a: Event, b: Event) -> bool:
    """Whether a passage of the one holds a passage of the other."""
    return any(x in y or y in x for x in _passages(a) for y in _passages(b))


def _missed(event: Event, predicted: Sequence[Event]) -> tuple[str, str]:
    """Why an event of gold has no match, by the prediction nearest to one."""
    kind, other = _nearest(event, predicted, same_act, "told as part of another event")
    return kind, f"{event['type']} as {other['type']}" if other else event["type"]


def _wrong(event: Event, gold: Sequence[Event]) -> tuple[str, str]:
    """What gold has where a predicted event is wrong."""
    return _nearest(event, gold, lambda wrong, right: same_act(right, wrong), "told twice")[0], event["type"]


def _nearest(
    event: Event, others: Sequence[Event], one_act: Callable[[Event, Event], bool], again: str
) -> tuple[str, Event | None]:
    """What the other list has in the event's passage, and the event of another type where that is it.

    ``again`` is said where it has ``one_act`` with the event, which is matched already.
    """
    near = [other for other in others if _together(event, other)]
    same = [other for other in near if other["type"] == event["type"]]
    if any(one_act(event, other) for other in same):
        return again, None
    if same:
        return _side(event, same[0]), None
    shared = [other for other in near if ids(other, "sources") & ids(event, "sources")]
    if shared:
        return "another type", shared[0]
    return ("only others' events there" if near else "no event there"), None


def _side(event: Event, other: Event) -> str:
    """Which side two events of one type differ on."""
    if event["type"] in codebook.symmetric():
        return "other parties"
    ours, theirs = ids(event, "sources"), ids(other, "sources")
    return "other target" if ours & theirs or not ours or not theirs else "other source"


def _fields(pair: Pair) -> Iterator[tuple[str, str]]:
    """The fields of a matched event that are wrong, each with gold's value and the one predicted."""
    gold, predicted = pair
    if not same_date(gold.get("date"), predicted.get("date")):
        yield "date", _date_change(gold.get("date"), predicted.get("date"))
    for name in ("status", "mode"):
        if gold.get(name) is not None and gold[name] != predicted.get(name):
            yield name, f"{gold[name]} as {predicted.get(name) or 'none'}"
    if gold["type"] not in codebook.symmetric():
        for name in ("sources", "targets"):
            wanted, given = ids(gold, name), ids(predicted, name)
            if wanted != given:
                yield name, "too few" if given < wanted else "too many" if given > wanted else "other"
    if bool(gold.get("according_to")) != bool(predicted.get("according_to")):
        yield "according to", "nobody named" if gold.get("according_to") else "somebody named, gold has nobody"


def _date_change(gold: str | None, predicted: str | None) -> str:
    if gold is None:
        return "dated, gold has none"
    if predicted is None:
        return "not dated"
    return "coarser than gold" if gold.startswith(predicted) else "another date"


def ranked(errors: Errors) -> list[tuple[Error, int]]:
    """All errors with their counts, the commonest first."""
    return sorted(errors.counts.items(), key=lambda row: (-row[1], row[0]))


def as_rows(errors: Errors) -> list[dict[str, str | int]]:
    """All errors as records, the commonest first."""
    return [{"side": side, "kind": kind, "what": what, "count": n} for (side, kind, what), n in ranked(errors)]


def lines(errors: Errors, most: int = 20) -> Iterator[str]:
    """The commonest errors as a table: how often, on which side, what kind, and of which type or values."""
    total = sum(errors.counts.values())
    yield f"{errors.found} of {errors.gold} events found; {total} errors, the commonest:"
    for (side, kind, what), count in ranked(errors)[:most]:
        yield f"{count:5}  {side:7} {kind:32} {what}"
    yield ""
    yield "by kind:"
    kinds = Counter({(side, kind): 0 for side, kind, _ in errors.counts})
    for (side, kind, _), count in errors.counts.items():
        kinds[side, kind] += count
    for (side, kind), count in sorted(kinds.items(), key=lambda row: (-row[1], row[0])):
        yield f"{count:5}  {side:7} {kind}"
