"""``communique codebook``: what counts as an event."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from communique.codebook import Codebook, EventType

WIDTH = 100


@click.command()
@click.argument("type_name", metavar="[TYPE]", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def codebook(type_name: str | None, form: str) -> None:
    """Print the codebook, or one of its event types.

    TYPE is a name such as PROPOSE, in any case.
    """
    from dataclasses import asdict

    from communique.codebook import event_type, load

    try:
        found = event_type(type_name) if type_name else load()
    except KeyError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="TYPE") from None
    if form == "json":
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_type(found) if type_name else _all(found)))  # type: ignore[arg-type]


def _all(book: Codebook) -> Iterator[str]:
    yield f"Communique codebook {book.version}"
    for group, meaning in book.groups.items():
        yield from ("", f"{group.upper()}: {meaning}")
        for kind in (kind for kind in book.types if kind.group == group):
            yield from ("", *_type(kind))
    for title, words in (("STATUS", book.statuses), ("TERMS", book.term_roles), ("FIELDS OF AN EVENT", book.fields)):
        yield from ("", title, *_pairs(words.items()))


def _type(kind: EventType) -> Iterator[str]:
    plover = dict.fromkeys([kind.plover, *(mode.plover for mode in kind.modes)])
    direction = "symmetric" if kind.symmetric else "directed"
    yield f"{kind.name}  ({kind.group}, {direction}; PLOVER {' or '.join(plover)}, CAMEO {kind.cameo})"
    yield from _wrap(kind.definition, "  ")
    yield from _pairs((mode.name, mode.definition) for mode in kind.modes)
    yield from _list("counts", kind.counts)
    yield from _list("does not", kind.does_not_count)
    for example in kind.examples:
        label = f"e.g. [{example.mode}] " if example.mode else "e.g. "
        yield from _wrap(f"{label}{example.text}" + (f" ({example.note})" if example.note else ""), "  ", " " * 7)
    if kind.roll_up:
        yield from _wrap(f"maps: {kind.roll_up}", "  ", " " * 8)


def _list(title: str, points: Iterable[str]) -> Iterator[str]:
    for number, point in enumerate(points):
        yield from _wrap(point, f"  {title if not number else '':9}- ", " " * 13)


def _pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, meaning in pairs:
        yield from _wrap(meaning, f"  {name:16} ", " " * 19)


def _wrap(words: str, first: str, rest: str | None = None) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent=first, subsequent_indent=first if rest is None else rest)
