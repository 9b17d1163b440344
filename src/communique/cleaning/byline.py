"""Who wrote the page: the byline, from structured metadata or from the lines about the body."""

from __future__ import annotations

import re

NAME = r"[A-ZÀ-Þ][\w'’.\-]+"
PERSON = rf"{NAME}(?: (?:{NAME}|de|da|del|della|der|den|von|van|bin|ibn|al|el|di|du|la|le))*? {NAME}"
PEOPLE = rf"{PERSON}(?:(?:, | and | & |, and ){PERSON})*"
LINE = re.compile(
    rf"(?:[Bb]y|BY|[Bb]y:|Von|Por|Par|Written by|Posted by|Author:|Story by|Reporting by)\s+(?P<who>{PEOPLE})"
)
ROLE = re.compile(
    rf"^(?P<who>{PERSON}),?\s+(?:(?:Senior|Chief|Staff|Political|Foreign|Diplomatic|National|Contributing|Breaking)\s+)*"
    r"(?:Reporter|Correspondent|Writer|Editor|Contributor|Columnist|Journalist)\b"
)
STAFF = re.compile(
    r"^By (?:the )?(?P<who>[A-Z][\w.]*(?: [A-Z][\w.]*){0,2} (?:Wire Staff|Staff|staff|News Desk|Desk))\b"
)
OFFICE = re.compile(r"^(?P<who>Office of the \w+(?: \w+)?)$", re.IGNORECASE)
INLINE = re.compile(
    rf"\bBy (?P<who>{PERSON}(?:(?:, | and ){PERSON})*?)(?= (?:Reporting|Visuals|Published|Updated|reporting)\b)"
)
TRAILING = re.compile(r"\s*(?:[|·•]|\bfor\b|\bPublished\b|\bUpdated\b|,? (?:Reuters|AFP|AP|BBC)\b).*$")


def byline_in_line(words: str) -> str | None:
    """The authors a short line names, or None."""
    words = words.strip()
    if len(words) > 160:
        return None
    for form in (STAFF, OFFICE, ROLE):
        match = form.search(words)
        if match:
            return match["who"]
    match = LINE.match(words)
    if match and len(words) - match.end() < 60:
        return tidy(match["who"])
    return None


def byline_in_text(words: str) -> str | None:
    """The authors a one-line dump names inside the line, or at its start."""
    head = words[:2500]
    match = STAFF.match(head) or INLINE.search(head)
    return tidy(match["who"]) if match else None


def tidy(names: str) -> str:
    """Names without what follows them on the line."""
    return TRAILING.sub("", names).strip(" ,;|·-")


def structured_byline(meta: dict[str, str]) -> str | None:
    """The authors of the page's structured metadata; addresses and handles are no names."""
    for key in (
        "jsonld:author", "meta:author", "jsonld:creator", "meta:byl", "article:author", "meta:sailthru.author", "dc:creator",
        "meta:dc.creator", "meta:parsely-author", "itemprop:author", "jsonld:page:author", "byline",
    ):  # fmt: skip
        value = meta.get(key, "")
        names = [name for part in re.split(r";|\band\b|\bund\b", value) if (name := _name(part))]
        if names:
            return ", ".join(dict.fromkeys(names))
    return None


def _name(value: str) -> str | None:
    value = re.sub(r"^(?:by|von|par|por|di|av|af)[:\s]+", "", value.strip(), flags=re.IGNORECASE).strip(" ,|")
    if not 2 < len(value) < 80 or re.search(r"https?:|www\.|@|\.com/|^\d+$|^admin$", value):
        return None
    return value
