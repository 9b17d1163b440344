"""Whether the fields of a matched event are right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from communique import codebook
from communique.evaluation.figures import Share, Tally
from communique.evaluation.matching import Pair
from communique.evaluation.parties import Event, ids

SHARES = ("date", "dated", "status", "mode", "sources_exact", "targets_exact", "attributed", "answers")


class Fields:
    """The figures of all fields over all matched events."""

    def __init__(self) -> None:
        self.shares = {name: Share() for name in SHARES}
        self.chain = Tally()
        self.terms = Tally()

    def add(self, pair: Pair, answered: str | None) -> None:
        """Count one matched pair; ``answered`` is the gold event that the predicted one is found to answer."""
        for name, right in _judge(*pair, answered):
            self.shares[name].add(right)
        _count_chain(self.chain, *pair)
        _count_terms(self.terms, *pair)

    def figures(self) -> dict[str, object]:
        """The figures by field."""
        return {
            **{name: share.figures() for name, share in self.shares.items()},
            "according_to": self.chain.figures(),
            "terms": self.terms.figures(),
        }


def _judge(gold: Event, predicted: Event, answered: str | None) -> Iterator[tuple[str, bool]]:
    """Each question that applies to the gold event, and whether the predicted one has it right."""
    right_date = same_date(gold.get("date"), predicted.get("date"))
    yield "date", right_date
    if gold.get("date") is not None:
        yield "dated", right_date
    yield "status", gold.get("status") == predicted.get("status")
    if gold.get("mode") is not None:
        yield "mode", gold["mode"] == predicted.get("mode")
    if gold["type"] not in codebook.symmetric():
        yield "sources_exact", ids(gold, "sources") == ids(predicted, "sources")
        yield "targets_exact", ids(gold, "targets") == ids(predicted, "targets")
    yield "attributed", bool(gold.get("according_to")) == bool(predicted.get("according_to"))
    if gold.get("answers") is not None:
        yield "answers", answered == gold["answers"]


def same_date(gold: str | None, predicted: str | None) -> bool:
    """Whether the predicted date says what gold's says, at gold's precision; of ranges, whether the starts agree."""
    if gold is None or predicted is None:
        return gold is predicted
    return predicted.startswith(gold) or gold.split("/")[0] == predicted.split("/")[0]


def found_answer(predicted: Event, by_id: Mapping[str, Event], gold_ids: Mapping[int, str]) -> str | None:
    """The id of the gold event that the event answered by ``predicted`` was matched with."""
    answered = by_id.get(predicted.get("answers") or "")
    return gold_ids.get(id(answered)) if answered is not None else None


def _names(chain: Iterable[str] | None) -> set[str]:
    return {re.sub(r"^(the|a|an) ", "", name.lower()).strip() for name in chain or ()}


def _count_chain(tally: Tally, gold: Event, predicted: Event) -> None:
    """A source of gold's chain is found where a predicted name holds it or is held by it."""
    wanted, given = _names(gold.get("according_to")), _names(predicted.get("according_to"))
    found = sum(any(a in b or b in a for b in given) for a in wanted)
    tally.gold += len(wanted)
    tally.predicted += len(given)
    # The codebook's scorer counts a found name on both sides once.
    tally.gold_matched += found
    tally.predicted_matched += found


def _count_terms(tally: Tally, gold: Event, predicted: Event) -> None:
    """A term is found where one of its role on the other side overlaps it."""
    wanted, given = gold.get("terms") or [], predicted.get("terms") or []
    tally.gold += len(wanted)
    tally.predicted += len(given)
    tally.gold_matched += sum(any(_same_term(a, b) for b in given) for a in wanted)
    tally.predicted_matched += sum(any(_same_term(a, b) for a in wanted) for b in given)


def _same_term(a: Event, b: Event) -> bool:
    """Whether the roles are the same and at least half of the shorter one's words stand in the longer."""
    x, y = (frozenset(re.findall(r"\w+", term["quote"].lower())) for term in (a, b))
    return a["role"] == b["role"] and 2 * len(x & y) >= max(1, min(len(x), len(y)))
