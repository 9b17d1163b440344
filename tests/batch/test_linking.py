"""Linking a folder of shards: what a ledger of the same pages gives, in bounded memory, past broken files."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from batch.folders import write_folder
from communique.batch.linking import link_folder
from communique.batch.linking_pairs import find_pairs
from communique.batch.linking_reports import file_report, keys_table
from communique.batch.linking_tables import dispute_rows, move_row, thread_row
from communique.batch.linking_work import working
from communique.cli import main
from communique.coding.coded import CodedPage
from communique.ledger import schema
from communique.ledger.packing import unpack_move, unpack_thread
from communique.ledger.store import Ledger
from communique.linking.keyed import meetings
from communique.linking.same_act import block_keys
from ledger.gold_pages import coded_pages, gold_coder
from linking.test_keyed import stories

Tables = dict[str, list[dict[str, Any]]]


def run(*arguments: object) -> Result:
    """What a command prints, with its exit code."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def written(folder: Path) -> Tables:
    """The rows of the tables that linking wrote, in one order."""
    names = ("moves", "threads", "links", "disputes")
    return {name: sorted(pq.read_table(folder / f"{name}.parquet").to_pylist(), key=repr) for name in names}


def expected(ledger: Ledger) -> Tables:
    """The same tables as the ledger's linking has them."""
    with ledger.reading() as connection:
        moves = [unpack_move(body) for body in connection.execute(select(schema.move.c.body)).scalars()]
        threads = [unpack_thread(body) for body in connection.execute(select(schema.thread.c.body)).scalars()]
        key, to = schema.move.alias(), schema.move.alias()
        query = select(key.c.key, to.c.key, schema.link.c.kind, schema.link.c.score).select_from(
            schema.link.join(key, key.c.id == schema.link.c.move_id).join(to, to.c.id == schema.link.c.to_id)
        )
        links = [dict(zip(("move", "to", "kind", "score"), row, strict=True)) for row in connection.execute(query)]
    thread_of = {name: thread.id for thread in threads for name in thread.moves}
    rows: Tables = {
        "moves": [plain(move_row(move, thread_of.get(move.id)), "disputes") for move in moves],
        "threads": [plain(thread_row(thread), "disputes", "links") for thread in threads],
        "links": links,
        "disputes": [row for one in (*moves, *threads) for row in dispute_rows(one.id, one.disputes)],
    }
    return {name: sorted(listed, key=repr) for name, listed in rows.items()}


def plain(row: dict[str, Any], *without: str) -> dict[str, Any]:
    """A row without some fields, in the order of its table's columns."""
    from communique.batch.linking_tables import schemas

    names = schemas()["moves" if "reports" in row else "threads"].names
    assert set(row) - set(without) == set(names)
    return {name: row[name] for name in names}


@pytest.fixture(scope="module")
def pages(shared: Path) -> list[CodedPage]:
    """Seed, dev and some training pages; one of them again at another address, a copy of itself."""
    listed = [page for name in ("seeds", "dev", "train") for page in coded_pages(shared, name)[:20]]
    again = replace(listed[7], page=replace(listed[7].page, url="https://elsewhere.example/a"))
    return [*listed, again]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, pages: list[CodedPage]) -> Tables:
    """What a ledger of the pages says."""
    coder = gold_coder(pages)
    with Ledger.open(tmp_path_factory.mktemp("same") / "same.ledger", create=True) as made:
        for page in pages:
            made.add(page, coder)
        return expected(made)


def test_a_folder_links_as_a_ledger_of_the_same_pages(tmp_path: Path, pages: list[CodedPage], ledger: Tables) -> None:
    """Moves, threads, links and disputes are the ledger's, row for row, a page in two shards counting once."""
    folder = write_folder(tmp_path / "out", pages[:25], pages[20:35], pages[35:])
    made, broken = link_folder(folder)
    assert not broken and made["threads"] == len(ledger["threads"]) > 50
    assert written(folder) == ledger


def test_shards_and_blocks_do_not_change_the_result(
    tmp_path: Path, pages: list[CodedPage], ledger: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other shards, in another order, worked through in small blocks, give the same rows."""
    from communique.batch.linking_work import Work

    real = Work.__init__

    def small(self: Work, *given: Any) -> None:
        real(self, *given)
        self.block = 7

    monkeypatch.setattr(Work, "__init__", small)
    folder = write_folder(tmp_path / "out", pages[::-2], pages[::-1][1::2])
    link_folder(folder, 400_000_000)
    assert written(folder) == ledger


def test_the_command_takes_a_folder(tmp_path: Path, pages: list[CodedPage]) -> None:
    """``communique link FOLDER`` writes the tables, says the counts, and leaves nothing else behind."""
    folder = write_folder(tmp_path / "it's %d [x]", pages[:8])
    result = run("link", folder, "--memory", "500MB")
    assert result.exit_code == 0 and result.stdout.startswith(f"{sum(len(p.events) for p in pages[:8])} events: ")
    names = {path.name for path in folder.iterdir()}
    assert names == {"articles", "events", "manifest", *(f"{n}.parquet" for n in written(folder))}


def test_a_broken_shard_is_named_and_the_rest_linked(tmp_path: Path, pages: list[CodedPage]) -> None:
    """A file that is no Parquet is said in one line with its name; shards without a manifest are left alone."""
    folder = write_folder(tmp_path / "out", pages[:4], pages[4:8], pages[8:12])
    (folder / "events" / "s0.parquet").write_bytes(b"not a table at all")
    (folder / "manifest" / "s2.json").unlink()
    result = run("link", folder)
    assert result.exit_code == 1
    assert "s0.parquet" in result.stderr and len(result.stderr.splitlines()) == 1
    assert result.stdout.startswith(f"{sum(len(p.events) for p in pages[4:8])} events: ")


def test_damage_inside_a_file_costs_its_shard_only(tmp_path: Path, pages: list[CodedPage]) -> None:
    """A file whose end is right and whose middle is not is named, and the other shards are linked."""
    folder = write_folder(tmp_path / "out", pages[:4], pages[4:8])
    path = folder / "articles" / "s0.parquet"
    data = path.read_bytes()
    path.write_bytes(data[:4] + bytes(len(data) // 2) + data[4 + len(data) // 2 :])
    result = run("link", folder)
    assert result.exit_code == 1 and "s0.parquet" in result.stderr and len(result.stderr.splitlines()) == 1
    assert result.stdout.startswith(f"{sum(len(p.events) for p in pages[4:8])} events: ")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [((), 1, "no finished shards"), (("--memory", "much"), 2, "much"), (("--memory", "1MB"), 1, "memory")],
)
def test_what_cannot_be_linked_is_said_in_one_line(
    tmp_path: Path, pages: list[CodedPage], arguments: tuple[str, ...], code: int, says: str
) -> None:
    """An empty folder, a size that is none, or too little memory."""
    folder = tmp_path if not arguments else write_folder(tmp_path / "out", pages[:1])
    result = run("link", folder, *arguments)
    assert result.exit_code == code and says in result.stderr


def test_pages_without_a_date_are_linked(tmp_path: Path, pages: list[CodedPage]) -> None:
    """Where no page of a folder says when it came out, every event still stands in a move."""
    undated = [replace(page, article=replace(page.article, published=None)) for page in pages[:3]]
    folder = write_folder(tmp_path / "out", undated)
    link_folder(folder)
    told = [key for move in written(folder)["moves"] for key in move["reports"]]
    assert len(told) == len(set(told)) == sum(len(page.events) for page in undated)


def test_a_folder_without_events_gives_empty_tables(tmp_path: Path) -> None:
    """Shards in which nothing was coded link to nothing."""
    folder = write_folder(tmp_path / "out", [])
    made, _ = link_folder(folder)
    assert set(made.values()) == {0} and not any(written(folder).values())


def test_the_same_reports_meet_as_in_a_ledger(tmp_path: Path) -> None:
    """DuckDB joins what the arrays of a ledger's linking join: by days, and undated reports within about a year."""
    reports = stories(random.Random(5), 300)
    page_of = {report.page: number for number, report in enumerate(reports)}
    with working(tmp_path, 500_000_000, tmp_path) as work:
        keys = keys_table(work)
        for number, report in enumerate(reports):
            file_report(keys, report, number, page_of[report.page])
        keys.flush()
        find_pairs(work)
        found = work.db.execute("SELECT a, b FROM pair").fetchall()
    assert sorted(found) == sorted(meetings(reports, map(block_keys, reports)).pairs()) != []
