"""Pages of ``training.raw`` that we coded: ``training/annotated.jsonl`` holds the acts and where their words stand.

``python -m training.annotated FOLDER`` packs pages coded in the line format of ``training.written`` (one ``ID.txt`` a
page, one event a line, ``# none`` for a page without any) into that file; a page whose words do not stand in its text
is left out and named. The file holds no text of the pages, so that it may be published; it is of use only beside
``../shared``.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training import raw
from training.data import Example, example, load
from training.written import event

STORE = Path(__file__).with_name("annotated.jsonl")
SHARED = Path("../shared")
LONGEST_NAME = 45
LONGEST_PLACE = 30
"""Characters of the name of a place; where a page describes one in more words they are the page's, and left out."""


def digest(text: str) -> str:
    """What tells that the text is the one that was coded."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _at(words: str, text: str) -> list[int]:
    start = text.find(words, text.find("\n"))
    if start < 0 or not words:
        raise ValueError(f"not on the page: {words[:40]!r}")
    return [start, start + len(words)]


def packed(coded: dict[str, Any], text: str) -> dict[str, Any]:
    """An event with ranges of characters in place of its words. Raises ValueError where the page lacks them."""
    out = {k: coded[k] for k in ("id", "type", "mode", "date", "place", "status", "according_to", "answers")}
    if len(out["place"] or "") > LONGEST_PLACE:
        out["place"] = None
    out["according_to"] = [name[:LONGEST_NAME] for name in coded["according_to"]]
    for role in ("sources", "targets"):
        out[role] = [{"name": a["name"][:LONGEST_NAME], "id": a["id"]} for a in coded[role]]
    out["quote"] = _at(coded["quote"], text)
    out["mentions"] = [_at(m, text) for m in coded["mentions"]]
    out["terms"] = [{"role": t["role"], "actor": t["actor"], "quote": _at(t["quote"], text)} for t in coded["terms"]]
    return out


def unpacked(stored: dict[str, Any], text: str) -> dict[str, Any]:
    """A stored event with the page's words in place of their ranges."""
    said = lambda at: text[at[0] : at[1]]  # noqa: E731
    return stored | {
        "about": None,
        "quote": said(stored["quote"]),
        "mentions": [said(m) for m in stored["mentions"]],
        "terms": [t | {"quote": said(t["quote"])} for t in stored["terms"]],
    }


def gold(row: dict[str, Any], published: str, text: str) -> dict[str, Any]:
    """A stored page in the form of a gold page."""
    lines = text.split("\n")
    return {
        "doc": row["doc"], "text_file": f"{row['doc']}.txt", "title": None, "outlet": None, "byline": None,
        "published": published or None, "dateline": None, "credit": None,
        "body_lines": [n for n, line in enumerate(lines) if n > 1 and line.strip()],
        "events": [unpacked(e, text) for e in row["events"]],
    }  # fmt: skip


def real_pages(shared: Path) -> list[Example]:
    """All pages of news that people coded: gold's for training and these, those kept out too."""
    return load(shared / "gold" / "train.jsonl", shared / "gold" / "train") + load_annotated(shared)


def load_annotated(shared: Path, store: Path = STORE) -> list[Example]:
    """All coded pages as training examples; those whose text has changed are named on stderr and left out."""
    texts, out = raw.pages(shared), []
    for row in map(json.loads, store.read_text(encoding="utf-8").splitlines()):
        published, text = texts.get(row["doc"], ("", ""))
        if digest(text) == row["digest"]:
            out.append(example(gold(row, published, text), text))
        else:
            print(f"{row['doc']}: the text is another than the one that was coded", file=sys.stderr)
    return out


def _coded(lines: Sequence[str], text: str) -> list[dict[str, Any]]:
    told = [line for line in lines if line.strip() and not line.startswith("#")]
    return [packed(event(n, line), text) for n, line in enumerate(told, 1)]


def main() -> None:
    """Pack a folder of coded pages."""
    texts = raw.pages(SHARED)
    with open(STORE, "w", encoding="utf-8") as out:
        for path in sorted(Path(sys.argv[1]).glob("*.txt")):
            try:
                text = texts[path.stem][1]
                row = {"doc": path.stem, "digest": digest(text), "events": _coded(path.read_text().splitlines(), text)}
            except (KeyError, ValueError) as error:
                print(f"{path}: {error}", file=sys.stderr)
                continue
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
