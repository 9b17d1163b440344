"""Write a trained network as the files the package ships: ``python -m training.export CODER.pt [--out FOLDER] [--float]``.

The encoder becomes ``encoder.onnx``, with 8-bit weights by channel unless ``--float``; the heads ``heads.npz``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.model import Coder


def read(path: Path) -> Coder:
    """The network of a checkpoint of ``training.train``, ready to run."""
    stored = torch.load(path)
    model = Coder(stored["layers"])
    model.load_state_dict(stored["model"])
    return model.eval()


def write_encoder(model: Coder, path: Path, small: bool) -> None:
    """The encoder as ONNX."""
    example = (torch.ones(2, 16, dtype=torch.long), torch.zeros(2, 16, dtype=torch.long))
    axes = {name: {0: "windows", 1: "pieces"} for name in ("ids", "party", "vectors")}
    whole = path.with_suffix(".float.onnx")
    torch.onnx.export(
        model.encoder, example, str(whole), input_names=["ids", "party"], output_names=["vectors"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    if small:
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True)
        whole.unlink()
    else:
        whole.rename(path)


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("--out", type=Path, default=Path("src/communique/coding/model"))
    ap.add_argument("--float", action="store_true")
    a = ap.parse_args()
    model = read(a.checkpoint)
    a.out.mkdir(parents=True, exist_ok=True)
    write_encoder(model, a.out / "encoder.onnx", not a.float)
    heads = {k: v.numpy().astype(np.float16) for k, v in model.state_dict().items() if not k.startswith("encoder.")}
    np.savez_compressed(a.out / "heads.npz", **heads)


if __name__ == "__main__":
    main()
