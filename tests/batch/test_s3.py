"""Input from an S3 store: a server that speaks S3 over HTTP, read with the client that users have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from batch.archives import manifests, other, table, talks, write_warc
from batch.conftest import Run
from communique.batch.places import Place, find, open_place
from communique.cli import main

BUCKET = "news"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an S3 server on this machine, with an empty bucket of its own."""
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def store(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A client of the store; the environment tells every other client of it where it is, as it does for users."""
    import s3fs

    for name, value in (
        ("AWS_ENDPOINT_URL", server),
        ("AWS_ACCESS_KEY_ID", "nobody"),
        ("AWS_SECRET_ACCESS_KEY", "nothing"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
    ):
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    client = s3fs.S3FileSystem()
    client.mkdir(BUCKET)
    yield client
    client.rm(BUCKET, recursive=True)
    s3fs.S3FileSystem.clear_instance_cache()


def test_a_store_is_read_as_a_folder_is(run: Run, tmp_path: Path, store: object) -> None:
    """Archives and pages below an s3:// address come out as the same files on disk do, and are not done again."""
    folder = tmp_path / "2025"
    folder.mkdir()
    write_warc(folder / "a.warc.gz", [talks(0), other(1), talks(2)])
    write_warc(folder / "b.warc.gz", [talks(3)])
    (folder / "c.html").write_text(talks(4))
    store.put(str(folder), f"{BUCKET}/2025", recursive=True)  # type: ignore[attr-defined]
    assert run(folder, out="local").exit_code == 0
    result = run(f"s3://{BUCKET}/2025", out="remote")
    assert result.exit_code == 0, result.output
    for name in ("articles", "events"):
        assert rows(tmp_path / "remote", name) == rows(tmp_path / "local", name) != []
    assert {row["digest"] for row in manifests(tmp_path / "remote")} >= {
        row["digest"] for row in manifests(tmp_path / "local") if row["files"][0].endswith(".warc.gz")
    }
    made = [path.stat().st_mtime_ns for path in sorted((tmp_path / "remote").rglob("*.parquet"))]
    assert run(f"s3://{BUCKET}/2025", out="remote").exit_code == 0
    assert made == [path.stat().st_mtime_ns for path in sorted((tmp_path / "remote").rglob("*.parquet"))]


def rows(out: Path, name: str) -> list[tuple[object, ...]]:
    """The rows of a table without what says where a page lay, sorted."""
    left_out = {"path", "position", "doc", "added", "fetched"} if name == "articles" else {"address"}
    return sorted(str({k: v for k, v in row.items() if k not in left_out}) for row in table(out, name))


def test_a_changed_object_is_read_again(run: Run, tmp_path: Path, store: object) -> None:
    """Another archive under the same name is another input: the store's ETag says so."""
    address = f"s3://{BUCKET}/day.warc.gz"
    for pages in ([talks(0)], [talks(1)]):
        store.put(str(write_warc(tmp_path / "day.warc.gz", pages)), address)  # type: ignore[attr-defined]
        assert run(address).exit_code == 0
    (article,) = table(tmp_path / "out", "articles")
    assert "Report 1" in article["text"]


def test_parts_of_an_object_are_read(tmp_path: Path, store: object) -> None:
    """A file in a store is listed with its size, and can be sought in."""
    path = write_warc(tmp_path / "a.warc.gz", [talks(0), other(1)])
    store.put(str(path), f"{BUCKET}/a.warc.gz")  # type: ignore[attr-defined]
    (place,) = find(f"s3://{BUCKET}/a.warc.gz")
    assert isinstance(place, Place) and place.size == path.stat().st_size
    with open_place(place.address) as file:
        file.seek(100)
        assert file.read() == path.read_bytes()[100:]


def test_what_a_store_does_not_hold_is_named(run: Run, tmp_path: Path, store: object) -> None:
    """A missing object and a missing bucket are a line each; the rest is done, and the exit code is 1."""
    store.put(str(write_warc(tmp_path / "a.warc.gz", [talks(0)])), f"{BUCKET}/a.warc.gz")  # type: ignore[attr-defined]
    missing = (f"s3://{BUCKET}/none.warc.gz", "s3://no-such-bucket/a.warc.gz")
    result = run(f"s3://{BUCKET}/a.warc.gz", *missing)
    assert result.exit_code == 1 and len(table(tmp_path / "out", "articles")) == 1
    assert all(f"{address}: missing" in result.output for address in missing)


def test_output_goes_to_a_folder(tmp_path: Path) -> None:
    """An address for --out is refused in one line, before anything is made of it."""
    path = write_warc(tmp_path / "a.warc.gz", [talks(0)])
    before = sorted(tmp_path.iterdir())
    result = CliRunner().invoke(main, ["batch", str(path), "--out", f"s3://{BUCKET}/coded"])
    assert result.exit_code == 2 and "--out" in result.output and "folder" in result.output
    assert sorted(tmp_path.iterdir()) == before and not Path("s3:").exists()
