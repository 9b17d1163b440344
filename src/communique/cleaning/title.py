"""The title of a page: from structured metadata where there is, else the line that best heads the body."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from communique.cleaning.lines import Lines

WORD = re.compile(r"[^\W\d_]{4,}")
SEPARATOR = re.compile(r"\s+[|\-–—·»*]\s+")
NO_TITLE = re.compile(r"^(?:by |photo|image|published|updated|\d+ (?:min|hours?|days?)|https?:)", re.IGNORECASE)
NO_LETTER = re.compile(r"[\W_]+")
REACH = 40
SHORTEST = 15  # characters of a headline that is no label


def text_title(lines: Lines, body: Sequence[bool], taken: Container[int]) -> int | None:
    """The index of the title line of a page of text, or None.

    Lines before the first body line are weighed by their shape, by how many of their words
    the body uses, and by standing twice on the page. ``taken`` lines are something else.
    """
    first = next((index for index, is_body in enumerate(body) if is_body), None)
    if first is None:
        return None
    able = [index for index in range(max(0, first - REACH), first) if index not in taken]
    able = [index for index in able if _may_be_title(lines.words(index))]
    said = _stems(_body_head(lines, body)) if able else set()
    best, best_weight = None, 0.0
    for index in able:
        weight = _weight(lines.words(index), said, (first - index) / REACH)
        if weight > best_weight:
            best, best_weight = index, weight
    return best


def heading_in_body(lines: Lines, body: Sequence[bool], odds: Sequence[float]) -> int | None:
    """The first body line, where it is the title after all: no line before it is one, and it has a title's shape.

    Its shape: no stop at its end, a capital at its start, under 330 characters, apart from the next
    line, which is longer or ends with a stop.
    """
    first = next((index for index, is_body in enumerate(body) if is_body), None)
    if first is None or first > 2 or first + 1 >= len(lines) or not body[first + 1]:
        return None
    words, following = lines.words(first), lines.words(first + 1)
    if not words[:1].isupper() and words[:1] not in "“‘\"'":
        return None
    if (
        words.endswith((".", "!", ";", ",", ":", "…", "”", '"'))
        or not 12 <= len(words) <= 330
        or len(words.split()) < 3
    ):
        return None
    apart = lines.gaps[first + 1] > 0 or odds[first] < 0.8
    prose = following.rstrip("”\"'’)").endswith((".", "!", "?")) and len(following) > 60
    return first if apart and prose and following[:1] not in "”\"'" else None


def _body_head(lines: Lines, body: Sequence[bool]) -> str:
    return " ".join(lines.words(index)[:3000] for index, is_body in enumerate(body) if is_body)[:6000]


def _stems(text: str) -> set[str]:
    """The beginnings of the longer words of a text."""
    return {word.lower()[:6] for word in WORD.findall(text)}


def _may_be_title(words: str) -> bool:
    """Whether a line has the length of a title, and words."""
    return 12 <= len(words) <= 330 and not NO_TITLE.match(words) and len(words.split()) > 1 and bool(WORD.search(words))


def _weight(words: str, said: set[str], distance: float) -> float:
    """How much a line that may be the title looks like it, above 0 where it does."""
    own = _stems(words)
    shared = len(own & said) / len(own)
    weight = shared * 2 + min(len(own), 8) / 8 - distance * 0.5
    if words.endswith((".", "!", ";", ",")) and not words.endswith("U.S."):
        weight -= 1.2
    if words.endswith(":"):
        weight -= 0.8
    return weight - 0.9


def structured_title(meta: dict[str, str]) -> str | None:
    """The title in structured metadata: the one written for readers, else what most of its places agree on.

    Publishers often give search engines, networks and readers three different titles.
    """
    found = [value for value in told_titles(meta) if len(value) > 3]
    if not found:
        return _without_site(meta.get("title"), meta) or meta.get("mail:subject")
    written = _for_readers(meta)
    if written:
        return written
    level = [" ".join(value.lower().split()) for value in found]
    most = max(level.count(value) for value in level)
    return next(value for value, low in zip(found, level, strict=True) if level.count(low) == most)


def told_titles(meta: dict[str, str]) -> list[str]:
    """The titles a page gives, without the site's name: headline, OpenGraph title, heading, and its feed's."""
    told = (_without_site(meta.get(key), meta) for key in ("jsonld:headline", "og:title", "h1", "feed:title"))
    return [value for value in told if value]


def _for_readers(meta: dict[str, str]) -> str | None:
    """Of a headline and an OpenGraph title that differ, the one that ``<title>`` does not repeat.

    ``<title>`` is what search engines show, and is written for them; the version that goes without it was
    written for readers. Nothing is said where the heading is a third version, or where one version only
    adds to the other.
    """
    told = {name: _without_site(meta.get(name), meta) or "" for name in ("jsonld:headline", "og:title", "h1")}
    headline, shared, heading = (_level(value) for value in told.values())
    window = _level(meta.get("title", ""))
    repeated = [bool(value) and window.startswith(value) for value in (headline, shared)]
    if sum(repeated) != 1 or heading not in ("", headline, shared):
        return None
    own, other = (told["og:title"], headline) if repeated[0] else (told["jsonld:headline"], shared)
    return own if len(own) >= SHORTEST and not _level(own).startswith(other) else None


def _level(title: str) -> str:
    """Its letters and digits alone, in lower case: quotes and dashes are often set in several ways."""
    return NO_LETTER.sub("", title.lower())


def _without_site(value: str | None, meta: dict[str, str]) -> str | None:
    """The title without `` - Name of the Site`` at its end."""
    if not value:
        return None
    for other in (meta.get("h1"), meta.get("jsonld:headline")):
        if other and 10 < len(other) < len(value) and value.startswith(other) and SEPARATOR.match(value, len(other)):
            return other
    site = (meta.get("og:site_name") or "").lower()
    parts = SEPARATOR.split(value)
    if len(parts) > 1 and _names_site(parts[-1].strip().lower(), site, meta):
        return value[: value.rfind(parts[-1])].rstrip(" |-–—·»:*")
    return value


def _names_site(last: str, site: str, meta: dict[str, str]) -> bool:
    """Whether the last part of a title is the site's name: by its metadata or its address."""
    if site and (last in site or site in last):
        return True
    address = re.sub(r"\W", "", meta.get("link:canonical", "").split("://")[-1].split("/")[0].lower())
    level = re.sub(r"\W", "", last)
    return bool(level) and len(last) < 30 and level in address
