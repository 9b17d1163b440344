"""Whatever stands in a value, it shows as text, also on the short way that most values take."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from communique.web.escaping import escaped, html
from communique.web.pictures.svg import circle, element, joined, line, text, title
from communique.web.rendering import templates

BAD = "<b onclick='x'>&\"</b>"


@given(st.one_of(st.text(), st.text("<>&'\"a"), st.integers(), st.none(), st.floats(), st.text().map(Markup)))
def test_escaping_is_that_of_markupsafe(value: object) -> None:
    """Every value comes out as the library would write it."""
    assert escaped(value) == str(escape(value))


def test_templates_escape_by_the_short_way() -> None:
    """A template writes each value through ``escaped``, in a macro and a block too; HTML made here stays."""
    source = "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{% set s %}{{ v.a }}{% endset %}"
    source += "{{ v.a }}{{ m(v.a) }}{{ s }}{{ h }}"
    assert "environment.escaped(" in templates().compile(source, raw=True)
    made = templates().from_string(source).render(v={"a": BAD}, h=html("<u></u>"))
    assert made == f"{escape(BAD)}<i>{escape(BAD)}</i>{escape(BAD)}<u></u>"


def test_a_template_looks_into_dictionaries_first() -> None:
    """A key is found whatever methods a dictionary has; without the key the method is; what is missing is an error."""
    shown = templates().from_string("{{ v.items }} {{ v.get('items') }} {{ w.items()|length }}")
    assert shown.render(v={"items": 3}, w={"a": 1}) == "3 3 1"
    with pytest.raises(UndefinedError):
        templates().from_string("{{ v.none_such }}").render(v={})


def test_pictures_escape_words_in_every_shape() -> None:
    """Words, classes and ids cannot leave the place where they stand."""
    shapes = [
        text(BAD, 1, 2, BAD, BAD),
        title(BAD),
        circle(1, 2, 3, BAD),
        line(1, 2, 3, 4, BAD),
        element("p", BAD, id=BAD),
    ]
    for shape in shapes:
        assert "<b" not in shape and "onclick='" not in shape and '"</b>' not in shape
    assert joined([html("<i></i>"), BAD]) == f"<i></i>{escape(BAD)}"  # type: ignore[list-item]
