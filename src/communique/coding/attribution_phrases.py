"""Which words of a phrase name a source: a person, a group, an outlet or a document, by a noun phrase with its head.

A phrase walked outwards from a cue may run over the end of a caption or a headline that has no stop ("... in the
town of Douma Activists said"), carry a place or a time behind an outlet ("told Reuters in Cairo last month"), or end
in no noun at all. Here it is cut to the part that names somebody; where there is none, the page names no source.
"""

from __future__ import annotations

from communique.coding.attribution_cues import Cues, cues
from communique.coding.attribution_outlets import is_medium, medium_at
from communique.coding.attribution_source import Phrase, is_word
from communique.coding.attribution_tokens import Tokens, is_name, named

_HUMAN = ("man", "men", "woman", "women", "person")
_SIDES = frozenset(["north", "south", "east", "west", "outside"])
_NEAR = frozenset(["close", "familiar", "loyal", "opposed", "allied"])


def naming(tokens: Tokens, phrase: Phrase, text: str) -> Phrase | None:
    """The part of a phrase that names a source, or None where no part does."""
    table = cues()
    if phrase.head - phrase.first == 1 and tokens.lower[phrase.first] in table.words["pronoun"]:
        return phrase
    first = _behind_report(tokens, _begin(tokens, phrase, text, table), phrase.head, table)
    head = _end(tokens, first, phrase.head, table)
    if first >= head or not _speaks(tokens, first, head, table):
        return None
    return Phrase(first, max(head, phrase.last) if head == phrase.head else head, head)


def _begin(tokens: Tokens, phrase: Phrase, text: str, table: Cues) -> int:
    """Where the phrase begins, behind the last end of a line, a caption or a headline inside it."""
    first = phrase.first
    for at in range(phrase.first + 1, phrase.head):
        if _breaks(tokens, at, first, phrase.head, text, table):
            first = at
    for at in range(first, phrase.head - 3):
        if tokens.lower[at] in _SIDES and tokens.lower[at + 1] == "of":
            first = at + 3  # "25 miles north of Oslo foreign media"
    while first < phrase.head - 1 and (tokens.lower[first] in table.words["leading"] or not is_word(tokens, first)):
        first += 1
    return first


def _behind_report(tokens: Tokens, first: int, head: int, table: Cues) -> int:
    """Where those begin whose reports they are: of "reports by activists", "reports in the Oslo press"."""
    low = tokens.lower
    at = next((i for i in range(first + 1, head - 1) if low[i] in table.words["link"]), head)
    if at == head or low[at] not in ("from", "by", "in") or low[at - 1] not in table.words["retold"]:
        return first
    people = any(low[i] in table.words["anonymous"] for i in range(at + 1, head)) and low[at] != "in"
    return at + 1 if people or is_medium(tokens, at + 1, head) else first


def _breaks(tokens: Tokens, at: int, first: int, head: int, text: str, table: Cues) -> bool:
    """Whether a new sentence begins at a token, though no stop ends the one before."""
    if "\n" in text[tokens.spans[at - 1][1] : tokens.spans[at][0]]:
        return True
    before = tokens.lower[at - 1]
    if before == "-" and tokens.spans[at - 1][1] < tokens.spans[at][0]:  # a dash, but for "Al - Watan"
        return not (at - 2 >= first and is_name(tokens.words[at]) and is_name(tokens.words[at - 2]))
    owned = tokens.lower[at + 1 : at + 2] in (("'s",), ("’s",)) and medium_at(tokens, at, head) == at + 1
    if owned and at + 2 < head and is_name(tokens.words[at + 2]):  # "... expel envoys BBC's Paul Wood"
        return before not in table.words["link"] and before not in table.words["determiner"]
    if not is_name(tokens.words[at]) or before in table.words["link"] or not is_word(tokens, at - 1):
        return False
    low = tokens.lower[at]
    if low == before:
        return True
    if low in table.words["fresh"] and not (low == "one" and before in table.words["medium"]):  # but "Channel One"
        return True
    plain = any(not is_name(word) for word in tokens.words[first:at] if word.lower() not in table.words["fresh"])
    people = low.endswith("men") or (low.endswith("s") and low in table.words["anonymous"])
    if plain and people:
        return True
    # "former president Opposition activists": a noun, and then a phrase that a capital opens.
    titled = before in table.words["title"] and before != "official"
    plural = before.endswith("s") and not before.endswith(("ss", "us")) and before not in table.words["medium"]
    common = not is_name(tokens.words[at - 1]) and at + 1 < head and not named(tokens.words[head - 1])
    return common and (titled or plural)


def _end(tokens: Tokens, first: int, head: int, table: Cues) -> int:
    """Where the phrase ends, without the place and the time behind an outlet and whatever is no noun."""
    low = tokens.lower
    for at in range(first + 1, head - 1):
        if low[at] not in table.words["link"]:
            continue
        beside = is_medium(tokens, at, head) and _person(tokens, first, at, table)  # "Jan Roe of the Oslo newspaper"
        placed = low[at] != "of" and is_medium(tokens, first, at)
        if beside or placed or _introduced(tokens, first, at, table) or _member(tokens, first, at, table):
            head = at
            break
    while head > first + 1 and not is_name(tokens.words[head - 1]) and low[head - 1] in table.trailing:
        head -= 1
    return head


def _speaks(tokens: Tokens, first: int, head: int, table: Cues) -> bool:
    """Whether the head of the phrase is somebody or something that can tell."""
    low = tokens.lower
    link = next((i for i in range(first + 1, head) if low[i] in table.words["link"]), head)
    if low[link - 1] == "news" and not any(named(word) for word in tokens.words[first:link]):
        return False
    if is_medium(tokens, first, link):
        return True
    if (
        any(low[i] in table.words["quantity"] for i in range(first, link))
        and low[link : link + 1] == ("of",)
        and link + 1 < head
    ):
        return _speaks(tokens, link + 1, head, table)
    while link < head and link > first + 1 and low[link - 1] in _NEAR:
        link -= 1  # "sources familiar with the matter"
    return _is_source(tokens, link - 1, table) or (
        # "journalist in exile Jan Roe": the name that ends the phrase is the source's.
        link < head and len(_names(tokens, link + 1, head)) > 1 and low[link] != "of" and _known(low[link - 1], table)
    )


def _is_source(tokens: Tokens, at: int, table: Cues) -> bool:
    low = tokens.lower[at]
    if low.replace("’", "'").partition("'")[0] in table.words["pronoun"]:  # "We're"
        return False
    return _known(low, table) or (named(tokens.words[at]) and low not in table.loose)


def _introduced(tokens: Tokens, first: int, last: int, table: Cues) -> bool:
    """Whether the words end in a person's name that a role introduces: "rebel commander Jan Roe"."""
    name = last
    while name > first and named(tokens.words[name - 1]):
        name -= 1
    role = tokens.lower[name - 1] if name > first else ""
    return last - name > 1 and (role in table.words["title"] or role in table.words["anonymous"])


def _member(tokens: Tokens, first: int, at: int, table: Cues) -> bool:
    """Whether a name of several words stands before the link, and behind it whose it is: "Jan Roe of the Guard"."""
    name = at - first > 1 and all(named(word) for word in tokens.words[first:at])
    return name and tokens.lower[at + 1] == "the" and not _known(tokens.lower[at - 1], table)


def _person(tokens: Tokens, first: int, last: int, table: Cues) -> bool:
    """Whether the words are those for a person: a name of several words, or a noun such as "writer"."""
    full = last - first > 1 and all(named(word) for word in tokens.words[first:last])
    low = tokens.lower[last - 1]
    return full or (low in table.words["title"] or low in table.words["anonymous"] or low in ("writer", "columnist"))


def _known(low: str, table: Cues) -> bool:
    """Whether a word, in lower case, is a noun for somebody or something that can tell."""
    return low in table.speakers or (low.endswith(_HUMAN) and len(low) > 5)


def _names(tokens: Tokens, first: int, head: int) -> list[str]:
    return [word for word in tokens.words[first:head] if named(word)]
