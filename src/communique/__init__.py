"""Communique turns news pages into a sourced diplomatic record.

``read`` gives Pages, ``clean`` the Article inside one, ``code`` its Events; a ``Ledger`` keeps them and answers
questions. Nothing is imported before it is used, so the command line starts quickly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.api import Ledger, clean, code, read

__version__ = "0.1.0"
__all__ = ["Ledger", "__version__", "clean", "code", "read"]


def __getattr__(name: str) -> Any:
    """A public name, imported now."""
    if name not in __all__:
        raise AttributeError(f"module 'communique' has no attribute {name!r}")
    from communique import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted(__all__)
