"""News texts of ``../shared`` that nobody had coded by the codebook, made into pages like the gold ones.

A page's id tells its source: ``t17-syria-N`` the beginning of a T17 article, ``t17-syria-N-b`` what follows it,
``tbaq-NAME`` a TimeML document, ``polnear-NAME`` a PolNeAR one, ``plover-N`` a dozen of the unrelated sentences that
were labelled with PLOVER's classes, undated. The texts are their publishers' and stay in ``../shared``.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

LONGEST = 3600
"""Characters of a page: as the gold pages were cut."""
DOZEN = 12
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


def _polnear(shared: Path) -> Iterator[tuple[str, str, str]]:
    with tarfile.open(shared / "labels/polnear_train_dev.tar.gz") as archive:
        for member in archive:
            day = re.search(r"train/text/[^/]*(\d{4}-\d\d-\d\d)[^/]*\.txt$", member.name)
            stored = archive.extractfile(member) if day else None
            if day and stored:
                text = stored.read().decode("utf-8", "replace").strip()
                yield f"polnear-{Path(member.name).stem}", day[1], beginning(text)


def _sentences(shared: Path) -> Iterator[tuple[str, str, str]]:
    # The file is in order of class; taking every so-manieth sentence mixes them.
    lines = (shared / "labels/plover_relations_train.jsonl").read_text(encoding="utf-8").splitlines()
    distinct = list(dict.fromkeys(" ".join(json.loads(line)["text"].split()) for line in lines))
    count = -(-len(distinct) // DOZEN)
    for number in range(count):
        yield f"plover-{number}", "", "\n".join(distinct[number::count])


def pages(shared: Path) -> dict[str, tuple[str, str]]:
    """All pages by id: the day of publication ("" if unknown), and the text, which has that day as its first line."""
    rows = [*_timelines(shared), *_timeml(shared), *_polnear(shared), *_sentences(shared)]
    return {name: (day, f"{day}\n\n{text}\n") for name, day, text in rows}
