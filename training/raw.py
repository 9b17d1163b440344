"""News texts of ``../shared`` that nobody had coded, made into pages like the gold ones: T17's articles and TimeML's.

A page's id tells its source: ``t17-syria-N`` an article's beginning, ``t17-syria-N-b`` what follows it, ``tbaq-NAME`` a
TimeML document. The texts are their publishers' and stay in ``../shared``.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

LONGEST = 3600
"""Characters of a page: as the gold pages were cut."""
_BRACKETS = {"-LRB- ": "(", " -RRB-": ")", "-LRB-": "(", "-RRB-": ")", "-LSB- ": "[", " -RSB-": "]"}
_QUOTES = {"`` ": "“", "``": "“", " ''": "”", "''": "”"}


def readable(text: str) -> str:
    """Text that a tokeniser took apart, as one reads it: brackets, quotation marks, punctuation and clitics."""
    for theirs, ours in (_BRACKETS | _QUOTES).items():
        text = text.replace(theirs, ours)
    text = re.sub(r" ([,.;:!?%])(?=\s|$|[”)’'])", r"\1", text)
    return re.sub(r" ('s|'re|'ve|'ll|'d|'m|n't|')(?=\s|$|[,.;:!?”)])", r"\1", text)


def beginning(text: str) -> str:
    """The whole lines at the start of a text that fit on a page."""
    if len(text) <= LONGEST:
        return text
    line = text.rfind("\n", 0, LONGEST)
    return text[: line if line > LONGEST // 2 else text.rfind(". ", 0, LONGEST) + 1].rstrip()


def _timelines(shared: Path) -> Iterator[tuple[str, str, str]]:
    path = shared / "timelines/t17_syria/t17_syria.articles.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        whole = readable(row["text"])
        first = beginning(whole)
        yield row["id"], row["date"], first
        yield f"{row['id']}-b", row["date"], beginning(whole[len(first) :].strip())


def _timeml(shared: Path) -> Iterator[tuple[str, str, str]]:
    with tarfile.open(shared / "labels/timeml_tbaq.tar.gz") as archive:
        for member in archive:
            stored = archive.extractfile(member) if member.name.endswith(".tml") else None
            marked = stored.read().decode("utf-8", "replace") if stored else ""
            day = re.search(r'<DCT>.*?value="(\d{4}-\d\d-\d\d)', marked, re.S)
            body = re.search(r"<TEXT>(.*?)</TEXT>", marked, re.S)
            if day and body:
                yield f"tbaq-{Path(member.name).stem}", day[1], beginning(readable(_unmarked(body[1])))


def _unmarked(body: str) -> str:
    text = re.sub(r"<[^>]+>", "", body).strip().replace("&amp;", "&")
    text = re.sub(r" +", " ", re.sub(r"\n(?!\n)", " ", text))
    return re.sub(r"\n+\s*", "\n", text)


def pages(shared: Path) -> dict[str, tuple[str, str]]:
    """All pages by id: the day of publication, and the text, which has that day as its first line."""
    rows = [*_timelines(shared), *_timeml(shared)]
    return {name: (day, f"{day}\n\n{text}\n") for name, day, text in rows}
