"""The encoder: windows of pieces in, one vector a piece out, by ONNX Runtime on the CPU."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import onnxruntime as ort

from communique.coding.windows import MODEL, Window

BATCH = 8


@cache
def _session() -> ort.InferenceSession:
    settings = ort.SessionOptions()
    settings.intra_op_num_threads = 1
    settings.inter_op_num_threads = 1
    settings.log_severity_level = 3
    return ort.InferenceSession(str(MODEL / "encoder.onnx"), settings, providers=["CPUExecutionProvider"])


def encode(windows: Sequence[Window]) -> list[np.ndarray]:
    """The vectors [pieces, 384] of each window, float32, in the order given."""
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    out: list[np.ndarray] = [np.empty(0)] * len(windows)
    for at in range(0, len(order), BATCH):
        batch = order[at : at + BATCH]
        length = max(len(windows[i].ids) for i in batch)
        ids, party = np.zeros((2, len(batch), length), np.int64)
        for row, i in enumerate(batch):
            ids[row, : len(windows[i].ids)] = windows[i].ids
            party[row, : len(windows[i].party)] = windows[i].party
        vectors = _session().run(None, {"ids": ids, "party": party})[0]
        for row, i in enumerate(batch):
            out[i] = vectors[row, : len(windows[i].ids)]
    return out
