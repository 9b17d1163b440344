"""Our figures equal those of the project's scorer on the same output, whatever is wrong with the output."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from communique import codebook
from communique.evaluation import read_documents, score

DATES = ["2016", "2016-02", "2012-02-05", "2012-02-05/2012-03", None]


def _actor(rng: random.Random) -> dict[str, str]:
    return {"name": "x", "id": rng.choice(["USA", "usa", "the-west", "isis", "UN", "un", "Arab League", "FRA", ""])}


def _disturb(event: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """An event with some of its fields made wrong."""
    event = copy.deepcopy(event)
    if rng.random() < 0.2:
        event["type"] = rng.choice([kind.name for kind in codebook.types()])
    for side in ("sources", "targets"):
        if rng.random() < 0.3:
            event[side] = [*rng.sample(event[side], rng.randint(0, len(event[side]))), _actor(rng)]
    for field, values in {
        "date": DATES,
        "status": ["actual", "alleged", "planned"],
        "mode": ["offer", "meet", None],
        "answers": ["e1", "e2", "e99", None],
        "quote": ["some other words", event["quote"][:20]],
        "according_to": [["The Sample Times"], [], ["a U.S. official", "Reuters"]],
    }.items():
        if rng.random() < 0.25:
            event[field] = rng.choice(values)
    return event


def _perturbed(gold: dict[str, Any], seed: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Gold with some events optional, and predictions with events changed, dropped, doubled and out of order."""
    rng = random.Random(seed)
    wanted, found = [], []
    for doc, page in gold.items():
        events = [{**event, **({"optional": True} if rng.random() < 0.15 else {})} for event in page["events"]]
        wanted.append({"doc": doc, "events": events})
        guesses = [_disturb(event, rng) for event in page["events"] for _ in range(rng.choice([0, 1, 1, 1, 2]))]
        rng.shuffle(guesses)
        for number, guess in enumerate(guesses, 1):
            guess["id"] = f"e{number}"
        if rng.random() < 0.9:
            found.append({"doc": doc, "events": guesses})
    return wanted, found


def _write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _theirs(shared: Path, gold: Path, predicted: Path) -> Any:
    command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(predicted), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["dev.jsonl", "seeds.jsonl"])
def test_figures_equal_the_scorers(shared: Path, tmp_path: Path, name: str, seed: int) -> None:
    """Every figure that the scorer gives is ours too, to the last place."""
    wanted, found = _perturbed(read_documents(shared / "gold" / name), seed)
    gold, predicted = _write(tmp_path / "gold.jsonl", wanted), _write(tmp_path / "predicted.jsonl", found)
    figures = score(read_documents(gold), read_documents(predicted)).figures
    figures["attributes"].pop("terms")  # ours alone
    theirs = _theirs(shared, gold, predicted)
    assert figures == theirs
    assert 0.3 < figures["all"]["f1"] < 0.95  # the disturbance is neither nothing nor everything


def test_nothing_found_is_scored(shared: Path, tmp_path: Path) -> None:
    """No prediction at all gives zeros, as the scorer does."""
    gold, empty = shared / "gold" / "seeds.jsonl", _write(tmp_path / "none.jsonl", [])
    figures = score(read_documents(gold), {}).figures
    figures["attributes"].pop("terms")
    assert figures == _theirs(shared, gold, empty)
