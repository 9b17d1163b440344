"""What the server refuses, and what every answer carries."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from communique.ledger.store import Ledger
from communique.web.settings import Settings
from web.conftest import BASE, app_over


def test_every_answer_has_a_strict_policy(client: TestClient) -> None:
    """No inline script or style, nothing from elsewhere, on pages, JSON, assets and refusals alike."""
    for path in ("/threads", "/threads.json", "/static/app.js", "/nowhere", "/threads?page=0"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self';" in policy
        assert "unsafe" not in policy and "http:" not in policy and "*" not in policy


def test_pages_hold_no_inline_script_or_style(client: TestClient) -> None:
    """What the policy forbids is not in the pages either."""
    for path in ("/threads", "/timeline", "/actors/NOR", "/upload"):
        html = client.get(path).text
        assert " style=" not in html and "<style" not in html and " onclick" not in html
        assert html.count("<script") == html.count("<script src=")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[", "a b"])
def test_a_foreign_host_name_is_refused(client: TestClient, host: str) -> None:
    """A name that is made to point at this machine does not open the ledger to another site."""
    assert client.get("/threads", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": BASE},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:9999"},
    ],
)
def test_posts_from_elsewhere_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    """A post must come from a page of this very server."""
    assert client.post("/upload", data={"text": "words"}, headers=headers).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    """Only reading and posting."""
    assert client.request(method, "/threads").status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/README.md"],
)
def test_no_path_reaches_the_file_system(client: TestClient, path: str) -> None:
    """Only the listed assets are served, whatever else lies beside them."""
    assert client.get(path).status_code == 404


def test_beyond_loopback_a_token_is_needed() -> None:
    """Settings without a token refuse an address that others can reach."""
    with pytest.raises(ValueError, match="token"):
        Settings(host="0.0.0.0")
    assert Settings(host="::1").token is None


@pytest.fixture
def guarded(ledger: Ledger) -> TestClient:
    """A server that asks for a token."""
    settings = Settings(host="0.0.0.0", token="open sesame")
    return TestClient(app_over(ledger, settings), base_url="http://10.0.0.5:8001", follow_redirects=False)


def test_strangers_are_sent_to_the_door(guarded: TestClient) -> None:
    """Without the token no page, no JSON and no post gets through; style and script do."""
    page = guarded.get("/threads?q=ships")
    assert page.status_code == 303 and page.headers["location"] == "/enter?next=%2Fthreads%3Fq%3Dships"
    assert guarded.get("/threads.json").status_code == 401
    assert guarded.post("/upload", headers={"origin": "http://10.0.0.5:8001"}).status_code == 401
    assert guarded.get("/static/style.css").status_code == 200


def test_the_token_opens_and_the_cookie_is_not_the_token(guarded: TestClient) -> None:
    """Who shows the token gets a cookie for pages; programs send it as a bearer's."""
    own = {"origin": "http://10.0.0.5:8001"}
    assert guarded.post("/enter", data={"token": "wrong"}, headers=own).status_code == 403
    entered = guarded.post("/enter", data={"token": "open sesame", "next": "/actors"}, headers=own)
    cookie = entered.headers["set-cookie"]
    assert entered.headers["location"] == "/actors"
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower() and "sesame" not in cookie
    assert guarded.get("/threads").status_code == 200
    guarded.cookies.clear()
    assert guarded.get("/threads.json", headers={"authorization": "Bearer open sesame"}).status_code == 200


@pytest.mark.parametrize("elsewhere", ["//evil.example", "http://evil.example", "/\\evil.example"])
def test_the_door_leads_nowhere_else(guarded: TestClient, elsewhere: str) -> None:
    """A link to the door cannot send a visitor on to another site."""
    sent = {"token": "open sesame", "next": elsewhere}
    entered = guarded.post("/enter", data=sent, headers={"origin": "http://10.0.0.5:8001"})
    assert entered.headers["location"] == "/"
