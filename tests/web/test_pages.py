"""Every kind of page answers, has a twin in JSON, and says in words what it cannot do."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

LISTS = [
    "/threads",
    "/timeline",
    "/actors",
    "/disputes",
    "/sources",
    "/search?q=ships",
    "/actors/NOR",
    "/sources/Sample%20Wire",
]


def twin(path: str) -> str:
    """The address of a page's JSON."""
    plain, _, query = path.partition("?")
    return f"{plain}.json" + (f"?{query}" if query else "")


def thread_about(client: TestClient, matter: str) -> dict:
    """The longest thread about a matter."""
    found = [t for t in client.get("/threads.json").json()["threads"] if matter in t["matter"]]
    return max(found, key=lambda t: t["moves"])


@pytest.mark.parametrize("path", LISTS)
def test_a_page_names_its_twin(client: TestClient, path: str) -> None:
    """A page links to the same address as JSON, which answers with an object."""
    page = client.get(path)
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    assert f'href="{twin(path)}"' in page.text.replace("&amp;", "&")
    assert isinstance(client.get(twin(path)).json(), dict)


def test_threads_are_sorted_by_last_move(client: TestClient) -> None:
    """The thread with the latest move comes first; each names matter, parties, outcome and sources."""
    threads = client.get("/threads.json").json()["threads"]
    dates = [thread["last_move"] for thread in threads if thread["last_move"]]
    assert dates == sorted(dates, reverse=True)
    conference = next(thread for thread in threads if "conference" in thread["matter"])
    assert {actor["name"] for actor in conference["parties"]} >= {"Norway", "Iceland"}
    assert conference["outcome"] == "rejected" and conference["disputed"]
    assert conference["independent_sources"] == 2


def test_words_find_inflexions_and_filters_narrow(client: TestClient) -> None:
    """Full text finds a thread by another form of its words; filters leave only what fits."""
    found = client.get("/threads.json?q=conferences").json()["threads"]
    assert [thread["matter"] for thread in found] == ["conference in Oslo on the Skarv Bank"]
    assert client.get("/threads.json?status=accepted").json()["paging"]["total"] == 1
    assert client.get("/threads.json?q=conferences&status=accepted").json()["threads"] == []
    early = client.get("/threads.json?to=2014-12").json()["threads"]
    assert early and all(thread["last_move"] < "2015" for thread in early if thread["last_move"])
    disputed = client.get("/threads.json?disputed=1").json()["threads"]
    assert disputed and all(thread["disputed"] for thread in disputed)


def test_words_that_are_operators_elsewhere_are_only_words(client: TestClient) -> None:
    """Search syntax of the database does no harm."""
    for words in ('"', "NEAR(", "a* OR b", "'; DROP TABLE page --", "%", "\\"):
        assert client.get("/threads.json", params={"q": words}).status_code == 200
        assert client.get("/search.json", params={"q": words}).status_code == 200


def test_a_thread_tells_terms_answers_and_reports(client: TestClient) -> None:
    """A thread's acts come in time order with terms, what they answer, and reports of every outlet."""
    thread = thread_about(client, "withdrawal of patrol ships from the Skarv Bank")
    told = client.get(f"/threads/{thread['id']}.json").json()
    offer = told["moves"][0]
    assert offer["type"] == "PROPOSE" and offer["date"] == "2014-03-10"
    assert {term["role"] for term in offer["terms"]} == {"gives", "asks"}
    assert {report["outlet"] for report in offer["reports"]} >= {"Sample Herald", "Sample Wire", "Sample Post"}
    refusal = next(m for m in told["moves"] if m["type"] == "REJECT" and m["sources"][0]["id"] == "ISL")
    assert {"kind": "answers", "to": offer["id"]} in refusal["stands_to"]
    assert offer["tone"] == refusal["tone"] == "no"


def test_an_actor_has_a_record_partners_and_positions(client: TestClient) -> None:
    """Norway's offers are counted by outcome, its partners by kind of act, its change of mind is marked."""
    norway = client.get("/actors/NOR.json").json()
    assert norway["actor"]["name"] == "Norway"
    assert norway["record"]["PROPOSE"]["outcomes"]["rejected"] >= 2
    iceland = next(partner for partner in norway["partners"] if partner["id"] == "ISL")
    assert iceland["offers_to"] >= 3 and iceland["no_from"] >= 2
    assert any(stance["stance"] == "proposes" for matter in norway["positions"] for stance in matter["stances"])
    assert [office["name"] for office in norway["offices"]]


def test_the_matrix_is_sorted_by_the_column_asked_for(client: TestClient) -> None:
    """Each column sorts; a column that is not there is refused in words."""
    names = [p["name"] for p in client.get("/actors/NOR.json?sort=name").json()["partners"]]
    assert names == sorted(names)
    counts = [p["demands_from"] for p in client.get("/actors/NOR.json?sort=demands_from").json()["partners"]]
    assert counts == sorted(counts, reverse=True)
    assert client.get("/actors/NOR?sort=nothing").status_code == 400


def test_disputes_name_both_sides(client: TestClient) -> None:
    """Who says that Iceland accepted, and who says that it did not."""
    disputes = client.get("/disputes.json").json()["disputes"]
    acceptance = next(d for d in disputes if d["act"] == "ACCEPT")
    assert [side["sources"] for side in acceptance["sides"]] == [
        ["a person close to the talks"],
        ["the Icelandic prime minister by way of Sample One"],
    ]


def test_the_time_line_counts_every_act_once(client: TestClient) -> None:
    """Bins and undated acts add up to all acts; a month is shown by day."""
    whole = client.get("/timeline.json").json()
    assert sum(b["acts"] for b in whole["bins"]) + whole["undated"] == whole["acts"]
    month = client.get("/timeline.json?from=2014-03&to=2014-03").json()
    assert month["by"] == "day" and {b["bin"][:7] for b in month["bins"]} == {"2014-03"}


def test_sources_are_counted(client: TestClient) -> None:
    """An outlet's pages and events, who was first, and whom its reports cite."""
    rows = {row["outlet"]: row for row in client.get("/sources.json").json()["outlets"]}
    assert rows["Sample Herald"]["pages"] == 1 and rows["Sample Herald"]["events"] == 6
    assert rows["Sample Herald"]["first"] >= 1
    wire = client.get("/sources/Sample%20Wire.json").json()
    assert {"chain": ["two Icelandic diplomats"], "events": 1} in wire["chains"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/threads/t-nothing", 404),
        ("/pages/0000", 404),
        ("/actors/nobody", 404),
        ("/sources/nobody", 404),
        ("/nowhere", 404),
        ("/threads?from=yesterday", 400),
        ("/threads?page=0", 400),
        ("/threads?page=99999999999999999999", 400),
        ("/threads?q=" + "a" * 300, 400),
    ],
)
def test_what_is_not_there_or_not_clear_is_said(client: TestClient, path: str, status: int) -> None:
    """A wrong address and a wrong value get a page in words, with the right status, also as JSON."""
    page = client.get(path)
    assert page.status_code == status and "<h1>" in page.text
    assert "error" in client.get(twin(path)).json()


def test_no_path_of_the_server_is_shown(client: TestClient) -> None:
    """Where the server's files lie is nobody's business: visitors see names at most."""
    paths = ["/search.json?q=ships", "/threads.json"]
    thread = client.get("/threads.json").json()["threads"][0]["id"]
    paths += [f"/threads/{thread}.json", f"/threads/{thread}"]
    paths += [f"/pages/{page['page']}.json" for page in client.get("/search.json?q=ships").json()["pages"]]
    assert len(paths) > 5 and all("demo/pages" not in client.get(path).text for path in paths)
