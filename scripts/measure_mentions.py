"""Measure how many of the gold events' parties are found as mentions near their quotes.

python scripts/measure_mentions.py --gold ../shared/gold/train.jsonl --pages ../shared/gold/train [--misses 40]
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path

from communique.coding.mentions import find_mentions
from communique.coding.sentences import sentences
from communique.knowledge import load_knowledge


def body_spans(text: str, lines: list[int]) -> list[tuple[int, int]]:
    """The ranges of the numbered lines of ``text``."""
    spans, start = [], 0
    wanted = set(lines)
    for number, line in enumerate(text.split("\n")):
        if number in wanted and line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def title_span(text: str, title: str | None) -> list[tuple[int, int]]:
    """Where the title stands in the page, if it does."""
    at = text.find(title) if title else -1
    return [(at, at + len(title))] if title and at >= 0 else []


class Tally:
    """Counts of parties wanted and found, with examples of the misses."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.missed: Counter[tuple[str, str, str]] = Counter()
        self.wrong: Counter[tuple[str, str, str]] = Counter()

    def event(self, event: dict, near: set[str], window: set[str]) -> None:
        """Count one event's parties; ``near`` are the ids in the quote's sentences, ``window`` those around it."""
        for role in ("sources", "targets"):
            for actor in event[role]:
                if actor["id"] == "unknown":
                    continue
                self.counts[role] += 1
                self.counts[role + " sentence"] += actor["id"] in near
                self.counts[role + " window"] += actor["id"] in window
                if actor["id"] not in window:
                    self.missed[(role, actor["id"], actor["name"][:60])] += 1
                elif actor["id"] not in near:
                    self.missed[(role + " far", actor["id"], actor["name"][:60])] += 1

    def report(self) -> str:
        """The shares, as lines."""
        c = self.counts
        lines = [
            f"{role} {where}: {c[role + ' ' + where] / max(1, c[role]):.3f} of {c[role]}"
            for role in ("sources", "targets")
            for where in ("sentence", "window")
        ]
        return "\n".join(
            [*lines, f"mentions of a gold party: {c['right'] / max(1, c['mentions']):.3f} of {c['mentions']}"]
        )


def measure(page: dict, text: str, tally: Tally) -> float:
    """Measure one page; returns the seconds spent finding mentions."""
    spans = title_span(text, page["title"]) + sentences(text, body_spans(text, page["body_lines"]))
    begin = time.process_time()
    mentions = find_mentions(text, spans, page["published"])
    spent = time.process_time() - begin
    ids = [[i for m in mentions if a <= m.start < b for i in (m.id, *m.also)] for a, b in spans]
    gold = {a["id"] for e in page["events"] for a in e["sources"] + e["targets"]}
    for a, b in spans:
        for m in mentions:
            if a <= m.start < b and not m.adjective:
                tally.counts["mentions"] += 1
                tally.counts["right"] += m.id in gold
                if m.id not in gold:
                    tally.wrong[(m.id, m.name[:50], m.via)] += 1
    for event in page["events"]:
        at = text.find(event["quote"])
        end = at + len(event["quote"])
        hits = [k for k, (a, b) in enumerate(spans) if a < end and b > at] or [0]
        near = {i for k in hits for i in ids[k]}
        window = near | {i for k in {0, *range(max(0, hits[0] - 2), hits[0])} for i in ids[k]} if ids else set()
        tally.event(event, near, window)
    return spent


def main() -> None:
    """Measure a gold file and print the shares and the commonest misses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    load_knowledge()
    tally, seconds, characters = Tally(), 0.0, 0
    for line in args.gold.read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        text = (args.pages / page["text_file"]).read_text(encoding="utf-8")
        seconds += measure(page, text, tally)
        characters += len(text)
    print(tally.report())
    print(f"{characters / 3000 / seconds:.0f} pages of 3000 characters a second")
    for (role, code, name), n in tally.missed.most_common(args.misses):
        print(f"{n:4} {role:12} {code:24} {name}")
    for (code, name, via), n in tally.wrong.most_common(args.misses):
        print(f"{n:4} not gold {code:24} {name} ({via})")


if __name__ == "__main__":
    main()
