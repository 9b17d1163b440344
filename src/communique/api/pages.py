"""Reading, cleaning and coding pages, one call each."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from communique.article import Article
from communique.page import Page

if TYPE_CHECKING:
    from communique.coding.coded import CodedPage


class ReadWarning(UserWarning):
    """A file that gave no page, with the reason; the others go on.

    ``warnings.simplefilter("error", communique.api.ReadWarning)`` makes it an error.
    """


def read(*paths: str | Path, url: str | None = None, date: str | None = None) -> Iterator[Page]:
    """The pages in files and folders, in order: text, HTML, PDF, mail, WARC, JSON Lines, CSV and Parquet.

    Args:
        paths: files, or folders with all below them.
        url: the address that the page came from, where it does not say so itself.
        date: the day of publication (``2014-03-12``), where the page has none.

    Yields:
        One Page after the other. A file that cannot be read is told by a ReadWarning.
    """
    from communique.reading import ReadFailure, read_paths

    for item in read_paths([str(path) for path in paths], url=url, date=date):
        if isinstance(item, ReadFailure):
            warnings.warn(f"{item.path}: {item.reason}", ReadWarning, stacklevel=2)
        else:
            yield item


def clean(page: Page) -> Article:
    """The article inside a page: title, outlet, byline, date, and which lines are its body.

    A field that the page does not support is None.
    """
    from communique.cleaning import clean as cleaned

    return cleaned(page)


def code(page: Page, careful: bool = False) -> CodedPage:
    """A page with its article and its events, each with the exact words that show it.

    The same page gives the same events on any machine. ``warnings`` says why a page has none. ``careful`` finds acts by
    the larger network of ``communique-careful``, far slower; ImportError is raised where that is not installed.
    """
    from communique.coding import code_page, code_page_carefully

    return code_page_carefully(page) if careful else code_page(page)
