"""Reading a feed or page from an address, when the user asks for it.

Polite and careful: robots.txt is obeyed, time and size are limited, and addresses inside
private networks are refused unless allowed. A host is looked up once and the connection goes to the
address that was checked, so that a name cannot point elsewhere in between.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from communique.reading.failure import ReadError
from communique.reading.formats import Pages, Stream, guarded, read_stream
from communique.reading.pages import LIMIT, Source

AGENT = "communique"
TIMEOUT = 20.0
MOST_REDIRECTS = 5


def read_url(url: str, *, allow_private: bool = False, timeout: float = TIMEOUT) -> Pages:
    """The Pages behind an ``http`` or ``https`` address; a ReadFailure where it cannot be had."""
    return guarded(url, lambda: _pages(url, allow_private, timeout))


def _pages(url: str, allow_private: bool, timeout: float) -> Pages:
    if not _allowed_by_robots(url, allow_private, timeout):
        raise ReadError("robots.txt does not allow it")
    data, final = fetch(url, allow_private=allow_private, timeout=timeout)
    doc = urlsplit(final).path.strip("/").rsplit("/", 1)[-1] or urlsplit(final).hostname or "page"
    stream: Stream = io.BufferedReader(io.BytesIO(data), 1 << 16)
    return read_stream(stream, Source(doc, url, final))


def fetch(url: str, *, allow_private: bool = False, timeout: float = TIMEOUT) -> tuple[bytes, str]:
    """The bytes at an address and the address they came from in the end. Raises ReadError."""
    for _ in range(MOST_REDIRECTS + 1):
        status, location, data = _get(url, allow_private, timeout)
        if status in (301, 302, 303, 307, 308) and location:
            url = urljoin(url, location)
        elif status == 200:
            return data, url
        else:
            raise ReadError(f"the server answered {status}")
    raise ReadError("too many redirects")


def _get(url: str, allow_private: bool, timeout: float) -> tuple[int, str | None, bytes]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ReadError("not an http or https address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = checked_address(parts.hostname, port, allow_private)
    connection = _connection(parts.scheme, parts.hostname, port, address, timeout)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", target, headers={"User-Agent": AGENT, "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        data = answer.read(LIMIT + 1)
    except (OSError, http.client.HTTPException) as error:
        raise ReadError(f"cannot be fetched: {error or type(error).__name__}") from error
    finally:
        connection.close()
    if len(data) > LIMIT:
        raise ReadError("over 5 MB")
    return answer.status, answer.getheader("Location"), data


def checked_address(host: str, port: int, allow_private: bool) -> str:
    """An address of the host. Raises ReadError where it is unknown, or any of its addresses is not public."""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise ReadError(f"unknown host {host}") from error
    for address in found:
        if not allow_private and not ipaddress.ip_address(address.split("%")[0]).is_global:
            raise ReadError(f"{host} is a private address: refused")
    return found[0]


def _connection(scheme: str, host: str, port: int, address: str, timeout: float) -> http.client.HTTPConnection:
    """A connection to the checked address, under the host's name."""
    try:
        plain = socket.create_connection((address, port), timeout)
    except OSError as error:
        raise ReadError(f"cannot be reached: {error}") from error
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    connection.sock = plain
    if scheme == "https":
        try:
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        except OSError as error:
            raise ReadError(f"no secure connection: {error}") from error
    return connection


def _allowed_by_robots(url: str, allow_private: bool, timeout: float) -> bool:
    """Whether robots.txt lets us read the address; a missing robots.txt allows all."""
    try:
        data, _ = fetch(urljoin(url, "/robots.txt"), allow_private=allow_private, timeout=timeout)
    except ReadError as error:
        if error.reason.startswith("the server answered 4"):
            return True
        if error.reason.startswith("the server answered"):
            return False
        raise
    rules = RobotFileParser()
    rules.parse(data.decode("utf-8", "replace").splitlines())
    return rules.can_fetch(AGENT, url)
