"""Train the line classifiers that ship with Communique: ``python training/cleaning.py``.

Reads ``../shared/cleaning`` and ``../shared/gold/train``; writes, for pages of text and of HTML, the trees of both
passes (ONNX) and the table of word weights (NumPy) to ``src/communique/cleaning/model``. Takes minutes on one core.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from cleaning_data import Sample, add_recurrence, dumps, gold, variants
from cleaning_export import export
from cleaning_html import html_features, html_samples
from cleaning_model import Fitted, fit

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "src" / "communique" / "cleaning" / "model"


def training_pages(shared: Path) -> list[Sample]:
    """The dumps, twice where they have siblings (with and without them), their variants, and the gold pages."""
    pages = dumps(shared)
    plain = [Sample(p.page, p.site, p.style, p.lines, p.body) for p in pages]
    add_recurrence(pages)
    related = [page for page in pages if page.recurring is not None]
    return [*plain, *related, *(v for page in plain for v in variants(page)), *gold(shared, "train")]


def write(name: str, model: Fitted, out: Path) -> None:
    """Write a model's three files."""
    export(model.trees, out / f"{name}.onnx")
    export(model.second, out / f"{name}_second.onnx")
    np.save(out / f"{name}_words.npy", model.weights.astype(np.float16))


def main() -> None:
    """Train and write the models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--only", choices=("text", "html"), help="train one of the two")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.only != "html":
        write("text", fit(training_pages(options.shared)), options.out)
    if options.only != "text":
        write("html", fit(html_samples(options.shared), html_features, inner=4), options.out)
    print("wrote", options.out)


if __name__ == "__main__":
    main()
