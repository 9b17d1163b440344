"""From events to moves, threads, disputes and positions: pure functions, no store.

``link(reports)`` is the whole of it; the ledger runs the same functions on the part that a new page
touches.
"""
