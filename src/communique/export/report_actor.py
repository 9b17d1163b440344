"""The parts of a report that tell of an actor: who it is, what became of its offers, its partners, its positions."""

from __future__ import annotations

from collections.abc import Iterator

from communique.export.report_blocks import Block, Cell, Heading, Paragraph, Table
from communique.export.report_gather import Row, Told
from communique.export.report_picture import network_picture
from communique.export.report_thread import acts_table, disputes_table
from communique.web.wording import day, listed, plural

PARTNERS = 25


def actor_blocks(told: Told) -> Iterator[Block]:
    """The parts, in order."""
    found = told.actor
    assert found is not None
    called = [f"{name['name']} ({name['times']})" for name in found["called"]]
    yield Paragraph(f"{plural(found['acts'], 'act')} of or toward it. Id: {found['actor']['id']}.", "lead")
    yield Paragraph(f"The pages call it {listed(called, 10)}.")
    yield from _offices(found)
    yield from _outcomes(found)
    yield from _partners(found)
    yield from _positions(found)
    yield Heading("Acts")
    if told.left_out:
        yield Paragraph("Its latest acts, and its latest offers and demands.", "note")
    yield acts_table(told.acts)
    disputes = [(str(act["number"]), dispute) for act in told.acts for dispute in act["disputes"]]
    if disputes:
        yield Heading("Where sources differ")
        yield disputes_table(disputes)


def _offices(found: Row) -> Iterator[Block]:
    if found["offices"]:
        rows = tuple(
            (
                Cell(o["name"]),
                Cell(o["role"]),
                Cell(day(o["start"])),
                Cell("now" if o["end"] == "9999" else day(o["end"])),
            )
            for o in found["offices"]
        )
        yield Heading("People who act for it")
        yield Table(("Name", "Role", "From", "To"), (4, 5, 2, 2), rows, "People who act for it")


def _outcomes(found: Row) -> Iterator[Block]:
    yield Heading("What became of its offers and demands")
    rows = []
    for kind, name in (("PROPOSE", "offer"), ("REQUEST", "demand")):
        record = found["record"][kind]
        tally = ", ".join(f"{count} {outcome}" for outcome, count in record["outcomes"].items() if count)
        yield Paragraph(f"{plural(record['made'], name)} made{': ' + tally if tally else ''}.")
        rows += [
            (Cell(name), Cell(day(one["date"])), Cell(one["matter"] or "no matter named"), Cell(one["outcome"]))
            for one in sorted(record["latest"], key=lambda one: (one["date"] or "", one["key"]), reverse=True)
        ]
    if rows:
        yield Table(("Kind", "Date", "Matter", "Outcome"), (2, 2.4, 8, 3), tuple(rows), "Offers and demands")


def _partners(found: Row) -> Iterator[Block]:
    if not found["partners"]:
        return
    yield Heading("With whom it deals")
    edges = sorted((pair["a"], pair["b"], pair["acts"]) for pair in found["pairs"])
    yield network_picture(found["ring"], edges, found["actor"]["id"])
    yield Paragraph("The wider a line, the more acts two share.", "note")
    columns = (
        "all",
        "offers_to",
        "offers_from",
        "demands_to",
        "demands_from",
        "yes_to",
        "yes_from",
        "no_to",
        "no_from",
    )
    heads = ("Party", "Acts", "Offers to", "Offers from", "Asks of", "Asks from", "Yes to", "Yes from", "No to",
             "No from")  # fmt: skip
    rows = tuple(
        (Cell(p["name"]), *(Cell(str(p[column]) if p[column] else "·") for column in columns))
        for p in found["partners"][:PARTNERS]
    )
    yield Table(heads, (4, *(2.1,) * len(columns)), rows, "Acts with each party")


def _positions(found: Row) -> Iterator[Block]:
    rows = tuple(
        (
            Cell(matter["matter"] or "no matter named"),
            Cell(day(one["date"])),
            Cell(one["stance"] + (" (changed)" if one["changed"] else "")),
            Cell(matter["thread"]),
        )
        for matter in found["positions"]
        for one in matter["stances"]
    )
    if rows:
        yield Heading("Where it stood")
        yield Table(("Matter", "Date", "Stance", "Thread"), (7, 2.4, 3, 3.6), rows, "Where it stood")
