"""A score in words: the tables that people read."""

from __future__ import annotations

from collections.abc import Iterator

from communique.evaluation.parties import Event, ids
from communique.evaluation.scoring import Score


def report(score: Score, misses: int = 0) -> Iterator[str]:
    """The lines of a report, with up to ``misses`` missed and as many wrong events."""
    yield f"{'':14}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}{'right':>7}"
    for name, row in score.figures.items():
        if name != "attributes":
            figures = f"{row['precision']:7.3f}{row['recall']:7.3f}{row['f1']:7.3f}"
            yield f"{name:14}{figures}{row['gold']:7}{row['predicted']:7}{row['matched']:7}"
    yield ""
    yield "of the matched events:"
    for name, row in score.figures["attributes"].items():
        yield f"  {name:16}{_attribute(row)}"
    if misses:
        yield from _events("missed", score.missed, misses)
        yield from _events("wrong", score.wrong, misses)


def _attribute(row: dict[str, float | int | None]) -> str:
    if "f1" in row:
        return f"{row['f1']:.3f}  F1 (precision {row['precision']:.3f}, recall {row['recall']:.3f})"
    share = "    -" if row["share"] is None else f"{row['share']:.3f}"
    return f"{share}  {row['right']} of {row['of']}"


def _events(title: str, rows: list[tuple[str, Event]], most: int) -> Iterator[str]:
    yield from ("", f"{title} ({min(most, len(rows))} of {len(rows)}):")
    for doc, event in rows[:most]:
        who = f"{','.join(sorted(ids(event, 'sources')))} -> {','.join(sorted(ids(event, 'targets')))}"
        words = " ".join((event.get("quote") or "").split())[:150]
        yield f"  {doc} {event['type']} {who} {event.get('date') or 'undated'} | {words}"
