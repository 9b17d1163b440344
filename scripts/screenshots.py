"""Takes pictures of the reading room over the sample pages, or over a ledger: scripts/screenshots [LEDGER].

They go to docs/images. Needs a Chromium of the system's, or one that COMMUNIQUE_CHROMIUM names.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
COMMAND = [sys.executable, "-c", "from communique.cli import main; main()"]
# Opens the row of a story that has the most reports.
OPEN = """() => [...document.querySelectorAll(".story details")].reduce((best, row) =>
  !best || row.querySelectorAll(".report").length > best.querySelectorAll(".report").length ? row : best, null)
  ?.setAttribute("open", "")"""
SIZES = {"threads": 1000, "thread": 1700, "page": 1100, "actor": 1150}


def main() -> None:
    """Serve, take the pictures, and say where they are."""
    path = os.environ.get("COMMUNIQUE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        sys.exit("needs Chromium: apt-get install chromium, or set COMMUNIQUE_CHROMIUM")
    with tempfile.TemporaryDirectory() as folder:
        ledger = sys.argv[1] if len(sys.argv) > 1 else sample_ledger(Path(folder))
        with serving(ledger) as server, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
            for name, address in addresses(server).items():
                take(browser, name, address)
            browser.close()


def sample_ledger(folder: Path) -> str:
    """A ledger of the sample pages."""
    from communique.demo import sample_pages

    ledger = str(folder / "sample.ledger")
    subprocess.run([*COMMAND, "add", ledger, *map(str, sample_pages())], check=True)
    return ledger


@contextmanager
def serving(ledger: str) -> Iterator[str]:
    """The address of a server over a ledger."""
    with subprocess.Popen([*COMMAND, "serve", ledger, "--port", "0"], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = re.search(r"http://\S+", process.stderr.readline())
        if found is None:
            sys.exit("the server did not start")
        yield found.group()
        process.terminate()


def addresses(server: str) -> dict[str, str]:
    """The list, its longest thread, a page that tells it, and the party that acts most."""
    threads = read(f"{server}/threads.json")["threads"]
    longest = max(threads, key=lambda thread: (thread["moves"], thread["independent_sources"]))["id"]
    reports = [report for move in read(f"{server}/threads/{longest}.json")["moves"] for report in move["reports"]]
    actor = read(f"{server}/actors.json")["actors"][0]["id"]
    page = reports[0]["page"]
    paths = {"threads": "threads", "thread": f"threads/{longest}", "page": f"pages/{page}", "actor": f"actors/{actor}"}
    return {name: f"{server}/{path}" for name, path in paths.items()}


def read(url: str) -> Any:
    """A page's JSON; waits until the server answers."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(url) as answer:
                return json.load(answer)
        except ConnectionError:
            time.sleep(0.1)
        except OSError as error:
            if not isinstance(getattr(error, "reason", None), ConnectionError):
                raise
            time.sleep(0.1)
    sys.exit("the server did not answer")


def take(browser: Browser, name: str, address: str) -> None:
    """A picture of one page, in light, the richest row of a story opened."""
    page = browser.new_page(viewport={"width": 1200, "height": SIZES[name]}, color_scheme="light")
    page.goto(address)
    page.evaluate(OPEN)
    IMAGES.mkdir(exist_ok=True)
    page.screenshot(path=IMAGES / f"{name}.png")
    page.close()
    print(IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
