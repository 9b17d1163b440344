"""The parts of the documents that are made from data: the codebook, the commands, the accuracy table.

Each part stands between ``<!-- NAME -->`` and ``<!-- /NAME -->``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from communique import codebook
from communique.actor import Actor
from communique.cli import main
from communique.coding import code_page
from communique.demo import sample_pages
from communique.export.tables import tables
from communique.page import Page
from communique.reading import read_paths

ROOT = Path(__file__).parents[1]
ACCURACY = ROOT / "docs" / "accuracy.json"

# What the accuracy table shows of each set: the row's words, and the measure in accuracy.json.
MEASURES = {
    "bargaining events (offers, requests, acceptances, refusals, agreements), F1": "bargaining_f1",
    "all events, F1": "all_f1",
    "sources all right": "sources_exact",
    "targets all right": "targets_exact",
    "date right, where gold has one": "dated",
    "status right": "status",
    "mode right": "mode",
    "who says so, F1": "according_to_f1",
    "answer to the right event": "answers",
    "terms, F1": "terms_f1",
}


def put(document: str, name: str, part: str) -> str:
    """The document with a part put between its marks. Raises ValueError where they are missing."""
    marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.S)
    if not marks.search(document):
        raise ValueError(f"no marks for {name}")
    return marks.sub(lambda found: f"{found[1]}{part.strip()}\n{found[2]}", document)


def accuracy_table() -> str:
    """The accuracy table in Markdown, from docs/accuracy.json."""
    values = json.loads(ACCURACY.read_text(encoding="utf-8"))
    sets = values["sets"]
    heads = [f"{name}: {found['pages']} pages, {found['events']} events" for name, found in sets.items()]
    lines = [
        f"| {values['date']}, version {values['version']} | {' | '.join(heads)} |",
        f"| --- |{' ---: |' * len(sets)}",
    ]
    for words, name in MEASURES.items():
        lines.append(f"| {words} | {' | '.join(_figure(found['measures'].get(name)) for found in sets.values())} |")
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def codebook_page() -> str:
    """The codebook in Markdown."""
    book = codebook.load()
    parts = []
    for group, meaning in book.groups.items():
        parts += [f"## {group.capitalize()}", meaning]
        parts += ["\n\n".join(_type(kind)) for kind in book.types if kind.group == group]
    for title, words in (("Status", book.statuses), ("Terms", book.term_roles), ("Fields of an event", book.fields)):
        parts += [f"## {title}", "\n".join(f"- `{name}`: {meaning}" for name, meaning in words.items())]
    return "\n\n".join(parts)


def _type(kind: codebook.EventType) -> Iterator[str]:
    yield f"### {kind.name}"
    yield kind.definition
    if kind.modes:
        yield "\n".join(["| mode | | PLOVER |", "| --- | --- | --- |"] + [_mode(mode) for mode in kind.modes])
    else:
        yield f"PLOVER {kind.plover}."
    yield "Counts:\n\n" + "\n".join(f"- {point}" for point in kind.counts)
    yield "Does not count:\n\n" + "\n".join(f"- {point}" for point in kind.does_not_count)
    yield "\n".join(f"> {_example(example)}\n>" for example in kind.examples).removesuffix("\n>")
    direction = "Symmetric. " if kind.symmetric else ""
    yield f"{direction}CAMEO root {kind.cameo}. {kind.roll_up or ''}".strip()


def _mode(mode: codebook.Mode) -> str:
    return f"| `{mode.name}` | {mode.definition} | {mode.plover} |"


def _example(example: codebook.Example) -> str:
    mode = f"`{example.mode}` " if example.mode else ""
    return f"{mode}{example.text}" + (f" ({example.note})" if example.note else "")


def commands_page() -> str:
    """The help of every command, as it prints it."""
    context = click.Context(main, info_name="communique", terminal_width=90, **main.context_settings)
    parts = []
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        text = command.get_help(click.Context(command, parent=context, info_name=name, terminal_width=90))
        parts.append(f"## {name}\n\n```text\n{text}\n```")
    return "\n\n".join(parts)


def sample_event() -> str:
    """The surest refusal on the first sample page: its line with the words in bold, and its fields."""
    (page,) = read_paths(sample_pages()[:1])
    assert isinstance(page, Page)
    coded = code_page(page)
    refusals = [event for event in coded.events if event.type == "REJECT" and event.targets]
    event = max(refusals, key=lambda event: event.confidence)
    line_start = page.text.rfind("\n", 0, event.evidence.start) + 1
    before = page.text[line_start : event.evidence.start]
    after = page.text[event.evidence.end :].partition("\n")[0]
    fields = {
        "outlet": coded.article.outlet,
        "act": f"{event.type} ({event.mode})",
        "who → whom": f"{_ids(event.sources)} → {_ids(event.targets)}",
        "about": event.about,
        "date": event.date,
        "status": event.status,
        "according to": ", ".join(event.according_to),
        "terms": "; ".join(f"{term.role}: “{term.evidence.quote}”" for term in event.terms),
    }
    told = {name: value for name, value in fields.items() if value}
    quote = f"> {before}**{event.evidence.quote}**{after}"
    return "\n".join(
        [quote, "", f"| {' | '.join(told)} |", "|" + " --- |" * len(told), f"| {' | '.join(told.values())} |"]
    )


def _ids(actors: tuple[Actor, ...]) -> str:
    return ", ".join(actor.id for actor in actors)


def views_page() -> str:
    """The tables of the exports, which are the views of ``communique sql``: what a row is, and each column."""
    parts = []
    for table in tables().values():
        lines = [f"| `{f.name}` | {f.type} | {f.description} |" for f in table.fields]
        parts.append(
            "\n".join([f"### {table.name}", "", table.row.strip(), "", "| column | | |", "| --- | --- | --- |", *lines])
        )
    return "\n\n".join(parts)


def made() -> dict[Path, dict[str, Any]]:
    """For each document, the parts that are made from data."""
    docs = ROOT / "docs"
    return {
        ROOT / "README.md": {"event": sample_event, "accuracy": accuracy_table},
        docs / "accuracy.md": {"accuracy": accuracy_table},
        docs / "codebook.md": {"codebook": codebook_page},
        docs / "commands.md": {"commands": commands_page},
        docs / "sql.md": {"views": views_page},
    }


def renewed(path: Path) -> str:
    """A document as it should be, its made parts made anew."""
    document = path.read_text(encoding="utf-8")
    for name, make in made()[path].items():
        document = put(document, name, make())
    return document
