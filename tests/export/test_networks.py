"""GEXF and GraphML: networkx reads both back, and they count what the ledger holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import networkx
import pytest
from click.testing import CliRunner

from communique.cli import main
from communique.export.record import Focus
from communique.export.running import Wanted, opened
from communique.move import Move
from export.made import THREAD, all_bytes, export, make_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger's file."""
    return make_ledger(tmp_path_factory.mktemp("network") / "made.ledger")


@pytest.fixture(scope="module")
def out(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both formats."""
    folder = tmp_path_factory.mktemp("out")
    export(ledger, folder, "gexf,graphml")
    return folder


@pytest.fixture(scope="module", params=["gexf", "graphml"])
def graph(request: pytest.FixtureRequest, out: Path) -> Any:
    """The network as networkx reads it."""
    if request.param == "gexf":
        return networkx.read_gexf(out / "gexf" / "network.gexf", version="1.2draft")
    return networkx.read_graphml(out / "graphml" / "network.graphml")


def moves(ledger: Path) -> list[Move]:
    """The ledger's moves."""
    with opened(str(ledger), Wanted(focus=Focus())) as (record, _):
        return list(record.moves())


def test_edges_count_the_moves_from_each_party_to_each_other(ledger: Path, graph: Any) -> None:
    """The weight of an edge is the number of acts, and those of each type add up to it."""
    wanted = Counter((a, b) for move in moves(ledger) for a in move.actors for b in move.targets if a != b)
    assert graph.is_directed() and not graph.is_multigraph()
    assert {(a, b): data["weight"] for a, b, data in graph.edges(data=True)} == wanted
    typed = Counter((a, b, m.type) for m in moves(ledger) for a in m.actors for b in m.targets if a != b)
    for a, b, data in graph.edges(data=True):
        counts = {key: n for key, n in data.items() if key.removeprefix("acts_").isupper()}
        assert {key.removeprefix("acts_"): n for key, n in counts.items() if n} == {
            kind: n for (x, y, kind), n in typed.items() if (x, y) == (a, b)
        }
        assert sum(counts.values()) == data["acts"] == sum(data[f"acts_{g}"] for g in ("bargaining", "talk", "deeds"))


def test_nodes_are_the_ledgers_parties_with_their_names(ledger: Path, graph: Any) -> None:
    """Every party is there by its id, hostile ids too; states have the names of the tables."""
    with opened(str(ledger), Wanted(focus=Focus())) as (record, _):
        parties = {party.id: party for party in record.parties()}
    assert set(graph.nodes) == set(parties)
    assert '"><script>x</script>/../#?' in graph.nodes
    for name, data in graph.nodes(data=True):
        assert (data["kind"], data["made"], data["received"]) == (
            parties[name].kind,
            parties[name].made,
            parties[name].received,
        )
    assert graph.nodes["NOR"]["label"] == "Norway"


def test_days_and_disputes_are_those_of_the_acts(ledger: Path, graph: Any) -> None:
    """First and last day of the dated acts between Norway and Iceland."""
    between = [m for m in moves(ledger) if "NOR" in m.actors and "ISL" in m.targets]
    data = graph.edges["NOR", "ISL"]
    assert data["disputed"] == sum(bool(m.disputes) for m in between)
    assert data["first"] == "2014-03-10" and data["last"] <= "2025-12-31"


def test_versions_licence_and_citation_are_inside(out: Path) -> None:
    """In GraphML as values of the graph, in GEXF in its description."""
    graph = networkx.read_graphml(out / "graphml" / "network.graphml").graph
    assert graph["coders"] == "sample 1, codebook 1.2" and graph["citation"] == "The Skarv Bank data & notes"
    text = (out / "gexf" / "network.gexf").read_text(encoding="utf-8")
    assert "CC-BY-4.0" in text and "The Skarv Bank data &amp; notes" in text and "sample 1 (codebook 1.2)" in text


def test_a_thread_can_be_asked_for(ledger: Path, tmp_path: Path) -> None:
    """With --thread only its acts make edges, and only their parties are there."""
    asked = ["export", str(ledger), str(tmp_path), "--format", "graphml", "--thread", THREAD]
    assert CliRunner().invoke(main, asked).exit_code == 0
    graph = networkx.read_graphml(tmp_path / "graphml" / "network.graphml")
    assert set(graph.nodes) == {"NOR", "ISL"}
    assert sum(data["acts"] for *_, data in graph.edges(data=True)) == 4


def test_the_same_ledger_gives_the_same_bytes(ledger: Path, out: Path, tmp_path: Path) -> None:
    """Another export does not differ."""
    export(ledger, tmp_path, "gexf,graphml")
    assert all_bytes(tmp_path) == all_bytes(out)
