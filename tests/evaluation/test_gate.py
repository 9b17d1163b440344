"""Floors rise by themselves and fall only on purpose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from communique.evaluation import score
from communique.evaluation.gate import FloorError, GoldSet, below, measures, raised, read_floors, write_floors


def test_floors_rise_to_just_below_what_was_measured() -> None:
    """A better figure raises its floor, a new measure gets one, and another keeps its own."""
    assert raised({"a": 0.5, "b": 0.6}, {"a": 0.7, "b": 0.602, "c": 0.3}) == {"a": 0.695, "b": 0.6, "c": 0.295}


def test_floors_are_not_lowered_without_leave() -> None:
    """A figure below its floor is an error that names it; with leave the floor follows it down."""
    with pytest.raises(FloorError, match=r"below the floor: a 0\.400 < 0\.500"):
        raised({"a": 0.5}, {"a": 0.4})
    assert raised({"a": 0.5}, {"a": 0.4}, allow_lower=True) == {"a": 0.395}


def test_a_measure_that_has_gone_is_below_its_floor() -> None:
    """Measuring less is no way past the gate."""
    assert below({"a": 0.5}, {}) == {"a": (0.5, 0.0)}


def test_floors_survive_writing(tmp_path: Path) -> None:
    """What is written is read back."""
    dev = GoldSet("dev", "gold/dev.jsonl", "gold/dev", "00", {"a": 0.5})
    sets = [dev, replace(dev, name="dev careful", careful=True)]
    write_floors(tmp_path / "floors.json", sets)
    assert read_floors(tmp_path / "floors.json") == sets


def test_measures_leave_out_what_gold_cannot_judge() -> None:
    """A share of no events is no measure."""
    event = {"id": "e1", "type": "DENY", "sources": [{"id": "NOR"}], "quote": "x", "status": "actual", "date": None}
    found = measures(score({"p": {"events": [event]}}, {"p": {"events": [event]}}).figures)
    assert found["talk_f1"] == found["status"] == 1.0
    assert "dated" not in found and "answers" not in found and "bargaining_f1" not in found
