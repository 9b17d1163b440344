"""From events to moves, threads, disputes and positions: pure functions, no store.

``link(reports)`` is the whole of it; the ledger runs the same functions on the part that a new page
touches.
"""

RULES = "2"
"""Changes with every change of these functions that makes other moves or links of the same events: a ledger notes by
which rules it was linked."""
