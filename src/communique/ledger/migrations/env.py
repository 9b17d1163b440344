"""Runs the ledger's migrations on the connection that ``communique.ledger.version`` hands over."""

from __future__ import annotations

from alembic import context

from communique.ledger.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
