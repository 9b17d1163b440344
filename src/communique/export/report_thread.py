"""The parts of a report that tell of a thread: what became of it, the picture, where sources differ, the acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from communique.export.report_blocks import Block, Cell, Heading, Paragraph, Table
from communique.export.report_gather import Row, Told
from communique.export.report_picture import thread_pictures
from communique.web.wording import day, listed, plural, verb


def thread_blocks(told: Told, legend: str) -> Iterator[Block]:
    """The parts, in order."""
    thread = told.thread
    assert thread is not None
    reached = f" on {day(thread.outcome_date)}" if thread.outcome_date else ""
    yield Paragraph(f"Outcome: {thread.outcome}{reached}.", "lead")
    parties = listed([told.names.get(actor, actor) for actor in thread.actors], 12)
    count = f"{plural(len(thread.moves), 'act')}, {plural(len(thread.outlets), 'outlet')}"
    told_by = f"{plural(len(thread.sources), 'independent source')}: {listed(thread.said_by, 8)}"
    yield Paragraph(f"Between {parties}. {count}, {told_by}. Thread {thread.id}.")
    links = [link for act in told.acts for link in act["stands_to"]]
    yield from thread_pictures(told.acts, links)
    yield Paragraph(legend, "note")
    yield from _differences(told)
    yield Heading("What happened")
    yield acts_table(told.acts)
    if told.left_out:
        yield Paragraph(f"The thread has {plural(told.left_out, 'later act')} more, left out here.", "note")


def _differences(told: Told) -> Iterator[Block]:
    assert told.thread is not None
    outcome = [("outcome", dispute.to_dict()) for dispute in told.thread.disputes]
    rows = [*outcome, *((str(act["number"]), dispute) for act in told.acts for dispute in act["disputes"])]
    if rows:
        yield Heading("Where sources differ")
        yield disputes_table(rows)


def disputes_table(disputes: Iterable[tuple[str, Mapping[str, Any]]]) -> Table:
    """A row a side of each dispute; ``disputes`` come with the act's number or the word ``outcome``."""
    rows = tuple(
        (
            Cell(of, link=None if of == "outcome" else f"#a{of}"),
            Cell(dispute["kind"]),
            Cell(side["says"]),
            Cell(listed(side["sources"], 5)),
            Cell(" ".join(f"“{words}”" for words in side["words"][:2])),
        )
        for of, dispute in disputes
        for side in dispute["sides"]
    )
    return Table(
        ("Act", "On", "It is said", "By", "In the words"), (1.4, 1.8, 3.6, 3.6, 6.6), rows, "Where sources differ"
    )


def acts_table(acts: Sequence[Row]) -> Table:
    """A row an act."""
    rows = tuple(
        (
            Cell(str(act["number"]), anchor=f"a{act['number']}", bold=True),
            Cell(day(act["date"])),
            Cell(said(act)),
            Cell(listed(act["said_by"], 4) or "nobody named"),
        )
        for act in acts
    )
    if not any("stands_to" in act for act in acts):
        return Table(("No.", "Date", "Act", "According to"), (1, 2.4, 9, 5), rows, "Acts")
    number = {act["id"]: act["number"] for act in acts}
    linked = tuple((*row[:3], Cell(_stands(act, number)), row[3]) for act, row in zip(acts, rows, strict=True))
    return Table(("No.", "Date", "Act", "Stands to", "According to"), (1, 2.4, 7.6, 2.6, 4), linked, "Acts")


def said(act: Row) -> str:
    """An act in a sentence: who did what toward whom, about what, and how far it is certain."""
    who = listed([actor["name"] for actor in act["sources"]], 6) or "Somebody"
    whom = listed([actor["name"] for actor in act["targets"]], 6)
    done = verb(act["type"], len(act["sources"]), len(act["targets"]))
    words = " ".join(part for part in (who, done, whom) if part)
    about = f": {act['about']}" if act["about"] else ""
    notes = [act["mode"], act["status"] if act["status"] != "actual" else None, "disputed" if act["disputes"] else None]
    extra = ", ".join(note for note in notes if note)
    return f"{words}{about}" + (f" ({extra})" if extra else "")


def _stands(act: Row, number: Mapping[str, int]) -> str:
    listed_links = [f"{link['kind']} {number[link['to']]}" for link in act.get("stands_to", ()) if link["to"] in number]
    return "; ".join(listed_links) or "–"
