"""Importing a table: its rows as pages and events of another coder, linked with all others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from communique.coding.coded import CodedPage
from communique.importing.documents import documents
from communique.importing.mapping import Mapping
from communique.importing.pages import page_of
from communique.importing.rows import Bad, read_rows
from communique.importing.storing import key_of, put
from communique.ledger.coder import PEOPLE, Coder
from communique.ledger.store import Ledger
from communique.page import Page


@dataclass(slots=True)
class Imported:
    """What came of an import: pages added, changed and known, events on those added or changed, and bad rows."""

    pages: Counter[str] = field(default_factory=Counter)
    events: int = 0
    bad: list[Bad] = field(default_factory=list)


def import_csv(ledger: Ledger, path: str | Path, mapping: Mapping) -> Imported:
    """Import a CSV file. The same table again adds nothing; a corrected one changes the pages it says otherwise.

    Each page is one transaction. Raises MappingError for the file as a whole, and LedgerError.
    """
    path = Path(path)
    dataset, coder = mapping.dataset or path.stem, coder_of(mapping)
    found, bad = documents(read_rows(path, mapping))
    done = Imported(bad=bad)
    for document in found:
        coded, left = page_of(document, dataset)
        done.bad += left
        if coded is not None:
            outcome = put(ledger, key_of(coder.name, dataset, document.name), coded, coder)
            done.pages[outcome] += 1
            done.events += 0 if outcome == "known" else len(coded.events)
    done.bad.sort(key=lambda b: b.line)
    return done


def coder_of(mapping: Mapping) -> Coder:
    """The person who coded a table, as a coder: recoding leaves such pages alone."""
    return Coder(f"{PEOPLE}{mapping.coder}", mapping.coder_version, mapping.codebook_version, _by_hand)


def _by_hand(page: Page) -> CodedPage:
    raise TypeError("pages that people coded are not coded by a program")
