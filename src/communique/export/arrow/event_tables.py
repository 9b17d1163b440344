"""The tables that hang on events, for some pages at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communique.export.arrow.coded import coded, equal, flat, recoded
from communique.export.arrow.details import Details, Listed
from communique.export.arrow.lists import Numbers, filled, joined, places
from communique.export.arrow.lookups import date_columns, looked_up, looked_up_pairs
from communique.export.arrow.made import of_numbers, one, truths
from communique.export.arrow.parts import ArrowPart, plain
from communique.export.arrow.tellings import Telling
from communique.export.event_rows import roll_up, state_codes

Columns = dict[str, pa.Array]
_TEXTS = [pa.string()] * 3
_AGAIN = ("date", "place")  # columns of events whose values come again and again
_ROLES = {"gives": "gives", "asks": "asks", "conditions": "condition"}


@dataclass(frozen=True)
class Told:
    """Some pages with what their events keep as JSON and what they tell of; ``judgement`` is people's last word."""

    part: ArrowPart
    details: Details
    telling: Telling
    judgement: pa.Array

    @cached_property
    def shared(self) -> Columns:
        """The columns that ``events`` and ``wide`` have in common."""
        own, article = _own(self.part), self.part.of_page("key")
        own |= {name: coded(own[name]) for name in _AGAIN}
        answers = pc.binary_join_element_wise(flat(article), filled(own["answers"]), one("-"))
        return {
            **own,
            "event": own["key"],
            "article": article,
            **dict(zip(("date_start", "date_end", "date_precision"), date_columns(own["date"]), strict=True)),
            "answers": answers,  # null joined with anything is null
            "judgement": self.judgement,
            **{"move": self.telling.move, "thread": self.telling.thread},
        }


def events(told: Told) -> Columns:
    """``events``: as coded."""
    return {**told.shared, "number": told.shared["position"]}


def wide(told: Told) -> Columns:
    """``wide``, where nobody judged."""
    part, shared, detail = told.part, told.shared, told.details
    plover, cameo = looked_up_pairs(shared["type"], shared["mode"], roll_up, _TEXTS[:2])
    precision = recoded(date_columns(plain(part.pages["published"]))[2], of_numbers(part.page))
    mentions = np.bincount(detail.mentions.owner, minlength=len(part.page))
    return {
        **shared,
        **{name: part.of_page(name) for name in ("outlet", "title", "url", "published")},
        **{"published_precision": precision, "plover": plover, "cameo": cameo},
        **_sides(part),
        "according_to": joined(detail.according_to.columns[0], detail.according_to.owner, len(part.page)),
        **{column: _of_role(detail.terms, role, len(part.page)) for column, role in _ROLES.items()},
        "mentions": of_numbers(mentions),
        **{"matter": told.telling.matter, "outcome": told.telling.outcome},
    }


def _own(part: ArrowPart) -> Columns:
    return {name: plain(part.events[name]) for name in part.events.column_names}


def _sides(part: ArrowPart) -> Columns:
    """Ids, names and codes of the parties of either side."""
    assert part.parties is not None
    columns = {"s": plain(part.parties["actor"]), "_names": plain(part.parties["name"])}
    codes = looked_up(columns["s"], state_codes, _TEXTS)
    columns |= dict(zip(("_iso3", "_cow", "_gw"), codes, strict=True))
    found = {}
    for side in ("source", "target"):
        there = equal(plain(part.parties["side"]), one(side))
        owner = part.owner[truths(there)]
        for name, column in columns.items():
            found[side + name] = joined(column.filter(there), owner, len(part.page))
    return found


def _of_role(terms: Listed, role: str, count: int) -> pa.Array:
    there = pc.equal(terms.columns[0], one(role))
    return filled(joined(terms.columns[4].filter(there), terms.owner[truths(there)], count))


def event_actors(told: Told) -> Columns:
    """``event_actors``."""
    part = told.part
    assert part.parties is not None
    side, actor, name = (plain(part.parties[column]) for column in ("side", "actor", "name"))
    targets = truths(equal(side, one("target")))
    position = places(part.owner * 2 + targets)
    return {
        "event": _keys(told, part.owner),
        "side": side,
        "position": of_numbers(position),
        "actor": actor,
        "name": name,
    }


def terms(told: Told) -> Columns:
    """``terms``."""
    listed = told.details.terms
    names = ("role", "actor", "start", "end", "quote")
    return {**_placed(told, listed), **dict(zip(names, listed.columns, strict=True))}


def attributions(told: Told) -> Columns:
    """``attributions``."""
    listed = told.details.according_to
    return {**_placed(told, listed), "source": listed.columns[0]}


def evidence(told: Told) -> Columns:
    """``evidence``: the quote of each event, then its mentions."""
    own, (owner, place, mentions) = _own(told.part), told.details.mentions
    first = {"event": own["key"], "position": of_numbers(np.zeros(len(told.part.page), np.int64))}
    first |= {name: own[name] for name in ("quote", "start", "end")}
    if not len(owner):
        return first
    start, end, quote = mentions
    more = {"event": _keys(told, owner), "position": of_numbers(place + 1), "quote": quote, "start": start, "end": end}
    order = of_numbers(np.argsort(np.concatenate((np.arange(len(told.part.page)), owner)), kind="stable"))
    return {name: pa.concat_arrays([first[name], more[name]]).take(order) for name in first}


def articles(told: Told) -> Columns:
    """``articles``."""
    pages = {name: plain(told.part.pages[name]) for name in told.part.pages.column_names}
    precision = date_columns(pages["published"])[2]
    return {**pages, "article": pages["key"], "document": pages["doc"], "published_precision": precision}


def _placed(told: Told, listed: Listed) -> Columns:
    return {"event": _keys(told, listed.owner), "position": of_numbers(listed.place)}


def _keys(told: Told, owner: Numbers) -> pa.Array:
    return plain(told.part.events["key"]).take(of_numbers(owner))


TABLES: dict[str, Callable[[Told], Columns]] = {
    "events": events,
    "wide": wide,
    "articles": articles,
    "event_actors": event_actors,
    "terms": terms,
    "attributions": attributions,
    "evidence": evidence,
}
