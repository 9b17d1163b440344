"""Who wrote the page: the byline, from structured metadata or from the lines about the body."""

from __future__ import annotations

import re

KEYS = (
    *("jsonld:author", "meta:author", "jsonld:creator", "meta:byl", "article:author", "meta:sailthru.author"),
    *("dc:creator", "meta:dc.creator", "meta:parsely-author", "meta:articleauthor", "itemprop:author"),
    *("jsonld:page:author", "feed:author", "byline"),
)
NAME = r"[A-ZÀ-Þ][\w'’.\-]+"
PERSON = rf"{NAME}(?: (?:{NAME}|de|da|del|della|der|den|von|van|bin|ibn|al|el|di|du|la|le))*? {NAME}"
PEOPLE = rf"{PERSON}(?:(?:, | and | & |, and ){PERSON})*"
BEGINNINGS = (
    *("By", "by", "BY", "Von", "Por", "Par", "Written by", "Posted by", "Author", "Story by", "Reporting by"),
    *("O", "o"),  # of an office
)
TELLING = ("Reporter", "Correspondent", "Writer", "Editor", "Contributor", "Columnist", "Journalist", ", ")
"""One of these begins, or one of those is in, whatever line a form below fits; looked for first."""
BY = r"(?:[Bb]y:?|BY|Von|Por|Par|Written by|Posted by|Author:|Story by|Reporting by)"
LINE = re.compile(rf"{BY}\s+(?P<who>{PEOPLE})")
ROLE = re.compile(
    rf"^(?P<who>{PERSON}),?\s+(?:(?:Senior|Chief|Staff|Political|Foreign|Diplomatic|National|Contributing|Breaking)\s+)*"
    r"(?:Reporter|Correspondent|Writer|Editor|Contributor|Columnist|Journalist)\b"
)
OFFICIAL = re.compile(
    rf"^(?P<who>{PERSON}), (?:[A-Z]\w+ )*(?:Spokes\w+|Secretary|Minister|President|Ambassador)(?: of [A-Z]\w+)?$"
)
STAFF_NAME = r"[A-Z][\w.]*(?: [A-Z][\w.]*){0,2} (?:Wire Staff|Staff|staff|News Desk|Desk)"
STAFF = re.compile(rf"^By (?:the )?(?P<who>{STAFF_NAME})\b")
OFFICE = re.compile(r"^(?P<who>Office of the \w+(?: \w+)?)$", re.IGNORECASE)
INLINE = re.compile(rf"(?:^|[.!?…\])”\"a-z] )By (?P<who>{PERSON}(?: and {PERSON})?)(?= [A-Z])")
AT_END = re.compile(rf"\((?:Additional )?[Rr]eporting by (?P<who>{PEOPLE})(?:[,;] [Ww]riting by (?P<writer>{PEOPLE}))?")
IS_A = re.compile(
    rf"(?:^|[.!?”\"] )(?P<who>{PERSON}) is an? (?:[\w-]+ ){{0,3}}"
    r"(?:[Rr]eporter|[Cc]orrespondent|[Ee]ditor|[Ww]riter) (?:at|for|with) "
)
AND = re.compile(r";|,? \b(?:and|und|og|et|och)\b ")
TRAILING = re.compile(r"\s*(?:[|·•]|\bfor\b|\bPublished\b|\bUpdated\b|,? (?:Reuters|AFP|AP|BBC)\b).*$")
OF = re.compile(r"^(?:by|von|par|por|di|av|af)[:\s]+", re.IGNORECASE)
REMARK = re.compile(r"\s*\([^()]{1,12}\)$")
NO_NAME = re.compile(r"https?:|www\.|@|\.com/|^\d+$|^admin$")
NO_PERSON = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december the this that some all most""".split()  # noqa: SIM905
)


def byline_in_line(words: str) -> str | None:
    """The authors a short line names, or None."""
    words = words.strip()
    if len(words) > 160 or not (words.startswith(BEGINNINGS) or any(map(words.__contains__, TELLING))):
        return None
    for form in (STAFF, OFFICE, ROLE, OFFICIAL):
        match = form.search(words)
        if match:
            return match["who"]
    match = LINE.match(words)
    if match and len(words) - match.end() < 60:
        return tidy(match["who"])
    return None


def byline_in_text(head: str, tail: str) -> str | None:
    """The authors that a body names itself: in its first words, or in a note at its end."""
    match = STAFF.match(head)
    if match:
        return match["who"]
    match = INLINE.search(head[:900])
    if match and match["who"].split()[0].lower() not in NO_PERSON:
        return tidy(match["who"])
    match = AT_END.search(tail)
    if match:
        return ", ".join(filter(None, (match["who"], match["writer"])))
    match = IS_A.search(tail[-2500:])
    return match["who"] if match else None


def tidy(names: str) -> str:
    """Names without what follows them on the line."""
    return TRAILING.sub("", names).strip(" ,;|·-")


def structured_byline(meta: dict[str, str]) -> str | None:
    """The authors of the page's structured metadata; addresses and handles are no names.

    Where the first source only repeats the publisher's name, a later one that names persons is preferred.
    """
    if not meta:
        return None
    site = {_level(meta.get(key, "")) for key in ("jsonld:publisher", "og:site_name", "jsonld:site")} - {""}
    spare = None
    for key in KEYS:
        value = meta.get(key)
        if not value:
            continue
        names = [name for part in AND.split(value) if (name := _name(part))]
        joined = ", ".join(dict.fromkeys(names))
        if joined and not all(_level(name) in site for name in names):
            return joined
        spare = spare or joined or None
    return spare


def _level(name: str) -> str:
    return re.sub(r"\W", "", name.lower())


def _name(value: str) -> str | None:
    value = OF.sub("", value.strip())
    value = REMARK.sub("", value).strip(" ,|")
    if len(value) > 60:
        value = value.split(",")[0]
    if not 2 <= len(value) < 80 or NO_NAME.search(value):
        return None
    return value
