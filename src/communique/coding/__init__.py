"""Coding turns an Article into the codebook's Events, each with its exact words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.coding.coded import CodedPage
    from communique.page import Page

CODER = "communique"
CODER_VERSION = "0.5.2"
"""Raised with each change of rules, tables or weights that changes events: ``recode`` codes anew what bears another."""


def code_page(page: Page) -> CodedPage:
    """Clean and code one page. A pure function of the page: the same page gives the same events anywhere."""
    from communique.coding.coder import code

    return code(page)


def code_page_carefully(page: Page) -> CodedPage:
    """Clean and code one page, acts and parties found by the careful network. Raises CarefulMissing (an ImportError)
    where its package is not installed."""
    from communique.coding.coder import code
    from communique.coding.networks import careful

    return code(page, careful())


def careful_version() -> str:
    """The version of the coder with the careful network: of both packages. Raises CarefulMissing."""
    from communique.coding.networks import careful_package

    return f"{CODER_VERSION}+careful.{careful_package().VERSION}"


__all__ = ["CODER", "CODER_VERSION", "careful_version", "code_page", "code_page_carefully"]
