"""What kind of party an entry of the tables, or an id, stands for."""

from __future__ import annotations

from communique.actor import ActorKind

KINDS: dict[str, ActorKind] = {
    "state": "state",
    "adjective": "state",
    "people": "state",
    "seat": "state",
    "members": "state",
    "igo": "igo",
    "group": "group",
    "collective": "collective",
    "broad": "collective",
}
_THREE_LETTER_BODIES = frozenset(
    [
        "IMF",
        "WTO",
        "SCO",
        "CIS",
        "ICC",
        "ICJ",
        "GCC",
        "OIC",
        "ADB",
        "OAS",
        "EAC",
        "ECB",
        "COE",
        "PIF",
        "NSG",
        "G77",
    ]
)


def kind_of(code: str) -> ActorKind:
    """The kind of party that an id stands for: three capitals are a state, other capitals an organisation."""
    if len(code) == 3 and code.isupper() and code not in _THREE_LETTER_BODIES and code != "STL":
        return "state"
    if code.isupper():
        return "igo"
    return "civilians" if code.endswith("-civilians") else "group"
