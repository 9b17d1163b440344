"""Forms of verbs of saying that are nouns or infinitives where they stand: "the report", "to say"."""

from __future__ import annotations

from communique.coding.attribution_cues import cues
from communique.coding.attribution_source import skip_back
from communique.coding.attribution_tokens import Tokens, is_name


def infinitive_or_noun(tokens: Tokens, at: int) -> bool:
    """ "to say", "a report": a form that reports nothing here."""
    before = tokens.lower[at - 1] if at else ""
    if before in (
        "to",
        "n't",
        "a",
        "an",
        "the",
        "this",
        "that's",
        "of",
        "any",
        "no",
        "its",
        "his",
        "her",
        "their",
        "our",
    ):
        return not (before == "to" and at > 1 and tokens.lower[at - 2] in ("on", "continued", "went", "refused"))
    return False


_PAPERS = ("times", "news", "press")
_PLURAL = ("they", "we", "i", "you", "who", "people", "police", "media", "men")


def bare_noun(tokens: Tokens, at: int) -> bool:
    """Whether a form without an ending ("state", "report") or in -s stands where a noun does."""
    low, before = tokens.lower[at], tokens.lower[skip_back(tokens, at - 1)] if at else ""
    if low not in cues().bare:
        return False
    if at and tokens.words[at - 1] == "news":
        return True
    if tokens.words[at + 1 : at + 2] and tokens.words[at + 1][:1].isdigit():  # "the United Nations estimates 3,500"
        return False
    if low.endswith("s") and at and tokens.lower[at - 1] in _PAPERS and is_name(tokens.words[at - 1]):
        return False
    if low.endswith("s"):
        return _heads_phrase(tokens, at) or (
            before.endswith("s") and before not in ("he's", "'s", "press", "this", "news") and not before.endswith("ss")
        )
    plural = (before.endswith("s") and not before.endswith("ss")) or before in _PLURAL
    return not plural or before in ("'s", "’s", "this", "its", "his")


_SINGULAR = frozenset(["has", "is", "was", "does"])


def _heads_phrase(tokens: Tokens, at: int) -> bool:
    """Whether "reports" is a noun by what follows: a preposition or a verb of its own ("reports from Oslo said")."""
    table, ahead = cues(), tokens.lower[at + 1] if at + 1 < len(tokens) else ""
    if tokens.lower[at] not in table.nouns:
        return False
    if not table.words["unsure"].isdisjoint(tokens.lower[max(0, at - 2) : at]):
        return True
    named = at > 1 and is_name(tokens.words[at - 1])  # "Jan Roe reports from Oslo"
    plural = ahead in table.words["aux"] and ahead not in _SINGULAR  # "the UN estimates has" is a verb
    finite = plural or (ahead in table.verbs and ahead not in table.bare)
    return finite or ahead == "of" or (ahead in table.words["link"] and not named)
