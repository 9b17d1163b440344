"""Find who is speaking behind a cue ("according to ...", "told ..."), with the appositions that follow."""

from __future__ import annotations

from communique.coding.attribution_cues import Cues, cues
from communique.coding.attribution_outlets import medium_at, outlet_end
from communique.coding.attribution_source import LONGEST, Phrase, is_word, looks_verb, time_at
from communique.coding.attribution_tokens import Tokens, is_name


def source_after(tokens: Tokens, at: int, appositions: bool = True) -> Phrase | None:
    """The phrase that begins at token ``at``, with the appositions behind it, or None."""
    table = cues()
    first = at
    if at < len(tokens) and tokens.lower[at] in table.words["pronoun"]:
        return Phrase(at, at + 1, at + 1)
    at = max(at, medium_at(tokens, at, len(tokens)) or 0) if at < len(tokens) else at
    while at < len(tokens) and at - first < LONGEST and _follows(tokens, at, first, table):
        at += 1
    issued = _issuer(tokens, first, at, table)
    if issued is not None:
        return source_after(tokens, issued, appositions)
    at = outlet_end(tokens, first, at, table)
    while at > first and (
        tokens.lower[at - 1] in table.words["link"] or tokens.lower[at - 1] in ("and", "'", "’", "-", ".")
    ):
        at -= 1
    if at == first:
        return None
    return Phrase(first, _appositions(tokens, at, table) if appositions else at, at)


_ISSUED = frozenset(["released", "published", "issued", "posted", "prepared", "compiled", "produced", "made", "sent"])


def _issuer(tokens: Tokens, first: int, last: int, table: Cues) -> int | None:
    """Where those begin who issued a document: of "a report released on Monday by the institute", the institute."""
    if last == first or last >= len(tokens) or tokens.lower[last - 1] not in table.words["document"]:
        return None
    if tokens.lower[last] not in _ISSUED:
        return None
    return next((i + 1 for i in range(last + 1, min(last + 6, len(tokens) - 1)) if tokens.lower[i] == "by"), None)


def _follows(tokens: Tokens, at: int, first: int, table: Cues) -> bool:
    low, words = tokens.lower[at], table.words
    if not is_word(tokens, at):
        inside = first < at < len(tokens) - 1
        return low in ("'s", "’s") or (inside and low in "-.'’" and is_word(tokens, at + 1))
    fresh = low in words["determiner"] and at > first and tokens.lower[at - 1] not in words["link"]
    if low in words["pronoun"] or fresh:
        return False
    if low in ("and", "&"):
        return at + 1 < len(tokens) and is_name(tokens.words[at + 1])
    if low in words["link"]:
        return at > first and at + 1 < len(tokens) and not _adjunct(tokens, at, table)
    if low in words["timeword"] and _of_paper(tokens, at, table):
        return True
    if low in words["timeword"] or (low in words["stop"] and not (is_name(tokens.words[at]) and at > first)):
        return False
    return is_name(tokens.words[at]) or not looks_verb(tokens, at, table)


def _of_paper(tokens: Tokens, at: int, table: Cues) -> bool:
    """Whether a day opens the name of a paper: "the Sunday Times"."""
    ahead = at + 1
    return ahead < len(tokens) and is_name(tokens.words[ahead]) and tokens.lower[ahead] in table.words["medium_name"]


def _adjunct(tokens: Tokens, at: int, table: Cues) -> bool:
    """Whether a preposition opens a time or a setting ("on Monday", "in a statement")."""
    if tokens.lower[at] in ("by", "to"):
        return tokens.lower[at] == "to" or tokens.lower[at - 1] not in table.words["retold"]
    ahead = tokens.lower[at + 1 : at + 5]
    if time_at(tokens, at + 1) or tokens.lower[at + 1].isdigit():
        return True
    return (
        bool(ahead)
        and ahead[0] in ("a", "an", "his", "her", "their", "its", "the")
        and any(word in table.words["setting"] for word in ahead)
    )


def _appositions(tokens: Tokens, at: int, table: Cues) -> int:
    """Extend over ", the prime minister, Jan Roe" as long as what follows the comma is such a phrase."""
    for _ in range(3):
        if at + 1 >= len(tokens) or tokens.words[at] != ",":
            break
        nxt = source_after(tokens, at + 1, appositions=False)
        closed = nxt is not None and (nxt.head >= len(tokens) or not is_word(tokens, nxt.head))
        if nxt is None or nxt.empty or not closed or not _describes(tokens, nxt, table):
            break
        at = nxt.head
    return at


def _describes(tokens: Tokens, phrase: Phrase, table: Cues) -> bool:
    words = tokens.lower[phrase.first : phrase.head]
    if words[0] in table.words["pronoun"]:
        return False
    titled = any(word in table.words["title"] for word in words)
    return titled or (len(words) <= 5 and all(is_name(w) for w in tokens.words[phrase.first : phrase.head]))
