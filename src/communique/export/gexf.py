"""GEXF 1.2: the network of actors, for Gephi and others. http://gexf.net/1.2draft"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from communique.export.actor_network import NODE_FIELDS, Edge, Network, edge_fields, lost, network
from communique.export.acts import write_lost
from communique.export.metadata import Metadata
from communique.export.record import Party, Record
from communique.export.xml_text import element, joined, text

SPACE = "http://www.gexf.net/1.2draft"


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write ``network.gexf`` and ``lost.csv``."""
    made = network(record)
    (folder / "network.gexf").write_text(document(made, metadata), encoding="utf-8", newline="")
    write_lost(folder, lost(made))


def document(made: Network, metadata: Metadata) -> str:
    """The whole file."""
    graph = element(
        "graph",
        "\n",
        _fields("node", NODE_FIELDS),
        _fields("edge", edge_fields()),
        element("nodes", joined(_node(party, made.names) for party in made.parties)),
        element("edges", joined(_edge(number, edge) for number, edge in enumerate(made.edges))),
        defaultedgetype="directed",
        mode="static",
    )
    body = element("gexf", "\n", _meta(metadata), "\n", graph, "\n", xmlns=SPACE, version="1.2")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _meta(metadata: Metadata) -> str:
    return element(
        "meta",
        text("creator", f"Communique {metadata.communique_version}"),
        text("description", about(metadata)),
        text("keywords", "diplomacy, negotiation, event data"),
    )


def about(metadata: Metadata) -> str:
    """The metadata in one line."""
    coders = ", ".join(f"{by.coder} {by.coder_version} (codebook {by.codebook_version})" for by in metadata.coders)
    ledger = metadata.ledger_version or "none"
    return (
        f"{metadata.title}. Coded by {coders or 'nobody yet'}; ledger version {ledger}."
        f" Licence {metadata.licence}. {metadata.licence_note} Cite as: {metadata.citation}"
    )


def _fields(of: str, fields: Mapping[str, str]) -> str:
    inside = (element("attribute", id=name, title=name, type=kind) for name, kind in fields.items())
    return element("attributes", "".join(inside), class_=of) + "\n"


def _values(values: Iterable[tuple[str, int | str | None]]) -> str:
    """Counts of zero are the rule and left out of no edge: a reader must not take a gap for one."""
    inside = (element("attvalue", for_=name, value=value) for name, value in values if value is not None)
    return element("attvalues", "".join(inside))


def _node(party: Party, names: Mapping[str, str]) -> str:
    values = (("kind", party.kind), ("made", party.made), ("received", party.received))
    return element("node", _values(values), id=party.id, label=names.get(party.id, party.name))


def _edge(number: int, edge: Edge) -> str:
    values = edge.values().items()
    return element("edge", _values(values), id=str(number), source=edge.source, target=edge.target, weight=edge.acts)
