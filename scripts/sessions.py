"""The shell sessions in a document: run them, compare, or write them anew.

A session is a block fenced as ``console``. A line that starts with ``$`` is a command; the lines
after it are its standard output, and a line of only ``...`` stands for any lines in between.
Lines that start with ``#`` before the first command are shown to people and not run.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
ELISION = "..."
# Commands that readers type and that a test does not repeat.
NOT_RUN = ("git clone", "cd ", "scripts/test", "scripts/serve")


@dataclass(frozen=True)
class Step:
    """One command of a session and the lines that the document shows for it."""

    command: str
    shown: tuple[str, ...]

    @property
    def is_run(self) -> bool:
        """Whether the command is run, or only shown."""
        return not self.command.startswith(NOT_RUN)


def steps(document: str) -> list[Step]:
    """The commands of every session in a document, in order."""
    found: list[Step] = []
    for block in _BLOCK.finditer(document):
        found += _steps(block[1])
    return found


def _steps(block: str) -> list[Step]:
    parts = re.split(r"^\$ ", block, flags=re.M)[1:]
    return [Step(lines[0], tuple(lines[1:])) for lines in (part.rstrip("\n").split("\n") for part in parts)]


def output(command: str) -> list[str]:
    """What a command prints on standard output in the repository's root, without space at line ends."""
    path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
    )
    return [line.rstrip() for line in done.stdout.rstrip("\n").split("\n")]


def agrees(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Whether the lines shown are those printed, where ``...`` stands for any lines."""
    if ELISION not in shown:
        return list(shown) == printed
    cut = shown.index(ELISION)
    head, tail = list(shown[:cut]), list(shown[cut + 1 :])
    return (
        len(printed) >= len(head) + len(tail) and printed[:cut] == head and (not tail or printed[-len(tail) :] == tail)
    )


def rewritten(document: str) -> str:
    """The document with the true output under each command, cut where it was cut before."""
    return _BLOCK.sub(lambda block: f"```console\n{_rewritten(block[1])}```", document)


def _rewritten(block: str) -> str:
    intro = block.split("$ ", 1)[0]
    return intro + "".join(
        f"$ {step.command}\n" + "".join(f"{line}\n" for line in _true(step)) for step in _steps(block)
    )


def _true(step: Step) -> list[str]:
    """The lines to show for a step: all that it prints, or as many around ``...`` as before."""
    if not step.is_run:
        return list(step.shown)
    printed = output(step.command)
    if ELISION not in step.shown:
        return printed
    cut = step.shown.index(ELISION)
    after = len(step.shown) - cut - 1
    return [*printed[:cut], ELISION, *(printed[-after:] if after else [])]
