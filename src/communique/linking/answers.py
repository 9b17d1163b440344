"""What a later move stands to an earlier one: it answers it, counters it, restates it, agrees on it, breaks it.

``relation`` is a pure function of two moves; ``best_links`` chooses, for one move, what it stands to among
its candidates. What one page itself says ("answers") always holds and is added by ``own_links``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from communique.linking.keys import part
from communique.linking.parties import alike, together
from communique.linking.report import Report
from communique.linking.sources import outlet_key
from communique.linking.words import likeness, matters, telling
from communique.move import Move
from communique.thread import Link, LinkKind

OPENING = frozenset({"PROPOSE", "REQUEST"})
ANSWERING = frozenset({"ACCEPT", "REJECT", "DENY"})
LATER = ANSWERING | OPENING | {"AGREE", "BREACH", "CONCEDE", "CONSULT", "SUPPORT"}
EARLIER = OPENING | {"AGREE", "ACCUSE", "THREATEN"}
NEEDED: Mapping[LinkKind, float] = {
    "answers": 0.22,
    "counters": 0.45,
    "version": 0.5,
    "agreement": 0.3,
    "breach": 0.25,
    "fulfils": 0.35,
    "talks": 0.4,
    "supports": 0.35,
}
ONE_APPROACH = 0.1  # what two openings between the same parties by way of one cited report need to share
ECHO = 0.6  # what one page says again with the sides exchanged is the same proposal: it counters nothing
BESIDE = 0.2  # how much less two openings on one page need to share
WINDOW = 200  # days: an answer comes within about half a year of what it answers
BUCKET = 100  # days of one stretch of time in the keys
MOST_STRETCHES = 8  # a move without a firm date is filed under its last two years at most


def kind_between(move: Move, to: Move) -> LinkKind | None:
    """What ``move`` could be to ``to`` by their types and parties alone."""
    if to.type in OPENING and move.type in ("ACCEPT", "REJECT"):
        return "answers" if _answers(move, to) else None
    if to.type in ("ACCUSE", "THREATEN") and move.type == "DENY":
        return "answers" if to.targets and _answers(move, to) and to.type == "ACCUSE" else None
    if to.type in OPENING and move.type in OPENING:
        return _proposal_after_proposal(move, to)
    if to.type in OPENING and move.type == "AGREE":
        return "agreement" if together(move.targets + move.actors, to.actors + to.targets) >= 0.5 else None
    if to.type == "AGREE" and move.type in ("BREACH", "AGREE"):
        return _after_agreement(move, to)
    if to.type == "REQUEST" and move.type == "CONCEDE":
        toward = alike(move.targets, to.actors) >= 0.5 if move.targets else True
        return "fulfils" if to.targets and toward and alike(move.actors, to.targets) >= 0.5 else None
    if to.type == "PROPOSE" and move.type == "CONSULT" and to.targets:
        return "talks" if alike(move.actors + move.targets, to.targets) >= 0.5 else None
    if to.type == "PROPOSE" and to.mode == "plan" and move.type == "SUPPORT" and move.targets:
        return "supports" if alike(move.targets, to.actors) >= 0.5 else None
    return None


def _answers(move: Move, to: Move) -> bool:
    """The answerer was addressed, and what it answers was put by the one it answers; silence on one is no bar."""
    addressed = alike(move.actors, to.targets) >= 0.5 if to.targets else True
    addressee = alike(move.targets, to.actors) >= 0.5 if move.targets else True
    own = alike(move.actors, to.actors) >= 0.5 and not to.targets
    return addressed and addressee and not own and bool(to.targets or move.targets)


def _proposal_after_proposal(move: Move, to: Move) -> LinkKind | None:
    if alike(move.actors, to.actors) >= 0.6 and (not move.targets or not to.targets or alike(move.targets, to.targets)):
        return "version"
    if move.type == to.type == "PROPOSE" and to.targets and alike(move.actors, to.targets) >= 0.6:
        return "counters" if move.targets and alike(move.targets, to.actors) >= 0.5 else None
    return None


def _after_agreement(move: Move, to: Move) -> LinkKind | None:
    parties = to.actors + to.targets
    if move.type == "BREACH":
        inside = alike(move.actors, parties) > 0
        return "breach" if inside and (not move.targets or alike(move.targets, parties)) else None
    return "version" if together(move.actors + move.targets, parties) >= 0.9 else None


def relation(move: Move, to: Move) -> Link | None:
    """The link from ``move`` to ``to``, or None: right kinds and parties, right order in time, one matter."""
    if move.id == to.id or move.status == "negated":
        return None
    kind = kind_between(move, to)
    if kind is None or not _in_time(move, to, kind):
        return None
    score = likeness(move.words, to.words)
    if kind == "counters" and score >= ECHO and not _pages(move).isdisjoint(_pages(to)):
        return None
    return Link(move.id, to.id, kind, round(score, 4)) if score >= _needed(move, to, kind) else None


def _needed(move: Move, to: Move, kind: LinkKind) -> float:
    """Two openings on one page are likelier to be about one matter than two that came out months apart.

    Likeliest where they rest on somebody else's report: what it says that A put to B is one approach, all the more
    where both name one matter ("step down", "departure").
    """
    if kind not in ("version", "counters") or _pages(move).isdisjoint(_pages(to)):
        return NEEDED[kind]
    same = (move.actors, move.targets) == (to.actors, to.targets) and bool(move.targets)
    if not same or not (move.status == to.status == "alleged" or _cites(move)) or move.sources != to.sources:
        return NEEDED[kind] - BESIDE
    return 0.0 if matters() & move.words.keys() & to.words.keys() else ONE_APPROACH


def _cites(move: Move) -> bool:
    """Whether a move rests on another's report alone, not on the word of an outlet that tells it."""
    return bool(move.outlets) and {outlet_key(outlet) for outlet in move.outlets}.isdisjoint(move.sources)


def _pages(move: Move) -> set[str]:
    return {key.rpartition("-")[0] for key in move.reports}


def _in_time(move: Move, to: Move, kind: LinkKind) -> bool:
    """What is answered came first or on the same days, and not more than half a year before."""
    if kind in ("version", "counters") and not _strictly_after(move, to):
        return False
    if move.until is not None and to.since is not None and to.since > move.until + 1:
        return False
    far = 4000 if kind == "breach" else WINDOW
    latest_of_to = to.until if to.until is not None else move.since
    return move.since is None or latest_of_to is None or move.since - latest_of_to <= far


def _strictly_after(move: Move, to: Move) -> bool:
    """An order between two openings, so that of two only one is the version of the other."""
    return _place(to) < _place(move)


def _place(move: Move) -> tuple[int, int, str]:
    return (move.since if move.since is not None else move.until or 0, move.until or 0, move.id)


def best_links(move: Move, candidates: Iterable[Move]) -> list[Link]:
    """For each kind of link, the one best candidate: likest matter, then latest, then by id."""
    best: dict[LinkKind, tuple[tuple[float, int, str], Link]] = {}
    for to in candidates:
        link = relation(move, to)
        if link is not None:
            rank = (link.score, to.until or 0, to.id)
            if link.kind not in best or rank > best[link.kind][0]:
                best[link.kind] = (rank, link)
    return [link for _, link in sorted(best.values(), key=lambda pair: pair[1].kind)]


def own_links(reports: Iterable[Report], move_of: Mapping[str, str]) -> list[Link]:
    """The answers that pages themselves tell, between the moves of their reports."""
    found = {}
    for report in reports:
        if report.answers is None or report.answers not in move_of:
            continue
        move, to = move_of[report.key], move_of[report.answers]
        if move != to:
            found[(move, to)] = Link(move, to, "answers", 1.0)
    return [found[pair] for pair in sorted(found)]


_TIMELESS = {"AGREE": "agreed", "BREACH": "broken"}  # stretches outside time
_OPEN_DOOR = ("invite", "mediate")  # proposals to meet, which others than the two may take up


def own_keys(move: Move) -> list[int]:
    """Keys under which a move is looked up: parties, a heavy word, and the stretch of time it lies in.

    An agreement is filed under no time as well, since it can be broken years later.
    """
    if move.type not in LATER | EARLIER:
        return []
    stretches = [str(n) for n in range(_first(move) // BUCKET, _last(move) // BUCKET + 1)][-MOST_STRETCHES:]
    if move.type in _TIMELESS:
        stretches.append(_TIMELESS[move.type])
    anyone = [("any", party) for party in _parties(move)]
    return _keys(move, [*_pairs(move), *_alone(move), *anyone], stretches)


def reach_keys(move: Move) -> list[int]:
    """Keys of the earlier moves that a move could stand to: those of its own time and of half a year before."""
    if move.type not in LATER:
        return []
    first, last = (_first(move) - WINDOW) // BUCKET, _last(move) // BUCKET
    stretches = [str(n) for n in range(first, last + 1)][-MOST_STRETCHES:]
    if move.type == "BREACH":
        stretches.append(_TIMELESS["AGREE"])
    return _keys(move, _sought(move), stretches)


def touched_keys(move: Move) -> list[int]:
    """Keys of the later moves that could stand to a move: those of its own time and of half a year after."""
    if move.type not in EARLIER:
        return []
    first, last = _first(move) // BUCKET, (_last(move) + WINDOW) // BUCKET
    stretches = [str(n) for n in range(first, last + 1)]
    if move.type == "AGREE":
        stretches.append(_TIMELESS["BREACH"])
    return _keys(move, _sought(move), stretches)


def _sought(move: Move) -> list[tuple[str, ...]]:
    """Parties under which the moves that could be linked to this one are filed.

    Those of the same two parties; those that name one side only; and, where this one names one side only or is open
    to others, all of that party's.
    """
    lone = [("lone", party) for party in _parties(move)]
    return [*_pairs(move), *lone, *(("any", party) for _, party in _alone(move))]


def _pairs(move: Move) -> list[tuple[str, ...]]:
    return [("pair", min(a, t), max(a, t)) for a in move.actors[:6] for t in move.targets[:6]]


def _alone(move: Move) -> list[tuple[str, ...]]:
    """The parties of a move that names one side only; of an invitation, those invited."""
    if not move.targets:
        return [("lone", party) for party in move.actors[:6]]
    return [("lone", party) for party in move.targets[:6]] if move.mode in _OPEN_DOOR else []


def _parties(move: Move) -> list[str]:
    return sorted({*move.actors[:6], *move.targets[:6]})


def _first(move: Move) -> int:
    """The first day of the stretch to file a move under; an undated one is filed under the half year before it."""
    if move.since is not None:
        return move.since
    return move.until - WINDOW if move.until is not None else 0


def _last(move: Move) -> int:
    return move.until if move.until is not None else _first(move)


def _keys(move: Move, parties: Sequence[tuple[str, ...]], stretches: Sequence[str]) -> list[int]:
    """Keys by parties, heavy word and stretch; openings meet the other openings of their pages as well."""
    words, ends = [part("word", word) for word in telling(move.words, 4)], [part("stretch", s) for s in stretches]
    whens = [word + end for word in words for end in ends]
    keys = {who + when for who in {part(*who) for who in parties} for when in whens}
    if move.type in OPENING:
        keys |= {part("page", page) for page in _pages(move)}
    return sorted(keys)
