"""Page to Article: which lines are body, what the other lines are, and what the page says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.article import Article, Line
from communique.cleaning.body import body_flags, drop_comments, drop_recurring
from communique.cleaning.byline import byline_in_line, byline_in_text, structured_byline
from communique.cleaning.classifier import body_odds
from communique.cleaning.credit import credit_in
from communique.cleaning.dateline import Dateline, find_dateline
from communique.cleaning.furniture import Sign, signs
from communique.cleaning.inline import body_pieces
from communique.cleaning.kinds import name_kinds
from communique.cleaning.language import language
from communique.cleaning.lines import Lines, split_lines
from communique.cleaning.markup import blocks_of
from communique.cleaning.outlet import (
    agencies,
    as_printed,
    furniture_texts,
    outlet_line,
    self_named,
    structured_outlet,
)
from communique.cleaning.published import published
from communique.cleaning.title import heading_in_body, structured_title, text_title, told_titles
from communique.cleaning.warnings import page_warnings
from communique.collector import uncollected
from communique.page import Page

LONG_LINE = 300
SLACK = 40  # characters of space a printed title may have more or less than the told one


@dataclass(slots=True)
class _Draft:
    """A page while it is being cleaned: its lines, the signs of the table, and which lines are body."""

    page: Page
    lines: Lines
    signs: Sequence[Sign]
    body: Sequence[bool]
    fixed: dict[int, str]

    def first(self) -> int:
        return next((index for index, is_body in enumerate(self.body) if is_body), len(self.lines))

    def words(self) -> str:
        """The body's text, a line a line."""
        return "\n".join(self.lines.words(index) for index, is_body in enumerate(self.body) if is_body)


def clean(page: Page, *, siblings: Mapping[str, int] | None = None) -> Article:
    """The Article of a Page.

    ``siblings`` counts, for the key of a line (``features.line_key``), on how many other pages of the
    same outlet it stands; see ``communique.cleaning.siblings``. Lines that recur are furniture. Without it,
    what the page itself carries (``Page.recurring``) is used.
    """
    with uncollected():
        return _clean(page, siblings)


def _clean(page: Page, siblings: Mapping[str, int] | None) -> Article:
    draft = _draft(page, siblings or page.recurring or None)
    dateline = _dateline(draft)
    date, how, date_line = published(page, draft.lines, draft.body, dateline)
    _fix(draft, date_line, "date")
    outlet, at = _outlet(draft, dateline)
    credit, credit_line = _credit(draft, dateline, outlet)
    _fix(draft, at, "navigation")
    _fix(draft, credit_line, "credit")
    byline = _byline(draft)
    title, span = _title(draft)
    spoken = language(draft.words(), page.meta)
    return Article(
        title=title,
        title_span=span,
        outlet=outlet,
        byline=byline,
        published=date,
        published_how=how,
        dateline=dateline.place if dateline else None,
        credit=credit,
        language=spoken,
        warnings=page_warnings(page, draft.lines, draft.body, spoken),
        **_ranges(draft),
    )


def _draft(page: Page, siblings: Mapping[str, int] | None) -> _Draft:
    lines = split_lines(page.text)
    if not len(lines):
        return _Draft(page, lines, (), (), {})
    found = list(signs(lines))
    odds = body_odds(page, lines, siblings)
    flags = body_flags(lines, odds, found)
    drop_recurring(lines, flags, siblings)
    said = drop_comments(blocks_of(page, lines), flags) if page.blocks else ()
    body = flags.tolist()
    heading = heading_in_body(lines, body, odds.tolist())
    if heading is not None:
        body[heading] = False
    return _Draft(page, lines, found, body, dict.fromkeys(said, "comments"))


def _fix(draft: _Draft, index: int | None, kind: str) -> None:
    """Name the kind of a line, unless it is body or has one."""
    if index is not None and not draft.body[index]:
        draft.fixed.setdefault(index, kind)


def _dateline(draft: _Draft) -> Dateline | None:
    body = [index for index, is_body in enumerate(draft.body) if is_body][:3]
    for index in body:
        found = find_dateline(draft.page.text, draft.lines.starts[index], draft.lines.ends[index])
        if found:
            return found
    return None


def _outlet(draft: _Draft, dateline: Dateline | None) -> tuple[str | None, int | None]:
    """The outlet, and the index of the line that is its name, where one is."""
    at = outlet_line(draft.lines, draft.first())
    told = structured_outlet(draft.page)
    if told:
        return told, at
    if at is not None:
        return as_printed(draft.lines.words(at)), at
    named = self_named(furniture_texts(draft.lines, draft.body))
    if named:
        return named, None
    return _agency(dateline), None


def _agency(dateline: Dateline | None) -> str | None:
    return agencies().get(dateline.agency) if dateline and dateline.agency else None


def _credit(draft: _Draft, dateline: Dateline | None, outlet: str | None) -> tuple[str | None, int | None]:
    """The credit of a line outside the body, else the agency of a dateline that is not the outlet."""
    texts = draft.lines.texts
    credit, at = credit_in((index, texts[index]) for index, is_body in enumerate(draft.body) if not is_body)
    agency = _agency(dateline)
    if credit is None and agency and outlet and agency.split()[0].lower() not in outlet.lower():
        return agency, None
    return credit, at


def _byline(draft: _Draft) -> str | None:
    told = structured_byline(draft.page.meta)
    first = draft.first()
    for index in range(max(0, first - 15), min(first + 2, len(draft.lines))):
        found = None if draft.body[index] else byline_in_line(draft.lines.words(index))
        if found:
            _fix(draft, index, "byline")
            return told or found
    body = draft.words()
    return told or byline_in_text(body[:2000], draft.page.text[-6000:])


def _title(draft: _Draft) -> tuple[str | None, tuple[int, int] | None]:
    """The title, and the range in the page's text where it, or another version of it, stands."""
    told = structured_title(draft.page.meta)
    at = text_title(draft.lines, draft.body, draft.fixed) if told is None else _printed_title(draft, told)
    if at is None:
        return told, None
    words = draft.lines.texts[at]
    for index, other in enumerate(draft.lines.texts):
        if other == words and not draft.body[index]:
            draft.fixed[index] = "title"
    return told or draft.lines.words(at), (draft.lines.starts[at], draft.lines.ends[at])


def _printed_title(draft: _Draft, told: str) -> int | None:
    """The line that is the title told by the metadata, or another version of it that the page prints."""
    found = (_line_of(draft, title) for title in (told, *told_titles(draft.page.meta)))
    return next((at for at in found if at is not None), None)


def _line_of(draft: _Draft, title: str) -> int | None:
    """The line that is the title told by the metadata."""
    wanted = " ".join(title.split()).lower()
    least, most, first = len(title) - SLACK, len(title) + SLACK, wanted[:1]
    for index, words in enumerate(draft.lines.texts):
        if (
            least < len(words) < most
            and words[0].lower()[0] == first  # as few lines begin, and sooner seen
            and " ".join(words.split()).lower() == wanted
        ):
            return index
    return None


def _ranges(draft: _Draft) -> dict[str, Any]:
    """The body's ranges and line numbers, and the kind of every line."""
    lines, body = draft.lines, draft.body
    kinds = name_kinds(lines, body, draft.signs, draft.fixed)
    at = [index for index, is_body in enumerate(body) if is_body]
    return {
        "body": tuple(piece for index in at for piece in _pieces(draft, index)),
        "body_lines": tuple(dict.fromkeys(lines.numbers[index] for index in at)),
        "lines": tuple(map(Line._make, zip(lines.numbers, lines.starts, lines.ends, kinds, strict=True))),
    }


def _pieces(draft: _Draft, index: int) -> list[tuple[int, int]]:
    """The ranges of a body line that are body: without teasers in brackets, and of a long one without furniture."""
    start, end = draft.lines.starts[index], draft.lines.ends[index]
    short = end - start < LONG_LINE
    inside = [s for s in draft.signs if s.line == index and (s.phrase.effect == "cut-brackets" or not short)]
    if not inside:
        return [(start, end)]
    return body_pieces(draft.page.text, start, end, inside) or [(start, end)]
