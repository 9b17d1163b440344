"""The OpenAPI file is true: it names every address for programs, and what a real server answers is what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
from starlette.testclient import TestClient

from communique.web.openapi import description
from web.conftest import Running, app_over

HERE = "sec-fetch-site: same-origin"  # posts of other sites are refused before all else
EXAMPLES = "8"  # requests made up for each address, besides those at the edges of each parameter


def test_schemathesis_finds_no_failure(server: Running, tmp_path: Path) -> None:
    """Whatever is asked, sense or nonsense, an answer has a status, a type and a form that the file names."""
    words = [sys.executable, "-m", "schemathesis.cli", "run", f"{server.url}/openapi.json", "--header", HERE]
    words += ["--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES, "--generation-deterministic"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


def test_every_address_for_programs_is_described(client: TestClient) -> None:
    """Each route that ends in .json or .atom is a path of the file, and each path a route."""
    routes = {re.sub(r":path\}", "}", route.path) for route in client.app.routes}  # type: ignore[attr-defined]
    assert {path for path in routes if path.endswith((".json", ".atom"))} == set(description()["paths"])


def test_every_reference_leads_somewhere() -> None:
    """Each form, parameter and answer that is referred to is in the file, and none is there for nothing."""
    whole = description()
    used = set(re.findall(r"'#/components/(\w+/\w+)'", str(whole)))
    kinds = ("parameters", "responses", "schemas")
    assert used == {f"{kind}/{name}" for kind in kinds for name in whole["components"][kind]}
    named = [path["get"]["operationId"] for path in whole["paths"].values()]
    assert whole["openapi"].startswith("3.1") and len(set(named)) == len(named)


def answers(client: TestClient) -> dict[str, list[str]]:
    """For each path addresses of the sample ledger: everything that the listings name."""
    threads = [t["id"] for t in client.get("/threads.json").json()["threads"]]
    shown = [client.get(f"/threads/{name}.json").json() for name in threads]
    moves = sorted({move["id"] for thread in shown for move in thread["moves"]})
    pages = sorted({r["page"] for thread in shown for move in thread["moves"] for r in move["reports"]})
    actors = [a["id"] for a in client.get("/actors.json").json()["actors"]]
    outlets = [o["outlet"] for o in client.get("/sources.json").json()["outlets"]]
    return {
        "/threads/{name}.json": threads,
        "/moves/{name}.json": moves,
        "/pages/{name}.json": pages,
        "/actors/{name}.json": actors,
        "/sources/{name}.json": outlets,
    }


def test_all_that_the_samples_hold_is_as_described(client: TestClient) -> None:
    """Every thread, move, page, actor and outlet of the sample ledger has the form that the file gives."""
    whole = description()
    for path, names in answers(client).items():
        form = whole["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        checked = jsonschema.Draft202012Validator({**form, "components": whole["components"]})
        assert names
        for name in names:
            answer = client.get(path.replace("{name}", quote(name, safe="")))
            assert answer.status_code == 200, (path, name)
            checked.validate(answer.json())


def test_the_description_is_for_those_who_may_read(ledger: Any) -> None:
    """Where a token is asked for, strangers do not get it."""
    from communique.web.settings import Settings

    client = TestClient(app_over(ledger, Settings(token="secret")), base_url="http://127.0.0.1:8001")
    assert client.get("/openapi.json").status_code == 401
