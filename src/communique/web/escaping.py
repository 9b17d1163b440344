"""Values as HTML: the one place where words of pages are made harmless, for templates and pictures alike."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

_special = re.compile("[&<>\"']").search


def escaped(value: Any) -> str:
    """A value as HTML: what says of itself that it is HTML as it is, all else with its special characters escaped.

    Most words have none of the five and stay as they are, without an object made for each.
    """
    kind = type(value)
    if kind is str:
        return str(escape(value)) if _special(value) else value
    return value if kind is Markup else str(escape(value))


def html(written: str) -> Markup:
    """HTML written here, of parts that are escaped. As ``Markup(written)``, which first asks what it is given."""
    return str.__new__(Markup, written)
