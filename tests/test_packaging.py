"""What is installed is what is pinned, and all of the data travels with the package."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def plain(name: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: str) -> dict[str, str]:
    """The versions that a lock pins, by package."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {plain(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.M)}


def named(requirements: list[str]) -> set[str]:
    """The packages that requirements name."""
    return {plain(re.match(r"[\w.-]+", requirement)[0]) for requirement in requirements}  # type: ignore[index]


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [
        ("requirements.lock", PROJECT["dependencies"]),
        ("requirements-dev.lock", [*PROJECT["dependencies"], *EXTRAS["dev"], *EXTRAS["docs"]]),
    ],
)
def test_lock_has_all_that_the_project_names(lock: str, requirements: list[str]) -> None:
    """A dependency added to pyproject.toml is pinned too; scripts/lock does it."""
    assert named(requirements) - set(pinned(lock)) <= {"communique"}  # which names extras of its own


def test_the_two_locks_agree() -> None:
    """What runs in the tests is what runs in the demo."""
    runtime, dev = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert {name: dev.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "scripts/installer.lock"])
def test_every_pin_has_its_digests(lock: str) -> None:
    """A changed file on the index is not installed."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.split(r"^(?=[\w.-]+==)", text, flags=re.M)[1:]
    assert pins and all("--hash=sha256:" in pin for pin in pins)


def test_everything_imported_is_named() -> None:
    """Each package that the code imports is a dependency or in an extra, not there by chance."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    modules = set(re.findall(r"^\s*(?:import|from) (\w+)", sources, re.M)) - set(sys.stdlib_module_names)
    installed = packages_distributions()
    found = {plain(name) for module in modules for name in installed.get(module, [])}
    assert found - named([*PROJECT["dependencies"], *(r for extra in EXTRAS.values() for r in extra)]) <= {"communique"}


def test_nothing_heavy_is_needed_at_run_time() -> None:
    """Neither torch nor spaCy comes with the package."""
    assert not {"torch", "spacy", "transformers", "tensorflow"} & set(pinned("requirements.lock"))


@pytest.mark.parametrize("project", [".", "careful"])
def test_data_travels_with_the_package(tmp_path: Path, project: str) -> None:
    """A wheel holds every tracked file of the package: tables, codebook, sample pages, model."""
    build = [".venv/bin/uv", "build", "--wheel", "--quiet", "--no-build-isolation", "--out-dir", str(tmp_path)]
    if not (ROOT / build[0]).exists():
        pytest.skip("needs uv, which scripts/install puts into .venv")
    subprocess.run([*build, "--python", ".venv/bin/python", project], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    folder = ROOT / project
    tracked = subprocess.run(["git", "ls-files", "src"], cwd=folder, capture_output=True, text=True, check=True).stdout
    assert {line.removeprefix("src/") for line in tracked.splitlines()} - inside == set()
