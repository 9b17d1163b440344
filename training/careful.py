"""Write a tuned teacher as the files of the careful package: ``python -m training.careful CHECKPOINT TEACHER.pt``.

The whole network, frozen layers and tuned ones, becomes one ONNX file whose weights are kept in 4 bits and unfolded as
it is loaded: it computes in floats, since 8-bit activations cost most of what the network is better at.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from training.export import write_heads
from training.graph import Graph, array, save, transformer_layer
from training.kept import learned, real
from training.mpnet import EPS, HIDDEN, Lower, Upper, distances
from training.rounding import Rounded
from training.shrinking import shrunk
from training.student import windows_of
from training.teach import load_teacher

PAGES = 40
"""How many of the pages that it learned from show what its layers are given."""
LONGEST = 512
MODEL = Path("careful/src/communique_careful/model")


def nibbles(name: str, codes: np.ndarray) -> onnx.TensorProto:
    """Codes of 0 to 15 as a tensor of 4 bits each, two to a byte, the earlier one in the low half."""
    flat = codes.ravel()
    packed = flat[0::2] | flat[1::2] << 4
    return helper.make_tensor(name, TensorProto.UINT4, codes.shape, packed.tobytes(), raw=True)


class Small(Graph):
    """A graph whose large weights are those of ``small``, by the names of their products, in 4 bits."""

    def __init__(self, small: dict[str, Rounded]) -> None:
        super().__init__()
        self.small = small

    def linear(self, name: str, x: str, weight: np.ndarray) -> str:
        """A product with the weights of that name."""
        across = self.add("Transpose", [self.unfolded(name)], f"{name}.across", perm=[1, 0])
        return self.add("MatMul", [x, across], f"{name}.out")

    def unfolded(self, name: str) -> str:
        """Weights [rows, columns] as floats again, which the runtime makes once, while it loads."""
        one = self.small[name]
        self.weights += [nibbles(f"{name}.codes", one.codes), nibbles(f"{name}.zero", one.zero)]
        inputs = [f"{name}.codes", self.weight(f"{name}.scale", one.scale), f"{name}.zero"]
        block = one.codes.shape[1] // one.scale.shape[1]
        half = self.add("DequantizeLinear", inputs, f"{name}.half", axis=1, block_size=block)
        return self.add("Cast", [half], f"{name}.w", to=TensorProto.FLOAT)


def _apart(g: Graph, name: str, far: np.ndarray) -> str:
    """What attention adds [1, heads, pieces, pieces] for how far apart two pieces stand, from that of each bucket."""
    buckets = distances(LONGEST)
    steps = torch.cat([buckets[0].flip(0)[:-1], buckets[:, 0]])  # from as far back to as far ahead as there can be
    table = g.weight(f"{name}.far", far[steps.numpy()])
    taken = g.add("Gather", [table, "steps"], f"{name}.taken", axis=0)
    return g.add("Unsqueeze", [g.add("Transpose", [taken], f"{name}.heads", perm=[2, 0, 1]), "nought"], f"{name}.bias")


def _embed(g: Small, lower: Lower) -> str:
    g.weight("nought", np.array([0], np.int64))
    length = g.add("Shape", ["ids"], "length", start=1, end=2)
    one = g.add("Squeeze", [length], "length.one")
    places = g.add(
        "Range", [g.weight("first", np.array(0, np.int64)), one, g.weight("step", np.array(1, np.int64))], "places"
    )
    rows = g.add("Unsqueeze", [places, g.weight("last", np.array([1], np.int64))], "rows")
    columns = g.add("Unsqueeze", [places, "nought"], "columns")
    back = g.add("Sub", [rows, columns], "back")
    g.add("Add", [back, g.weight("middle", np.array(LONGEST - 1, np.int64))], "steps")
    words = g.add("Gather", [g.unfolded("words"), "ids"], "word_vectors")
    where = g.add("Gather", [g.weight("positions", array(lower.positions.weight)[2 : 2 + LONGEST]), "places"], "where")
    summed = g.add("Add", [words, where], "summed")
    norm = [g.weight("norm.g", array(lower.norm.weight)), g.weight("norm.b", array(lower.norm.bias))]
    return g.add("LayerNormalization", [summed, *norm], "embedded", axis=-1, epsilon=EPS)


def write(lower: Lower, upper: Upper, small: dict[str, Rounded], path: Path) -> None:
    """The network at ``path``: int64 ``ids`` and ``party`` [1, pieces], unpadded; ``vectors`` [1, pieces, 768] and
    ``lower``, those that the frozen layers give."""
    g = Small(small)
    x = _embed(g, lower)
    bias = _apart(g, "lower", array(lower.far.weight))
    for n, layer in enumerate(lower.layers):
        x = transformer_layer(g, n, layer, x, EPS, bias)
    g.add("Identity", [x], "lower")
    x = g.add(
        "Add", [x, g.add("Gather", [g.weight("parties", array(upper.party.weight)), "party"], "party_vectors")], "told"
    )
    bias = _apart(g, "upper", array(upper.far))
    for n, layer in enumerate(upper.layers, len(lower.layers)):
        x = transformer_layer(g, n, layer, x, EPS, bias)
    g.add("Identity", [x], "vectors")
    save(g, path, HIDDEN, ["vectors", "lower"], opset=21, ir=10)


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("checkpoint", type=Path, help="all-mpnet-base-v2's model.safetensors")
    ap.add_argument("teacher", type=Path)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--out", type=Path, default=MODEL)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    lower, model = Lower(a.checkpoint), load_teacher(a.teacher)
    pages = random.Random(1).sample(learned(real(a.shared)), PAGES)
    small = shrunk(lower, model.encoder, [window for page in pages for window in windows_of(page)])
    write(lower, model.encoder, small, a.out / "encoder.onnx")
    write_heads(model, a.out / "heads.npz")


if __name__ == "__main__":
    main()
