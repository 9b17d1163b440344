"""The pages the line classifier learns from, with the line numbers of their bodies."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from communique.cleaning.features import line_key
from communique.cleaning.lines import Lines, split_lines
from communique.page import Page

STYLES = {"wet": "dump_wet.jsonl.gz", "light": "dump_dclm.jsonl.gz"}


@dataclass(slots=True)
class Sample:
    """One page to learn from: its site, its style, its lines, and which of them are body."""

    page: str
    site: str
    style: str
    lines: Lines
    body: list[bool]
    recurring: dict[str, int] | None = field(default=None)
    markup: Page | None = None


def read_rows(path: Path) -> Iterator[dict]:
    """The objects of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def sample(page: str, site: str, style: str, text: str, body_lines: list[int]) -> Sample:
    """A Sample from a text and the numbers of its body lines."""
    lines = split_lines(text)
    wanted = set(body_lines)
    return Sample(page, site, style, lines, [number in wanted for number in lines.numbers])


def dumps(shared: Path) -> list[Sample]:
    """All text dumps of ``shared/cleaning``, in both styles."""
    return [
        sample(row["id"], row["site"], style, row["text"], row["body_lines"])
        for style, name in STYLES.items()
        for row in read_rows(shared / "cleaning" / name)
    ]


def gold(shared: Path, part: str) -> list[Sample]:
    """The pages of a part of the gold (``train`` or ``dev``), each its own site."""
    found = []
    for line in (shared / "gold" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = (shared / "gold" / part / row["text_file"]).read_text(encoding="utf-8")
        found.append(sample(row["doc"], f"gold-{row['doc']}", "gold", text, row["body_lines"]))
    return found


def add_recurrence(samples: list[Sample]) -> None:
    """Give each page the lines of the other pages of its site and style, where there are any."""
    by_site: dict[tuple[str, str], list[Sample]] = defaultdict(list)
    for item in samples:
        by_site[item.site, item.style].append(item)
    for group in by_site.values():
        if len(group) < 2:
            continue
        keys = [{line_key(item.lines.words(i)) for i in range(len(item.lines))} for item in group]
        total = Counter(key for page in keys for key in page)
        for item, own in zip(group, keys, strict=True):
            item.recurring = {key: total[key] - 1 for key in own if total[key] > 1}


def variants(item: Sample, seed: int = 0) -> Iterator[Sample]:
    """The page as other dumps would have it: body in one line, with empty lines between, less furniture."""
    chance = random.Random(f"{item.page}{item.style}{seed}")
    words = [item.lines.words(index) for index in range(len(item.lines))]
    pick = chance.random()
    if pick < 0.15:
        yield _joined(item, words)
    elif pick < 0.5:
        kept = [index for index in range(len(words)) if item.body[index] or chance.random() < 0.35]
        yield _rebuilt(item, [(words[index], item.body[index]) for index in kept], "\n\n" if pick < 0.35 else "\n")
    elif pick < 0.75:
        yield _rebuilt(item, list(zip(words, item.body, strict=True)), "\n\n" if item.style == "wet" else "\n")


def _joined(item: Sample, words: list[str]) -> Sample:
    """All lines from the first to the last of the body as one line, furniture before and after as it was."""
    at = [index for index, is_body in enumerate(item.body) if is_body]
    first, last = at[0], at[-1]
    middle = " ".join(words[index] for index in at)
    rows = [(word, False) for word in words[max(0, first - 4) : first]]
    rows += [(middle, True), *((word, False) for word in words[last + 1 : last + 4])]
    return _rebuilt(item, rows, "\n")


def _rebuilt(item: Sample, rows: list[tuple[str, bool]], between: str) -> Sample:
    lines = split_lines(between.join(word for word, _ in rows))
    body = [is_body for _, is_body in rows]
    if len(lines) != len(body):
        return item
    return Sample(item.page, item.site, item.style, lines, body, None)
