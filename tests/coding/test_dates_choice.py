"""Which date an act has."""

from __future__ import annotations

import json
from pathlib import Path

from communique.coding.dating import Asked, DatedPage, event_dates
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
