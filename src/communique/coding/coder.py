"""The coder: a page's article, sentence by sentence, becomes events. Each step lives in a module of its own.

sentences -> mentions of parties -> encoder and type scores -> drafts (type, source, target) ->
merged acts -> attribution, status, date, place, terms, answers -> Events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.actor import Mention
from communique.article import Article
from communique.cleaning import clean
from communique.coding.answering import answers
from communique.coding.attributes import Judged, Why, describe
from communique.coding.coded import CodedPage
from communique.coding.draft import Draft
from communique.coding.drafts import drafts
from communique.coding.mentions import find_mentions
from communique.coding.merging import merge
from communique.coding.mirrors import without_mirrors
from communique.coding.networks import Network, quick
from communique.coding.recipients import settle
from communique.coding.scoring import ScoredPage, score
from communique.coding.sentences import sentences
from communique.coding.surroundings import Surroundings
from communique.coding.windows import prepare
from communique.collector import uncollected
from communique.event import Event
from communique.page import Page

Span = tuple[int, int]


@dataclass(slots=True)
class Reading:
    """What the coder made of a page on the way to its events, kept for explanation and measurement.

    ``judged`` is the page as the network saw it that decided which acts it tells and who did them, ``attributes`` what
    its heads say of each act; ``scored`` is the page as the choosers of the other fields see it. The two are one where
    the network has no vectors of a lower layer.
    """

    spans: list[Span]
    mentions: list[Mention]
    judged: ScoredPage
    scored: ScoredPage
    drafts: list[Draft]
    groups: list[list[Draft]]
    attributes: list[Judged]
    surroundings: Surroundings


def passages(text: str, article: Article) -> tuple[list[Span], bool]:
    """The sentences to code, in order, and whether the first one is the title."""
    spans = sentences(text, article.body)
    title = article.title_span
    if title and not any(a < title[1] and title[0] < b for a, b in spans):
        titled = not spans or title[0] < spans[0][0]
        return sorted([title, *spans]), titled
    return spans, False


def read(page: Page, article: Article, network: Network | None = None) -> Reading:
    """Everything up to the acts of a page, found by a network: the quick one unless another is given."""
    spans, titled = passages(page.text, article)
    mentions = find_mentions(page.text, spans, article.published)
    prepared = prepare(page.text, spans, mentions, titled)
    judged = score(prepared, network)
    scored = judged.below()
    found = drafts(judged, page.text)
    surroundings = Surroundings.of(page.text, spans, mentions, article, scored)

    def day(draft: Draft) -> str | None:
        told = scored.sentences[draft.sentence]
        return surroundings.day(told.start, told.end)

    groups = merge(found, judged.network, title=0 if titled else None, days=day)
    settle(judged, page.text, groups)
    groups = without_mirrors(judged, page.text, groups)
    attributes = Judged.of(groups, judged.network)
    return Reading(spans, mentions, judged, scored, found, groups, attributes, surroundings)


def described(reading: Reading) -> list[tuple[Event, Why]]:
    """The acts of a page as Events, not yet numbered, and what their fields rest on."""
    return describe(reading.scored, reading.surroundings, reading.groups, reading.attributes)


def events(page: Page, reading: Reading) -> tuple[Event, ...]:
    """The acts of a page as Events, numbered in the order of the text, with answers among them."""
    answered = answers(reading.groups, [page.text[s.start : s.end] for s in reading.scored.sentences])
    made = [event for event, _ in described(reading)]
    made = [_answering(made, answered, i) for i in range(len(made))]
    names = {i: f"e{n}" for n, i in enumerate(_in_order(made), 1)}
    out = []
    for i in _in_order(made):
        other = answered[i]
        out.append(replace(made[i], id=names[i], answers=None if other is None else names[other]))
    return tuple(out)


def _answering(made: Sequence[Event], answered: Sequence[int | None], i: int) -> Event:
    """An act with what its answers and what it answers tell of it.

    Those who answered an offer are those it was made to; and who told an outlet of the offer told of the answer too,
    where the page names nobody else beside the outlet that carried both.
    """
    event, other = made[i], answered[i]
    replies = [made[j].sources for j, k in enumerate(answered) if k == i and made[j].type in ("ACCEPT", "REJECT")]
    repliers = {a.id: a for actors in replies for a in actors}
    if event.type == "PROPOSE" and repliers and {a.id for a in event.targets} < set(repliers):
        event = replace(event, targets=tuple(repliers.values()))
    chain = made[other].according_to if other is not None else ()
    if other is not None and len(chain) > 1 and set(event.according_to) < set(chain):
        event = replace(event, according_to=chain, status=made[other].status)
    return event


def _in_order(made: Sequence[Event]) -> list[int]:
    return sorted(range(len(made)), key=lambda i: (made[i].evidence.start, i))


def code(page: Page, network: Network | None = None) -> CodedPage:
    """Clean and code one page, by the quick network unless another is given."""
    with uncollected():
        return _code(page, network or quick())


def _code(page: Page, network: Network) -> CodedPage:
    article = clean(page)
    warnings = (*page.warnings, *article.warnings)
    if article.language not in (None, "en"):
        return CodedPage(page, article, (), (*warnings, f"not coded: the page is in {article.language!r}, not English"))
    if not article.body:
        return CodedPage(page, article, (), warnings or ("no article found on the page",))
    return CodedPage(page, article, events(page, read(page, article, network)), warnings)
