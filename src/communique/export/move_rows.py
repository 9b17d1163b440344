"""Moves, threads, parties, outlets and decisions as rows, in the order of the columns of ``tables.yaml``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from communique.decision import Decision
from communique.export.codes import codes_of
from communique.export.dates import days, iso
from communique.export.record import MoveRow, Outlet, Party
from communique.export.tables import LIST_MARK
from communique.move import Dispute
from communique.thread import Thread

Rows = list[tuple[Any, ...]]


def move_rows(moves: Iterable[MoveRow]) -> dict[str, Rows]:
    """Rows of ``moves`` and of the tables that hang on it."""
    rows: dict[str, Rows] = {n: [] for n in ("moves", "move_actors", "move_reports", "move_sources", "disputes")}
    own, actors, reports, sources, disputes = rows.values()
    for m in moves:
        key = m.key
        own.append((
            key, m.thread, m.type, m.mode, m.about, m.date, iso(m.since), iso(m.until), m.status, m.quote,
            len(m.reports), len(m.outlets), len(m.said_by), bool(m.disputed),
        ))  # fmt: skip
        actors += [(key, "source", n, actor) for n, actor in enumerate(m.actors)]
        actors += [(key, "target", n, actor) for n, actor in enumerate(m.targets)]
        contested = m.contested
        reports += [(key, event, event in contested) for event in m.reports]
        sources += [(key, n, said) for n, said in enumerate(m.said_by)]
        disputes += side_rows(key, m.disputes)
    return rows


def side_rows(subject: str, disputes: Iterable[Any]) -> Rows:
    """Rows of ``disputes`` of a move or thread, from (kind, [(says, sources, reports, ...)])."""
    return [(subject, point, kind, n, *_side(*side[:3]))
            for point, (kind, sides) in enumerate(disputes) for n, side in enumerate(sides)]  # fmt: skip


def _side(says: str, sources: Iterable[str], reports: Iterable[str]) -> tuple[str, str | None, str | None]:
    return says, LIST_MARK.join(sources) or None, LIST_MARK.join(reports) or None


def thread_rows(threads: Iterable[Thread]) -> dict[str, Rows]:
    """Rows of ``threads`` and of the tables that hang on it."""
    rows: dict[str, Rows] = {n: [] for n in ("threads", "thread_moves", "thread_actors", "answers", "disputes")}
    for t in threads:
        first, last, precision = days(t.outcome_date)
        rows["threads"].append((
            t.id, t.root, t.matter, t.outcome, t.outcome_date, first, last, precision, iso(t.since), iso(t.until),
            len(t.moves), len(t.outlets), len(t.sources), bool(t.disputes),
        ))  # fmt: skip
        rows["thread_moves"] += [(t.id, n, move, move in t.rests_on) for n, move in enumerate(t.moves)]
        rows["thread_actors"] += [(t.id, n, actor) for n, actor in enumerate(t.actors)]
        rows["answers"] += sorted((t.id, k.move, k.to, k.kind, k.score) for k in t.links)
        rows["disputes"] += dispute_rows(t.id, t.disputes)
    return rows


def dispute_rows(subject: str, disputes: Iterable[Dispute]) -> Rows:
    """Rows of ``disputes`` of a thread."""
    return [(subject, point, dispute.kind, n, *_side(side.says, side.sources, side.reports))
            for point, dispute in enumerate(disputes) for n, side in enumerate(dispute.sides)]  # fmt: skip


def actor_rows(parties: Iterable[Party]) -> Rows:
    """Rows of ``actors``."""
    return [(p.id, p.name, p.kind, p.made, p.received, *codes_of(p.id)) for p in parties]


def decision_rows(decisions: Iterable[Decision]) -> Rows:
    """Rows of ``decisions``."""
    return [(n, d.who, d.subject, d.target, d.other, d.judgement, d.field,
             None if d.value is None else json.dumps(d.value, ensure_ascii=False, sort_keys=True), d.note or None,
             d.decided, d.withdrawn) for n, d in enumerate(decisions, start=1)]  # fmt: skip


def source_rows(outlets: Iterable[Outlet]) -> Rows:
    """Rows of ``sources``."""
    return [(o.name, *_known(o.name), o.pages, o.events, o.first, o.last) for o in outlets]


def _known(name: str) -> tuple[str | None, str | None, str | None]:
    return _outlets().get(name.casefold(), (None, None, None))


@cache
def _outlets() -> dict[str, tuple[str | None, str | None, str | None]]:
    """Domain, country and kind of the outlets of the table, by each of their names in lower case."""
    text = files("communique.knowledge").joinpath("data", "outlets.csv").read_text(encoding="utf-8")
    return {
        name.casefold(): (row["domain"] or None, row["country"] or None, row["kind"] or None)
        for row in csv.DictReader(io.StringIO(text))
        for name in (row["name"], *filter(None, row["aliases"].split("|")))
    }
