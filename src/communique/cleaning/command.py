"""``communique clean``: the article inside each page, for eyes and for other programs."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

import click

from communique.article import Article
from communique.cleaning.clean import clean
from communique.cleaning.liveblog import Entry, live_entries
from communique.cleaning.together import together as gathered
from communique.page import Page
from communique.reading import ReadFailure, read_paths

MARGIN = 13


@click.command(name="clean")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--url", help="The address of the page.")
@click.option("--date", help="The day of publication, as YYYY-MM-DD.")
@click.option("--together", is_flag=True, help="Read all pages first: join parts, know lines that recur.")
@click.option("--format", "shape", type=click.Choice(["text", "jsonl", "marked"]), default="text", show_default=True)
def clean_command(paths: tuple[str, ...], url: str | None, date: str | None, together: bool, shape: str) -> None:
    """Print the article inside each page: its title, where it is from, and its body.

    text: the article alone. jsonl: one object a page, with offsets into the page's text.
    marked: every line of the page behind its kind.
    """
    show = {"text": as_text, "jsonl": as_json, "marked": as_marked}[shape]
    failed = False
    items = read_paths(paths, url=url, date=date)
    for item in gathered(items) if together else items:
        if isinstance(item, ReadFailure):
            click.echo(printable(str(item)), err=True)
            failed = True
        else:
            click.echo(show(item, clean(item)))
    sys.exit(1 if failed else 0)


def as_text(page: Page, article: Article) -> str:
    """The article for reading: title, where and when, body, warnings."""
    about = " · ".join(
        filter(None, (article.outlet, article.byline, article.published, article.dateline, article.credit))
    )
    entries = live_entries(page, article)
    body = _dated(page, entries) if entries else [page.text[start:end] for start, end in article.body]
    notes = [f"({warning})" for warning in article.warnings]
    parts = [article.title or "(no title)", about, "", *body, *notes]
    return printable("\n".join(parts)) + "\n"


def _dated(page: Page, entries: tuple[Entry, ...]) -> list[str]:
    """The entries of a live blog, each below its day and time."""
    rows: list[str] = []
    for entry in entries:
        rows.append(" ".join(filter(None, ("#", entry.day, entry.time, entry.zone))))
        rows += [page.text[start:end] for start, end in entry.body]
    return rows


def as_json(page: Page, article: Article) -> str:
    """The article as one JSON object."""
    found: dict[str, Any] = {"doc": page.doc, "path": page.path, "digest": page.digest, "url": page.url}
    for name in ("title", "outlet", "byline", "published", "published_how", "dateline", "credit", "language"):
        found[name] = getattr(article, name)
    found["body"] = [list(span) for span in article.body]
    found["body_lines"] = list(article.body_lines)
    found["kinds"] = [[line.start, line.end, line.kind] for line in article.lines]
    entries = live_entries(page, article)
    if entries:
        found["entries"] = [asdict(entry) for entry in entries]
    found["warnings"] = list(article.warnings)
    return json.dumps(found, ensure_ascii=False)


def as_marked(page: Page, article: Article) -> str:
    """Every line of the page behind its kind; body lines stand out by a bar."""
    rows = [f"# {page.path or page.doc}"]
    for line in article.lines:
        bar = "|" if line.kind == "body" else " "
        rows.append(f"{line.kind:<{MARGIN}}{bar} {page.text[line.start : line.end]}")
    return printable("\n".join(rows)) + "\n"


def printable(text: str) -> str:
    """The text without control characters, which a hostile page could use to steer a terminal."""
    return "".join(
        char for char in text if char in "\n\t" or ((char.isprintable() or char.isspace()) and char != "\x85")
    )
