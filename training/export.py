"""Write a trained network as the files the package ships: ``python -m training.export CODER.pt [--out DIR] [--float]``.

The encoder becomes ``encoder.onnx``, with 8-bit weights by channel unless ``--float``; the heads ``heads.npz``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic

from training import graph
from training.model import Coder

AUXILIARY = ("encoder.", "answer.", "date.", "term.", "attributed.")
"""The encoder, kept apart, and the heads that only help to train it: nothing reads them at run time."""
FLOAT = {"DefaultTensorType": TensorProto.FLOAT}  # the fused operators hide their types from the quantiser


def write_encoder(model: Coder, path: Path, small: bool) -> None:
    """The encoder as ONNX, with 8-bit weights by channel where ``small``."""
    whole = path.with_suffix(".float.onnx")
    graph.write(model.encoder, whole)
    if small:
        quantize_dynamic(
            whole,
            path,
            op_types_to_quantize=["MatMul", "Gather"],  # a convolution by channel is slower in 8 bits
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            extra_options=FLOAT,
        )
        whole.unlink()
    else:
        whole.rename(path)


def write_heads(model: Coder, path: Path) -> None:
    """The heads that are asked at run time, in half precision."""
    heads = {k: v.numpy().astype(np.float16) for k, v in model.state_dict().items() if not k.startswith(AUXILIARY)}
    np.savez_compressed(path, **heads)


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("--out", type=Path, default=Path("src/communique/coding/model"))
    ap.add_argument("--float", action="store_true")
    a = ap.parse_args()
    model = Coder.read(a.checkpoint)
    a.out.mkdir(parents=True, exist_ok=True)
    write_encoder(model, a.out / "encoder.onnx", not a.float)
    write_heads(model, a.out / "heads.npz")


if __name__ == "__main__":
    main()
