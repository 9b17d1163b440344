"""Which source a report rests on: the paper or agency that a page credits or cites, else its own outlet."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from communique.linking.parties import read_table

_PAPER = re.compile(
    r"\b(?:news|times|post|guardian|herald|tribune|journal|telegraph|gazette|daily|tv|television|radio|newspaper"
    r"|agency|broadcaster|magazine|mirror|chronicle|observer|press|channel|media|weekly)\b"
)
_NOT_A_PAPER = re.compile(
    r"\b(?:press (?:secretary|service|office|officer)|office|ministry|secretary|agency for|energy agency)\b"
)


@cache
def _agencies() -> dict[str, str]:
    return {plain(name): key for key, names in read_table("agencies.csv") for name in names.split(";")}


def plain(name: str) -> str:
    """A name without case, dots, article and brackets, for looking up."""
    name = re.sub(r"[.’']|\(.*?\)", "", name.lower())
    return re.sub(r"^(?:the|a|an) ", "", " ".join(name.split()))


@lru_cache(maxsize=20_000)
def outlet_key(name: str) -> str:
    """The key of an outlet: the table's for a known one, else its plain name with hyphens."""
    plain_name = plain(name)
    return _agencies().get(plain_name) or re.sub(r"[^\w]+", "-", plain_name).strip("-")


@lru_cache(maxsize=20_000)
def is_outlet(name: str) -> bool:
    """Whether a name in a chain of sources is a news outlet rather than a person or a body."""
    plain_name = plain(name)
    if plain_name in _agencies():
        return True
    return bool(_PAPER.search(plain_name)) and not _NOT_A_PAPER.search(plain_name)


def origin(outlet: str, credit: str | None, chain: tuple[str, ...]) -> str:
    """The key of the source that a report rests on.

    The outlet nearest to the fact in ``chain`` where the report cites one; else the outlet that the
    page credits with the story ("originally appeared at", "(Reuters)"); else the page's own outlet.
    """
    cited = next((name for name in chain if is_outlet(name)), None)
    if cited:
        return outlet_key(cited)
    return outlet_key(_credited(credit)) if credit else outlet_key(outlet)


def _credited(credit: str) -> str:
    """The outlet in a credit line: "DWN (translated by ...)" is DWN, "Reuters, AP" is Reuters."""
    head = re.split(r"\(|,|;|/| and | via ", credit, maxsplit=1)[0].strip()
    return head or credit
