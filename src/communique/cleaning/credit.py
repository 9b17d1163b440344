"""To whom the page gives credit for its text: a wire, a translation, a republication."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.cleaning.outlet import CAPITALISED

NAME = rf"(?P<source>(?:[Tt]he )?(?!&){CAPITALISED}(?: (?:of|and|for|the|de|{CAPITALISED})){{0,5}})"
PERSON = r"[A-ZÀ-Þ][\w'’.\-]+(?: [A-ZÀ-Þ][\w'’.\-]+){1,3}"
SOURCE = re.compile(
    r"(?:(?:[Tt]his|[Tt]he) (?:article|story|report|piece|post|essay|interview|commentary)[\w ,]{0,30})?"
    r"(?:(?:was |has been |is )?(?:originally |first )(?:appeared|published|ran|posted|produced)|republished|reprinted)"
    rf"(?: with permission)?(?: at| on| in| by| from| with permission from)+ {NAME}"
)
TRANSLATOR = re.compile(
    rf"[Tt]ranslat(?:ed|ion)(?: from (?:the )?[A-Z][a-z]+)?(?: for [\w ]{{2,40}}?)? by (?P<who>{PERSON})"
)
VERBS = ("appeared", "published", "ran ", "posted", "produced", "reprinted")
FROM = ("Source", "Agency", "Agencies", "Via", "From")
WIRE = re.compile(r"^(?:Source|Agency|Agencies|Via|From):?\s+(?P<source>[A-Z][\w .&/'’-]{1,40})$")


def credit_in(texts: Iterable[tuple[int, str]]) -> tuple[str | None, int | None]:
    """The credit that lines outside the body give, and the index of the line, or two Nones."""
    heads = [(index, words[:500]) for index, words in texts]
    page = "\n".join(words for _, words in heads)
    verbs = [verb for verb in VERBS if verb in page]
    if "ranslat" in page:
        verbs.append("ranslat")
    for index, words in heads:
        if not (words.startswith(FROM) or any(map(words.__contains__, verbs))):
            continue
        translator = TRANSLATOR.search(words) if "ranslat" in words else None
        who = f"translated by {translator['who']}" if translator else None
        source = SOURCE.search(words) if any(map(words.__contains__, VERBS)) else None
        if source:
            name = source["source"].strip(" .,")
            return (f"{name} ({who})" if who else name), index
        if who:
            return who, index
        wire = WIRE.match(words) if words.startswith(FROM) else None
        if wire:
            return wire["source"].strip(" ."), index
    return None, None
