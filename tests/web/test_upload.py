"""Uploads: read, coded and linked; limited in size, number and time; told what was left and why."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from communique.ledger.store import Ledger
from communique.reading import ReadFailure, Source
from communique.web.intake import pages_in
from communique.web.settings import Limits
from communique.web.views.upload import file_name
from web.conftest import BASE, LIMITS, app_over

OWN = {"origin": BASE}


@pytest.fixture
def visitor(own_ledger: Ledger) -> Iterator[TestClient]:
    """A client of a server over a ledger that may be added to."""
    with TestClient(app_over(own_ledger), base_url=BASE, follow_redirects=False) as client:
        yield client


def finished(client: TestClient, sent: Any) -> dict[str, Any]:
    """What came of an upload, once it is done."""
    assert sent.status_code == 303, sent.text
    for _ in range(300):
        job = client.get(f"{sent.headers['location']}.json").json()
        if job["done"]:
            return job
        time.sleep(0.1)
    raise AssertionError("the upload did not end")


def test_pasted_text_opens_at_its_events(visitor: TestClient) -> None:
    """A pasted page is coded, linked and shown."""
    text = "Iceland says no\n\nIceland rejected the Norwegian offer on the bank for the last time."
    sent = visitor.post("/upload", data={"text": text}, headers=OWN)
    job = finished(visitor, sent)
    assert job["added"] == 1 and job["events"] == 1 and job["failures"] == []
    there = visitor.get(sent.headers["location"]).headers["location"]
    assert there == f"/pages/{job['pages'][0]}#events"
    assert "refuses" in visitor.get(there.partition("#")[0]).text


def test_files_are_counted_and_known_ones_passed_over(visitor: TestClient) -> None:
    """Of two files one new and one twice, each is added once; one that is no page is named with the reason."""
    page = b"Iceland says no again\n\nIceland rejected the second Norwegian offer on the bank in silence.\n"
    files = [("files", ("a.txt", page)), ("files", ("../../b.txt", page)), ("files", ("c.bin", b"\0\1\2" * 300))]
    job = finished(visitor, visitor.post("/upload", files=files, headers=OWN))
    assert job["added"] == 1 and job["known"] == 1
    assert [failure["name"] for failure in job["failures"]] == ["c.bin"]


def test_too_much_is_refused(visitor: TestClient) -> None:
    """Too many bytes, said or unsaid, and too many files are turned away."""
    large = b"x" * (LIMITS.bytes + 1)
    assert visitor.post("/upload", files={"files": ("a.txt", large)}, headers=OWN).status_code == 413
    chunks = (b"x" * 50_000 for _ in range(9))
    streamed = {**OWN, "content-type": "multipart/form-data; boundary=x"}
    assert visitor.post("/upload", content=chunks, headers=streamed).status_code in (400, 413)
    many = [("files", (f"{n}.txt", b"words")) for n in range(LIMITS.files + 1)]
    assert visitor.post("/upload", files=many, headers=OWN).status_code == 400


@pytest.mark.parametrize(
    "sent", [{}, {"text": "  "}, {"text": "a", "date": "soon"}, {"text": "a", "url": "javascript:1"}]
)
def test_what_makes_no_sense_is_said(visitor: TestClient, sent: dict[str, str]) -> None:
    """Nothing to read, no date, no address: the form comes back with the reason."""
    answer = visitor.post("/upload", data=sent, files={"files": ("", b"")}, headers=OWN)
    assert answer.status_code == 400 and 'role="alert"' in answer.text


def test_an_upload_that_is_not_there(visitor: TestClient) -> None:
    """An unknown upload is not found."""
    assert visitor.get("/upload/nothing").status_code == 404


def test_a_reader_that_takes_too_long_is_ended() -> None:
    """The reading process is ended when its time is up, and the file is named."""
    found = list(pages_in(b"words " * 10, Source("slow"), Limits(read_seconds=0.001)))
    assert found == [ReadFailure("slow", "left after 0.001 s of reading")]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\y.txt", "y.txt"),
        ("a\nb\0.txt", "ab.txt"),
        ("..", "upload"),
        (None, "upload"),
    ],
)
def test_a_file_name_is_never_a_path(sent: str | None, kept: str) -> None:
    """Only the last part of a name is kept, for show."""
    assert file_name(sent) == kept
