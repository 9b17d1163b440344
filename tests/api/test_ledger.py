"""A ledger from Python: the same records that the commands list, filtered, streamed and added to."""

from __future__ import annotations

from pathlib import Path

import pytest

import communique
from communique.api import Results
from communique.demo import sample_pages
from communique.ledger import queries
from communique.ledger.errors import NotFound
from communique.ledger.filters import Filters

QUESTIONS = ["threads", "moves", "actors", "positions"]
FILTERS = [
    {},
    {"actor": "NOR"},
    {"actor": "nor", "between": ("2014", "2014-03")},
    {"type": "propose"},
    {"outlet": "sample wire", "matter": "skarv"},
    {"status": "rejected"},
    {"status": "alleged"},
]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_python_lists_what_the_commands_list(ledger: communique.Ledger, question: str, wanted: dict) -> None:
    """Records, and their order, are those of the ledger's own queries."""
    with ledger.store.reading() as connection:
        expected = getattr(queries, question)(connection, Filters(**wanted), 10_000)
    found = list(getattr(ledger, question)(**wanted))
    if question == "actors":
        assert [{n: getattr(one, n) for n in ("id", "moves", "made", "received", "name")} for one in found] == expected
    else:
        assert found == expected
    assert expected or wanted.get("status")


def test_disputes_are_those_of_threads_and_moves(ledger: communique.Ledger) -> None:
    """Each dispute names what it is about, which has it."""
    found = list(ledger.disputes())
    assert found
    for one in found:
        assert one.dispute.to_dict() in ledger.show(one.id)["disputes"]
        assert ledger.show(one.id)["kind"] == one.of


def test_an_event_knows_its_page_move_and_thread(ledger: communique.Ledger) -> None:
    """Every event stands on its page with exact words, and in the move and thread that tell of it."""
    events = list(ledger.events())
    assert len(events) == len({event.id for event in events}) > 20
    threads = {thread.id: thread for thread in ledger.threads()}
    for told in events:
        shown = ledger.show(told.id)
        assert (shown["quote"], shown["outlet"], shown["move"]) == (told.event.evidence.quote, told.outlet, told.move)
        assert told.thread is None or told.move in threads[told.thread].moves
    assert any(told.thread for told in events)


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({"type": "REQUEST"}, lambda t: t.event.type == "REQUEST"),
        ({"status": "alleged"}, lambda t: t.event.status == "alleged"),
        ({"actor": "ISL"}, lambda t: "ISL" in {a.id for a in (*t.event.sources, *t.event.targets)}),
        ({"outlet": "Sample Wire"}, lambda t: t.outlet == "Sample Wire"),
        ({"matter": "Skarv patrol"}, lambda t: {"skarv", "patrol"} <= set((t.event.about or "").lower().split())),
        ({"between": ("2014-02", "2014-03-12")}, lambda t: (t.event.date or "9") <= "2014-03-12"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_filters_leave_the_events_that_fit(ledger: communique.Ledger, wanted: dict, fits: object) -> None:
    """An event is listed if and only if it fits."""
    expected = [told.id for told in ledger.events() if fits(told)]  # type: ignore[operator]
    assert [told.id for told in ledger.events(**wanted)] == expected != []


def test_a_limit_stops_and_results_can_be_read_again(ledger: communique.Ledger) -> None:
    """Results ask the ledger each time, from the start."""
    two = ledger.moves(limit=2)
    assert list(two) == list(two) == list(ledger.moves())[:2]
    assert two.first() == next(iter(ledger.moves()))
    assert not ledger.moves(actor="nobody") and ledger.moves(actor="nobody").first() is None


def test_wrong_questions_are_refused_at_once(ledger: communique.Ledger) -> None:
    """A date that is none, a filter that is none, a ledger that is not there."""
    with pytest.raises(ValueError, match="not dates"):
        ledger.moves(between=("yesterday", "today"))
    with pytest.raises(TypeError, match="acter"):
        ledger.moves(acter="NOR")  # type: ignore[call-arg]
    with pytest.raises(NotFound):
        communique.Ledger.open("nowhere.ledger")


def test_pages_are_added_once(tmp_path: Path) -> None:
    """Paths and pages go in; what is there already is passed over, and a file that cannot be read is named."""
    (tmp_path / "empty.txt").write_text("")
    with communique.Ledger.open(tmp_path / "own.ledger", create=True) as ledger:
        page = next(communique.read(sample_pages()[0]))
        first = ledger.add(page, tmp_path / "empty.txt")
        again = ledger.add(*sample_pages()[:1])
        events = list(ledger.events())
    assert (first.pages, again.pages, again.known) == (1, 0, 1)
    assert [path for path, _ in first.failures] == [str(tmp_path / "empty.txt")]
    assert [told.event for told in events] == list(communique.code(page).events)


def test_reading_warns_and_goes_on(tmp_path: Path) -> None:
    """A file that gives no page is told in a warning; the next one is read."""
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.txt").write_text("Norway met Iceland in Oslo on Monday.\n")
    with pytest.warns(communique.api.ReadWarning, match=r"a\.txt: empty"):
        pages = list(communique.read(tmp_path))
    assert [page.doc for page in pages] == ["b"]
    assert communique.clean(pages[0]).body == ((0, 37),)


def test_results_say_what_they_are(ledger: communique.Ledger) -> None:
    """In a notebook, results show how to go on."""
    assert isinstance(ledger.threads(), Results)
    assert repr(ledger.threads()) == "<threads: iterate, or .to_pandas(), .to_polars(), .to_arrow()>"
