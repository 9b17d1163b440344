"""What can be wrong with an export, said in one line that a person can act on."""

from __future__ import annotations


class ExportError(Exception):
    """The export cannot be made as asked; the message says why and what to do."""
