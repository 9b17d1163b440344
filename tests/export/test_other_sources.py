"""The formats of other programs from a folder that ``communique batch`` wrote: what a ledger gives."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from batch.folders import write_folder
from communique.cli import main
from export.made import all_bytes, export, make_ledger, odd_page
from web.hostile import hostile_page, overlapping_page
from web.sample import coded_samples

FORMATS = "annotations,ftm,prov,claims,refi-qda,gexf,graphml,timelinejs,ics"


def plain(content: bytes) -> bytes:
    """The bytes without what has to differ: the coder's name, the kind of source, the ledger's version."""
    content = content.replace(b"gold", b"sample").replace(b"batch folder", b"ledger")
    content = re.sub(rb', "communique:ledgerVersion": "\d+"|"ledger_version": (null|"\d+")', b"", content)
    content = re.sub(rb' ;\n    comm:ledgerVersion "\d+"|ledger version (none|\d+)', b"", content)
    return re.sub(rb'<data key="graph-ledger_version">\w+</data>', b"", content)


def test_a_batch_folder_gives_what_a_ledger_gives(tmp_path: Path) -> None:
    """Every file is the same, but for the coder's name and what is said of the source."""
    pages = [*coded_samples(), hostile_page(), overlapping_page(), odd_page()]
    folder = write_folder(tmp_path / "batch", pages[4:], pages[:4])
    assert CliRunner().invoke(main, ["link", str(folder)]).exit_code == 0
    ledger = make_ledger(tmp_path / "made.ledger")
    export(folder, tmp_path / "a", FORMATS)
    export(ledger, tmp_path / "b", FORMATS)
    ours, theirs = all_bytes(tmp_path / "a"), all_bytes(tmp_path / "b")
    assert set(ours) == set(theirs) and len(ours) > 20
    hashed = {"refi-qda/project.qdpx", "ftm/statements.csv", "ics/acts.ics"}  # GUIDs of coders; folded lines
    for name in set(ours) - hashed:
        assert plain(ours[name]) == plain(theirs[name]), name


def test_a_report_needs_a_ledger(tmp_path: Path) -> None:
    """A batch folder is refused in one line."""
    folder = write_folder(tmp_path / "batch", coded_samples())
    done = CliRunner().invoke(main, ["report", str(folder), "NOR", "--to", str(tmp_path / "x.html")])
    assert done.exit_code == 1 and len(done.output.splitlines()) == 1
