"""A quick coder for the tests of batches, which child processes import by name; some pages are at fault."""

from __future__ import annotations

import os
import signal
import time

from coders import hang
from communique.actor import Actor
from communique.article import Article
from communique.coding.coded import CodedPage
from communique.event import Event
from communique.evidence import Evidence
from communique.page import Page

FAULTS = ("hang", "sleep", "eat", "die", "crash", "raise")


def code(page: Page) -> CodedPage:
    """One event a page, of its first line; a page that says ``fault: NAME`` shows that fault."""
    _, _, rest = page.text.partition("fault: ")
    if rest:
        fail(rest.split()[0])
    if "slowly" in page.text:
        time.sleep(0.2)
    first = page.text.strip().split("\n")[0]
    quote = Evidence.of(page.text, page.text.index(first), page.text.index(first) + len(first))
    event = Event("e1", "PROPOSE", "offer", (Actor("Russia", "RUS"),), (Actor("Japan", "JPN"),), quote, confidence=0.9)
    article = Article(title=first, outlet="The Paper", published="2025-05-01", body=((quote.start, quote.end),))
    return CodedPage(page, article, (event,))


def fail(fault: str) -> None:
    """Show a fault: work without end, wait without end, take memory without end, end the process, crash, end the worker
    that keeps it, or raise."""
    match fault:
        case "hang":
            hang()
        case "sleep":
            time.sleep(3600)
        case "eat":
            taken = []
            while True:
                taken.append(bytearray(10_000_000))
        case "die":
            os._exit(3)
        case "parent":
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "raise":
            raise ValueError("no such\nrule")
