"""The few SVG shapes that pictures are made of. Words are escaped; numbers are rounded to a tenth."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from communique.web.escaping import escaped, html


def num(value: float) -> str:
    """A coordinate, as short as it can be written."""
    written = f"{value:.1f}"
    return written[:-2] if written.endswith(".0") else written


def element(name: str, *inside: Markup | str, **attributes: str | float | None) -> Markup:
    """An element; ``class_`` is ``class``, ``_`` in other names is ``-``. A None attribute is left out."""
    parts = [f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None]
    body = "".join([escaped(part) for part in inside])
    return html(f"<{name}{''.join(parts)}>{body}</{name}>" if body else f"<{name}{''.join(parts)}/>")


@lru_cache(256)
def _attribute(key: str) -> str:
    return "class" if key == "class_" else key.replace("_", "-")


def _value(value: str | float) -> str:
    return escaped(value) if isinstance(value, str) else num(value)


def joined(parts: Iterable[Markup]) -> Markup:
    """Elements one after the other."""
    return html("".join([escaped(part) for part in parts]))


# The shapes that a picture has dozens of are written directly: ``element`` takes four times as long.


def line(x1: float, x2: float, y1: float, y2: float, class_: str) -> Markup:
    """A straight line."""
    return html(f'<line x1="{num(x1)}" x2="{num(x2)}" y1="{num(y1)}" y2="{num(y2)}" class="{escaped(class_)}"/>')


def circle(x: float, y: float, radius: float, class_: str) -> Markup:
    """A circle about a place."""
    return html(f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(radius)}" class="{escaped(class_)}"/>')


def text(words: str, x: float, y: float, class_: str | None = None, anchor: str | None = None) -> Markup:
    """Words at a place."""
    looks = (f' class="{escaped(class_)}"' if class_ else "") + (f' text-anchor="{escaped(anchor)}"' if anchor else "")
    return html(f'<text x="{num(x)}" y="{num(y)}"{looks}>{escaped(words)}</text>')


def title(words: str) -> Markup:
    """What a shape says when pointed at."""
    return html(f"<title>{escaped(words)}</title>")


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
