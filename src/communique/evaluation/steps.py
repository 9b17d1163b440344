"""Each step of the coder measured alone: asked about gold pages with everything before it right.

So it shows where events are lost: what a step gets wrong here, no later step can mend. Figures are of gold's events
that could be laid over the sentences of their page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from communique import codebook
from communique.cleaning import clean
from communique.coding.answering import answers
from communique.coding.attributes import Judged, describe
from communique.coding.casting import cast
from communique.coding.draft import Draft, parties_of
from communique.coding.features import within_reach
from communique.coding.floors import types_told
from communique.coding.labels import TYPE_INDEX
from communique.coding.merging import merge
from communique.coding.networks import Network
from communique.evaluation.fields import Fields
from communique.evaluation.figures import Share, Tally
from communique.evaluation.gold import GoldPage
from communique.evaluation.laid import LaidPage, lay
from communique.evaluation.linking import b_cubed
from communique.page import Page
from communique.reading import read_path


class Steps:
    """The figures of each step over the pages that were added; acts and parties found by ``network``."""

    def __init__(self, network: Network | None = None) -> None:
        self.network = network
        self.tallies = {name: Tally() for name in ("cleaning", "types")}
        self.shares = {name: Share() for name in ("sentences", "actors", "sources", "targets")}
        self.fields = Fields()
        self.gold_acts: list[list[str]] = []
        self.found_acts: list[list[str]] = []

    def add(self, gold: GoldPage) -> None:
        """Measure every step on one page. Raises ReadError where it cannot be read."""
        read = next(read_path(gold.path))
        self._cleaning(gold, read)
        page = lay(gold, read.text, self.network)
        self._sentences(gold, page)
        self._actors(page)
        self._types(page)
        self._roles(page)
        self._merging(gold.doc, page)
        self._fields(page)

    def figures(self) -> dict[str, Any]:
        """The figures by step, in the order in which the coder takes them."""
        order = ("cleaning", "sentences", "actors", "types", "sources", "targets")
        shares = {name: (self.tallies.get(name) or self.shares[name]).figures() for name in order}
        joined = b_cubed(self.gold_acts, self.found_acts, strict=True)
        merging = {
            "precision": round(joined.precision, 3),
            "recall": round(joined.recall, 3),
            "f1": round(joined.f1, 3),
            "passages": joined.count,
        }
        asked = ("date", "dated", "status", "mode", "attributed", "according_to", "terms", "answers")
        fields = self.fields.figures()
        return {**shares, "merging": merging, **{name: fields[name] for name in asked}}

    def _cleaning(self, gold: GoldPage, read: Page) -> None:
        found = set(clean(read).body_lines)
        _count(self.tallies["cleaning"], set(gold.values["body_lines"]), found)

    def _sentences(self, gold: GoldPage, page: LaidPage) -> None:
        """A quote that lies in one sentence, as cut, can be shown as a whole."""
        share = self.shares["sentences"]
        for act in page.acts:
            first = page.scored.sentences[act.sentences[0]]
            share.add(first.start <= act.quote[0] and act.quote[1] <= first.end + 1)
        for _ in range(len(gold.values["events"]) - len(page.acts)):
            share.add(False)

    def _actors(self, page: LaidPage) -> None:
        """A party that is mentioned within reach of its act can be found to play its part."""
        for act in page.acts:
            near = [
                s for i, s in enumerate(page.scored.sentences)
                if any(within_reach(page.scored.sentences, told, i) for told in act.sentences)
            ]  # fmt: skip
            there = parties_of(m for s in near for m in s.mentions)
            for party in {a["id"] for role in ("sources", "targets") for a in act.event[role]}:
                self.shares["actors"].add(party in there)

    def _types(self, page: LaidPage) -> None:
        """Which types each sentence of the body tells."""
        first = int(page.titled)
        gold = {(i, TYPE_INDEX[a.event["type"]]) for a in page.acts for i in a.sentences if i >= first}
        told = [i for i in page.judged.types if i >= first]
        found = {(i, t) for i in told for t in types_told(page.judged, page.text, i)}
        _count(self.tallies["types"], gold, found)

    def _roles(self, page: LaidPage) -> None:
        """Who did an act, and toward whom, given its sentence and type; symmetric types are left out."""
        asked = [
            a for a in page.acts
            if a.event["type"] not in codebook.symmetric() and a.sentences[0] in page.judged.types
        ]  # fmt: skip
        cells = [(a.sentences[0], TYPE_INDEX[a.event["type"]]) for a in asked]
        for act, made in zip(asked, cast(page.judged, cells), strict=True):
            for role in ("sources", "targets"):
                wanted = {a["id"] for a in act.event[role]}
                self.shares[role].add(any(parties_of(getattr(d, role)) == wanted for d in made))

    def _merging(self, doc: str, page: LaidPage) -> None:
        """Which passages tell one act, given the passages, types and parties of gold's acts."""
        told = list(_passages(page))
        names = {id(d): f"{doc} {place}" for place, (_, d) in enumerate(told)}
        for n in dict.fromkeys(n for n, _ in told):
            self.gold_acts.append([names[id(d)] for m, d in told if m == n])
        for group in merge([d for _, d in told], page.judged.network):
            self.found_acts.append([names[id(d)] for d in group])

    def _fields(self, page: LaidPage) -> None:
        """Every field, given type and parties of gold's acts."""
        acts = [a for a in page.acts if a.sentences[0] in page.scored.types]
        groups = [[page.draft(a, a.sentences[0])] for a in acts]
        texts = [page.text[s.start : s.end] for s in page.scored.sentences]
        answered = answers(groups, texts)
        judged = Judged.of(groups, page.judged.network)
        described = describe(page.scored, page.surroundings, groups, judged)
        for act, other, (event, _) in zip(acts, answered, described, strict=True):
            self.fields.add((act.event, event.to_dict()), None if other is None else acts[other].event["id"])


def _passages(page: LaidPage) -> Iterator[tuple[int, Draft]]:
    """Every passage of every act as a draft, with the number of its act."""
    for number, act in enumerate(page.acts):
        for index in act.sentences:
            if index in page.scored.types:
                yield number, page.draft(act, index)


def _count(tally: Tally, gold: Collection[Any], found: Collection[Any]) -> None:
    both = len(set(gold) & set(found))
    tally.gold += len(gold)
    tally.predicted += len(found)
    tally.gold_matched += both
    tally.predicted_matched += both


def by_step(pages: Iterable[GoldPage], network: Network | None = None) -> Iterator[Steps]:
    """The figures after each page, so that progress can be shown; the last are those of all pages.

    Acts and parties are found by ``network``, the quick one unless another is given.
    """
    steps = Steps(network)
    for page in pages:
        steps.add(page)
        yield steps


def lines(figures: dict[str, Any]) -> Iterator[str]:
    """The figures as a table for people."""
    for name, row in figures.items():
        if "share" in row:
            share = "    -" if row["share"] is None else f"{row['share']:.3f}"
            yield f"{name:14}{share}  {row['right']} of {row['of']}"
        else:
            yield f"{name:14}{row['f1']:.3f}  F1 (precision {row['precision']:.3f}, recall {row['recall']:.3f})"
