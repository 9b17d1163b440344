"""Jinja as the reading room uses it: everything escaped as ever, with less ado for each value that is shown.

A page shows some thousand values. Jinja asks each object for an attribute before it looks into it as a dictionary, and
wraps each escaped value in an object of its own; both take longer than the rest of a page together. Here dictionaries
are looked into first, and a value without any of the five characters is written as it is.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr

from communique.web.escaping import escaped


class Writer(CodeGenerator):
    """Writes templates as Python, with ``escaped`` in the place of Jinja's own function. Without it they escape too."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class Templates(Environment):
    """An environment whose templates look into dictionaries first."""

    code_generator_class = Writer
    escaped = staticmethod(escaped)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What ``obj.attribute`` means in a template."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)
