"""A ledger of the sample pages, a server over it, and a browser that notes every request it makes."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from communique.ledger.adding import in_process
from communique.ledger.store import Ledger
from communique.web.app import create_app
from communique.web.settings import Limits, Settings
from web.hostile import hostile_page, overlapping_page
from web.sample import add_all, coded_samples, coder_of

LIMITS = Limits(bytes=200_000, files=3, pages=5, seconds=30, read_seconds=10)
BASE = "http://127.0.0.1:8001"


@pytest.fixture(scope="session")
def ledger(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The sample pages, a hostile page and one whose evidence overlaps."""
    path = Path(shutil.copy(sample_file, tmp_path_factory.mktemp("web") / "sample.ledger"))
    with add_all(path, [hostile_page(), overlapping_page()]) as made:
        yield made


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed ledger of the sample pages, to copy."""
    path = tmp_path_factory.mktemp("web") / "plain.ledger"
    add_all(path, coded_samples()).close()
    return path


@pytest.fixture
def own_ledger(sample_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of the sample pages that a test may add to."""
    with Ledger.open(shutil.copy(sample_file, tmp_path / "own.ledger")) as made:
        yield made


def app_over(ledger: Ledger, settings: Settings | None = None) -> Any:
    """The application with the coder that knows the sample pages, in this process."""
    coder = coder_of(coded_samples())
    return create_app(ledger, settings or Settings(limits=LIMITS), coder, in_process(coder))


@pytest.fixture(scope="session")
def client(ledger: Ledger) -> TestClient:
    """Requests without a browser."""
    return TestClient(app_over(ledger), base_url=BASE)


@dataclass(eq=False)
class Running:
    """A server: its address and the id of a thread, an act and a page to look at."""

    url: str
    threads: list[dict[str, Any]] = field(default_factory=list)

    def thread(self, matter: str) -> str:
        """The path of the longest thread about a matter."""
        found = [thread for thread in self.threads if matter in thread["matter"]]
        return "/threads/" + max(found, key=lambda thread: thread["moves"])["id"]


def run(ledger: Ledger) -> Iterator[Running]:
    """A server on a free port until the test is over."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    port = listener.getsockname()[1]
    app = app_over(ledger, Settings(port=port, limits=LIMITS))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    threads = TestClient(app, base_url=BASE).get("/threads.json").json()["threads"]
    yield Running(f"http://127.0.0.1:{port}", threads)
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def server(ledger: Ledger) -> Iterator[Running]:
    """A server over the sample ledger."""
    yield from run(ledger)


@pytest.fixture
def own_server(own_ledger: Ledger) -> Iterator[Running]:
    """A server over a ledger of the test's own."""
    yield from run(own_ledger)


def chromium() -> str | None:
    """The system's Chromium, or the one that COMMUNIQUE_CHROMIUM names."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("COMMUNIQUE_CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A browser without a window."""
    path = chromium()
    if path is None:
        pytest.skip("needs Chromium, which is not installed (apt-get install chromium, or set COMMUNIQUE_CHROMIUM)")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright, which scripts/install brings")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page in the browser; ``tab.asked`` lists every address it asked for, ``tab.said`` its errors."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **getattr(request, "param", {})})
    context.set_default_timeout(30_000)
    opened = context.new_page()
    opened.asked, opened.said = [], []
    context.on("request", lambda one: opened.asked.append(one.url))
    opened.on("console", lambda one: opened.said.append(one.text) if one.type == "error" else None)
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    yield opened
    context.close()
