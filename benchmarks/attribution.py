#!/usr/bin/env python3
"""Measure attributions on PolNeAR: sources, cues and contents found, by overlap and exactly.

    benchmarks/attribution.py POLNEAR [--part dev|train] [--say]

POLNEAR is the archive ``polnear_train_dev.tar.gz`` or the folder it unpacks to. PolNeAR marks attributions
in the wide sense (beliefs, intentions, judgements as well as reports), so recall on it is bounded from above for
a reader of reports; ``--say`` counts only those marked attributions whose cue is a verb of saying.
"""

from __future__ import annotations

import argparse
import re
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from communique.coding.attribution import Attribution, attributions
from communique.coding.attribution_cues import CLAUSAL, cues
from communique.coding.sentences import sentences

Spans = list[tuple[int, int]]
PARTS = ("Source", "Cue", "Content")


def marked(path: Path) -> list[dict[str, Spans]]:
    """The attributions of one annotation file, each a list of ranges by part."""
    spans: dict[str, Spans] = {}
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) < 2:
            continue
        if cells[0].startswith("T"):
            ranges = cells[1].split(" ", 1)[1]
            spans[cells[0]] = [(int(a), int(b)) for a, b in (pair.split() for pair in ranges.split(";"))]
        elif cells[0].startswith("E"):
            one: dict[str, Spans] = {part: [] for part in PARTS}
            for item in cells[1].split()[1:]:
                role, _, ref = item.partition(":")
                one.get(re.sub(r"\d+$", "", role), []).extend(spans.get(ref, []))
            found.append(one)
    return found


def articles(folder: Path, part: str) -> Iterator[tuple[str, list[dict[str, Spans]]]]:
    """The articles of a part that somebody annotated: text and marked attributions (of the first annotator)."""
    base = next(folder.rglob(f"data/{part}"))
    for page in sorted((base / "text").glob("*.txt")):
        notes = sorted((base / "attributions").glob(page.stem + "*.ann"))
        if notes:
            yield page.open(encoding="utf-8", newline="").read(), marked(notes[0])


def parts_of(layer: Attribution) -> dict[str, Spans]:
    """A found attribution in PolNeAR's terms."""
    return {
        "Source": [layer.source_span] if layer.source_span else [],
        "Cue": [layer.cue_span],
        "Content": list(layer.content_spans),
    }


def overlap(one: Spans, other: Spans) -> bool:
    """Whether two lists of ranges share a character."""
    return any(a < d and c < b for a, b in one for c, d in other)


def exact(one: Spans, other: Spans) -> bool:
    """Whether two lists of ranges reach from and to the same characters, give or take a mark."""
    if not one or not other:
        return False
    edges = (min(a for a, _ in one) - min(a for a, _ in other), max(b for _, b in one) - max(b for _, b in other))
    return all(abs(edge) <= 2 for edge in edges)


def says(text: str, one: dict[str, Spans]) -> bool:
    """Whether a marked attribution hangs on a verb of saying."""
    words = [w for a, b in one["Cue"] for w in re.findall(r"\w+", text[a:b].lower())]
    return "according" in words or any(cues().verbs.get(word) in CLAUSAL for word in words)


def count(totals: Counter, gold: list[dict[str, Spans]], found: list[dict[str, Spans]]) -> None:
    """Add one article: an attribution is found where a cue overlaps; its parts count where they do too."""
    for kind, same in (("overlap", overlap), ("exact", exact)):
        for part in PARTS:
            ours, theirs = [f for f in found if f[part]], [g for g in gold if g[part]]
            totals[kind, part, "found"] += len(ours)
            totals[kind, part, "gold"] += len(theirs)
            totals[kind, part, "right"] += sum(any(_matches(g, f, part, same) for g in theirs) for f in ours)
            totals[kind, part, "hit"] += sum(any(_matches(g, f, part, same) for f in ours) for g in theirs)


def _matches(gold: dict[str, Spans], found: dict[str, Spans], part: str, same) -> bool:
    return overlap(gold["Cue"], found["Cue"]) and same(gold[part], found[part])


def report(totals: Counter) -> None:
    """Print precision, recall and F1 of each part, by overlap and exactly."""
    print(f"{'':18}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}")
    for kind in ("overlap", "exact"):
        for part in PARTS:
            precision = totals[kind, part, "right"] / max(1, totals[kind, part, "found"])
            recall = totals[kind, part, "hit"] / max(1, totals[kind, part, "gold"])
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            sizes = f"{totals[kind, part, 'gold']:7}{totals[kind, part, 'found']:7}"
            print(f"{kind:8} {part:9}{precision:7.3f}{recall:7.3f}{f1:7.3f}{sizes}")


def main() -> None:
    """Read the corpus, find attributions, report."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("polnear", type=Path)
    ask.add_argument("--part", default="dev", choices=("dev", "train"))
    ask.add_argument("--say", action="store_true", help="only attributions by verbs of saying")
    given = ask.parse_args()
    totals: Counter = Counter()
    spent = number = 0.0
    with tempfile.TemporaryDirectory() as unpacked:
        folder = given.polnear
        if folder.is_file():
            with tarfile.open(folder) as archive:
                archive.extractall(unpacked, filter="data")
            folder = Path(unpacked)
        for text, gold in articles(folder, given.part):
            begun = time.perf_counter()
            found = attributions(text, sentences(text, [(0, len(text))]))
            spent, number = spent + time.perf_counter() - begun, number + 1
            layers = [layer for layer in found if layer.frame != "carried"]
            if given.say:
                gold = [one for one in gold if says(text, one)]
                layers = [layer for layer in layers if layer.verb in CLAUSAL]
            count(totals, gold, [parts_of(layer) for layer in layers])
    report(totals)
    print(f"{number:.0f} articles, {number / spent:.0f} a second")


if __name__ == "__main__":
    main()
