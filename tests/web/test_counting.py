"""What a listing says of its pages, whether all its rows were counted or only enough of them."""

from __future__ import annotations

import pytest
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from communique.web.asking import asked
from communique.web.views import thread
from communique.web.views.counting import ENOUGH, paging
from communique.web.views.thread import SIZE, draw


def test_a_list_that_was_counted_to_its_end() -> None:
    """The last page says its last row and leads no further."""
    shown = paging(asked(QueryParams("page=3&actor=RUS"), 50), 120)
    assert (shown["first"], shown["last"], shown["total"]) == (101, 120, 120)
    assert shown["before"] == "?actor=RUS&page=2" and shown["after"] is None


def test_a_list_longer_than_is_counted() -> None:
    """It says that there is more, and goes on as long as pages come full; an exact number is told as it is."""
    wanted = asked(QueryParams("page=60"), 50)
    full, short = paging(wanted, ENOUGH + 1, 50), paging(wanted, ENOUGH + 1, 7)
    assert (full["first"], full["last"], full["total"], full["more_than"]) == (2951, 3000, ENOUGH, True)
    assert full["after"] == "?page=61" and short["after"] is None and short["last"] == 2957
    assert paging(wanted, 650_000, 50, exact=True)["total"] == 650_000


def test_links_between_the_pages_of_a_long_story() -> None:
    """A move on the next page of the story is known to stand there."""
    drawn = draw({"moves": [], "links": [], "numbers": {"m-a": SIZE, "m-b": SIZE + 1}})
    assert drawn["page_of"] == {"m-a": 1, "m-b": 2}


def test_an_answer_on_another_page_colours_what_it_answers(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """An act has the same colour however many acts a page of the story holds."""
    found = [one for one in client.get("/threads.json").json()["threads"] if one["moves"] > 1]
    whole = {one["id"]: client.get(f"/threads/{one['id']}.json").json() for one in found}
    assert any(move["tone"] in ("yes", "no", "partly") for told in whole.values() for move in told["moves"][:1])
    monkeypatch.setattr(thread, "SIZE", 1)  # the address differs, or the page kept before would come
    for name, told in whole.items():
        numbers = range(1, len(told["moves"]) + 1)
        pages = [client.get(f"/threads/{name}.json?page={n}&of=1").json()["moves"] for n in numbers]
        found = [(move["id"], move["tone"]) for moves in pages for move in moves]
        assert found == [(move["id"], move["tone"]) for move in told["moves"]]
