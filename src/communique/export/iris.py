"""Names on the web for what a ledger holds: the same for the same thing in every file and every ledger."""

from __future__ import annotations

from urllib.parse import quote

from communique.web.wording import web_address

SPACE = "urn:communique:"  # what the names begin with
TERMS = "urn:communique:terms:"  # what the properties of ours begin with, where a vocabulary has none
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def iri(kind: str, name: str) -> str:
    """The name of a thing: kind ``page``, ``event``, ``move``, ``thread``, ``actor``, ..., and its id in the ledger.

    Ids of actors can hold what pages wrote, so all but letters, digits and ``-._~`` is escaped.
    """
    return f"{SPACE}{kind}:{quote(name, safe='', errors='replace')}"


def licence_iri(licence: str) -> str:
    """Where a licence is explained, by its SPDX name."""
    return LICENCES.get(licence, f"https://spdx.org/licenses/{quote(licence, safe='')}")


def safe_url(address: str | None) -> str | None:
    """A page's address where it is one of the web, with what URLs may not hold escaped; else None."""
    found = web_address(address)
    return quote(found, safe="!#$%&'()*+,/:;=?@[]~-._") if found else None
