"""How many dates the grammar reads right, on TimeML's news and on the Recognizers specs, and how fast.

    python benchmarks/dates.py ../shared [--misses N]

TimeML (TempEval-3's TBAQ-cleaned): every TIMEX3 of type DATE with a calendar value. Right
where a mention overlaps it and says what it says at its precision (the evaluation's rule
for dates). Recognizers-Text specs (English): every date and date range; right where first
and last day are those of one of the readings the spec allows.
"""

from __future__ import annotations

import argparse
import json
import re
import tarfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from communique.coding.dating import DateMention, find_dates
from communique.coding.dating.calendar import first_day, last_day, week_of, weekend_of

TIMEX = re.compile(r"<TIMEX3\b([^>]*)>(.*?)</TIMEX3>", re.S)
SEASONS = {"SP": ("03", "05"), "SU": ("06", "08"), "FA": ("09", "11"), "WI": ("12", "02")}
SPEC_FILES = ("DateParser", "DatePeriodParser", "HolidayParser", "DateTimeModel")


class Case(NamedTuple):
    """A time expression with the values that count as right: ISO dates or ranges."""

    text: str
    start: int
    end: int
    published: str | None
    values: list[str]


def plain(markup: str) -> str:
    """Markup as the characters it stands for."""
    text = re.sub(r"<[^>]+>", "", markup)
    return text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')


def timex_value(value: str) -> str | None:
    """A TIMEX3 value as an ISO date or range; None where it is no calendar date."""
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        return value
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return weekend_of(monday) if found[3] else week_of(monday)
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return f"{found[1]}-{3 * int(found[2]) - 2:02d}/{found[1]}-{3 * int(found[2]):02d}"
    if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        first, last = SEASONS[found[2]]
        return f"{found[1]}-{first}/{int(found[1]) + (found[2] == 'WI')}-{last}"
    return f"{value}0/{value}9" if re.fullmatch(r"\d{3}", value) else None


def timeml(archive: Path) -> Iterator[Case]:
    """The dated expressions of the TimeML pages."""
    with tarfile.open(archive) as tar:
        for member in tar:
            if not member.name.endswith(".tml"):
                continue
            markup = tar.extractfile(member).read().decode("utf-8", "replace")  # type: ignore[union-attr]
            dct = re.search(r"<DCT>.*?value=\"([^\"]+)\"", markup, re.S)
            body = markup.split("<TEXT>")[-1].split("</TEXT>")[0]
            text = plain(body)
            for found in TIMEX.finditer(body):
                value = re.search(r'value="([^"]*)"', found[1])
                wanted = timex_value(value[1]) if value and 'type="DATE"' in found[1] else None
                start = len(plain(body[: found.start()]))
                if wanted:
                    yield Case(text, start, start + len(plain(found[2])), dct[1][:10] if dct else None, [wanted])


def resolutions(result: dict) -> Iterator[str]:
    """The readings a spec allows for one expression."""
    value = result.get("Value") or {}
    resolved = [value.get("FutureResolution"), value.get("PastResolution")]
    resolved += (result.get("Resolution") or {}).get("values", [])
    for one in filter(None, resolved):
        if one.get("type", "date") == "date" and (one.get("date") or one.get("value")):
            yield one.get("date") or one["value"]
        start, end = one.get("startDate") or one.get("start"), one.get("endDate") or one.get("end")
        if one.get("type", "daterange") == "daterange" and start and end:
            yield f"{start}/{end}"


def specs(archive: Path) -> Iterator[Case]:
    """The dates and date ranges of the specs."""
    with tarfile.open(archive) as tar:
        for name in SPEC_FILES:
            for case in json.loads(tar.extractfile(f"English/{name}.json").read().decode("utf-8-sig")):  # type: ignore[union-attr]
                published = (case.get("Context") or {}).get("ReferenceDateTime", "")[:10] or None
                for result in case["Results"]:
                    values = [v for v in resolutions(result) if re.match(r"\d{4}-\d\d-\d\d", v)]
                    if values and "datetime" not in (result.get("Type") or "").lower():
                        start = result["Start"]
                        yield Case(case["Input"], start, start + len(result["Text"]), published, values)


def says_same(wanted: str, said: str | None) -> bool:
    """Whether a value says what is wanted at its precision (the evaluation's rule)."""
    return said is not None and (said.startswith(wanted) or wanted.split("/")[0] == said.split("/")[0])


def same_days(wanted: str, said: str | None) -> bool:
    """Whether two values cover the same days; the specs name the day after a range's last."""
    if said is None or (first_day(said), first_day(wanted)) == (None, None) or first_day(said) != first_day(wanted):
        return False
    ends = last_day(wanted), last_day(said)
    return ends[0] == ends[1] or ("/" in wanted and ends[0] is not None and ends[1] == ends[0] - timedelta(days=1))


def said_there(case: Case, mentions: list[DateMention]) -> list[str | None]:
    """Values of the mentions that overlap a case; for ranges also their ends,
    since TimeML marks the two ends of "from 2003 to 2005" apart."""
    found = [m for m in mentions if m.start < case.end and case.start < m.end]
    ends = [end for m in found if m.kind in ("since", "range") for end in (m.first, m.last)]
    return [m.value for m in found] + ends


def measure(name: str, cases: list[Case], right: object, misses: int) -> None:
    """Print the share of cases read right."""
    hits, seen = 0, 0
    for case in cases:
        said = said_there(case, find_dates(case.text, lines(case.text), case.published))
        ok = any(right(wanted, value) for wanted in case.values for value in said)  # type: ignore[operator]
        hits, seen = hits + ok, seen + bool(said)
        if not ok and misses > 0:
            misses -= 1
            around = case.text[max(0, case.start - 50) : case.end + 20].replace("\n", " ")
            print(f"  {case.published} {case.text[case.start : case.end]!r} {case.values[:2]} {said} | {around!r}")
    print(f"{name}: {hits} of {len(cases)} right ({hits / len(cases):.3f}), {seen} found")


def lines(text: str) -> list[tuple[int, int]]:
    """The ranges of the lines of a text."""
    return [found.span() for found in re.finditer(r"[^\n]+", text)]


def speed(texts: list[str]) -> None:
    """Print the time a page of 3,000 characters takes, the best of five rounds."""
    pages = [(t[:3000], lines(t[:3000])) for t in texts if len(t) >= 3000]
    best = float("inf")
    for _ in range(5):
        started = time.process_time()
        for text, spans in pages:
            find_dates(text, spans, "2012-05-17")
        best = min(best, (time.process_time() - started) / max(1, len(pages)))
    print(f"speed: {best * 1000:.2f} ms a page of 3,000 characters ({len(pages)} pages)")


def main() -> None:
    """Run the three measurements."""
    parser = argparse.ArgumentParser(description="Measure the reading of dates.")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    news = list(timeml(args.shared / "labels" / "timeml_tbaq.tar.gz"))
    measure("TimeML dates", news, says_same, args.misses)
    measure(
        "Recognizers specs", list(specs(args.shared / "labels" / "datetime_specs_en.tar.gz")), same_days, args.misses
    )
    speed(sorted({case.text for case in news}))


if __name__ == "__main__":
    main()
