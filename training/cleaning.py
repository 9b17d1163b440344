"""Train the line classifier that ships with Communique: ``python training/cleaning.py``.

Reads ``../shared/cleaning`` and ``../shared/gold/train``; writes the trees (ONNX) and the table
of word weights (NumPy) to ``src/communique/cleaning/model``. Takes a minute or two on one core.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from cleaning_data import Sample, add_recurrence, dumps, gold, variants
from cleaning_export import export
from cleaning_model import fit

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "src" / "communique" / "cleaning" / "model"


def training_pages(shared: Path) -> list[Sample]:
    """The dumps, twice where they have siblings (with and without them), their variants, and the gold pages."""
    pages = dumps(shared)
    plain = [Sample(p.page, p.site, p.style, p.lines, p.body) for p in pages]
    add_recurrence(pages)
    related = [page for page in pages if page.recurring is not None]
    return [*plain, *related, *(v for page in plain for v in variants(page)), *gold(shared, "train")]


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    model = fit(training_pages(options.shared))
    export(model.trees, options.out / "text.onnx")
    np.save(options.out / "text_words.npy", model.weights.astype(np.float16))
    print("wrote", options.out)


if __name__ == "__main__":
    main()
