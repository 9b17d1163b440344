"""Which words name a news agency, a paper or a broadcaster, and where its name ends."""

from __future__ import annotations

from communique.coding.attribution_cues import Cues, cues
from communique.coding.attribution_tokens import Tokens, is_name, named

_OF_OUTLETS = ("medium", "medium_name", "anonymous", "crowd", "title", "title_tail", "document", "link")


def outlet_end(tokens: Tokens, first: int, last: int, table: Cues) -> int:
    """Where the words of an outlet end: what it was told follows it at once ("told Reuters troops had ...")."""
    at = first
    while at < last:
        end = medium_at(tokens, at, last)
        plain = tokens.lower[at] in table.words["medium"]
        if end is None and not plain:
            at += 1
            continue
        at = end or at + 1
        while at < last and _of_outlet(tokens, at, plain, table):
            at += 1
        return at
    return last


def _of_outlet(tokens: Tokens, at: int, plain: bool, table: Cues) -> bool:
    """Whether a word behind the name of an outlet still belongs to it; ``plain`` behind "the newspaper"."""
    low = tokens.lower[at]
    if low in ("'s", "’s", "-", "and") or any(low in table.words[name] for name in _OF_OUTLETS):
        return True
    if low in table.words["programme"] and is_name(tokens.words[at]):
        return True
    owned = tokens.lower[at - 1] in ("'s", "’s") or tokens.lower[at - 1] in table.words["title"]
    proper = named(tokens.words[at]) or low in ("al", "el")
    follows_name = is_name(tokens.words[at - 1]) and tokens.lower[at - 2] in ("'s", "’s")
    return owned or (proper and (plain or follows_name))


def is_medium(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the tokens name a news agency, a paper or a broadcaster."""
    table = cues()
    for at in range(first, last):
        if at + 1 < last and tokens.lower[at + 1] in table.words["event"]:
            continue
        if tokens.lower[at] in table.words["medium"]:
            return True
        if is_name(tokens.words[at]) and at > first and tokens.lower[at] in table.words["medium_name"]:
            return True
        if medium_at(tokens, at, last):
            return True
    return False


def medium_at(tokens: Tokens, at: int, last: int) -> int | None:
    """Where the longest known name of an outlet ends that begins at a token; None where none does."""
    table = cues()
    if tokens.words[at] not in table.media_starts and tokens.words[at].partition("-")[0] not in table.media_starts:
        return None
    flat: list[str] = []
    end = None
    for here in range(at, min(last, at + 5)):
        flat.extend(tokens.words[here].split("-"))
        if tuple(flat) in table.media:
            end = here + 1
    return end
