"""Codes the texts of gold pages, so that the result can be scored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from communique.evaluation.gold import GoldPage

if TYPE_CHECKING:
    from communique.coding.coded import CodedPage


def by_document(pages: Sequence[GoldPage], coded: Iterable[CodedPage]) -> dict[str, Mapping[str, Any]]:
    """Coded pages as plain values by gold's name for them, told by the path each was read from."""
    names = {str(page.path): page.doc for page in pages}
    return {names[str(result.page.path)]: result.to_dict() for result in coded}
