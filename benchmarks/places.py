"""How many places of acts are found right on gold pages, and how many of those found are right.

    python benchmarks/places.py ../shared/gold/train.jsonl

A place is right where gold's name and the one found are the same or one holds the other.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from communique.coding.places import event_place
from communique.coding.sentences import sentences


def same_place(gold: str, said: str) -> bool:
    """Whether two names of a place agree ("Tripoli", "central Tripoli")."""
    gold, said = gold.lower(), said.lower()
    return gold in said or said in gold


def main() -> None:
    """Measure one gold file, with the quotes as given."""
    path = Path(sys.argv[1])
    right = found = named = 0
    for gold in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        text = (path.parent / path.stem / gold["text_file"]).read_text(encoding="utf-8")
        spans = sentences(text, [(0, len(text))])
        for event in gold["events"]:
            start = text.find(event["quote"])
            sentence = next((s for s in spans if s[0] <= start < s[1]), (start, start))
            said = event_place(text, (start, start + len(event["quote"])), sentence, event["type"])
            named, found = named + bool(event["place"]), found + bool(said)
            right += bool(event["place"] and said and same_place(event["place"], said))
            if len(sys.argv) > 2 and said and not (event["place"] and same_place(event["place"], said)):
                print(event["type"], event["place"], "|", said, "|", event["quote"][:150])
    print(
        f"places: precision {right / max(1, found):.3f}, recall {right / max(1, named):.3f} of {named}, {found} found"
    )


if __name__ == "__main__":
    main()
