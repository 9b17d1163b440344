"""Build the generated actor tables of ``communique.knowledge`` from public fact collections.

Writes only ``states.csv`` and ``officials.csv``; the hand-written tables beside them are never touched.

    python scripts/build_knowledge.py ../shared/knowledge src/communique/knowledge/data
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from communique.knowledge.phrases import WORD, plain

EARLIEST = "1990-01-01"
OPEN = ""
MADE = "2014-06-30"
CODES = {"UNK": "KOS", "XKX": "KOS"}
NOT_OFFICE = re.compile(r"ELI$|OPP|REB|CVL")
HONORIFICS = re.compile(
    r"^(?:(?:SIR|PRESIDENT|PRIME_MINISTER|GENERAL|DR|KING|SULTAN|SHEIKH|BISHOP|FOREIGN_MINISTER|AMBASSADOR)\.?_)+"
)


def iso_date(text: str, end: bool) -> str:
    """``YYMMDD`` or ``YYYYMMDD`` of the actor dictionaries as ISO 8601; two-digit years pivot at 30."""
    if len(text) == 6:
        text = ("20" if int(text[:2]) < 30 else "19") + text
    month = text[4:6] if text[4:6] != "00" else ("12" if end else "01")
    day = text[6:8] if text[6:8] not in ("", "00") else "01"
    return f"{text[:4]}-{month}-{day}"


def states(folder: Path) -> Iterator[tuple[str, ...]]:
    """id, name, variants, adjective, capital of every country, from ``countries.json`` (ODbL)."""
    for country in json.loads((folder / "countries.json").read_text(encoding="utf-8")):
        names = [country["name"]["official"], *(s for s in country["altSpellings"] if len(s) > 4)]
        adjective = country.get("demonyms", {}).get("eng", {}).get("m", "")
        code = CODES.get(country["cca3"], country["cca3"])
        yield code, country["name"]["common"], "|".join(names), adjective, "|".join(country.get("capital", []))


def terms(line: str) -> Iterator[tuple[str, str, str]]:
    """The (code, from, to) periods in office written in one bracket of an actor dictionary."""
    match = re.search(r"\[([A-Z]{3})((?:GOV|MIL)\w*)\s*(?:([<>]?)(\d{6,8})(?:-(\d{6,8}))?)?", line)
    if not match or NOT_OFFICE.search(match[2]):
        return
    code, _, sign, start, end = match.groups()
    if not start or sign == "<":
        return
    yield CODES.get(code, code), iso_date(start, False), iso_date(end, True) if end else OPEN


def phoenix(path: Path) -> Iterator[tuple[str, ...]]:
    """Office holders of the PETRARCH2 country dictionary (MIT): id, name, role, from, to."""
    name = ""
    for raw in path.read_text(encoding="utf-8", errors="replace").splitlines():
        line = raw.split("#")[0].rstrip()
        if line and line[0] not in "\t +[":
            name = HONORIFICS.sub("", line.split("[")[0].strip().strip("_ "))
        for code, start, end in terms(line) if name else ():
            if name.count("_") >= 1 and (not end or end >= EARLIEST):
                yield code, display(name), "", start, end


def display(name: str) -> str:
    """``SERGEY_LAVROV`` as ``Sergey Lavrov``."""
    words = [w.capitalize() if "'" in w or "-" not in w else w.title() for w in name.split("_")]
    return " ".join(w for w in words if w)


def cia(path: Path, codes: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Ministers of 2019 (CIA Chiefs of State, public domain): id, name, role, from, to."""
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            code = codes.get(row["country"].strip())
            words = [w.capitalize() if w.isupper() and len(w) > 2 else w for w in (row["person"] or "").split()]
            if code and len(words) > 1 and "Acting" not in row["person"] and "(" not in row["person"]:
                yield code, " ".join(words).strip(", "), row["office"].lower(), "2017-01-01", "2020-12-31"


def leaders(path: Path, codes: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Heads of state and government of August 2026 (Wikipedia and Wikidata, CC BY-SA)."""
    for entry in json.loads(path.read_text(encoding="utf-8"))["countries"].values():
        code = codes.get(entry["country"]["iso_code"])
        for place in entry["positions"].values():
            holder = (place or {}).get("current_holder") or {}
            if code and holder.get("name_en"):
                yield code, holder["name_en"], place["title_en"].lower(), holder.get("since") or "", OPEN


def merged(people: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """One row a person: the words to match, the name, and every office as ``id:role:from:to``, earliest first.

    The dictionary of 2014 leaves offices open that were held when it was made; they are closed at its date.
    """
    offices: dict[str, set[tuple[str, str, str, str]]] = {}
    for code, name, role, start, end in people:
        closed = end or (MADE if start < MADE else OPEN)
        offices.setdefault(name, set()).add((start[:7], closed[:7], code, role.replace(":", " ").replace(";", " ")))
    for name, held in offices.items():
        words = " ".join(WORD.findall(plain(name))).lower().replace(".", "")
        if " " in words:
            yield words, name, ";".join(f"{code}:{role}:{start}:{end}" for start, end, code, role in sorted(held))


def write(path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write one table as CSV."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Rebuild the generated tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    rows = sorted(states(args.facts))
    countries = json.loads((args.facts / "countries.json").read_text(encoding="utf-8"))
    codes = {c["name"]["common"]: CODES.get(c["cca3"], c["cca3"]) for c in countries}
    codes |= {c["cca2"]: CODES.get(c["cca3"], c["cca3"]) for c in countries}
    people = [*phoenix(args.facts / "Phoenix.Countries.actors.txt")]
    people += [*cia(args.facts / "cia_officials_2019.csv", codes)]
    people += [*leaders(args.facts / "world_leaders_2026-08.json", codes)]
    write(args.out / "states.csv", ("id", "name", "variants", "adjective", "capital"), rows)
    officials = sorted(merged(people))
    write(args.out / "officials.csv", ("words", "name", "offices"), officials)
    print(f"{len(rows)} states, {len(officials)} people in office")


if __name__ == "__main__":
    main()
