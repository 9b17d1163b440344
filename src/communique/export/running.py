"""Running formats: each into a folder of its own, whole or not there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from communique.collector import uncollected
from communique.export import formats
from communique.export.errors import ExportError
from communique.export.metadata import LICENCE, Metadata, citation_of
from communique.export.record import Focus, Record
from communique.export.writing import write_json

if TYPE_CHECKING:
    from communique.export.from_batch import BatchRecord

METADATA = "metadata.json"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of an export: its title, licence and citation, and what to look at."""

    title: str = "Communique export"
    licence: str = LICENCE
    citation: str | None = None
    focus: Focus = field(default_factory=Focus)


def export(
    source: str,
    folder: Path,
    names: Sequence[str],
    wanted: Wanted,
    say: Callable[[str], None],
    warn: Callable[[str], None] = lambda line: None,
) -> None:
    """Write a ledger, or a folder of batch Parquet, in each of the formats, to ``folder/NAME``.

    ``say`` is told the name of each format when it begins, ``warn`` each file that cannot be read. Raises
    ExportError, LedgerError or OSError.
    """
    with ExitStack() as stack:
        stack.enter_context(uncollected())  # importing what writes makes many objects too
        writers = {name: formats.writer(name) for name in dict.fromkeys(names)}
        for name in writers:
            _check_free(folder / name)
        columns = any(formats.FORMATS[name].columns for name in writers)
        record, metadata = stack.enter_context(opened(source, wanted, warn, columns))
        for name, writer in writers.items():
            say(name)
            with _own_folder(folder, name) as place:
                writer.write(record, place, metadata)
                write_json(place / METADATA, {"format": name, **metadata.to_dict()})


@contextmanager
def opened(
    source: str, wanted: Wanted, warn: Callable[[str], None] = lambda line: None, columns: bool = False
) -> Iterator[tuple[Record, Metadata]]:
    """The record and metadata of a ledger, or of a folder of batch Parquet.

    ``columns`` says that whole columns will be asked for; ``warn`` is told each file of a folder that cannot be read.
    Raises ExportError or LedgerError.
    """
    citation = wanted.citation or citation_of(wanted.title)
    said = (wanted.title, wanted.licence, citation)
    if Path(source).is_dir():
        with _folder(Path(source), wanted.focus, warn) as record:
            yield record, Metadata(*said, "batch folder", None, record.coders())
        return
    from communique.export.from_ledger import reading
    from communique.ledger.store import Ledger

    with Ledger.open(source) as ledger, reading(ledger, wanted.focus, columns) as (record, version):
        yield record, Metadata(*said, "ledger", version, record.coders())


def _folder(place: Path, focus: Focus, warn: Callable[[str], None]) -> AbstractContextManager[BatchRecord]:
    try:
        from communique.export.from_batch import reading
    except ImportError as error:
        raise ExportError("a folder of shards needs the extra 'batch': pip install 'communique[batch]'") from error
    return reading(place, focus, warn)


def _check_free(place: Path) -> None:
    """Only what an earlier export made is written over."""
    if place.exists() and not (place.is_dir() and (place / METADATA).is_file()):
        raise ExportError(f"{place} is there already and is no export: name another folder, or move it away")


@contextmanager
def _own_folder(folder: Path, name: str) -> Iterator[Path]:
    """An empty folder beside the final one, put in its place when all went well."""
    making = folder / f".{name}.making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    try:
        yield making
        shutil.rmtree(folder / name, ignore_errors=True)
        making.rename(folder / name)
    except OSError as error:  # said here, where it is known that it is not the ledger's
        raise ExportError(f"{error.filename or folder / name}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
