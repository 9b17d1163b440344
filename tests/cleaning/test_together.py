"""Pages read together: joined parts, recurring lines, and the commands that read so."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.cleaning import clean
from communique.cleaning.together import together
from communique.cli import main
from communique.page import Page
from communique.reading import ReadFailure

NOTICE = "Our readers in the north can follow the daily broadcast on medium wave, at seven in the evening."
FIRST = "The foreign minister of Sampleland said on Tuesday that his government would offer the rebels a truce."
SECOND = "A spokesman for the rebels told reporters that the offer was studied, and an answer would come within days."
THIRD = "The two sides last met in the spring, when talks broke down over the return of prisoners from the border."


def page(doc: str, *rows: str, **told: str) -> Page:
    """A page of text of these rows."""
    return Page(doc, "\n\n".join(rows), doc, path=doc, **told)  # type: ignore[arg-type]


def parts() -> list[Page]:
    """The two parts of one article."""
    return [
        page("a", "Sampleland offers rebels a truce", FIRST, SECOND, "Page 1 of 2"),
        page("b", "Sampleland offers rebels a truce", THIRD, SECOND.replace("told", "also told"), "Page 2 of 2"),
    ]


def test_parts_become_one_page_without_a_warning() -> None:
    """Parts with marks of one article are joined in their order wherever they stand; other pages stay."""
    other = page("c", "Ferry strike ends", FIRST.replace("truce", "rise in pay"), SECOND)
    for order in permutations([*parts(), other]):
        found = [item for item in together(order) if isinstance(item, Page)]
        assert len(found) == 2
        joined = next(item for item in found if "Page 1 of 2" in item.text)
        assert joined.text.index(FIRST) < joined.text.index(THIRD)
        assert not any("page" in warning for warning in clean(joined).warnings)


def test_a_part_alone_says_so() -> None:
    """A part whose other is not at hand stays as it is, and says that one is missing."""
    (found,) = together(parts()[1:])
    assert isinstance(found, Page) and "page 2 of 2: the others are not in this page" in clean(found).warnings


def test_parts_of_other_articles_are_left_apart() -> None:
    """The same mark under another title is another article."""
    first, second = parts()
    other = page("b", "Ferry strike ends", *second.text.split("\n\n")[1:])
    assert len(list(together([first, other]))) == 2


def test_what_recurs_is_known_whatever_the_order() -> None:
    """A notice on three pages of an outlet is no body on any, in every order; failures stay in their place."""
    told = {"outlet": "Sample Post"}
    pages = [
        page("a", "Truce on offer", FIRST, NOTICE, SECOND, **told),
        page("b", "Prisoners", THIRD, NOTICE, FIRST.replace("truce", "swap"), **told),
        page("c", "Answer due", SECOND.replace("days", "weeks"), NOTICE, THIRD.replace("spring", "autumn"), **told),
    ]
    bodies = []
    for order in permutations([*pages, ReadFailure("d", "empty")]):
        found = list(together(order))
        assert [isinstance(item, Page) for item in found] == [isinstance(item, Page) for item in order]
        cleaned = {item.doc: clean(item).body for item in found if isinstance(item, Page)}
        bodies.append(cleaned)
        assert NOTICE not in [item.text[a:b] for item in found if isinstance(item, Page) for a, b in cleaned[item.doc]]
    assert all(one == bodies[0] for one in bodies)


@pytest.mark.parametrize("command", ["clean", "code"])
def test_commands_read_together(command: str, tmp_path: Path) -> None:
    """``--together`` gives one object for the two parts; without it there are two."""
    for part in parts():
        (tmp_path / f"{part.doc}.txt").write_text(part.text, encoding="utf-8")
    form = ["--format", "jsonl"]
    for options, count in ((["--together"], 1), ([], 2)):
        result = CliRunner().invoke(main, [command, str(tmp_path), *form, *options])
        assert result.exit_code == 0, result.output
        assert len([json.loads(row) for row in result.stdout.splitlines()]) == count


def test_a_live_blog_is_shown_by_its_entries(tmp_path: Path) -> None:
    """The entries of a live blog come with day and time, in both forms; their words are the page's."""
    rows = ["Talks as they happen", "4 March 2021"]
    for hour in range(9, 16):
        rows += [f"{hour:02d}:05 GMT", f"By {hour} o'clock this was known. {FIRST}"]
    file = tmp_path / "live.txt"
    file.write_text("\n\n".join(rows), encoding="utf-8")
    found = json.loads(CliRunner().invoke(main, ["clean", str(file), "--format", "jsonl"]).stdout)
    assert [entry["time"] for entry in found["entries"]] == [f"{hour:02d}:05" for hour in range(9, 16)]
    assert {entry["day"] for entry in found["entries"]} == {"2021-03-04"}
    text = file.read_text(encoding="utf-8")
    assert all(text[slice(*entry["body"][0])].startswith("By ") for entry in found["entries"])
    assert "# 2021-03-04 09:05 GMT" in CliRunner().invoke(main, ["clean", str(file)]).stdout
