"""The README's shell sessions are true: each command is run and prints what stands under it."""

from __future__ import annotations

import pytest
import sessions

README = (sessions.ROOT / "README.md").read_text(encoding="utf-8")
STEPS = sessions.steps(README)


@pytest.mark.parametrize("step", [step for step in STEPS if step.is_run], ids=lambda step: step.command)
def test_session_is_true(step: sessions.Step) -> None:
    """The command prints the lines shown; where it does not, scripts/renew writes them anew."""
    printed = sessions.output(step.command)
    assert sessions.agrees(step.shown, printed), "\n".join(printed)


def test_the_two_first_commands_are_there() -> None:
    """The first screen tells how to run the demo and the tests, in this order."""
    assert [step.command for step in STEPS][:2] == ["scripts/demo", "scripts/test"]


def test_first_screen_shows_something() -> None:
    """The demo's output is shown, and not all of it elided."""
    assert len(STEPS[0].shown) > 10


@pytest.mark.parametrize(
    ("shown", "true"),
    [
        (("a", "b", "c"), True),
        (("a", "..."), True),
        (("a", "...", "c"), True),
        (("...",), True),
        (("a", "b"), False),
        (("b", "..."), False),
        (("a", "...", "b"), False),
        (("a", "b", "...", "b", "c"), False),
    ],
)
def test_agrees(shown: tuple[str, ...], true: bool) -> None:
    """Three dots stand for any lines, but every line that is shown must be there, in its place."""
    assert sessions.agrees(shown, ["a", "b", "c"]) is true


def test_rewriting_keeps_cuts_and_words() -> None:
    """Sessions written anew have true output, cut where they were cut, and nothing else changes."""
    old = (
        "Words.\n\n```console\n$ printf '1\\n2\\n3\\n'\nx\n...\ny\n$ scripts/test\n```\n\n```text\n$ no session\n```\n"
    )
    new = (
        "Words.\n\n```console\n$ printf '1\\n2\\n3\\n'\n1\n...\n3\n$ scripts/test\n```\n\n```text\n$ no session\n```\n"
    )
    assert sessions.rewritten(old) == new
