"""What can be wrong with a ledger, each said in one line that a person can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, OperationalError


class LedgerError(Exception):
    """The ledger cannot be used as asked; the message says why and what to do."""


class NotALedger(LedgerError):
    """The file or database is something else."""


class NewerLedger(LedgerError):
    """A newer Communique made the ledger."""


class CannotWrite(LedgerError):
    """Disk full, read-only, locked by another program, or the server is gone."""


class NotFound(LedgerError):
    """No page, event, move or thread has that id."""


_SAID = (
    ("database or disk is full", "the disk is full"),
    ("no space left", "the disk is full"),
    ("disk i/o error", "the disk cannot be written (is it full?)"),
    ("readonly database", "it is read-only"),
    ("read-only", "it is read-only"),
    ("database is locked", "another program has held it locked for over a minute"),
    ("unable to open database file", "the file cannot be opened (does its folder exist, and may you write there?)"),
    ("malformed", "the file is damaged"),
    ("connection refused", "the server does not answer"),
    ("could not translate host", "the server's name is not known"),
    ("authentication failed", "the server refuses the user or the password"),
    ("does not exist", "the server has no such database or user"),
    ("terminating connection", "the server closed the connection"),
    ("server closed the connection", "the server closed the connection"),
)


@contextmanager
def reported(name: str) -> Iterator[None]:
    """Turn a database's own errors into a LedgerError of one line that names the ledger.

    Raises NotALedger where the file is no database, CannotWrite for anything else.
    """
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        text = str(getattr(error, "orig", None) or error)
        if "file is not a database" in text:
            raise NotALedger(f"{name} is not a ledger") from error
        known = next((said for sign, said in _SAID if sign in text.lower()), None)
        if known is None and not isinstance(error, OperationalError | sqlite3.OperationalError):
            raise
        raise CannotWrite(f"{name}: {known or text.splitlines()[0]}") from error
    except OSError as error:
        raise CannotWrite(f"{name}: {error.strerror or error}") from error
