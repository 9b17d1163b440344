"""The cues of candidate dates as one table: what no act changes is looked up, and only the rest is made anew."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from communique.coding.dating.candidates import SLOTS, Candidate, DatedPage, Span, lead_day
from communique.coding.dating.cues import BACK_EDGES, SAID_CUES, age, bucket, moving_cues, names_in, said_of
from communique.coding.dating.turning import TURNING_CUES, turning_cues

Words = tuple[Span, Span | None]
"""The words that show an act, and among them the one that it turns on."""

SLOT = {slot: number for number, slot in enumerate(SLOTS)}
_SLOT_ROWS = np.eye(len(SLOTS), dtype=np.float32)
_NEAREST, _FURTHEST = -1, BACK_EDGES[-1]
_BACK_ROWS = np.array(
    [[0.0] * (len(BACK_EDGES) + 1), *[bucket(back, BACK_EDGES) for back in range(_NEAREST, _FURTHEST + 1)]], np.float32
)
"""How many sentences back, in ranges: nothing for candidates without a mention, then from ``_NEAREST`` on."""
_AGES, _MOVING = 10, 18 + TURNING_CUES
CANDIDATE_CUES = len(SLOTS) + _AGES + _MOVING + SAID_CUES + len(BACK_EDGES) + 1


def _order() -> np.ndarray:
    """Where each number of the weights' order stands among those of slot, age, act, mention and sentences back."""
    slot_and_age = range(len(SLOTS) + _AGES)
    act = iter(range(len(slot_and_age), len(slot_and_age) + _MOVING))
    said = iter(range(len(slot_and_age) + _MOVING, CANDIDATE_CUES - len(BACK_EDGES) - 1))
    back = iter(range(CANDIDATE_CUES - len(BACK_EDGES) - 1, CANDIDATE_CUES))
    runs = ((act, 10), (said, 28), (act, 1), (said, 14), (act, 2), (back, 7), (act, 2), (said, 1), (act, 2), (said, 3))
    return np.array(
        [*slot_and_age, *[next(part) for part, count in (*runs, (act, 1 + TURNING_CUES)) for _ in range(count)]]
    )


_ORDER = _order()


def candidate_table(page: DatedPage, asked: Sequence[tuple[Words, Sequence[Candidate]]]) -> np.ndarray:
    """The cues [N, C] of the candidates of acts, one after the other; an act is given by its words."""
    flat = [one for _, options in asked for one in options]
    ages, of_age = _looked_up([one.value for one in flat], [age(one.value, page.published) for one in flat])
    said = [said_of(page, one.mention).row if one.mention else _UNSAID for one in flat]
    saids, of_said = _looked_up(list(map(id, said)), said)
    back = [min(max(one.back, _NEAREST), _FURTHEST) - _NEAREST + 1 if one.mention else 0 for one in flat]
    blocks = (
        _SLOT_ROWS[[SLOT[one.slot] for one in flat]],
        ages[of_age],
        _moving(page, asked, flat),
        saids[of_said],
        _BACK_ROWS[back],
    )
    return np.concatenate(blocks, 1)[:, _ORDER]


_UNSAID = (0.0,) * SAID_CUES


def _moving(
    page: DatedPage, asked: Sequence[tuple[Words, Sequence[Candidate]]], flat: Sequence[Candidate]
) -> np.ndarray:
    """What changes of the cues from act to act [N, M]; of candidates without a mention only what their value says."""
    lead = lead_day(page)
    moving = np.zeros((len(flat), _MOVING), np.float32)
    for column, day in enumerate((lead.value if lead else None, page.published)):
        if day is not None:
            moving[:, column] = [one.value == day for one in flat]
    rows = [
        moving_cues(page, one, one.mention, quote, names) + turning_cues(page, one, one.mention, trigger)
        for (quote, trigger), options in asked
        for names in (names_in(page, quote),)
        for one in options
        if one.mention
    ]
    if rows:
        moving[[one.mention is not None for one in flat], 2:] = rows
    return moving


def _looked_up(keys: Sequence[object], rows: Sequence[tuple[float, ...]]) -> tuple[np.ndarray, list[int]]:
    """The rows, each once, as an array, and for each key the number of its row."""
    distinct = dict(zip(keys, rows, strict=True))
    number = {key: i for i, key in enumerate(distinct)}
    return np.array(list(distinct.values()), np.float32), [number[key] for key in keys]
