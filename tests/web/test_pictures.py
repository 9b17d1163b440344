"""Pictures: nothing overlaps, nothing is left out, and many marks are quick."""

from __future__ import annotations

import random
import re
import time
from itertools import pairwise
from typing import Any

from communique.web.differences import differing_fields, own_words
from communique.web.pictures.lanes import RADIUS, lanes, places
from communique.web.pictures.months import HEIGHT, acts_a_mark, mark_size, months


def act(number: int, day: int, date: str | None, who: str = "NOR", whom: str = "ISL") -> dict[str, Any]:
    """One act of a thread, with what the picture needs."""
    return {"id": f"m-{number}", "number": number, "type": "PROPOSE", "shape": "offer", "tone": "open", "date": date,
            "since": day, "until": day, "about": None, "disputes": [], "sources": [{"id": who, "name": who}],
            "targets": [{"id": whom, "name": whom}]}  # fmt: skip


def test_marks_never_touch_and_time_runs_to_the_right() -> None:
    """However many acts fall on one day or years apart, two marks keep their distance."""
    chance = random.Random(3)
    days = sorted(chance.choices(range(730_000, 735_000), k=60) + [731_000] * 20)
    at = places([act(n, day, f"20{day % 90 + 10}-01-02") for n, day in enumerate(days)])
    assert all(b - a > 2 * RADIUS + 4 for a, b in pairwise(at.values()))


def test_each_date_is_written_once_and_none_touches_the_next() -> None:
    """Every act has its date below it, unless the act before has the same."""
    moves = [act(1, 1, "2014-03-10"), act(2, 1, "2014-03-10"), act(3, 3, "2014-03-12"), act(4, 9, None)]
    svg = str(lanes(moves, []))
    found = re.findall(r'<text x="([\d.]+)"[^>]*class="date"[^>]*>([^<]+)<', svg)
    upper = [words for _, words in found if words != "2014"]
    assert upper == ["10 Mar", "12 Mar", "undated"]
    ends = [(float(x), 3.4 * len(words)) for x, words in found if words != "2014"]
    assert all(a + w <= b - v for (a, w), (b, v) in pairwise(ends))


def test_every_party_has_a_lane_with_its_name() -> None:
    """Up to ten parties have a lane each; the rest share one."""
    few = str(lanes([act(n, n, None, f"party {n}") for n in range(5)], []))
    assert all(f"party {n}" in few for n in range(5)) and "others" not in few
    many = str(lanes([act(n, n, None, f"party {n}") for n in range(30)], []))
    assert "others" in many


def bins(counts: list[int]) -> list[dict[str, Any]]:
    """Months with so many acts each."""
    return [
        {"bin": f"{2000 + n // 12}-{n % 12 + 1:02d}", "acts": c, "groups": {"deeds": c}} for n, c in enumerate(counts)
    ]


def marks_in(svg: str) -> int:
    """How many marks a picture has: the dashes of its paths."""
    count = 0
    for path in re.findall(r"<path [^>]+>", svg):
        dash = re.search(r'dasharray="([\d.]+) ([\d.]+)"', path)
        assert dash is not None
        size = float(dash[1]) + float(dash[2])
        count += sum(round((float(a) - float(b)) / size) for a, b in re.findall(r"M[\d.]+ ([\d.]+)V([\d.]+)", path))
    return count


def test_groups_are_heaped_without_gaps() -> None:
    """Of three groups in one month every mark has a place of its own."""
    both = [{"bin": "2014-03", "acts": 17, "groups": {"bargaining": 5, "talk": 4, "deeds": 8}}]
    svg = str(months(both, {}))
    assert marks_in(svg) == 17
    tops = re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)", svg)
    assert len({(x, start) for x, start, _ in tops}) == len(tops)


def test_every_act_has_a_mark_inside_the_picture() -> None:
    """One mark an act, none above the upper edge."""
    svg = str(months(bins([3, 0, 700]), {}))
    assert marks_in(svg) == 703
    assert min(float(y) for y in re.findall(r"V([\d.]+)", svg)) >= 0


def test_twenty_thousand_marks_take_less_than_a_second() -> None:
    """The largest picture is made in time."""
    start = time.perf_counter()
    svg = str(months(bins([100] * 200), {"q": "x"}))
    assert time.perf_counter() - start < 1.0
    assert marks_in(svg) == 20_000


def test_beyond_that_a_mark_stands_for_several() -> None:
    """A million acts are drawn with at most some twenty thousand marks, and the picture says so."""
    listed = bins([5000] * 200)
    assert acts_a_mark(listed) == 50
    assert "One mark stands for 50 acts" in str(months(listed, {}))


def test_a_heap_is_as_high_as_the_picture_at_most() -> None:
    """Marks shrink until the highest month fits."""
    for column, most in ((80.0, 1), (80.0, 2000), (4.0, 300)):
        size = mark_size(column, most)
        assert size <= 0.5 or -(-most // max(1, int(column / size))) * size <= HEIGHT


def report(**fields: Any) -> dict[str, Any]:
    """A report with fields to compare."""
    plain: dict[str, Any] = {"type": "PROPOSE", "mode": None, "date": None, "place": None, "status": "actual"}
    return {**plain, "sources": [], "targets": [], **fields}


def test_a_report_differs_where_most_others_agree() -> None:
    """The odd date is marked; what a report leaves open is no difference; of two different dates both are marked."""
    three = [report(date="2014-03-10"), report(date="2014-03-10"), report(date="2014-03-11"), report()]
    assert differing_fields(three) == [[], [], ["date"], []]
    assert differing_fields([report(date="2014"), report(date="2015")]) == [["date"], ["date"]]


def test_own_words_are_those_no_other_report_has() -> None:
    """Words that another report has in any inflexion are not marked; the pieces are the quote."""
    quotes = ["Norway offered four ships", "Norway offers five ships"]
    pieces = own_words(quotes)
    assert ["".join(words for words, _ in one) for one in pieces] == quotes
    assert [[words for words, own in one if own] for one in pieces] == [["four"], ["five"]]
    assert own_words(["alone here"]) == [[("alone here", False)]]
