"""A ledger to export: the sample pages, hostile pages, and a page of characters that formats may not hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from communique.actor import Actor
from communique.cli import main
from communique.coding.coded import CodedPage
from communique.event import Event, Term
from web.hostile import hostile_page, overlapping_page
from web.sample import add_all, coded_by_hand, coded_samples, evidence, text_page

OFFER = "T\u00fcrkiye\u2019s envoy\x08 proposed a \U0001f54a pause; BEGIN:VCALENDAR, he said\\n"
ODD = (
    f"Envoy \x0c offers\u2028 a pause\r\n{OFFER} to \u0160iauliai and \u0141\u00f3d if the guns fall silent.\r\nEnd.\n"
)
THREAD = "t-6ac79a266e2f6eeb-e2"  # Norway's offer of 2014 in the sample pages
HOSTILE_THREAD = "t-6624f2802cb17204-e1"


def odd_page() -> CodedPage:
    """Control characters, line ends of three kinds, letters with marks, and a character beyond the first plane."""
    page = replace(text_page("odd\x0bpage]]>", ODD), url="https://odd.example/p?a=1&b=<2>")
    event = Event(
        id="e1",
        type="PROPOSE",
        mode="offer",
        sources=(Actor("T\u00fcrkiye\u2019s envoy\x08", "TUR"),),
        targets=(Actor("\u0141\u00f3d, \u0160iauliai; \u00abboth\u00bb", "both-cities"),),
        evidence=evidence(ODD, OFFER),
        about="a pause\x08 \U0001f54a",
        date="2014-03",
        status="alleged",
        terms=(Term("condition", None, evidence(ODD, "if the guns fall silent")),),
        mentions=(evidence(ODD, "offers\u2028 a pause"),),
        confidence=0.625,
    )
    return coded_by_hand(page, "Envoy \x0c", "Odd & <Sons>\x1b", "2014-03-02", [event])


def make_ledger(path: Path) -> Path:
    """The ledger, closed."""
    add_all(path, [*coded_samples(), hostile_page(), overlapping_page(), odd_page()]).close()
    return path


def export(ledger: Path, folder: Path, name: str) -> Path:
    """The folder that ``communique export`` fills with one format."""
    asked = ["export", str(ledger), str(folder), "--format", name, "--citation", "The Skarv Bank data & notes"]
    found = CliRunner().invoke(main, asked)
    assert found.exit_code == 0, found.output
    return folder / name


def all_bytes(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
