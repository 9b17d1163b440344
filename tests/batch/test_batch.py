"""A batch: what it writes, what it does again, and what it says at the end."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from batch.archives import leftovers, manifests, other, table, talks, write_warc
from batch.conftest import Run
from communique.batch import rows, schema
from communique.coding import code_page
from communique.reading import read_path


def test_rows_hold_the_records_that_coding_gives(run: Run, tmp_path: Path) -> None:
    """Page, article and events read back from Parquet are those of coding the page alone."""
    path = write_warc(tmp_path / "a.warc.gz", [other(0), talks(1), other(2)])
    assert run(path, coder=None).exit_code == 0
    coded = code_page(list(read_path(path))[1])
    articles, events = table(tmp_path / "out", "articles"), table(tmp_path / "out", "events")
    assert [row["coded"] for row in articles] == [False, True, False]
    assert replace(rows.page_of(articles[1]), path=None) == replace(coded.page, path=None)
    assert rows.article_of(articles[1]) == coded.article
    assert tuple(map(rows.event_of, events)) == coded.events != ()
    assert rows.body_of(articles[1]) == "\n".join(coded.page.text[a:b] for a, b in coded.article.body)


def test_every_page_has_a_row(run: Run, tmp_path: Path) -> None:
    """Pages that triage passes over are counted, in the order of the archive, with how sure it was."""
    run(write_warc(tmp_path / "a.warc.gz", [talks(0), other(1), talks(2)]))
    articles = table(tmp_path / "out", "articles")
    assert [row["url"] for row in articles] == [f"https://paper.example/{n}" for n in range(3)]
    assert [row["position"] for row in articles] == [0, 1, 2]
    assert articles[0]["chance"] > 0.5 > 0.05 > articles[1]["chance"]
    assert [row["events"] for row in articles] == [1, 0, 1]


def test_everything_is_coded_where_asked(run: Run, tmp_path: Path) -> None:
    """Triage can be left out."""
    run(write_warc(tmp_path / "a.warc.gz", [talks(0), other(1)]), "--everything")
    assert [row["coded"] for row in table(tmp_path / "out", "articles")] == [True, True]


def test_manifest_says_what_was_done(run: Run, tmp_path: Path) -> None:
    """The row of a shard has its input's digest, versions, counts and failures."""
    import hashlib

    path = write_warc(tmp_path / "a.warc.gz", [talks(0), other(1), talks(2, "fault: raise")])
    run(path)
    (row,) = manifests(tmp_path / "out")
    assert row["digest"] == hashlib.sha256(path.read_bytes()).hexdigest() and row["bytes"] == path.stat().st_size
    assert row["counts"] == {"pages": 2, "coded": 1, "events": 1, "repeated": 0, "failures": 1}
    assert row["versions"]["layout"] == str(schema.VERSION) and row["versions"]["coder"] == "poison:code"
    assert row["failures"] == [[f"{path}!2", "could not be coded: ValueError: no such rule"]]
    assert leftovers(tmp_path / "out") == []


def test_a_folder_of_small_files(run: Run, tmp_path: Path) -> None:
    """Pages in files of their own, HTML and text, and records in JSON Lines, become shards as well."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.html").write_text(talks(1))
    (folder / "b.txt").write_text("\n".join([f"{talks(2)}", other(3)]).replace("<p>", "\n").replace("</p>", "\n"))
    (folder / "c.bin").write_bytes(bytes(range(256)) * 20)
    (folder / "d.jsonl").write_text(json.dumps({"text": talks(4), "url": "https://paper.example/4"}) + "\nnot JSON\n")
    result = run(folder)
    assert {row["doc"] for row in table(tmp_path / "out", "articles")} == {"a", "b", "d-000000"}
    assert "c.bin: binary, not text" in result.output and "d.jsonl!1: not JSON" in result.output


def test_the_same_page_twice_is_one_row(run: Run, tmp_path: Path) -> None:
    """A page that an archive holds twice is counted once, and said to be repeated."""
    path = write_warc(tmp_path / "a.warc.gz", [talks(0)])
    path.write_bytes(path.read_bytes() * 3)
    run(path)
    assert len(table(tmp_path / "out", "articles")) == len(table(tmp_path / "out", "events")) == 1
    assert manifests(tmp_path / "out")[0]["counts"]["repeated"] == 2


def test_running_again_does_only_what_is_missing(run: Run, tmp_path: Path) -> None:
    """Finished shards stay as they are; those that are gone, changed or of another version are made anew."""
    out = tmp_path / "out"
    paths = [write_warc(tmp_path / f"{n}.warc.gz", [talks(n)], site=f"s{n}") for n in range(4)]
    run(*paths)
    names = [path.stem for path in sorted((out / "manifest").glob("*.json"))]
    before = [(out / "events" / f"{name}.parquet").stat().st_mtime_ns for name in names]
    (out / "events" / f"{names[0]}.parquet").unlink()
    old = out / "manifest" / f"{names[1]}.json"
    old.write_text(old.read_text().replace('"layout": "', '"layout": "0.'))
    write_warc(paths[2], [talks(2), talks(20)], site="s2")
    assert "3 done, 1 there already" in run(*paths).output
    after = [(out / "events" / f"{name}.parquet").stat().st_mtime_ns for name in names]
    assert [a == b for a, b in zip(before, after, strict=True)] == [False, False, False, True]
    assert len(table(out, "events")) == 5


def test_a_file_more_in_a_folder_doubles_nothing(run: Run, tmp_path: Path) -> None:
    """A folder that grows is cut into other slices; what the old ones held is held once."""
    from communique.batch import shards

    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(6):
        (folder / f"{n}.html").write_text(talks(n))
    run(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "SLICE", 2)
        (folder / "6.html").write_text(talks(6))
        run(folder)
    docs = [row["doc"] for row in table(tmp_path / "out", "articles")]
    assert sorted(docs) == [str(n) for n in range(7)]
    assert leftovers(tmp_path / "out") == []


def test_what_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    """A missing input gets one line and exit code 1; the others are done."""
    path = write_warc(tmp_path / "a.warc.gz", [talks(0)])
    result = run(tmp_path / "gone.warc.gz", path)
    assert result.exit_code == 1 and f"communique: {tmp_path}/gone.warc.gz: missing" in result.output
    assert "1 done" in result.output


def test_an_archive_that_breaks_off(run: Run, tmp_path: Path) -> None:
    """The pages before the break are kept."""
    path = write_warc(tmp_path / "a.warc.gz", [talks(n) for n in range(4)])
    path.write_bytes(path.read_bytes()[:-150])
    assert run(path).exit_code == 0
    assert len(table(tmp_path / "out", "events")) == 3


def test_a_missing_coder_is_one_line(run: Run, tmp_path: Path) -> None:
    """A coder that is not there is no matter of the pages."""
    result = run(write_warc(tmp_path / "a.warc.gz", [talks(0)]), coder="poison:nothing")
    assert result.exit_code == 1 and "the coder cannot be loaded: AttributeError" in result.output


def test_input_from_a_web_server(run: Run, tmp_path: Path) -> None:
    """An archive behind http:// is read as one on disk is, and again from where a page ended the process."""
    (tmp_path / "www").mkdir()
    path = write_warc(tmp_path / "www" / "a.warc.gz", [talks(0), other(1), talks(2, "fault: die"), talks(3)])
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path / "www")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        result = run(f"{address}/a.warc.gz", f"{address}/gone.warc.gz")
        server.shutdown()
    assert f"{address}/gone.warc.gz: missing" in result.output
    run(path, out="local")
    remote, local = (table(tmp_path / out, "articles") for out in ("out", "local"))
    drop = {"path"}
    assert [{k: v for k, v in row.items() if k not in drop} for row in remote] == [
        {k: v for k, v in row.items() if k not in drop} for row in local
    ]
    assert len(local) == 3


def test_the_report_adds_up(run: Run, tmp_path: Path) -> None:
    """The last words tell speed and memory, and what a day and a month of news would take at that speed."""
    path = write_warc(tmp_path / "a.warc.gz", [talks(0), other(1)])
    told = json.loads(run(path, "--json").stdout)
    assert (told["pages"], told["coded"], told["events"], told["failures"], told["left"]) == (2, 1, 1, 0, 0)
    speed = told["pages_a_second_a_core"]
    assert told["hours_for_a_day_of_news"] == pytest.approx(400_000 / speed / 3600, rel=0.1)
    assert told["hours_for_a_month_of_news"] == pytest.approx(30 * told["hours_for_a_day_of_news"])
    assert 50e6 < told["memory"] < 1.5e9
    assert "1 there already" in run(path).stdout
