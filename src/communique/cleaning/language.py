"""The language of a page: of its body's words first, of its markup where the words are few."""

from __future__ import annotations

import re

LEAST = 60
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]|[\ud800-\udfff]")


def language(body: str, meta: dict[str, str] | None = None) -> str | None:
    """The ISO 639-1 code of the language, or None where nothing says."""
    declared = _declared(meta or {})
    if len(body) < LEAST:
        return declared
    import pycld2

    try:
        sure, _, best = pycld2.detect(UNSEEN.sub(" ", body[:3000]))
    except pycld2.error:
        return declared
    code = best[0][1]
    return code.split("-")[0] if sure and code != "un" else declared


def _declared(meta: dict[str, str]) -> str | None:
    for key in ("html:lang", "jsonld:inLanguage", "og:locale", "meta:language"):
        match = re.match(r"[A-Za-z]{2}(?![A-Za-z])", meta.get(key, ""))
        if match:
            return match.group().lower()
    return None
