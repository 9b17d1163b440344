"""Upload: files or pasted text in, read, coded and linked while the browser shows how far it is."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from communique.linking.days import bounds
from communique.reading import Source
from communique.web.asking import Unclear
from communique.web.jobs import Busy, Desk, Job
from communique.web.rendering import as_json, has_twin, render
from communique.web.settings import Limits

NAME = 120  # characters of a file's name that are kept


async def form(request: Request) -> Response:
    """The page where files are dropped or text is pasted."""
    has_twin(request)
    return render("upload.html", request, {"limits": _limits(request), "problem": None})


async def form_json(request: Request) -> Response:
    """What an upload may be, as plain values."""
    return as_json({"limits": asdict(_limits(request))})


async def take(request: Request) -> Response:
    """Take an upload in and show how far it is."""
    desk: Desk = request.app.state.desk
    limits = _limits(request)
    try:
        async with request.form(max_files=limits.files, max_fields=20, max_part_size=limits.bytes) as sent:
            job = desk.take(await parts_of(sent))
    except Unclear as problem:
        return render("upload.html", request, {"limits": limits, "problem": str(problem)}, 400)
    except Busy:
        return render("upload.html", request, {"limits": limits, "problem": "Too many uploads wait. Try again."}, 503)
    return RedirectResponse(f"/upload/{job.id}", 303)


async def parts_of(sent: FormData) -> list[tuple[bytes, Source]]:
    """What was sent, part by part. Raises Unclear for nothing, for what is no date and for what is no address."""
    url, date = _url(_text(sent, "url")), _date(_text(sent, "date"))
    files = [part for part in sent.getlist("files") if isinstance(part, UploadFile)]
    found = [(await file.read(), Source(file_name(file.filename), None, None, date)) for file in files]
    pasted = _text(sent, "text")
    if pasted:
        found.append((pasted.encode("utf-8", "replace"), Source("pasted text", None, url, date)))
    elif url and len(found) == 1:
        found = [(data, Source(source.doc, None, url, date)) for data, source in found]
    kept = [part for part in found if part[0].strip()]
    if not kept:
        raise Unclear("Choose a file or paste the text of a page.")
    return kept


def _text(sent: FormData, name: str) -> str:
    value = sent.get(name)
    return value.strip() if isinstance(value, str) else ""


def _url(text: str) -> str | None:
    if not text:
        return None
    try:
        good = urlsplit(text).scheme in ("http", "https") and urlsplit(text).netloc and len(text) <= 2000
    except ValueError:
        good = False
    if not good:
        raise Unclear("The address must begin with http:// or https://.")
    return text


def _date(text: str) -> str | None:
    if text and bounds(text) is None:
        raise Unclear("The date must look like 2014-03-12.")
    return text or None


def file_name(sent: str | None) -> str:
    """A name to show for a file: only its last part, nothing that could be taken for a path."""
    last = re.split(r"[/\\]", sent or "")[-1]
    kept = "".join(ch for ch in last if ch.isprintable()).strip(". ")
    return kept[:NAME] or "upload"


async def progress(request: Request) -> Response:
    """How far an upload is; when one page came of it, its events."""
    job = _job(request)
    if job is None:
        return PlainTextResponse("no such upload\n", 404)
    values: dict[str, Any] = {"job": job.to_dict()}
    if job.done and len(job.pages) == 1 and not values["job"]["failures"]:
        there = f"/pages/{job.pages[0]}#events"
        if request.headers.get("hx-request"):
            return Response(headers={"hx-redirect": there})
        return RedirectResponse(there, 303)
    has_twin(request)
    return render("progress.html", request, values)


async def progress_json(request: Request) -> Response:
    """How far an upload is, as plain values."""
    job = _job(request)
    return PlainTextResponse("no such upload\n", 404) if job is None else as_json(job.to_dict())


def _job(request: Request) -> Job | None:
    desk: Desk = request.app.state.desk
    return desk.job(request.path_params["name"])


def _limits(request: Request) -> Limits:
    limits: Limits = request.app.state.settings.limits
    return limits
