"""What ``import communique`` promises: its names, nothing heavy behind them, and the ten lines that show it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import communique
from communique import api

ROOT = Path(__file__).parents[2]
METHODS = ["actors", "add", "close", "disputes", "events", "moves", "open", "positions", "show", "threads"]


def test_the_public_names_are_these() -> None:
    """A name is added or taken away on purpose only."""
    assert dir(communique) == ["Ledger", "__version__", "clean", "code", "read"]
    assert api.__all__ == ["Ledger", "ReadWarning", "Results", "clean", "code", "read"]
    assert [name for name in dir(communique.Ledger) if not name.startswith("_")] == METHODS
    found = [name for name in dir(api.Results) if not name.startswith("_")]
    assert found == ["columns", "first", "rows", "to_arrow", "to_pandas", "to_polars"]


def test_another_name_is_no_attribute() -> None:
    """A misspelt name is told as Python tells it."""
    with pytest.raises(AttributeError, match="'raed'"):
        _ = communique.raed


def test_importing_brings_nothing_heavy() -> None:
    """The package alone loads no database, model or table library, so the command line starts quickly."""
    heavy = "{'sqlalchemy', 'numpy', 'onnxruntime', 'pandas', 'polars', 'pyarrow', 'communique.api'}"
    code = f"import sys, communique; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_package_says_that_it_is_typed() -> None:
    """Type checkers of those who use it look into it."""
    assert (Path(communique.__file__).parent / "py.typed").is_file()


def test_the_ten_lines_run(tmp_path: Path) -> None:
    """The example does what it says, is ten lines long, and stands in the documents as it is."""
    path = ROOT / "examples" / "ten_lines.py"
    text = path.read_text(encoding="utf-8")
    body = text.partition('"""\n\n')[2]
    assert len([line for line in body.splitlines() if line.strip()]) <= 10
    assert body in (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    done = subprocess.run([sys.executable, path], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "pages=6" in done.stdout and "withdraw patrol ships" in done.stdout
