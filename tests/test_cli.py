"""The commands: what they print, where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from communique import __version__
from communique.cli import COMMANDS, main
from communique.commands import workers
from communique.commands.code import confident
from communique.commands.output import problem_line

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Runs a command line in this process."""
    return lambda *words, **options: CliRunner().invoke(main, [str(word) for word in words], **options)


def commands() -> dict[str, click.Command]:
    """The commands that are there, by name."""
    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in found.items() if command}


def test_version(run: Run) -> None:
    """The version is the package's."""
    assert run("--version").output == f"communique, version {__version__}\n"


def test_help_lists_the_commands_that_are_there(run: Run) -> None:
    """Help names each command, with the first line of its own help."""
    out = run("--help").output
    for name, command in commands().items():
        assert f"  {name} " in out
        assert COMMANDS[name].help == (command.help or "").split("\n")[0]


def test_every_command_explains_itself(run: Run) -> None:
    """Each command has help, and so has each of its options that its name, values or default do not explain."""
    for name, command in commands().items():
        assert run(name, "--help").exit_code == 0
        for option in command.params:
            if isinstance(option, click.Option):
                plain = option.is_flag or option.show_default or isinstance(option.type, click.Choice)
                assert option.help or plain, f"{name} {option.opts[0]} has no help"


def test_command_table_points_at_commands() -> None:
    """A place whose module is there holds a Click command."""
    for place in main.places.values():
        module, attribute = place.target.split(":")
        assert isinstance(getattr(import_module(module), attribute), click.Command)


def test_every_ledger_command_is_in_the_table() -> None:
    """A command added to the ledger's list can be run."""
    ledger = pytest.importorskip("communique.ledger.commands")
    assert {command.name for command in ledger.COMMANDS} <= set(main.places)


def test_help_imports_nothing_heavy() -> None:
    """Help loads Click and this package's table of commands, and none of the commands themselves."""
    ask = """
import sys
from communique.cli import main
main(["--help"], standalone_mode=False)
print(*sorted(name for name in sys.modules if name.startswith("communique")))
print(*sorted({"numpy", "rich", "scipy", "sqlalchemy", "yaml", "onnxruntime"} & set(sys.modules)))
"""
    out = subprocess.run([sys.executable, "-c", ask], check=True, capture_output=True, text=True).stdout
    assert out.split("\n")[-3:] == ["communique communique.cli", "", ""]


def test_help_is_quick() -> None:
    """Help takes little more work than importing Click does, in processor time."""
    command = [sys.executable, "-c", "from communique.cli import main; main(['--help'])"]
    bare = min(_work([sys.executable, "-c", "import click"]) for _ in range(3))
    assert min(_work(command) for _ in range(5)) - bare < 0.15


def _work(command: list[str]) -> float:
    """The processor time of a command, in seconds."""
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def test_unknown_command_is_refused(run: Run) -> None:
    """A slip of the pen gets exit code 2 and a hint."""
    result = run("cod")
    assert result.exit_code == 2 and "No such command 'cod'" in result.output


# codebook


def test_codebook_prints_every_type(run: Run) -> None:
    """The whole codebook as text names each type, status and field."""
    out = run("codebook").output
    for word in ("PROPOSE", "ASSAULT", "does not - ", "alleged", "according_to", "PLOVER AGREE"):
        assert word in out
    assert max(map(len, out.splitlines())) <= 100


def test_codebook_prints_one_type_in_any_case(run: Run) -> None:
    """A single type comes alone."""
    out = run("codebook", "reject").output
    assert out.startswith("REJECT ") and "ASSAULT" not in out


def test_codebook_as_json(run: Run) -> None:
    """The JSON holds all that the text says."""
    book = json.loads(run("codebook", "--format", "json").output)
    assert len(book["types"]) == 19
    assert json.loads(run("codebook", "AID", "--format", "json").output) == book["types"][11]


def test_codebook_refuses_an_unknown_type(run: Run) -> None:
    """A type that is not there is an error of use."""
    result = run("codebook", "OFFER")
    assert result.exit_code == 2 and "no type 'OFFER'" in result.output


# text


def test_text_is_what_offsets_count(run: Run, tmp_path: Path) -> None:
    """The decoded text comes out unchanged: odd line ends and spaces stay."""
    page = tmp_path / "p.txt"
    page.write_bytes("Zürich\u00a0talks\r\nend, no line end".encode("cp1252"))
    assert run("text", page).stdout_bytes.decode("utf-8") == "Zürich\u00a0talks\r\nend, no line end"


def test_text_of_a_missing_page(run: Run, tmp_path: Path) -> None:
    """One line says what is wrong, and the exit code is 1."""
    result = run("text", tmp_path / "gone.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "",
        f"communique: {tmp_path / 'gone.txt'}: missing\n",
    )


# code


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes a coder of ours take the real one's place: these tests are about what stands around it."""
    monkeypatch.setattr(workers, "CODER", "coders:words")


def pages(out: str) -> list[dict[str, Any]]:
    """The objects of JSON Lines."""
    return [json.loads(line) for line in out.splitlines()]


def test_code_prints_one_object_a_page(run: Run, tmp_path: Path) -> None:
    """JSON Lines on standard output, in the order of the paths, and nothing on standard error."""
    (tmp_path / "b.txt").write_text("two words")
    (tmp_path / "a.txt").write_text("déjà")
    result = run("code", tmp_path / "b.txt", tmp_path / "a.txt", "--date", "2014-03-12", "--url", "https://x.example/1")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [(page["doc"], len(page["events"])) for page in pages(result.stdout)] == [("b", 2), ("a", 1)]
    assert {(page["date"], page["url"]) for page in pages(result.stdout)} == {("2014-03-12", "https://x.example/1")}
    assert "déjà" in result.stdout


def test_code_reads_folders_and_standard_input(run: Run, tmp_path: Path) -> None:
    """A folder stands for all below it, and - for what is piped in."""
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.txt").write_text("word")
    result = run("code", tmp_path, "-", input="three words here")
    assert [len(page["events"]) for page in pages(result.stdout)] == [1, 3]


def test_code_goes_on_past_bad_pages(run: Run, tmp_path: Path) -> None:
    """Each bad page is one line on standard error; all others are coded; the exit code is 1."""
    bad = {
        "1-empty.txt": b"",
        "2-binary.txt": bytes(range(256)) * 20,
        "3-huge.txt": b"word " * 1_100_000,
        "4-raise.txt": b"raise",
        "5-die.txt": b"die",
    }
    for name, data in {**bad, "0-good.txt": b"word", "6-good.txt": b"more words"}.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "7-loop").symlink_to(tmp_path)
    result = run("code", tmp_path, tmp_path / "gone.txt")
    assert result.exit_code == 1
    assert [page["doc"] for page in pages(result.stdout)] == ["0-good", "6-good"]
    lines = result.stderr.splitlines()
    for line, name in zip(lines, [*bad, "7-loop", "gone.txt"], strict=True):
        assert line.startswith(f"communique: {tmp_path / name}: ") and len(line) > len(
            f"communique: {tmp_path / name}: "
        )


def test_code_leaves_a_page_that_takes_too_long(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is named with the time it had, and the next is coded."""
    (tmp_path / "a.txt").write_text("hang")
    (tmp_path / "b.txt").write_text("word")
    monkeypatch.setattr(workers, "PAGE_SECONDS", 0.5)
    result = run("code", tmp_path)
    assert result.stderr == f"communique: {tmp_path / 'a.txt'}: left after 0.5 s\n"
    assert [page["doc"] for page in pages(result.stdout)] == ["b"]


def test_code_gives_the_same_with_more_workers(run: Run, tmp_path: Path) -> None:
    """The number of workers changes nothing but the time."""
    for number in range(20):
        (tmp_path / f"{number:02}.txt").write_text("word " * (20 - number))
    assert run("code", tmp_path).stdout == run("code", tmp_path, "--workers", 3).stdout


def test_code_leaves_out_unsure_events(run: Run, tmp_path: Path) -> None:
    """An event below the confidence asked for is left out, and no other answers it any more."""
    (tmp_path / "a.txt").write_text("a b c")
    (page,) = pages(run("code", tmp_path, "--min-confidence", 0.5).stdout)
    assert [(event["id"], event["answers"]) for event in page["events"]] == [("e0", None), ("e2", None)]
    assert confident(page, 0)["events"] == page["events"]


@pytest.mark.parametrize("option", ["--date=12 March", "--min-confidence=2", "--workers=0", "--format=xml"])
def test_code_refuses_a_wrong_option(run: Run, tmp_path: Path, option: str) -> None:
    """A wrong value is an error of use, before any page is read."""
    assert run("code", tmp_path, option).exit_code == 2


def test_code_without_a_coder_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation is one line, not a trace."""
    monkeypatch.setattr(workers, "CODER", "coders:nothing")
    (tmp_path / "a.txt").write_text("a")
    result = run("code", tmp_path)
    assert result.exit_code == 1 and result.stderr.startswith("Error: the coder cannot be loaded: AttributeError")


def test_problem_is_one_line_whatever_the_name() -> None:
    """Line ends and terminal codes in a file name are escaped."""
    assert problem_line("a\nb\x1b[2J\udcff", "missing") == "communique: a\\nb\\x1b[2J\\udcff: missing"


# evaluate


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A gold file of one page in which nothing happens, and its text."""
    (tmp_path / "p.txt").write_text("word")
    path = tmp_path / "gold.jsonl"
    path.write_text('{"doc": "page-1", "text_file": "p.txt", "events": []}\n')
    return path


def test_evaluate_scores_given_predictions(run: Run, gold: Path) -> None:
    """With --predictions nothing is coded."""
    figures = json.loads(run("evaluate", gold, "--predictions", gold, "--json").output)
    assert figures["attributes"]["date"] == {"right": 0, "of": 0, "share": None}


def test_evaluate_needs_pages_or_predictions(run: Run, gold: Path) -> None:
    """One of the two says where the predictions come from, and not both."""
    assert run("evaluate", gold).exit_code == 2
    assert run("evaluate", gold, "--pages", gold.parent, "--predictions", gold).exit_code == 2


def test_evaluate_names_what_is_wrong_with_gold(run: Run, gold: Path) -> None:
    """A text that is not there is named."""
    (gold.parent / "p.txt").unlink()
    result = run("evaluate", gold, "--pages", gold.parent)
    assert result.exit_code == 1 and "p.txt: missing, the text of page-1" in result.stderr
