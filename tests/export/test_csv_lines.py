"""CSV lines: whatever the cells hold, Python's own reader gives them back."""

from __future__ import annotations

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.export.csv_lines import lines

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
CELLS = st.one_of(st.none(), TEXTS, st.integers(), st.booleans(), st.floats(allow_nan=False))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(CELLS, st.text('a,"\r\n\t;', max_size=5), CELLS), min_size=1), st.sampled_from(",\t"))
def test_any_cells_come_back(listed: list[tuple[object, ...]], delimiter: str) -> None:
    """Commas, quotes, line ends, NULs, numbers; None and the empty text are both an empty cell."""
    text = lines(listed, delimiter)
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert found == [["" if cell is None else str(cell) for cell in row] for row in listed]


def test_quotes_stand_only_where_needed() -> None:
    """A plain cell has none."""
    assert lines([("a", 1, None), ('b "c"', True, "d,e")]) == 'a,1,\n"b ""c""",True,"d,e"\n'


def test_no_rows_are_no_lines() -> None:
    """Not even an empty one."""
    assert lines([]) == ""
