"""One thing for eyes: a thread, move, event or page, down to the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rich.text import Text

from communique.commands.table import HIGHLIGHT, clean
from communique.ledger.tables import console, parties, sources


def print_detail(found: dict[str, Any]) -> None:
    """Print what ``showing.show`` found."""
    shown: dict[str, Callable[[dict[str, Any]], Iterator[Text]]] = {
        "thread": _thread,
        "move": _move,
        "event": _event,
        "page": _page,
    }
    out = console()
    for line in shown[found["kind"]](found):
        out.print(line, soft_wrap=True)


def _line(words: str, style: str = "") -> Text:
    return Text(clean(words), style=style)


def _thread(thread: dict[str, Any]) -> Iterator[Text]:
    yield _line(f"{thread['matter']}", "bold")
    reached = f" on {thread['outcome_date']}" if thread["outcome_date"] else ""
    yield _line(f"{thread['id']} · {thread['outcome']}{reached} · {parties(thread['actors'])}")
    yield _line(sources(thread["said_by"]))
    for dispute in thread["disputes"]:
        yield from _dispute(dispute)
    links = {(k["move"]): k for k in thread["links"]}
    for move in thread["moves"]:
        yield Text()
        link = links.get(move["id"])
        if link:
            yield _line(f"{link['kind']} {link['to']}", "dim")
        yield from _move(move)
    for other in thread["related"]:
        kind = "mirror of" if other["mirror"] else "related to"
        yield _line(f"\n{kind} {other['thread']} ({other['score']:.2f})")


def _move(move: dict[str, Any]) -> Iterator[Text]:
    who = parties(move["sources"]) + (f" → {parties(move['targets'])}" if move["targets"] else "")
    act = " ".join(part for part in (move["type"], move["mode"], move["status"]) if part and part != "actual")
    yield _line(f"{move['id']} · {move['date'] or 'undated'} · {act} · {who} · {move['about'] or ''}", "bold")
    yield _line("  " + sources(move["said_by"]))
    for dispute in move["disputes"]:
        yield from _dispute(dispute)
    for report in move["reports"]:
        yield from _report(report)


def _dispute(dispute: dict[str, Any]) -> Iterator[Text]:
    yield _line(f"  sources differ on: {dispute['kind']}", "bold red")
    for side in dispute["sides"]:
        yield _line(f"    {side['says']}: {'; '.join(side['sources'])}")


def _report(report: dict[str, Any]) -> Iterator[Text]:
    chain = f", according to {' < '.join(report['according_to'])}" if report["according_to"] else ""
    yield _line(f"  {report['id']} · {report['outlet'] or report['address']} {report['published'] or ''}{chain}", "dim")
    words = Text("    " + clean(report["before"].rpartition("\n")[2]))
    words.append(clean(report["quote"]), style=HIGHLIGHT)
    words.append(clean(report["after"].partition("\n")[0]))
    yield words


def _event(event: dict[str, Any]) -> Iterator[Text]:
    yield from _report(event)
    yield _line(f"  tells {event['move'] or 'no move: rejected'}")
    yield _line(f"  coded by {event['coder']} {event['coder_version']}, codebook {event['codebook_version']}")
    for term in event["terms"]:
        yield _line(f"  {term['role']} {term['actor'] or ''}: «{term['quote']}»")
    for decision in event["decisions"]:
        gone = f", withdrawn {decision['withdrawn']}" if decision["withdrawn"] else ""
        yield _line(f"  {decision['judgement']} by {decision['who']} on {decision['decided']}{gone}")


def _page(page: dict[str, Any]) -> Iterator[Text]:
    yield _line(page["title"] or "(no title)", "bold")
    about = (page["outlet"], page["published"], page["byline"], page["credit"], page["url"] or page["path"])
    yield _line(" · ".join(part for part in about if part))
    yield _line(f"{page['key']} · {page['digest']} · {len(page['versions'])} version(s)", "dim")
    yield Text()
    for line in page["body"].split("\n"):
        yield _line(line)
    for event in page["events"]:
        yield from _report(event)
