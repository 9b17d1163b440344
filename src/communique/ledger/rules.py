"""By which rules of linking a ledger was linked: pages added later are linked by newer ones, the older pages are not.

``communique link`` links all of them alike.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from communique.ledger import schema
from communique.linking import RULES


def rules_of(connection: Connection) -> str | None:
    """The rules that the whole ledger was linked by; None where nobody noted them."""
    return connection.execute(select(schema.linking.c.rules)).scalar()


def note_rules(connection: Connection) -> None:
    """Note that all of the ledger is linked by the rules of this program."""
    connection.execute(delete(schema.linking))
    connection.execute(insert(schema.linking).values(rules=RULES))


def has_moves(connection: Connection) -> bool:
    """Whether anything is linked."""
    return connection.execute(select(schema.move.c.id).limit(1)).first() is not None


def linked_otherwise(connection: Connection) -> bool:
    """Whether something in the ledger was linked by other rules than this program's."""
    return rules_of(connection) != RULES and has_moves(connection)
