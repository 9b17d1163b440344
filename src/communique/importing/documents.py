"""Rows that belong together: those of one article, or, where rows name no article, those that answer one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from communique.importing.rows import Bad, Row
from communique.importing.values import Coding, coding

BY = ("document", "url", "text")  # what an article is known by, the surest first; else outlet, title and day


@dataclass(slots=True)
class Document:
    """An article as a table has it: its name in the table, and its codings in the order of the rows."""

    name: str
    codings: list[Coding] = field(default_factory=list)

    @property
    def row(self) -> Row:
        """The first row, which speaks for the article."""
        return self.codings[0].row


def documents(rows: Iterable[Row | Bad]) -> tuple[list[Document], list[Bad]]:
    """The articles of a table, in the order of their first rows, and the rows that cannot be used."""
    good, bad = _codings(rows)
    known = {one.id for one in good if one.id is not None}
    for one in [c for c in good if c.answers is not None and c.answers not in known]:
        bad.append(Bad(one.row.line, f"answers {one.answers!r}, which no row that can be used has as its id"))
        good.remove(one)
    found: dict[str, Document] = {}
    for one, name in zip(good, _names(good), strict=True):
        found.setdefault(name, Document(name)).codings.append(one)
    return list(found.values()), sorted(bad, key=lambda b: b.line)


def _codings(rows: Iterable[Row | Bad]) -> tuple[list[Coding], list[Bad]]:
    good: list[Coding] = []
    bad: list[Bad] = []
    ids: set[str] = set()
    for row in rows:
        if isinstance(row, Bad):
            bad.append(row)
            continue
        try:
            one = coding(row)
        except ValueError as error:
            bad.append(Bad(row.line, str(error)))
            continue
        if one.id is not None and one.id in ids:
            bad.append(Bad(row.line, f"the id {one.id!r} stands in an earlier row"))
        else:
            good.append(one)
            if one.id is not None:
                ids.add(one.id)
    return good, bad


def _names(codings: list[Coding]) -> Iterator[str]:
    """For each coding the name of its article."""
    roots = _answered(codings)
    for n, one in enumerate(codings):
        yield _article(one.row) or f"row {roots[n]}"


def _article(row: Row) -> str | None:
    """What the row's article is known by, or None where the row names none."""
    for name in BY:
        value = row.one(name)
        if value is not None:
            return value
    told = [row.one(name) for name in ("outlet", "published", "title")]
    return " | ".join(part or "" for part in told) if told[0] and told[1] else None


def _answered(codings: list[Coding]) -> list[str]:
    """For each coding the first one, by id or line, that it hangs together with by answers."""
    by_id = {one.id: n for n, one in enumerate(codings) if one.id is not None}
    leads = list(range(len(codings)))

    def lead(n: int) -> int:
        while leads[n] != n:
            leads[n] = leads[leads[n]]
            n = leads[n]
        return n

    for n, one in enumerate(codings):
        if one.answers is not None:
            a, b = lead(n), lead(by_id[one.answers])
            leads[max(a, b)] = min(a, b)
    return [codings[lead(n)].id or codings[lead(n)].row.words() for n in range(len(codings))]
