"""Cleaning turns a Page into an Article: the page's own content, as ranges of its text."""

from communique.cleaning.clean import clean

__all__ = ["clean"]
