"""What a format cannot hold, written beside it: ``lost.csv`` says what falls away, and of how many events."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from communique.export.csv_lines import write_rows

COLUMNS = ("what", "of", "events", "why")


class Lost:
    """Counts what falls away."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def note(self, what: str, of: str, why: str) -> None:
        """One more event of which ``what`` (a field, or the event) falls away; ``of`` is the value it had."""
        self._counts[what, of, why] += 1

    def write(self, path: Path) -> None:
        """Write the counts, those with the same words together."""
        write_rows(path, COLUMNS, [(what, of, n, why) for (what, of, why), n in sorted(self._counts.items())])
