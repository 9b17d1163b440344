"""Communique from Python: read pages, clean and code them, keep them in a ledger and ask it.

``import communique`` gives the four names of this package, each imported only when it is used.
"""

from communique.api.ledger import Ledger
from communique.api.pages import ReadWarning, clean, code, read
from communique.api.results import Results

__all__ = ["Ledger", "ReadWarning", "Results", "clean", "code", "read"]
