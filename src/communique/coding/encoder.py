"""The encoder: windows of pieces in, one vector a piece out, by ONNX Runtime on the CPU."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import onnxruntime as ort

from communique.coding.pieces import MODEL
from communique.coding.windows import Window

SLOW = ["SkipLayerNormFusion"]
"""Rewrites of the runtime that cost more than they save: its fused step is eight times slower than the plain two."""


@cache
def _session() -> ort.InferenceSession:
    settings = ort.SessionOptions()
    settings.intra_op_num_threads = 1
    settings.inter_op_num_threads = 1
    settings.log_severity_level = 3
    path = str(MODEL / "encoder.onnx")
    return ort.InferenceSession(path, settings, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW)


def encode(windows: Sequence[Window]) -> list[np.ndarray]:
    """The vectors [pieces, 384] of each window, float32, in the order given. One by one, so that none is padded."""
    return [_session().run(None, {"ids": w.ids[None], "party": w.party[None]})[0][0] for w in windows]
