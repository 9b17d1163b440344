"""Reports: the same facts in HTML, PDF and docx as in the ledger, safe, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pypdfium2
import pytest
from click.testing import CliRunner

from communique.cli import main
from communique.export import report as report_module
from communique.export.errors import ExportError
from communique.export.metadata import CodedBy, Metadata
from communique.export.report import file_name, made, report_of
from communique.export.report_blocks import Cell, Picture, Report, Table
from communique.export.report_pdf import LONGEST, drawable, parts
from communique.export.report_picture import strips, thread_pictures
from communique.ledger.queries import find_thread, moves_by_key
from communique.ledger.store import Ledger
from export.made import HOSTILE_THREAD, THREAD, make_ledger

METADATA = Metadata("Memo", "CC-BY-4.0", "Cite <me> & so on", "ledger", "0001", (CodedBy("sample", "1", "1.2"),))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger's file."""
    return make_ledger(tmp_path_factory.mktemp("report") / "made.ledger")


@pytest.fixture(scope="module")
def files(path: Path) -> dict[str, bytes]:
    """The thread's report as each kind of file."""
    return {ending: made(report(path), ending) for ending in (".html", ".pdf", ".docx")}


def report(path: Path, name: str = THREAD) -> Report:
    """The report on something of the ledger."""
    with Ledger.open(path) as ledger, ledger.reading() as connection:
        return report_of(connection, name, METADATA)


def quotes(path: Path) -> set[str]:
    """The words of every report of the thread's acts, as the ledger holds them."""
    with Ledger.open(path) as ledger, ledger.reading() as connection:
        from communique.ledger.showing import reports_of

        moves = moves_by_key(connection, find_thread(connection, THREAD).moves).values()
        return {told["quote"] for move in moves for told in reports_of(connection, move.reports)}


def pdf_text(content: bytes) -> str:
    """The words of all pages of a PDF, spaces and line ends as one space."""
    document = pypdfium2.PdfDocument(content)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in document))


def docx_text(content: bytes) -> str:
    """The words of a docx file's paragraphs and tables."""
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_every_file_holds_all_words_of_the_thread(path: Path, files: dict[str, bytes]) -> None:
    """No quotation of the ledger's is missing or changed in any of the three files."""
    wanted = quotes(path)
    assert len(wanted) == 9
    page, in_docx = files[".html"].decode(), docx_text(files[".docx"])
    in_pdf = pdf_text(files[".pdf"]).replace(" ", "")
    for quote in wanted:
        assert f"“{quote}”" in page
        assert quote.replace(" ", "") in in_pdf
        assert f"“{quote}”" in in_docx


def test_outcome_terms_sources_and_making_are_told(files: dict[str, bytes]) -> None:
    """The outcome, the terms, each outlet, the licence, the citation and the coder stand in all three."""
    texts = [files[".html"].decode(), pdf_text(files[".pdf"]), docx_text(files[".docx"])]
    for words in ("Outcome: rejected on 12 Mar 2014", "pull its four patrol ships back", "Sample Herald", "Sample Post",
                  "CC-BY-4.0", "sample 1, codebook 1.2"):  # fmt: skip
        assert all(words in text for text in texts), words


def test_docx_has_tables_with_heads_a_picture_and_its_words(files: dict[str, bytes]) -> None:
    """python-docx reads back the acts' table, a picture with alternative text, and the metadata."""
    document = docx.Document(io.BytesIO(files[".docx"]))
    acts = next(table for table in document.tables if table.rows[0].cells[0].text == "No.")
    assert [row.cells[0].text for row in acts.rows] == ["No.", "1", "2", "3", "4"]
    assert "Norway offers Iceland" in acts.rows[1].cells[2].text
    assert len(document.inline_shapes) == 1
    assert "The thread in time" in document.inline_shapes[0]._inline.docPr.get("descr")
    assert document.core_properties.title == "withdrawal of patrol ships from the Skarv Bank"
    assert document.core_properties.comments == "Cite <me> & so on"
    assert document.core_properties.created.date().isoformat() == "2025-05-18"


def test_an_actors_report_tells_partners_positions_and_offers(path: Path) -> None:
    """The report on Norway counts its acts with Iceland and names what became of its offer."""
    told = report(path, "NOR")
    tables = {block.caption: block for block in told.blocks if isinstance(block, Table)}
    assert tables["Acts with each party"].rows[0][0].text == "Iceland"
    offered = {row[2].text: row[3].text for row in tables["Offers and demands"].rows}
    assert offered["withdrawal of patrol ships from the Skarv Bank"] == "rejected"
    assert any(row[2].text.endswith("(changed)") for row in tables["Where it stood"].rows)
    assert any(isinstance(block, Picture) for block in told.blocks)
    assert "With whom it deals" in docx_text(made(told, ".docx"))


def test_html_needs_nothing_outside_itself_and_runs_nothing(path: Path) -> None:
    """Hostile words stay words: no element, attribute or address of a page's gets into the file."""
    from selectolax.lexbor import LexborHTMLParser

    page = made(report(path, HOSTILE_THREAD), ".html").decode()
    tree = LexborHTMLParser(page)
    assert tree.css("script, img, iframe, link, object, form, base") == []
    assert len(tree.css("style")) == 1
    assert "<script>document.title='taken'</script>" in tree.body.text()
    assert all(node.attributes["href"].startswith("#a") for node in tree.css("a"))
    assert not any(key.startswith("on") for node in tree.css("*") for key in node.attributes)
    assert "default-src 'none'" in tree.css_first("meta[http-equiv]").attributes["content"]


@pytest.mark.parametrize("ending", [".html", ".pdf", ".docx"])
def test_characters_that_no_file_may_hold_do_not_break_it(path: Path, ending: str) -> None:
    """Control characters of a page become replacement characters, letters with marks stay."""
    content = made(report(path, "TUR"), ending)
    text = {".html": bytes.decode, ".pdf": pdf_text, ".docx": docx_text}[ending](content)
    assert "Šiauliai" in text and "Łód" in text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1b]", text.replace("\x02", ""))


@pytest.mark.parametrize("ending", [".html", ".pdf", ".docx"])
def test_the_same_ledger_gives_the_same_bytes(path: Path, files: dict[str, bytes], ending: str) -> None:
    """Two reports made apart do not differ in one byte."""
    assert made(report(path), ending) == files[ending]


def test_docx_entries_bear_a_fixed_date(files: dict[str, bytes]) -> None:
    """Nothing of the clock gets into the archive."""
    with zipfile.ZipFile(io.BytesIO(files[".docx"])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_picture_stands_alone_and_shows_every_act(path: Path) -> None:
    """The SVG is well-formed, has no class, link or reference, and the number of each act on a mark."""
    picture = next(block for block in report(path).blocks if isinstance(block, Picture))
    tree = ElementTree.fromstring(picture.svg)
    names = {key for node in tree.iter() for key in node.attrib}
    assert not names & {"class", "href", "marker-end", "style"}
    texts = {node.text for node in tree.iter() if node.tag.endswith("text")}
    assert {"1", "2", "3", "4", "Norway", "Iceland"} <= texts


def test_long_threads_are_cut_into_strips_that_fit() -> None:
    """Forty acts make several pictures, each act in one of them, in order."""
    parties = ({"id": "AAA", "name": "A"}, {"id": "BBB", "name": "B"})
    moves = [
        {"id": f"m{n}", "number": n, "sources": parties[:1], "targets": parties[1:], "date": f"2030-01-{n:02}",
         "since": 740000 + n, "until": 740000 + n, "type": "PROPOSE", "about": None, "disputes": [], "tone": "open",
         "shape": "offer"}
        for n in range(1, 29)
    ]  # fmt: skip
    assert [move["id"] for strip in strips(moves) for move in strip] == [move["id"] for move in moves]
    drawn = list(thread_pictures(moves, [{"move": "m28", "to": "m1", "kind": "answers"}]))
    assert len(drawn) > 2
    assert max(picture.width for picture in drawn) < 1200


def test_what_the_font_lacks_is_shown_as_a_box() -> None:
    """Latin, Greek, Cyrillic and Arabic letters are drawn; a Chinese character is a box; marks of direction go."""
    assert drawable("Łódź Αθήνα Київ سلام") == "Łódź Αθήνα Київ سلام"
    assert drawable("北a\u202eb") == "\u25afab"


def test_a_cell_longer_than_a_page_goes_on_in_further_rows() -> None:
    """No words are lost where a cell is cut."""
    words = "word " * 1000
    cut = list(parts((Cell("1"), Cell(words))))
    assert len(cut) == -(-len(words) // LONGEST)
    assert "".join(row[1].text for row in cut) == words


def test_the_command_writes_what_the_ending_says(path: Path, tmp_path: Path) -> None:
    """An ending that it does not know and an id that is not there are told in one line."""
    target = tmp_path / "skarv.docx"
    found = CliRunner().invoke(main, ["report", str(path), THREAD, "--to", str(target)])
    assert (found.exit_code, found.output) == (0, f"{target}\n")
    assert docx.Document(str(target)).paragraphs[0].text == "withdrawal of patrol ships from the Skarv Bank"
    for asked in ([THREAD, "--to", str(tmp_path / "a.odt")], ["t-none", "--to", str(tmp_path / "a.pdf")]):
        wrong = CliRunner().invoke(main, ["report", str(path), *asked])
        assert wrong.exit_code == 1 and len(wrong.output.splitlines()) == 1
    assert list(tmp_path.iterdir()) == [target]


def test_files_are_named_without_anything_a_folder_could_mind() -> None:
    """Ids are made by pages: slashes and quotes do not get into the name of a file."""
    assert file_name('"><script>x</script>/../#?') == "script-x-script"
    assert file_name("???") == "report"


def test_pdf_says_title_licence_and_coder_in_its_metadata(files: dict[str, bytes]) -> None:
    """What goes with the file is in its properties, dated by the newest page."""
    said = pypdfium2.PdfDocument(files[".pdf"]).get_metadata_dict()
    assert said["Title"] == "withdrawal of patrol ships from the Skarv Bank"
    assert "CC-BY-4.0" in said["Subject"] and "sample 1, codebook 1.2" in said["Subject"]
    assert said["CreationDate"].startswith("D:20250518")


def test_without_the_extra_one_line_says_which(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a library is not installed, the message names the extra."""
    monkeypatch.setitem(report_module.ENDINGS, ".pdf", ("communique.export.report_pdf:as_pdf", ("no_such_library",)))
    with pytest.raises(ExportError, match=r"pip install 'communique\[reports\]'"):
        made(report(path), ".pdf")
