"""A Page is what was read: its text, the digest of its bytes, and where and when it came from.

A Page is never changed. Every offset in Communique counts code points of ``Page.text``, so
``page.text[start:end]`` is always exactly the quoted words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

PageKind = Literal["text", "html"]


class Block(NamedTuple):
    """One line of an HTML page's text, with what the markup says of it.

    ``tags`` is the chain of element names from the outermost to the innermost block;
    ``hints`` the class, id, role and itemprop words of that chain, lower case;
    ``link_share`` the share (0..1) of the line's characters inside links.
    """

    start: int
    end: int
    tags: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    link_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """What was read.

    ``text`` is the decoded text (for HTML: the visible text, one block a line, made the
    same way every time); ``digest`` the SHA-256 of the bytes, in hex; ``blocks`` and ``meta``
    are there for HTML only: ``meta`` maps names of structured metadata to their values. ``recurring``
    counts, for the keys of its lines, on how many of the pages read together with it they stand too.
    """

    doc: str
    text: str
    digest: str
    path: str | None = None
    url: str | None = None
    kind: PageKind = "text"
    encoding: str = "utf-8"
    date: str | None = None
    outlet: str | None = None
    fetched: str | None = None
    blocks: tuple[Block, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    recurring: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
