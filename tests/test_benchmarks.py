"""The benchmarks name what they measure: a step of the coder that was renamed must not break them unseen."""

from __future__ import annotations

import importlib
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_every_step_that_the_coding_benchmark_times_is_there() -> None:
    """Each name in the benchmark's table is a function that its module calls."""
    steps = runpy.run_path(str(ROOT / "benchmarks" / "coding.py"), run_name="benchmark")["STEPS"]
    assert steps
    for module, names in steps.items():
        loaded = importlib.import_module(module)
        assert [name for name in names if not callable(getattr(loaded, name, None))] == []
