"""Pages are coded in order and in time; one that hangs, fails or crashes is left, and the others go on."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator

import pytest

from communique.commands.workers import AHEAD, PATIENCE, CoderError, Left, code_pages
from communique.page import Page
from communique.reading import ReadFailure

CODER = "coders:echo"


def page(text: str, name: str = "p.txt") -> Page:
    """A page of that text."""
    return Page(doc="p", text=text, digest="", path=name)


def run(*texts: str, workers: int = 1, seconds: float = 5.0) -> list[str | Left]:
    """What comes of pages of these texts."""
    return list(code_pages([page(text) for text in texts], workers=workers, seconds=seconds, coder=CODER))


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_the_order_of_the_pages(workers: int) -> None:
    """A slow page holds back the quick ones after it, whatever the number of workers."""
    texts = ["sleep 0.3", *map(str, range(40))]
    assert run(*texts, workers=workers) == texts


@pytest.mark.parametrize(("fault", "limit"), [("hang", 0.5), ("sleep 60", 0.5 * PATIENCE)])
def test_page_that_takes_too_long_is_left(fault: str, limit: float) -> None:
    """A page is left when its time is up, even inside compiled code, and a new worker codes the next.

    One that works without end is left sooner than one that waits, which may be the machine's fault.
    """
    start = time.monotonic()
    assert run("a", fault, "b", seconds=0.5) == ["a", Left("p.txt", f"left after {limit:g} s"), "b"]
    assert time.monotonic() - start < 20


def test_page_that_raises_is_left_with_the_reason() -> None:
    """An error in the coder becomes one line about the page."""
    assert run("raise", "b") == [Left("p.txt", "could not be coded: ValueError: no such rule"), "b"]


def test_page_that_ends_the_worker_is_left() -> None:
    """A crash loses the page at hand and no other."""
    assert run("a", "die", "b", "die") == [
        "a",
        stopped := Left("p.txt", "the coder stopped while coding it"),
        "b",
        stopped,
    ]


def test_page_that_recurses_for_ever_is_left() -> None:
    """Endless recursion is an error like others."""
    (left,) = run("recurse")
    assert isinstance(left, Left) and "RecursionError" in left.reason


def test_unreadable_pages_keep_their_place() -> None:
    """A page that could not be read is reported where it stood among the others."""
    pages = [page("a"), ReadFailure("gone.txt", "missing"), page("b")]
    assert list(code_pages(pages, coder=CODER)) == ["a", Left("gone.txt", "missing"), "b"]


def test_pages_are_taken_as_they_are_needed() -> None:
    """An endless stream of pages is coded in bounded memory: few are read ahead of the results."""
    taken = 0

    def stream() -> Iterator[Page]:
        nonlocal taken
        for taken in itertools.count(1):
            yield page(str(taken))

    results = code_pages(stream(), workers=2, coder=CODER)
    assert list(itertools.islice(results, 50)) == [str(n) for n in range(1, 51)]
    assert taken <= 50 + 2 * AHEAD
    results.close()  # type: ignore[attr-defined]


def test_no_worker_outlives_the_results() -> None:
    """Closing the results early ends the processes."""
    import multiprocessing

    results = code_pages((page(str(n)) for n in range(100)), coder=CODER)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert not [child for child in multiprocessing.active_children() if child.pid != os.getpid()]


def test_a_coder_that_cannot_be_loaded_is_an_error() -> None:
    """A missing coder is no matter of the page."""
    with pytest.raises(CoderError, match="no attribute 'nothing'"):
        list(code_pages([page("a")], coder="coders:nothing"))


def test_no_pages_no_results() -> None:
    """Nothing in, nothing out."""
    assert run() == []


def test_a_coder_with_a_part_missing_is_an_error() -> None:
    """A table or model that is not there shows before the first page, as one error instead of one a page."""
    with pytest.raises(CoderError, match="FileNotFoundError"):
        list(code_pages([page("a")], coder="coders:partless"))
