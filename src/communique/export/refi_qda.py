"""REFI-QDA: the codebook (``codebook.qdc``) and the pages with their coded passages (``project.qdpx``).

For QualCoder, ATLAS.ti, MAXQDA, NVivo and others. https://www.qdasoftware.org/products-codebook-exchange/
Positions count code points of the page's text, as the standard has it.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from communique.export.acts import write_lost
from communique.export.fixed_zip import FixedZip
from communique.export.gexf import about
from communique.export.metadata import CodedBy, Metadata
from communique.export.record import Record
from communique.export.refi_codes import codes
from communique.export.refi_sources import VARIABLES, Source
from communique.export.xml_text import element, guid, text

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
CODEBOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"
LOST = [
    ("parties, dates, places, matter, status", "in the description of each coded passage, as words"),
    ("moves, threads, disputes, decisions", "the standard has no place for them: they are in csv and parquet"),
    ("links between events", "named in the description of the passage that answers"),
    ("carriage returns", "QDA programs turn line ends into one character: a space stands for each, so positions stay"),
]


def write(record: Record, folder: Path, metadata: Metadata) -> None:
    """Write ``codebook.qdc``, ``project.qdpx`` and ``lost.csv``."""
    origin = f"Communique {metadata.communique_version}"
    book = element("CodeBook", codes(), xmlns=CODEBOOK, origin=origin)
    (folder / "codebook.qdc").write_text(HEAD + book + "\n", encoding="utf-8", newline="")
    with FixedZip(folder / "project.qdpx") as archive, tempfile.TemporaryFile() as sources:
        count = 0
        for page in record.pages():
            source = Source.of(page)
            archive.add(f"Sources/{source.guid}.txt", source.plain())
            sources.write(source.xml().encode("utf-8"))
            count += 1
        sources.seek(0)
        with archive.open("project.qde") as project:
            for part in _project(metadata, sources if count else None):
                project.write(part)
    write_lost(folder, LOST)


def _project(metadata: Metadata, sources: io.IOBase | None) -> Iterator[bytes]:
    """The project's XML, in parts: the sources can be many."""
    users = [_user(by) for by in metadata.coders]
    name = element("Project", name=metadata.title, origin=f"Communique {metadata.communique_version}", xmlns=PROJECT)
    yield (HEAD + name.removesuffix("/>") + ">\n").encode()
    yield (element("Users", *users) if users else "").encode()
    yield element("CodeBook", codes()).encode()
    yield element("Variables", *(_variable(name) for name in VARIABLES)).encode()
    if sources is not None:
        yield b"\n<Sources>\n"
        while part := sources.read(1 << 20):
            yield part
        yield b"</Sources>\n"
    yield text("Description", about(metadata)).encode()
    yield b"</Project>\n"


def _user(by: CodedBy) -> str:
    return element("User", guid=user_guid(by), name=f"{by.coder} {by.coder_version}")


def user_guid(by: CodedBy) -> str:
    """The GUID of a coder."""
    return guid("user", by.coder, by.coder_version)


def _variable(name: str) -> str:
    return element("Variable", guid=guid("variable", name), name=name, typeOfVariable="Text")
