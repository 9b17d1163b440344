"""A ReadFailure says which input could not be read, and why, in one line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """An input that gave no Page: its path as the user named it, and the reason in a few words."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class ReadError(Exception):
    """Raised where one input cannot be read; ``reason`` says why in a few words."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.reason = reason
        self.path = path


class MissingReader(ReadError):
    """Raised where a format needs a package that an optional extra of Communique installs."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"reading {what} needs the extra '{extra}': pip install 'communique[{extra}]'")
