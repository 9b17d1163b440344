"""The codebook as REFI-QDA codes: groups as categories, types as codes, modes as codes inside them, roles of terms."""

from __future__ import annotations

from functools import cache

from communique.codebook.loader import EventType, load
from communique.export.xml_text import element, guid, text

COLOURS = {"bargaining": "#2B5797", "talk": "#7D5200", "deeds": "#A3262A", "terms": "#1C6B3A"}


OTHER = "other codebook"


def code_guid(*names: str | None) -> str:
    """The GUID of a code: of a type, of a type's mode, or of a term's role (``term``, role).

    What the codebook does not have (hand-coded data can) has the code of its type, or else that of OTHER.
    """
    known = _known()
    wanted = tuple(name for name in names if name)
    return guid("code", *next((names for names in (wanted, wanted[:1]) if names in known), (OTHER,)))


@cache
def _known() -> frozenset[tuple[str, ...]]:
    book = load()
    modes = {(kind.name, mode.name) for kind in book.types for mode in kind.modes}
    return frozenset({(kind.name,) for kind in book.types} | modes | {("term", role) for role in book.term_roles})


@cache
def codes() -> str:
    """The ``Codes`` element. No two codes have one name: programs that know no nesting would take them for one."""
    book = load()
    groups = (
        element(
            "Code",
            text("Description", words),
            *(_type(kind) for kind in book.types if kind.group == group),
            guid=guid("group", group),
            name=group,
            isCodable=False,
            color=COLOURS.get(group),
        )
        for group, words in book.groups.items()
    )
    roles = element(
        "Code",
        text("Description", "What a proposal gives, asks, or makes a condition."),
        *(_code(("term", role), f"term: {role}", words, "terms") for role, words in book.term_roles.items()),
        guid=guid("group", "terms"),
        name="terms",
        isCodable=False,
        color=COLOURS["terms"],
    )
    other = _code((OTHER,), OTHER, "Events and terms of types that this codebook does not have.", OTHER)
    return element("Codes", *groups, roles, other)


def _type(kind: EventType) -> str:
    words = "\n".join(
        [
            kind.definition,
            *(f"Counts: {line}" for line in kind.counts),
            *(f"Does not count: {line}" for line in kind.does_not_count),
            *(f"Example: {example.text}" for example in kind.examples),
        ]
    )
    modes = (
        _code((kind.name, mode.name), f"{kind.name}/{mode.name}", mode.definition, kind.group) for mode in kind.modes
    )
    return _code((kind.name,), kind.name, words, kind.group, *modes)


def _code(names: tuple[str, ...], name: str, words: str, group: str, *inside: str) -> str:
    return element("Code", text("Description", words), *inside, guid=guid("code", *names), name=name, isCodable=True,
                   color=COLOURS.get(group))  # fmt: skip
