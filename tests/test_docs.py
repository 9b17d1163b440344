"""The documents say what the program does: made parts are up to date, commands and files are named."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pages
import pytest
import yaml

from communique import __version__
from communique.cli import main

ROOT = pages.ROOT
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
PARTS = [(path, name) for path, parts in pages.made().items() for name in parts]


@pytest.mark.parametrize(("path", "name"), PARTS, ids=lambda value: getattr(value, "name", value))
def test_made_parts_are_up_to_date(path: Path, name: str) -> None:
    """What is made from data is what the data says now; scripts/renew writes it anew."""
    document = path.read_text(encoding="utf-8")
    assert document == pages.put(document, name, pages.made()[path][name]())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """Every link to a file of the repository finds it."""
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_page_is_in_the_navigation() -> None:
    """No document is left out of the site."""
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    named = {target for entry in nav for target in entry.values()}
    assert named == {path.name for path in (ROOT / "docs").glob("*.md")}


def test_contributing_names_the_scripts() -> None:
    """Each script that a person may run is in CONTRIBUTING.md or the README, can be run, and says what it does."""
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8") + (ROOT / "README.md").read_text(encoding="utf-8")
    scripts = [path for path in (ROOT / "scripts").iterdir() if not path.suffix and not path.name.startswith("_")]
    assert {"install", "check", "test", "docs", "serve"} <= {path.name for path in scripts if path.is_file()}
    for path in (path for path in scripts if path.is_file()):
        assert f"scripts/{path.name}" in told
        assert path.stat().st_mode & 0o111
        assert path.read_text(encoding="utf-8").split("\n")[1].startswith("# ")


def test_versions_agree() -> None:
    """The version to cite and the version measured are the package's."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    measured = json.loads((ROOT / "docs" / "accuracy.json").read_text(encoding="utf-8"))
    assert cited["version"] == measured["version"] == __version__


def test_changelog_keeps_to_its_form() -> None:
    """There is a place for what comes next, and only the headings that Keep a Changelog has."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in text
    assert set(re.findall(r"^### (.+)$", text, re.M)) <= {
        *("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
    }


def test_every_command_is_in_the_changelog() -> None:
    """What a user can run is told in the changelog."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [name for name in main.places if f"`communique {name}`" not in text] == []


def test_the_site_builds_without_a_warning() -> None:
    """scripts/docs succeeds."""
    subprocess.run(["bash", "scripts/docs"], cwd=ROOT, check=True, capture_output=True, timeout=170)
