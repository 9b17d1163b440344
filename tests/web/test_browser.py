"""What a person sees in a real browser, with the mouse, with the keyboard, and without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest

from communique.ledger.store import Ledger
from web.conftest import Running
from web.hostile import OVERLAP, RIGHT_TO_LEFT, SCRIPT

MATTER = "withdrawal of patrol ships from the Skarv Bank"


def page_of(tab: Any, server: Running, title: str) -> None:
    """Open a stored page by way of its outlet's list."""
    tab.goto(f"{server.url}/search?q={title.replace(' ', '%20')}")
    tab.locator("ul.found a").last.click()
    tab.wait_for_url("**/pages/*")


def test_threads_are_listed_filtered_and_opened(tab: Any, server: Running) -> None:
    """The list shows matter, parties, outcome, last move and sources; a filter narrows it in place; a row opens."""
    tab.goto(server.url)
    row = tab.locator("tbody tr", has_text="conference in Oslo")
    assert [cell.partition("\n")[0] for cell in row.locator("td").all_inner_texts()] == [
        *("conference in Oslo on the Skarv Bank", "Norway, Iceland"),
        *("rejected 9 May 2025 disputed", "9 May 2025", "2 independent sources"),
    ]
    assert row.locator(".mark-disputed").is_visible()
    tab.get_by_label("Outcome").select_option("accepted")
    tab.wait_for_url("**status=accepted**")
    tab.wait_for_function("document.querySelectorAll('.threads tbody tr').length === 1")
    tab.locator("a.matter").click()
    tab.wait_for_url("**/threads/t-*")
    assert tab.locator("h1").inner_text() == "new talks in Copenhagen"


def test_a_thread_shows_its_picture_and_its_story(tab: Any, server: Running) -> None:
    """Marks stand in time order in the lanes of who acts; a disputed one is hollow; a mark leads to its row."""
    tab.goto(server.url + server.thread(MATTER))
    assert tab.locator("svg.names text").all_text_contents() == ["NorwayNorway", "IcelandIceland"]
    numbers = tab.locator(".act .count").all_text_contents()
    assert numbers == tab.locator(".story .number").all_inner_texts() == ["1", "2", "3", "4"]
    x = [box["x"] for box in (mark.bounding_box() for mark in tab.locator(".act .mark").all())]
    assert x == sorted(x)
    assert "Norway offers Iceland" in tab.locator(".act").first.get_attribute("aria-label")
    fill = "e => getComputedStyle(e).fill"
    assert tab.locator(".act.disputed .mark").first.evaluate(fill) == "rgb(255, 255, 255)"
    assert tab.locator(".act.firm.tone-no .mark").first.evaluate(fill) == "rgb(163, 38, 42)"
    tab.locator(".act").nth(3).click()
    assert tab.locator("tbody:target .number").inner_text() == "4"
    assert tab.locator("tbody:target article.report").first.is_visible()


def test_reports_stand_side_by_side_with_differences(tab: Any, server: Running) -> None:
    """An opened row shows outlet, chain, exact words; own words are marked; one click leads to the words."""
    tab.goto(server.url + server.thread(MATTER))
    tab.locator("summary").first.click()
    reports = tab.locator("details[open] article.report")
    assert reports.locator("h3").first.inner_text() == "Sample Herald 12 Mar 2014"
    boxes = [report.bounding_box() for report in reports.all()]
    assert boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] < boxes[1]["x"]
    assert "two Icelandic diplomats" in reports.nth(1).locator(".chain").inner_text()
    assert "cod" in reports.nth(1).locator("mark.own").all_inner_texts()
    reports.nth(1).get_by_text("Take me to the words").click()
    tab.wait_for_url("**/pages/*#w-e2")
    assert tab.locator(".flag:target").inner_text() == "e2"
    box = tab.locator(".flag:target").bounding_box()
    assert 0 <= box["y"] <= 900


def test_hovering_and_focusing_light_words_and_event(tab: Any, server: Running) -> None:
    """The mouse over the words lights the event; the keyboard on the event lights the words."""
    page_of(tab, server, "mediate between them")
    tab.locator("mark[data-events=e3]").first.hover()
    assert "lit" in tab.locator("#e3").get_attribute("class")
    assert "lit" not in tab.locator("#e1").get_attribute("class")
    tab.locator("#e1").focus()
    assert "lit" in tab.locator("mark[data-events~=e1]").first.get_attribute("class")
    assert tab.evaluate("getComputedStyle(document.querySelector('#e1')).outlineStyle") == "solid"


def test_overlapping_evidence_is_marked_without_losing_a_word(tab: Any, server: Running) -> None:
    """Words of two events and a term bear all of them, and the sentence reads as it was written."""
    page_of(tab, server, "shared the catch with it")
    line = tab.locator("p.line.body").first
    words = line.evaluate("e => [...e.childNodes].filter(n => n.className !== 'flag').map(n => n.textContent).join('')")
    assert words == OVERLAP
    both = tab.locator("mark.n2").all_inner_texts()
    assert "".join(both) == "leave the bank if Iceland shared the catch"
    assert tab.locator("a.flag").all_inner_texts() == ["e1", "e2"]


def test_body_is_set_off_from_furniture(tab: Any, server: Running) -> None:
    """Lines of the body are larger than the menu's, which say what they are."""
    page_of(tab, server, "mediate between them")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert tab.locator(".line.body").first.evaluate(size) > tab.locator(".line.furniture").first.evaluate(size)
    assert tab.locator(".line.furniture .kind").first.inner_text() == "navigation"


def test_the_keyboard_reaches_everything(tab: Any, server: Running) -> None:
    """The first tab stop skips to the content; marks of a picture and rows are reached and opened by key."""
    tab.goto(server.url + server.thread(MATTER))
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    for _ in range(30):
        tab.keyboard.press("Tab")
        if "act" in (tab.evaluate("document.activeElement.getAttribute('class')") or "").split():
            break
    assert tab.evaluate("document.activeElement.getAttribute('aria-label')").startswith("1. 10 Mar 2014: Norway offers")
    stroke = tab.locator(".act .mark").first.evaluate("e => getComputedStyle(e).stroke")
    assert stroke == "rgb(29, 32, 37)"
    tab.keyboard.press("Enter")
    assert tab.locator("tbody:target .number").inner_text() == "1"


def test_the_time_line_is_narrowed_by_dragging(tab: Any, server: Running) -> None:
    """A drag over the months fills in from and to; a click on a month shows it by day."""
    tab.goto(f"{server.url}/timeline?from=2014-01&to=2014-12")
    bins = tab.locator("[data-bin] .cover")
    start, end = bins.first.bounding_box(), bins.nth(1).bounding_box()
    tab.mouse.move(start["x"] + 3, start["y"] + 20)
    tab.mouse.down()
    tab.mouse.move(end["x"] + end["width"] / 2, end["y"] + 20, steps=4)
    tab.mouse.up()
    tab.wait_for_url(re.compile("from=2014-02.*&to=2014-0"))
    tab.goto(f"{server.url}/timeline")
    tab.locator("a.bin").last.click(force=True)
    tab.wait_for_url("**from=2025-05**")
    assert "Every act in its day" in tab.locator(".lead").inner_text()


def test_an_upload_shows_its_progress_and_opens_at_its_events(tab: Any, own_server: Running) -> None:
    """A dropped file is coded while a bar moves, and ends at the page's events."""
    tab.goto(f"{own_server.url}/upload")
    text = "Iceland says no\n\nIceland rejected the Norwegian offer on the bank for the last time."
    tab.evaluate(
        """text => { const data = new DataTransfer(); data.items.add(new File([text], "no.txt"));
        document.getElementById("drop").dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true})); }""",
        text,
    )
    tab.get_by_role("button", name="Read, code and link").click()
    tab.wait_for_url("**/pages/*#events")
    assert tab.locator("article.event h3").inner_text() == "e1 reject"
    assert tab.locator("mark.words").inner_text() == "rejected"


def test_a_hostile_page_is_text(tab: Any, server: Running) -> None:
    """Script, style, markup, templates and right-to-left words of a page are read, and do nothing."""
    page_of(tab, server, "wednesday offer of norway on the bank")
    assert SCRIPT in tab.locator("h1").inner_text()
    text = tab.locator("#text").inner_text()
    for words in (SCRIPT, "<img src=", "<style>body{display:none}</style>", "</section></main>", "{{ 7 * 7 }}"):
        assert words in text
    assert tab.locator("body").is_visible() and "taken" not in tab.title().replace(SCRIPT, "")
    assert tab.locator("#text b, #text img, #text script, #text style").count() == 0
    arabic = tab.locator("p.line", has_text=RIGHT_TO_LEFT)
    assert arabic.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert tab.locator("#events").evaluate("e => e.closest('.reader') !== null"), "broken markup broke out"
    assert tab.locator("a[href^=javascript]").count() == 0
    hostile = tab.locator("#e1 a.party").first
    hostile.click()
    assert SCRIPT in tab.locator("p", has_text="The pages call it").inner_text()
    assert tab.said == []


def test_no_request_leaves_the_server(tab: Any, server: Running) -> None:
    """Every page is walked, also the hostile ones: each address that the browser asks for is the server's own."""
    tab.goto(server.url)
    for path in (
        "/threads",
        "/timeline",
        "/actors",
        "/actors/NOR",
        "/disputes",
        "/sources",
        "/search?q=offer",
        "/upload",
    ):
        tab.goto(server.url + path)
        tab.wait_for_load_state("networkidle")
    for thread in server.threads[:8]:
        tab.goto(f"{server.url}/threads/{thread['id']}")
        for link in sorted({a.get_attribute("href") for a in tab.locator("a[href^='/pages/']").all()}):
            tab.goto(server.url + link)
    assert len(tab.asked) > 20
    assert {address for address in tab.asked if not address.startswith(server.url)} == set()
    assert tab.said == []


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True, ids=["no-script"])
def test_all_works_without_scripts(tab: Any, server: Running) -> None:
    """Filters, rows, links to the words, the matrix and the time line need no script."""
    tab.goto(server.url)
    tab.get_by_label("Outcome").select_option("accepted")
    tab.get_by_role("button", name="Show").click()
    assert tab.locator(".threads tbody tr").count() == 1
    tab.goto(server.url + server.thread(MATTER))
    tab.locator("summary").first.click()
    tab.get_by_text("Take me to the words").first.click()
    assert tab.locator(".flag:target").is_visible()
    tab.goto(f"{server.url}/actors/NOR")
    tab.get_by_role("link", name="no from").click()
    assert tab.locator("th[aria-sort=descending]").inner_text().startswith("no from")


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True, ids=["no-script"])
def test_uploads_work_without_scripts(tab: Any, own_server: Running, own_ledger: Ledger) -> None:
    """A pasted page ends at its events, the progress page renewing itself."""
    tab.goto(f"{own_server.url}/upload")
    tab.get_by_label("Or the text of a page").fill("No\n\nIceland rejected the offer of all the parties to the talks.")
    tab.get_by_role("button", name="Read, code and link").click()
    tab.wait_for_url("**/pages/*#events")
    assert tab.locator("mark.words").inner_text() == "rejected"
