"""How the reading room says things: verbs for acts, tones for outcomes, dates and names as people write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

# What one party does, what several do; the word at the end is left out where nobody is acted toward.
VERBS = {
    "PROPOSE": ("offers", "offer", ""),
    "REQUEST": ("demands", "demand", "of"),
    "ACCEPT": ("accepts", "accept", "from"),
    "REJECT": ("refuses", "refuse", ""),
    "AGREE": ("agrees", "agree", "with"),
    "CONSULT": ("talks", "talk", "with"),
    "SUPPORT": ("backs", "back", ""),
    "ACCUSE": ("accuses", "accuse", ""),
    "DENY": ("denies", "deny", "to"),
    "THREATEN": ("threatens", "threaten", ""),
    "COOPERATE": ("works together", "work together", "with"),
    "AID": ("aids", "aid", ""),
    "CONCEDE": ("concedes", "concede", "to"),
    "BREACH": ("breaks its word", "break their word", "to"),
    "SANCTION": ("punishes", "punish", ""),
    "MOBILIZE": ("mobilizes", "mobilize", "against"),
    "PROTEST": ("protests", "protest", "against"),
    "COERCE": ("coerces", "coerce", ""),
    "ASSAULT": ("attacks", "attack", ""),
}
OUTCOMES = ("open", "accepted", "conditionally accepted", "rejected", "countered", "agreed", "broken", "disputed")
TONES = {
    "accepted": "yes",
    "agreed": "yes",
    "conditionally accepted": "partly",
    "countered": "partly",
    "rejected": "no",
    "broken": "no",
    "disputed": "disputed",
}
SHAPES = {
    "PROPOSE": "offer",
    "REQUEST": "demand",
    **dict.fromkeys(("ACCEPT", "REJECT", "AGREE", "DENY", "CONCEDE", "BREACH"), "answer"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def verb(kind: str, sources: int = 1, targets: int = 1) -> str:
    """The act in a word, fit for so many who act and are acted toward; a kind not in the codebook as it is."""
    one, several, toward = VERBS.get(kind, (kind.lower(), kind.lower(), ""))
    return f"{several if sources > 1 else one} {toward if targets else ''}".strip()


def tone_of_outcome(outcome: str) -> str:
    """One of ``yes``, ``partly``, ``no``, ``disputed``, ``open``."""
    return TONES.get(outcome, "open")


def tone_of_answer(kind: str, mode: str | None) -> str | None:
    """The tone that an answer has by itself, or None for what is no answer."""
    if kind == "ACCEPT":
        return "partly" if mode == "conditional" else "yes"
    return {"AGREE": "yes", "REJECT": "no", "BREACH": "no", "DENY": "no", "CONCEDE": "yes"}.get(kind)


def shape(kind: str) -> str:
    """What sort of mark an act has: ``offer``, ``demand``, ``answer`` or ``deed``."""
    return SHAPES.get(kind, "deed")


@lru_cache(8192)
def day(date: str | None) -> str:
    """``2014-03-12`` as "12 Mar 2014", coarser dates accordingly, a range with a dash; None as "undated"."""
    if not date:
        return "undated"
    return " – ".join(_one(part) for part in date.split("/"))


def _one(date: str) -> str:
    parts = date.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
        return date
    if len(parts) == 1:
        return parts[0]
    month = int(parts[1])
    if not 1 <= month <= 12:
        return date
    return " ".join([*(str(int(p)) for p in parts[2:]), _MONTHS[month - 1], parts[0]])


def of_ordinal(number: int | None) -> str | None:
    """A day number as an ISO date; None for none and for days outside the calendar."""
    if number is None or not 1 <= number <= dt.date.max.toordinal():
        return None
    return dt.date.fromordinal(number).isoformat()


def plural(count: int, one: str, many: str | None = None) -> str:
    """``3 reports``, ``1 report``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(names: Sequence[str], most: int = 4) -> str:
    """Names with commas, the last ones left out where there are many."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def web_address(address: str | None) -> str | None:
    """The address where a browser may go by a person's click, or None: only http and https are offered."""
    if not address or len(address) > 2000 or urlsplit_scheme(address) not in ("http", "https"):
        return None
    return address


def urlsplit_scheme(address: str) -> str:
    """The scheme of an address; empty for what is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.scheme if parts.netloc else ""


def shown_address(address: str) -> str:
    """An address as visitors see it: of a file of the server's only its name, not where it lies."""
    return address if "://" in address else re.split(r"[/\\]", address)[-1]
