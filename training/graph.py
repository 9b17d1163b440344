"""The trained encoder as an ONNX graph of ONNX Runtime's fused transformer operators.

Built by hand because the exporter's plain operators run at about half the speed on a CPU.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch.nn import Conv1d

from training.model import HIDDEN, Encoder, Layer

FUSED = "com.microsoft"
BERT_EPS = 1e-12


class Graph:
    """Nodes and weights as they are added."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(self, name: str, x: str, weight: np.ndarray) -> str:
        return self.add("MatMul", [x, self.weight(f"{name}.w", weight.T)], f"{name}.out")


def array(tensor: object) -> np.ndarray:
    """A tensor's numbers, as floats."""
    return tensor.detach().numpy().astype(np.float32)  # type: ignore[attr-defined]


def _embed(g: Graph, encoder: Encoder) -> str:
    words = g.add("Gather", [g.weight("words", array(encoder.words.weight)), "ids"], "word_vectors")
    party = g.add("Gather", [g.weight("parties", array(encoder.party.weight)), "party"], "party_vectors")
    shape = g.add("Shape", ["ids"], "shape", start=1, end=2)
    zero = g.weight("zero", np.array([0], np.int64))
    positions = g.weight("all_positions", array(encoder.positions.weight))
    where = g.add("Slice", [positions, zero, shape, zero], "positions")
    both = g.add("Add", [words, party], "both")
    x = g.add("Add", [both, where], "summed")
    norm = [g.weight("norm.g", array(encoder.norm.weight)), g.weight("norm.b", array(encoder.norm.bias))]
    x = g.add("LayerNormalization", [x, *norm], "embedded", axis=-1, epsilon=BERT_EPS)
    return x if encoder.mix is None else _mixed(g, encoder.mix, x)


def _mixed(g: Graph, mix: Conv1d, x: str) -> str:
    """Each piece with what it takes in of its neighbours."""
    width = mix.kernel_size[0]
    weights = [g.weight("mix.w", array(mix.weight)), g.weight("mix.b", array(mix.bias))]
    across = g.add("Transpose", [x], "mix.across", perm=[0, 2, 1])
    taken = g.add("Conv", [across, *weights], "mix.taken", group=HIDDEN, kernel_shape=[width], pads=[width // 2] * 2)
    return g.add("Add", [x, g.add("Transpose", [taken], "mix.back", perm=[0, 2, 1])], "mixed")


def _biased(g: Graph, name: str, x: str, weight: object, bias: object) -> str:
    out = g.linear(name, x, array(weight))
    return g.add("Add", [out, g.weight(f"{name}.b", array(bias))], f"{name}.biased")


def _normed(g: Graph, name: str, x: str, y: str, norm: object, eps: float) -> str:
    summed = g.add("Add", [x, y], f"{name}.sum")
    scale = [g.weight(f"{name}.g", array(norm.weight)), g.weight(f"{name}.b", array(norm.bias))]  # type: ignore[attr-defined]
    return g.add("LayerNormalization", [summed, *scale], name, axis=-1, epsilon=eps)


def transformer_layer(g: Graph, n: int, layer: Layer, x: str, eps: float = BERT_EPS, bias: str | None = None) -> str:
    """A layer over the vectors ``x``; ``bias`` is what its attention adds by the places of two pieces."""
    # Query, key and value in one product and attention without a mask: windows are run one by one, so none is padded,
    # and the runtime's blockwise attention applies. Its fused skip-and-norm is slower than the plain two steps.
    p = f"layer{n}"
    qkv = _biased(g, f"{p}.qkv", x, layer.qkv.weight, layer.qkv.bias)
    parts = [f"{p}.q", f"{p}.k", f"{p}.v"]
    g.nodes.append(helper.make_node("Split", [qkv], parts, name=f"{p}.split", axis=-1, num_outputs=3))
    asked = [*parts, "", "", bias] if bias else parts
    mixed = g.add("MultiHeadAttention", asked, f"{p}.mixed", FUSED, num_heads=layer.heads)
    out = _biased(g, f"{p}.attended", mixed, layer.out.weight, layer.out.bias)
    x = _normed(g, f"{p}.norm1", x, out, layer.norm1, eps)
    up = g.linear(f"{p}.up", x, array(layer.up.weight))
    bent = g.add("BiasGelu", [up, g.weight(f"{p}.up.b", array(layer.up.bias))], f"{p}.bent", FUSED)
    down = _biased(g, f"{p}.down", bent, layer.down.weight, layer.down.bias)
    return _normed(g, f"{p}.norm2", x, down, layer.norm2, eps)


def write(encoder: Encoder, path: Path) -> None:
    """The encoder at ``path``: int64 ``ids`` and ``party`` [windows, pieces], unpadded; ``vectors`` [.., .., 384]."""
    g = Graph()
    x = _embed(g, encoder)
    for n, layer in enumerate(encoder.layers):
        x = transformer_layer(g, n, layer, x)
    g.add("Identity", [x], "vectors")
    save(g, path, HIDDEN)


def save(g: Graph, path: Path, hidden: int, names: Sequence[str] = ("vectors",), opset: int = 18, ir: int = 9) -> None:
    """A graph from ``ids`` and ``party`` to the named vectors of so many dimensions, as a file."""
    axes = ["windows", "pieces"]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, axes) for n in ("ids", "party")]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [*axes, hidden]) for name in names]
    graph = helper.make_graph(g.nodes, "encoder", inputs, outputs, g.weights)
    sets = [helper.make_opsetid("", opset), helper.make_opsetid(FUSED, 1)]
    onnx.save(helper.make_model(graph, opset_imports=sets, ir_version=ir), path)
