"""GraphML: the network of actors, for igraph, yEd, Cytoscape and others. http://graphml.graphdrawing.org"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from communique.export.actor_network import NODE_FIELDS, Edge, Network, edge_fields, lost, network
from communique.export.acts import write_lost
from communique.export.metadata import Metadata
from communique.export.record import Party, Record
from communique.export.xml_text import element, joined, text

SPACE = "http://graphml.graphdrawing.org/xmlns"
KINDS = {"integer": "int", "string": "string"}


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write ``network.graphml`` and ``lost.csv``."""
    made = network(record)
    (folder / "network.graphml").write_text(document(made, metadata), encoding="utf-8", newline="")
    write_lost(folder, lost(made))


def document(made: Network, metadata: Metadata) -> str:
    """The whole file. The metadata are values of the graph itself."""
    said = _said(metadata)
    keys = [
        *_keys("graph", dict.fromkeys(said, "string")),
        *_keys("node", {"label": "string", **NODE_FIELDS}),
        *_keys("edge", {"weight": "integer", **edge_fields()}),
    ]
    inside = [
        _data("graph", said.items()),
        *(_node(party, made.names) for party in made.parties),
        *(_edge(number, edge) for number, edge in enumerate(made.edges)),
    ]
    graph = element("graph", "\n", joined(inside), "\n", id="actors", edgedefault="directed")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{element("graphml", joined([*keys, graph]), xmlns=SPACE)}\n'


def _said(metadata: Metadata) -> dict[str, str]:
    coders = "; ".join(f"{by.coder} {by.coder_version}, codebook {by.codebook_version}" for by in metadata.coders)
    return {
        "title": metadata.title,
        "licence": f"{metadata.licence}. {metadata.licence_note}",
        "citation": metadata.citation,
        "communique_version": metadata.communique_version,
        "ledger_version": metadata.ledger_version or "none",
        "coders": coders,
    }


def _keys(of: str, fields: Mapping[str, str]) -> list[str]:
    return [
        element("key", **{"id": f"{of}-{name}", "for": of, "attr.name": name, "attr.type": KINDS[kind]})
        for name, kind in fields.items()
    ]


def _data(of: str, values: Iterable[tuple[str, int | str | None]]) -> str:
    return "".join(text("data", str(value), key=f"{of}-{name}") for name, value in values if value is not None)


def _node(party: Party, names: Mapping[str, str]) -> str:
    label = names.get(party.id, party.name)
    values = (("label", label), ("kind", party.kind), ("made", party.made), ("received", party.received))
    return element("node", _data("node", values), id=party.id)


def _edge(number: int, edge: Edge) -> str:
    values = (("weight", edge.acts), *edge.values().items())
    return element("edge", _data("edge", values), id=f"e{number}", source=edge.source, target=edge.target)
