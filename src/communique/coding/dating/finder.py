"""Finds the time expressions of a text and the dates they stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from communique.coding.dating import absolute, relative
from communique.coding.dating.calendar import parse, shift, span
from communique.coding.dating.frame import Anchor, Frame, Reading
from communique.coding.dating.mention import DateMention
from communique.coding.dating.rules import GRAMMAR, RULES
from communique.coding.dating.tense import tense_around
from communique.coding.dating.tokens import Tokens, holiday_ranges, tokenise
from communique.coding.dating.words import holidays

Reader = Callable[[Frame], Reading | None]
READERS: dict[str, Reader] = {
    name: getattr(absolute, name, None) or getattr(relative, name) for name in RULES if name != "holiday"
}
UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def find_dates(text: str, spans: Sequence[tuple[int, int]], published: str | None) -> list[DateMention]:
    """The time expressions of ``text`` inside ``spans`` (character ranges in order), first to last.

    ``published`` is the publication date, as fine as it is known (ISO 8601), or None: then
    dates that count from it are found without a value.
    """
    anchor = Anchor.of(published)
    tokens = tokenise(text, spans)
    mentions = read_all(tokens, anchor)
    mentions = with_holidays(tokens, mentions, spans, anchor)
    mentions = join_ranges(tokens, mentions)
    return [mark_since(text, after_events(text, mentions, i), anchor) for i in range(len(mentions))]


def read_all(tokens: Tokens, anchor: Anchor) -> list[DateMention]:
    """Every expression the grammar matches and a rule can read."""
    mentions: list[DateMention] = []
    frame = Frame(tokens, anchor, before=mentions)
    position = 0
    while found := GRAMMAR.search(tokens.tags, position):
        frame.first, frame.last = found.span()
        reading = READERS[found.lastgroup or ""](frame) if found.lastgroup != "holiday" else None
        if reading is None:
            position = found.start() + 1
            continue
        start, end = tokens.starts[frame.first], tokens.ends[frame.last - 1]
        mentions.append(DateMention(start, end, *reading))
        position = found.end()
    return mentions


def with_holidays(
    tokens: Tokens, mentions: list[DateMention], spans: Sequence[tuple[int, int]], anchor: Anchor
) -> list[DateMention]:
    """The mentions with holidays added; a year right after a holiday is taken as part of it."""
    if not spans:
        return mentions
    found = [h for h in holiday_ranges(tokens.text, spans[0][0], spans[-1][1]) if any(a <= h[0] < b for a, b in spans)]
    for start, end, name in found:
        year = next((m for m in mentions if m.grain == "year" and 0 <= m.start - end <= 5), None)
        said = int(year.value[:4]) if year and year.value else None
        first = next((i for i, s in enumerate(tokens.starts) if s >= start), 0)
        last = next((i for i, s in enumerate(tokens.starts) if s >= end), len(tokens.starts))
        value = absolute.holiday_date(anchor, holidays()[name], said, tense_around(tokens, first, last))
        mention = DateMention(start, year.end if year else end, value, "day", "partial", "holiday")
        mentions = [m for m in mentions if m.end <= mention.start or m.start >= mention.end]
        mentions.append(mention)
    return sorted(mentions, key=lambda m: m.start) if found else mentions


def join_ranges(tokens: Tokens, mentions: list[DateMention]) -> list[DateMention]:
    """Two dates said as one range ("from 12 April to 3 May", "June-August 2012") made one mention."""
    out: list[DateMention] = []
    for mention in mentions:
        joined = joined_range(tokens.text, out[-1], mention) if out else None
        if joined:
            out[-1] = joined
        else:
            out.append(mention)
    return out


def joined_range(text: str, one: DateMention, two: DateMention) -> DateMention | None:
    """The range from ``one`` to ``two``, where the words between and before them say so."""
    if two.start - one.end > 12 or not one.value or not two.value or "/" in one.value + two.value:
        return None
    between = text[one.end : two.start].strip().lower()
    before = text[max(0, one.start - 12) : one.start].lower().split()[-1:]
    if between not in ("to", "until", "till", "through", "-", "–", "—") and not (
        between == "and" and before == ["between"]
    ):
        return None
    if between in ("to", "until", "till") and before != ["from"] and one.grain != two.grain:
        return None
    start = carry_year(one, two)
    if start is None or start > two.value:
        return None
    return replace(
        two, start=one.start, value=span(start, two.value), grain="range", kind="range", how="from one to the other"
    )


def carry_year(one: DateMention, two: DateMention) -> str | None:
    """The start of a range, in the year of its end where only the end says one."""
    if one.kind != "partial" or two.kind != "absolute" or not one.value or not two.value:
        return one.value
    moved = two.value[:4] + one.value[4:]
    parts = parse(moved)
    if parts and moved > two.value:
        moved = f"{parts[0] - 1:04d}{one.value[4:]}"
    return moved


def after_events(text: str, mentions: list[DateMention], index: int) -> DateMention:
    """A distance "after" or "before" something, resolved where a date follows in the same clause."""
    mention = mentions[index]
    if mention.how != "counted from an event" or not mention.shift:
        return mention
    following = mentions[index + 1] if index + 1 < len(mentions) else None
    if following is None or not following.first or following.start - mention.end > 60:
        return mention
    if any(mark in text[mention.end : following.start] for mark in ".,;:\n"):
        return mention
    value = shift(following.first, *parse_shift(mention.shift))
    if value is None:
        return mention
    grain = {4: "year", 7: "month"}.get(len(value), "day")
    return replace(mention, value=value, grain=grain, how="counted from the date after")  # type: ignore[arg-type]


def parse_shift(duration: str) -> tuple[int, str]:
    """Count and unit of a signed ISO 8601 duration of one part (``+P1M``)."""
    sign = -1 if duration[0] == "-" else 1
    return sign * int(duration[2:-1]), UNITS[duration[-1]]


def resolve_shift(mention: DateMention, event_day: str | None) -> str | None:
    """The date of a mention that counts from an event, once the date of that event is known."""
    if not mention.shift or not event_day:
        return mention.value
    return shift(event_day, *parse_shift(mention.shift))


def mark_since(text: str, mention: DateMention, anchor: Anchor) -> DateMention:
    """A date after "since": the range from it to publication."""
    words = text[max(0, mention.start - 16) : mention.start].lower().split()
    if ("since" not in words[-1:] and words[-2:-1] != ["since"]) or mention.kind in ("vague", "since"):
        return mention
    start, end = mention.first, anchor.value
    if start is None or end is None or start > end:
        return replace(mention, kind="since")
    return replace(mention, value=span(start, end[: len(start)]), grain="range", kind="since", how="since")
