"""What docs/r.md promises of the Parquet export: files, columns and types that R's arrow reads without help."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from communique.cli import main
from communique.export.tables import tables
from web.sample import add_all, coded_samples

DOCUMENT = Path(__file__).parents[2] / "docs" / "r.md"
TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Parquet export of the sample pages."""
    place = tmp_path_factory.mktemp("r")
    add_all(place / "sample.ledger", coded_samples()).close()
    words = ["export", str(place / "sample.ledger"), str(place / "out"), "--format", "parquet"]
    assert CliRunner().invoke(main, words).exit_code == 0
    return place / "out" / "parquet"


@pytest.mark.parametrize("name", tables())
def test_each_file_has_the_documented_types(folder: Path, name: str) -> None:
    """Plain columns of five types that R has, in the documented order; nothing nested."""
    schema = pq.read_schema(folder / f"{name}.parquet")
    assert {field.name: field.type for field in schema} == {f.name: TYPES[f.type] for f in tables()[name].fields}
    assert schema.names == list(tables()[name].columns)


def test_the_files_that_the_snippet_reads_are_there(folder: Path) -> None:
    """Every file that docs/r.md names is in the folder."""
    named = set(re.findall(r'"([\w]+\.(?:parquet|csv|json))"', DOCUMENT.read_text(encoding="utf-8")))
    assert named == {"moves.parquet", "answers.parquet", "wide.parquet", "codebook.csv", "metadata.json"}
    assert all((folder / name).is_file() for name in named)
    assert {"citation", "licence", "coders"} <= set(json.loads((folder / "metadata.json").read_text(encoding="utf-8")))


def test_the_snippet_finds_its_columns_and_rows(folder: Path) -> None:
    """The joins of docs/r.md, done by Arrow as R does them, give rows with days between."""
    moves, answers = (pq.read_table(folder / f"{name}.parquet") for name in ("moves", "answers"))
    answers = answers.filter(pa.compute.equal(answers["kind"], "answers")).select(["move", "to"])
    offer = moves.rename_columns([f"{name}_offer" for name in moves.column_names])
    answer = moves.rename_columns([f"{name}_answer" for name in moves.column_names])
    joined = answers.join(offer, "to", "move_offer", join_type="inner")
    joined = joined.join(answer, "move", "move_answer", join_type="inner")
    rows = joined.select(["date_offer", "about_offer", "type_offer", "type_answer", "until_answer", "since_offer"])
    assert rows.num_rows > 2
    gaps = [r["until_answer"] - r["since_offer"] for r in rows.to_pylist() if r["until_answer"] and r["since_offer"]]
    assert gaps and all(gap.days >= 0 for gap in gaps)
    asked = ["event", "sources", "targets", "about", "outcome", "date_start"]
    wide = pq.read_table(folder / "wide.parquet", columns=asked)
    assert pa.types.is_date32(wide.schema.field("date_start").type) and wide["date_start"].null_count > 0


def test_columns_in_the_snippet_are_columns(folder: Path) -> None:
    """A column that R is asked for by its name is there."""
    text = DOCUMENT.read_text(encoding="utf-8").partition("```r")[2].partition("```")[0]
    chosen = [name.strip() for part in re.findall(r"select\((.*?)\)", text) for name in part.split(",")]
    known = {column for table in tables().values() for column in table.columns} | {"days"}
    assert chosen and {re.sub(r"_(offer|answer)$", "", name) for name in chosen} <= known
