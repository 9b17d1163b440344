"""The feeds of changes: well-formed whatever pages hold, in order of change, and told to be the same when they are."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from communique.decision import Decision
from communique.ledger.deciding import decide, take_back
from communique.ledger.store import Ledger
from communique.web.feeds import as_atom, as_json_feed
from communique.web.settings import Settings
from web.conftest import BASE, app_over
from web.sample import add_all, coded_samples, coder_of

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = {
    "id": "t-0123-e1",
    "title": "</title><script>alert(1)</script> & ]]> \x00\x1b\ufffe \ud800 'x' \"y\" <!-- é 𝄞",
    "words": "<b>&amp;</b> &#x0; <?xml version='1.0'?>\r\n\x0b",
    "outcome": "open",
    "published": "2026-01-01T00:00:00Z",
    "updated": "2026-01-02T00:00:00Z",
}


def entries(client: TestClient) -> list[ET.Element]:
    """The entries of the Atom feed."""
    return ET.fromstring(client.get("/changes.atom").content).findall(f"{ATOM}entry")


def text(element: ET.Element, name: str) -> str:
    """The words of a part of an entry."""
    found = element.find(f"{ATOM}{name}")
    assert found is not None and found.text is not None
    return found.text


def test_the_atom_feed_has_what_atom_asks_for(client: TestClient) -> None:
    """Feed and entries have ids, titles and moments; ids are unique; links are whole addresses that answer."""
    answer = client.get("/changes.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.content)
    assert all(text(feed, name) for name in ("id", "title", "updated"))
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{BASE}/changes.atom", "alternate": f"{BASE}/threads"}
    listed = feed.findall(f"{ATOM}entry")
    assert len(listed) == len({text(entry, "id") for entry in listed}) > 3
    for entry in listed:
        assert text(entry, "title") and text(entry, "summary")
        assert dt.datetime.fromisoformat(text(entry, "published")) <= dt.datetime.fromisoformat(text(entry, "updated"))
        assert all(client.get(str(link.get("href"))).status_code == 200 for link in entry.findall(f"{ATOM}link"))


def test_both_feeds_tell_the_same(client: TestClient) -> None:
    """Atom and JSON Feed hold the same threads, words and moments."""
    feed = client.get("/changes.json").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["feed_url"] == f"{BASE}/changes.json"
    told = [(i["id"], i["title"], i["content_text"], i["date_published"], i["date_modified"]) for i in feed["items"]]
    names = ("id", "title", "summary", "published", "updated")
    assert [tuple(text(entry, name) for name in names) for entry in entries(client)] == told


def test_the_page_of_threads_leads_to_the_feeds(client: TestClient) -> None:
    """A reader of feeds finds them by the page's address, a person by a link."""
    page = client.get("/threads").text
    assert (
        '<link rel="alternate" type="application/atom+xml" title="New and changed threads" href="/changes.atom">'
        in page
    )
    assert '<a href="/changes.atom">' in page


def test_hostile_words_stay_words() -> None:
    """Markup, entities and characters that XML cannot hold make neither an element nor a broken document."""
    feed = ET.fromstring(as_atom([HOSTILE], "http://h/"))
    (entry,) = feed.findall(f"{ATOM}entry")
    assert text(entry, "title") == (
        "</title><script>alert(1)</script> & ]]> \ufffd\ufffd\ufffd \ufffd 'x' \"y\" <!-- é 𝄞"
    )
    assert {element.tag for element in feed.iter()} == {
        f"{ATOM}{name}"
        for name in (
            "feed",
            "title",
            "id",
            "updated",
            "link",
            "author",
            "name",
            "entry",
            "published",
            "category",
            "summary",
        )
    }
    assert b"\\u0000" in as_json_feed([HOSTILE], "http://h/")


def test_an_empty_ledger_has_a_feed(tmp_path: Path) -> None:
    """A feed without entries is well-formed too."""
    with Ledger.open(tmp_path / "empty.ledger", create=True) as ledger:
        client = TestClient(app_over(ledger), base_url=BASE)
        assert entries(client) == [] and client.get("/changes.json").json()["items"] == []


def test_pages_and_decisions_bring_threads_to_the_front(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread changes with a page that tells it or a person's word on it; nothing else does, and a day is a moment."""
    moments = iter(f"2026-02-{day:02d}T10:00:00+00:00" for day in range(1, 20))
    monkeypatch.setattr("communique.ledger.rows.now", lambda: next(moments))
    pages = coded_samples()
    with add_all(tmp_path / "own.ledger", pages[:1]) as ledger:
        client = TestClient(app_over(ledger), base_url=BASE)
        before = {text(entry, "id"): text(entry, "updated") for entry in entries(client)}
        assert set(before.values()) == {"2026-02-01T10:00:00Z"}
        ledger.add(pages[1], coder_of(pages))
        after = {text(entry, "id"): (text(entry, "published"), text(entry, "updated")) for entry in entries(client)}
        assert {moments for name, moments in after.items() if name in before} >= {
            ("2026-02-01T10:00:00Z", "2026-02-02T10:00:00Z")
        }
        last = list(after)[-1]
        root = client.get(f"/threads/{last.rpartition(':')[2]}.json").json()["moves"][0]["reports"][0]["id"]
        number = decide(ledger, Decision("ann", "event", root, "accept", "2026-03-01"))
        assert (text(entries(client)[0], "id"), text(entries(client)[0], "updated")) == (last, "2026-03-01T00:00:00Z")
        take_back(ledger, number)
        assert text(entries(client)[0], "id") == last


def test_a_reader_that_has_it_is_told_so(client: TestClient) -> None:
    """The same feed is not sent again."""
    first = client.get("/changes.atom")
    again = client.get("/changes.atom", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_strangers_get_no_feed(ledger: Ledger) -> None:
    """Where a token is asked for, a feed reader without it is refused, not sent to a form."""
    client = TestClient(app_over(ledger, Settings(token="secret")), base_url=BASE, follow_redirects=False)
    for path in ("/changes.atom", "/changes.json"):
        assert client.get(path).status_code == 401
        shown: Any = client.get(path, headers={"authorization": "Bearer secret"})
        assert shown.status_code == 200


def test_the_feed_is_quick(client: TestClient) -> None:
    """What was found once is not looked for again while the ledger is the same."""
    client.get("/changes.json")
    start = time.process_time()
    for _ in range(20):
        client.get("/changes.json")
    assert time.process_time() - start < 2
