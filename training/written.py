"""Our own written pages in the compact format of ``training/written/*.txt``, as gold pages.

A page is a head of ``key: value`` lines after ``=== id``, ``---``, the body, ``---``, and one event a line:
``TYPE/mode | sources | targets | date | place | status | chain | answers | about | quote || mention @@ role:ID: words``
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from training.data import Example, example


def _null(cell: str) -> str | None:
    return None if cell.strip() in ("", "-") else cell.strip()


def _actors(cell: str) -> list[dict[str, str]]:
    pairs = [p.rpartition("=") for p in (_null(cell) or "").split("; ") if p.strip()]
    return [{"name": name.strip(), "id": party.strip()} for name, _, party in pairs]


def event(number: int, line: str) -> dict[str, Any]:
    """One event from its line. Raises ValueError where the line has too few cells."""
    kind, sources, targets, date, place, status, chain, answers, about, rest = line.split(" | ", 9)
    words, *terms = rest.split(" @@ ")
    quote, *mentions = [w.strip() for w in words.split(" || ")]
    name, _, mode = kind.strip().partition("/")
    return {
        "id": f"e{number}", "type": name, "mode": mode or None,
        "sources": _actors(sources), "targets": _actors(targets),
        "date": _null(date), "place": _null(place), "status": status.strip(),
        "according_to": [c.strip() for c in (_null(chain) or "").split(" > ") if c.strip()], "answers": _null(answers),
        "about": _null(about), "quote": quote, "mentions": mentions, "terms": [_term(t) for t in terms],
    }  # fmt: skip


def _term(cell: str) -> dict[str, Any]:
    role, actor, quote = cell.split(":", 2)
    return {"role": role.strip(), "actor": _null(actor), "quote": quote.strip()}


def page(block: str) -> tuple[dict[str, Any], str]:
    """One page as a gold page and its text. Raises ValueError where it does not follow the format."""
    head, body, events = block.split("\n---\n")
    first, *fields = head.strip().split("\n")
    meta = {k.strip(): _null(v) for k, _, v in (f.partition(":") for f in fields)}
    title = meta.get("title") or ""
    text = f"{title}\n\n{body.strip()}\n"
    lines = [i for i, line in enumerate(text.split("\n")) if i > 1 and line.strip()]
    made = [event(n, line) for n, line in enumerate((e for e in events.strip().split("\n") if e.strip()), 1)]
    gold = {
        "doc": first.strip(), "text_file": f"{first.strip()}.txt", "title": title, "outlet": meta.get("outlet"),
        "byline": None, "published": meta.get("published"), "dateline": meta.get("dateline"), "credit": None,
        "body_lines": lines, "events": made,
    }  # fmt: skip
    return gold, text


def pages(folder: Path) -> list[tuple[dict[str, Any], str]]:
    """All pages of a folder; one that does not follow the format is named on stderr and left out."""
    out = []
    for path in sorted(folder.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("=== ")[1:]:
            try:
                out.append(page(block))
            except ValueError as error:
                print(f"{path}: {block[:20]!r}: {error}", file=sys.stderr)
    return out


def load_written(folder: Path) -> list[Example]:
    """All written pages as training examples."""
    return [example(gold, text) for gold, text in pages(folder)]


def write_gold(folder: Path, out: Path) -> None:
    """The pages as ``pages.jsonl`` with a text file each, in the form of the gold pages."""
    out.mkdir(parents=True, exist_ok=True)
    with open(out / "pages.jsonl", "w", encoding="utf-8") as f:
        for gold, text in pages(folder):
            (out / gold["text_file"]).write_text(text, encoding="utf-8")
            f.write(json.dumps(gold, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write_gold(Path(__file__).with_name("written"), Path(sys.argv[1]))
