"""The few SVG shapes that pictures are made of. Words are escaped; numbers are rounded to a tenth."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape


def num(value: float) -> str:
    """A coordinate, as short as it can be written."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def element(name: str, *inside: Markup | str, **attributes: str | float | None) -> Markup:
    """An element; ``class_`` is ``class``, ``_`` in other names is ``-``. A None attribute is left out."""
    parts = [f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None]
    body = "".join([str(part) if isinstance(part, Markup) else _escaped(part) for part in inside])
    return Markup(f"<{name}{''.join(parts)}>{body}</{name}>" if body else f"<{name}{''.join(parts)}/>")


@lru_cache(256)
def _attribute(key: str) -> str:
    return "class" if key == "class_" else key.replace("_", "-")


def _value(value: str | float) -> str:
    return _escaped(value) if isinstance(value, str) else num(value)


@lru_cache(4096)
def _escaped(words: str) -> str:
    return str(escape(words))


def joined(parts: Iterable[Markup]) -> Markup:
    """Elements one after the other."""
    return Markup("").join(parts)


def text(words: str, x: float, y: float, class_: str | None = None, anchor: str | None = None) -> Markup:
    """Words at a place."""
    return element("text", words, x=x, y=y, class_=class_, text_anchor=anchor)


def title(words: str) -> Markup:
    """What a shape says when pointed at."""
    return element("title", words)


def shortened(words: str, most: int) -> str:
    """Words cut to ``most`` characters, an ellipsis in the place of the rest."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def picture(
    width: float,
    height: float,
    label: str,
    *inside: Markup,
    class_: str = "picture",
    fit: bool = False,
    top: float = 0.0,
) -> Markup:
    """An SVG image of a size in pixels; with ``fit`` it shrinks with the page; what lies above ``top`` is left out."""
    size = {} if fit else {"width": width, "height": height - top}
    box = f"0 {num(top)} {num(width)} {num(height - top)}"
    return element("svg", *inside, viewBox=box, class_=class_, role="group", aria_label=label, **size)
