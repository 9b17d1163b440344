"""SQL over a ledger: its tables as read-only views in DuckDB, under the names that the exports document."""

from communique.sql.views import NoTables, SqlError, opened

__all__ = ["NoTables", "SqlError", "opened"]
