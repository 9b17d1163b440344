"""Words of pages as XML may hold them, names that are the same every time, and elements written in order."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://communique.invalid/export")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def safe(words: str) -> str:
    """The words with what XML forbids or warns against (control characters, lone surrogates) as U+FFFD.

    One character stands for one, so positions in a text stay true.
    """
    return _FORBIDDEN.sub("\ufffd", words)


def guid(*names: object) -> str:
    """A GUID that hangs on the names alone."""
    return str(uuid.uuid5(SPACE, "\x1f".join(str(name) for name in names)))


def element(name: str, /, *inside: str, **attributes: str | int | float | bool | None) -> str:
    """An element with ``inside`` written already; attributes that are None are left out, ``_`` at an end is cut."""
    said = "".join(f" {_attribute(k)}={_value(v)}" for k, v in attributes.items() if v is not None)
    body = "".join(inside)
    return f"<{name}{said}>{body}</{name}>" if body else f"<{name}{said}/>"


def _attribute(name: str) -> str:
    """``xml__lang`` is ``xml:lang``, ``for_`` is ``for``."""
    return name.rstrip("_").replace("__", ":")


def _value(value: str | int | float | bool) -> str:
    if isinstance(value, bool):
        return '"true"' if value else '"false"'
    return (
        quoteattr(safe(value), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}) if isinstance(value, str) else f'"{value}"'
    )


def text(name: str, words: str | None, /, **attributes: str | int | float | bool | None) -> str:
    """An element that holds words; nothing where there are none."""
    if not words:
        return ""
    return element(name, escape(safe(words), {"\r": "&#13;"}), **attributes)


def joined(parts: Iterable[str]) -> str:
    """Elements, a line each."""
    return "\n".join(parts)
