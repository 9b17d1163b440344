"""Whether some words can stand as the matter of an act: a title that a reader understands by itself."""

from __future__ import annotations

import re

from communique.day_words import only_dated

_CUT = re.compile(
    r", [\w-]+$|^\w+ly \w+ed$|\w['’](?:re|ve|ll|m)\b|n['’]t\b|^(?:\w+ ){0,2}(?:19|20)\d\d to\b"
    r"|^[A-Z]\w+ \w+ed (?:the|a|an|its|his|her|their)\b"
)
"""The first word behind a comma, an adverb with its participle, a verb grown together with its subject, the end of a
day ("in May 2014 to leave"), and a name with its verb and object."""
LONG = 28
"""No words of so many letters name only a day or a time."""
_ABBREVIATED = re.compile(r"\b(?:[A-Za-z]\.)+[A-Za-z]$")
_LONE = re.compile(r"(?:\w+(?:ed|ly)|away|\W*\d[\d.,]*\W*(?:per ?cent|%)?|\w{1,2})", re.IGNORECASE)
_OPEN_MARK, _CLOSE_MARK = re.compile(r"(?<!\w)['‘’`](?=\w)|(?<!\S)''"), re.compile(r"(?<=[^\Ws])['’](?!\w)|(?<=\S)''")
_TIMES = re.compile(
    r"\b(?:end|beginning|start|middle|weekend|days?|hours?|weeks?|months?|years?|decades?|time|times|several|few|many"
    r"|past|recent|coming|first|second|third|two|three|four|five|six|seven|eight|nine|ten|a|an|his|her|its|their|more"
    r"|same|later|earlier|ago|use|way|part|place|today|yesterday|tomorrow|tonight|afternoon|midnight|noon)\b",
    re.IGNORECASE,
)
_MARKS = frozenset("\"'’‘`“”()[]")
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"))


def stands_alone(words: str) -> bool:
    """Whether words are more than a day, a number or a lone participle, and hold no half of a list or quotation."""
    if " " not in words and _LONE.fullmatch(words):
        return False
    return (
        not _CUT.search(words) and balanced(words) and (len(words) > LONG or not only_dated(_TIMES.sub("the", words)))
    )


def balanced(words: str) -> bool:
    """Whether every quotation and bracket that is opened among words is closed among them, in that order."""
    if _MARKS.isdisjoint(words):
        return True
    for opening, closing in _PAIRS:
        if (opening in words or closing in words) and (
            words.count(opening) != words.count(closing) or words.find(closing) < words.find(opening)
        ):
            return False
    return words.count('"') % 2 == 0 and len(_OPEN_MARK.findall(words)) == len(_CLOSE_MARK.findall(words))


def pointed(text: str, start: int, end: int) -> bool:
    """Whether the point behind the last word is its own: that of "U.N."."""
    return text[end : end + 1] == "." and _ABBREVIATED.search(text, start, end) is not None
