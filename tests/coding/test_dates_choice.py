"""Which date an act has."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from communique.coding.dating import Asked, DatedPage, event_dates
from communique.coding.dating.candidates import candidates
from communique.coding.dating.table import CANDIDATE_CUES, candidate_table
from communique.coding.sentences import sentences

TEXT = (
    "Norland's president met the rebels in Geneva on Tuesday. The rebels signed a truce on 3 March. "
    "The minister said the talks would go on. Norland has long refused to free the prisoners."
)


def date_of(words: str, kind: str, status: str = "actual", published: str | None = "2012-05-17") -> str | None:
    """The date chosen for the act that ``words`` of the text show."""
    page = DatedPage.of(TEXT, sentences(TEXT, [(0, len(TEXT))]), published)
    start = TEXT.index(words)
    return event_dates(page, [Asked((start, start + len(words)), kind, status)])[0][0]


def test_an_act_takes_the_date_said_with_it() -> None:
    """A date in the act's own clause is the act's."""
    assert date_of("Norland's president met the rebels in Geneva on Tuesday", "CONSULT") == "2012-05-15"
    assert date_of("The rebels signed a truce on 3 March", "AGREE") == "2012-03-03"


def test_a_standing_refusal_has_no_date() -> None:
    """ "Has long refused" is background: no date."""
    assert date_of("Norland has long refused to free the prisoners", "REJECT") is None


def test_a_page_without_dates_gives_none() -> None:
    """With neither publication nor dates on the page there is nothing to choose."""
    page = DatedPage.of("They met.", [(0, 9)], None)
    assert event_dates(page, [Asked((0, 9), "CONSULT")]) == [(None, "no date")]
    assert event_dates(DatedPage.of("", [], None), [Asked((0, 0), "CONSULT")])[0][0] is None


def test_dates_of_unseen_pages_stay_right(shared: Path) -> None:
    """On the dev pages, with gold's quotes, the share right does not fall under what was measured."""
    right = total = 0
    for gold in map(json.loads, (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()):
        text = (shared / "gold" / "dev" / gold["text_file"]).read_text(encoding="utf-8")
        page = DatedPage.of(text, sentences(text, [(0, len(text))]), gold["published"])
        for event in gold["events"]:
            start = text.find(event["quote"])
            if start < 0:
                continue
            asked = Asked((start, start + len(event["quote"])), event["type"], event["status"])
            said, _ = event_dates(page, [asked])[0]
            wanted = event["date"]
            right += said == wanted or bool(said and wanted and said.startswith(wanted))
            total += 1
    assert right / total > 0.58


def test_candidates_asked_together_have_the_cues_they_have_alone() -> None:
    """A table of several acts' candidates holds for each act what is said of it when it is asked about alone."""
    text = "The envoy left on Monday, after talks. On 3 May 2012, she said, Doha would sign. It signed on 9 May."
    page = DatedPage.of(text, sentences(text, [(0, len(text))]), "2012-05-17")
    asked = [(quote, candidates(page, quote, "planned")) for quote in ((0, 30), (39, 80), (81, len(text)))]
    together = candidate_table(page, asked)
    assert together.shape == (sum(len(options) for _, options in asked), CANDIDATE_CUES)
    apart = [candidate_table(DatedPage.of(text, page.sentences, "2012-05-17"), [one]) for one in asked]
    assert np.array_equal(together, np.concatenate(apart))
    assert len(np.unique(together, axis=0)) > len(asked)
