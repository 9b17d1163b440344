"""Communique turns news pages into a sourced diplomatic record."""

__version__ = "0.1.0"
