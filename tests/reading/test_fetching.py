"""Fetching by address: private networks are refused, robots.txt is obeyed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from communique.page import Page
from communique.reading import ReadFailure
from communique.reading.fetching import read_url


class Handler(BaseHTTPRequestHandler):
    """A small site: a page, a forbidden page, a redirect to itself and one that is too large."""

    def do_GET(self) -> None:
        """Answer one request."""
        answers = {
            "/robots.txt": (200, b"User-agent: *\nDisallow: /closed\n"),
            "/open": (200, b"<html><body><p>The envoy spoke at length.</p></body></html>"),
            "/closed": (200, b"secret"),
            "/large": (200, b"word " * 1_100_000),
            "/loop": (302, b""),
        }
        status, data = answers.get(self.path, (404, b""))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/loop")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *parts: object) -> None:
        """Keep quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of the small site."""
    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_private_addresses_are_refused(site: str) -> None:
    """An address inside the machine is refused unless allowed."""
    (failure,) = read_url(site + "/open")
    assert isinstance(failure, ReadFailure) and "private" in failure.reason


def test_a_page_is_read(site: str) -> None:
    """An allowed address gives its page."""
    (page,) = read_url(site + "/open", allow_private=True)
    assert isinstance(page, Page) and page.text == "The envoy spoke at length." and page.url == site + "/open"


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/closed", "robots.txt"), ("/large", "over 5 MB"), ("/loop", "redirects"), ("/gone", "answered 404")],
)
def test_what_cannot_be_had(site: str, path: str, reason: str) -> None:
    """Forbidden, large, circular and missing pages are failures."""
    (failure,) = read_url(site + path, allow_private=True)
    assert isinstance(failure, ReadFailure) and reason in failure.reason


def test_other_schemes_are_refused() -> None:
    """A file address is no web address."""
    (failure,) = read_url("file:///etc/passwd")
    assert isinstance(failure, ReadFailure)
