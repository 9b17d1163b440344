"""Reading turns bytes into Pages: text and where it came from, with nothing lost."""

from communique.reading.failure import MissingReader, ReadError, ReadFailure
from communique.reading.fields import Columns
from communique.reading.files import read_path, read_paths
from communique.reading.pages import Source, html_page, text_page

__all__ = [
    "Columns",
    "MissingReader",
    "ReadError",
    "ReadFailure",
    "Source",
    "html_page",
    "read_path",
    "read_paths",
    "text_page",
]
