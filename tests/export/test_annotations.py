"""Web Annotations: every passage of the ledger, found again in the page's text by its words and by its place."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from communique.export.record import Focus
from communique.export.running import Wanted, opened
from export.made import all_bytes, export, make_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger's file."""
    return make_ledger(tmp_path_factory.mktemp("annotations") / "made.ledger")


@pytest.fixture(scope="module")
def page(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The AnnotationPage."""
    folder = export(ledger, tmp_path_factory.mktemp("out"), "annotations")
    loaded: dict[str, Any] = json.loads((folder / "annotations.jsonld").read_text(encoding="utf-8"))
    return loaded


def stored(ledger: Path) -> list[Any]:
    """The pages of the ledger."""
    with opened(str(ledger), Wanted(focus=Focus())) as (record, _):
        return list(record.pages())


def test_both_selectors_find_the_same_words_in_the_pages_text(ledger: Path, page: dict[str, Any]) -> None:
    """Positions cut the exact words out of the text whose digest is given; prefix and suffix stand around them."""
    texts = {
        hashlib.sha256(p.page.text.encode("utf-8", "surrogatepass")).hexdigest(): p.page.text for p in stored(ledger)
    }
    for item in page["items"]:
        words, place = item["target"]["selector"]
        text = texts[item["target"]["source"]["textSha256"]]
        assert (words["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert text[place["start"] : place["end"]] == words["exact"]
        assert text[: place["start"]].endswith(words["prefix"]) and text[place["end"] :].startswith(words["suffix"])


def test_every_quote_mention_and_term_has_an_annotation_of_its_own(ledger: Path, page: dict[str, Any]) -> None:
    """Nothing that the ledger holds as evidence is left out, and no id comes twice."""
    wanted = 0
    for told in (told for one in stored(ledger) for told in one.events):
        wanted += 1 + len(told.event.mentions) + len(told.event.terms)
    ids = [item["id"] for item in page["items"]]
    assert len(ids) == len(set(ids)) == wanted > 30


def test_the_quotes_annotation_holds_the_event_as_the_ledger_does(ledger: Path, page: dict[str, Any]) -> None:
    """The fields of each event, with its key, its move and its thread."""
    held = {body["event"]["key"]: body["event"] for item in page["items"] for body in item["body"] if "event" in body}
    for told in (told for one in stored(ledger) for told in one.events):
        extra = {"key": told.key, "move": told.move, "thread": told.thread}
        assert held[told.key] == json.loads(json.dumps({**told.event.to_dict(), **extra}))


def test_the_model_and_the_metadata_are_said(page: dict[str, Any]) -> None:
    """The context of the W3C stands first; licence, citation, coder and codebook are in the collection."""
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage" and page["partOf"]["type"] == "AnnotationCollection"
    assert page["partOf"]["rights"] == "https://creativecommons.org/licenses/by/4.0/"
    about = page["partOf"]["about"]
    assert about["citation"] == "The Skarv Bank data & notes" and about["codebook_versions"] == ["1.2"]
    assert {item["creator"]["name"] for item in page["items"]} == {"sample 1, codebook 1.2"}


def test_a_source_is_named_by_its_web_address_only_where_it_is_one(page: dict[str, Any]) -> None:
    """A page at javascript: is named by its key."""
    sources = {item["target"]["source"]["id"] for item in page["items"]}
    assert "https://odd.example/p?a=1&b=%3C2%3E" in sources
    assert all(source.startswith(("https://", "http://", "urn:communique:page:")) for source in sources)


def test_the_same_ledger_gives_the_same_bytes(ledger: Path, tmp_path: Path) -> None:
    """Two exports do not differ."""
    first, second = (all_bytes(export(ledger, tmp_path / n, "annotations")) for n in "ab")
    assert first == second
