"""RDF in Turtle, written a subject at a time. https://www.w3.org/TR/turtle/"""

from __future__ import annotations

import re

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def literal(words: str) -> str:
    """Words as a literal; control characters become U+FFFD."""
    return '"' + "".join(_ESCAPES.get(c, c) for c in _CONTROL.sub("\ufffd", words)) + '"'


def typed(value: str | int, kind: str) -> str:
    """A value of one of XML Schema's types."""
    return f"{literal(str(value))}^^xsd:{kind}"


def iri_term(iri: str) -> str:
    """The name of a thing; what Turtle does not allow there is escaped as in URLs."""
    return "<" + _NOT_IN_IRI.sub(lambda found: f"%{ord(found[0]):02X}", iri) + ">"


class Subject:
    """A thing and what is said of it, in the order in which it was added."""

    def __init__(self, name: str, *kinds: str) -> None:
        self.name = name
        self._said = [f"a {', '.join(kinds)}"]

    def add(self, name: str, *values: str) -> None:
        """Say something of it, with every value; nothing where there are none."""
        if values:
            self._said.append(f"{name} {', '.join(values)}")

    def written(self) -> str:
        """All of it as Turtle."""
        said = " ;\n    ".join(self._said)
        return f"{iri_term(self.name)} {said} .\n"
