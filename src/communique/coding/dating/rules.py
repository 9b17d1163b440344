"""The grammar: one pattern over token tags for each way news writes a date, most specific first.

The tags are those of ``words.TAGS``; numbers are D (1 to 31), O (the same with st, nd, rd,
th), J (a year) and N (any other); ``_`` is the full stop of an abbreviation. A rule's name
is also the name of the function in ``absolute`` or ``relative`` that reads its value.
"""

from __future__ import annotations

import re

COUNT = r"(?:A?qv?|[AnDN])"
DAYNUM = r"[DO]"
WEEKDAY = r"(?:[Ww]_?,?d?)?"
PART = r"(?:d?[ek][-i]?v?d?)?"
RELATIVE_YEAR = r"v?[LXHp]U"
MODIFIER = r"[LXHpf]"

RULES: dict[str, str] = {
    "iso_date": r"J-D-D|J/D/D",
    "numeric_date": r"D/D/J|D\.D\.J|D-D-J",
    "day_range": (
        rf"{WEEKDAY}M_?{DAYNUM}[-24]2?{DAYNUM}(?:,?J)?(?![:/][DN])"
        rf"|{WEEKDAY}d?{DAYNUM}(?:[-24]d?{DAYNUM}|,{DAYNUM}4{DAYNUM})v?M_?(?:,?J)?"
    ),
    "day_month_year": (
        rf"{WEEKDAY}d?(?:{DAYNUM}|o)[-,]?v?d?M_?[-,]?v?(?:J|{RELATIVE_YEAR})|{WEEKDAY}M_?,?d?(?:{DAYNUM}|o),?(?:J|v?[LXHp]U)"
    ),
    "day_month": (
        rf"{WEEKDAY}M_?d?{DAYNUM}(?![:/][DN]|\.D|,N|N)|{WEEKDAY}d?(?:{DAYNUM}v?|o(?:v|(?=M)))-?M_?|{WEEKDAY}M_?d?o"
    ),
    "modified_day": rf"[LXHp]M_?d?{DAYNUM}",
    "month_year": rf"{PART}M_?,?v?(?:J|{RELATIVE_YEAR})|J-D(?![\d-])",
    "modified_month": rf"{PART}{MODIFIER}M",
    "month": rf"{PART}M_?",
    "weekday_of_week": r"W,?v?[LXHpf]UP?|WvdUb",
    "weekday": rf"d?{MODIFIER}?WP?",
    "around_deictic": r"d?U[ab]T",
    "deictic": r"[ek]?TP?|V",
    "day_part": r"[ekEF]?d?[LHXpf]P",
    "count_ago": rf"c?{COUNT}(?:4Al)?[Uu](?:4Al)?[GtEF]|nrr?n[Uu]G",
    "recent_span": rf"d?[LXpfH]{COUNT}(?:r{COUNT})?[uU]",
    "recent_units": r"d?[LXR]u|d?Rq?[uU]",
    "modified_unit": rf"{PART}[EF]?d?{MODIFIER}U",
    "around_event": rf"c?{COUNT}[Uu][ab]|d[Uu][ab]",
    "that_unit": r"d?zz?[US]",
    "end_of_unit": r"d?kvdU|d?U(?:'x)?-?k|[EFek]idU",
    "quarter": rf"d?[oO]-?Uvd?(?:J|{RELATIVE_YEAR})|d?[oO]-?U",
    "season": rf"(?:{PART}|d?(?:[LXHp]))[Ss](?:v?d?(?:J|{RELATIVE_YEAR}))?",
    "decade": r"d?e?-?B",
    "year_range": r"J[-/](?:J|D|N)(?![-/\d])",
    "part_year": r"d?[ek]-?[iv]?d?J|d?UvJ|dJU",
    "year": r"J",
    "holiday": r"K",
    "duration": rf"i(?:{COUNT}|q)?u",
    "repeated": r"yA?[UuWP]|Y",
    "vague": r"g|dL(?![uU])",
    "weekend": r"i?dU",
}
"""Rule name to pattern. Order matters: at one place the first pattern that fits is taken."""

STARTS = "JDOWwMLXHpfdekAnNqcoiUuTVEFSsBRYyzKgt"
"""Tags that a rule may start with: a look-ahead over them spares most tokens every alternative."""
ALONE = "JWMTVSsBYKg"
"""Those that a rule may consist of; the others ("the", "in", a number) begin nothing before a word of no table."""
ALTERNATIVES = "|".join(f"(?P<{name}>{pattern})" for name, pattern in RULES.items())
GRAMMAR = re.compile(rf"(?=[{ALONE}]|[{STARTS}](?!x))(?:{ALTERNATIVES})")
