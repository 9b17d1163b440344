"""What a request asks for: filters, a page number, words; a value that makes no sense is refused in words."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from communique.ledger.filters import Filters

NAMES = ("actor", "type", "matter", "outlet", "status", "from", "to")
LONGEST = 200  # characters of a value
LAST_PAGE = 400


class Unclear(Exception):
    """A request that cannot be understood; the message is shown to whoever sent it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A listing's request: ``values`` as given (for the form), the ledger's filters, words to search, page from 1."""

    values: dict[str, str]
    filters: Filters
    words: str
    page: int
    size: int

    @property
    def offset(self) -> int:
        """How many rows to pass over."""
        return (self.page - 1) * self.size

    def query(self, **changes: str | int | None) -> str:
        """The query string of this request with some values changed or, for None, left out."""
        merged = {**self.values, "page": self.page if self.page > 1 else None, **changes}
        return urlencode({name: value for name, value in merged.items() if value not in (None, "")})


def asked(query: QueryParams, size: int = 50, also: tuple[str, ...] = ()) -> Asked:
    """Read a listing's request. ``also`` names further values to keep. Raises Unclear."""
    values = {name: short(query, name) for name in (*NAMES, "q", *also)}
    values = {name: value for name, value in values.items() if value}
    return Asked(values, filters(values), values.get("q", ""), page_number(query), size)


def short(query: QueryParams, name: str) -> str:
    """A value of the query without space around it. Raises Unclear for one that is too long."""
    value = query.get(name, "")
    if len(value) > LONGEST:
        raise Unclear(f"{name} is over {LONGEST} characters long")
    return value.strip().replace("\0", "")


def filters(values: dict[str, str]) -> Filters:
    """The ledger's filters. Raises Unclear for what is no date."""
    first, last = values.get("from"), values.get("to")
    between = (first or last or "", last or "9999-12-31") if first else ("0001-01-01", last) if last else None
    plain = {name: values.get(name) for name in ("actor", "type", "matter", "outlet", "status")}
    made = Filters(between=between, **plain)
    try:
        _ = made.days
    except ValueError:
        raise Unclear(f"{first or ''} {last or ''}: not dates like 2012, 2012-02 or 2012-02-14") from None
    return made


def page_number(query: QueryParams) -> int:
    """The number of the page asked for. Raises Unclear."""
    text = query.get("page", "1")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LAST_PAGE):
        raise Unclear(f"page is a number from 1 to {LAST_PAGE}; narrow the list to see what lies further back")
    return int(text)
