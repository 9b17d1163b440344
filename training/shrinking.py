"""The large network in 4 bits, layer by layer: each is rounded by what it is given when those before it are rounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch import nn

from communique.coding.windows import CLS, SEP, Window
from training.model import Layer
from training.mpnet import END, SHIFT, START, Lower, Upper, distances
from training.rounding import Rounded, rounded

BLOCK, WORD_BLOCK = 64, 32
"""Weights in a row that share a scale: of a layer, of a word."""
PIECES = 30522
PRODUCTS = {"qkv": "qkv", "attended": "out", "up": "up", "down": "down"}
"""The products of a layer by their names in the graph, and the parts of the layer that hold their weights."""


def words_of(lower: Lower) -> torch.Tensor:
    """The vectors of BERT's pieces, in BERT's order."""
    stored = lower.words.weight
    words = stored[SHIFT : SHIFT + PIECES].clone()
    words[CLS], words[SEP] = stored[START], stored[END]
    return words


@torch.no_grad()
def shrunk(lower: Lower, upper: Upper, windows: Sequence[Window]) -> dict[str, Rounded]:
    """All large weights by their names in the graph. The layers keep what comes of theirs."""
    small = {"words": rounded(words_of(lower), WORD_BLOCK)}
    words = torch.from_numpy(small["words"].weights)
    seen = [_embedded(lower, words, window) for window in windows]
    for number, (layer, far) in enumerate(_layers(lower, upper)):
        if number == len(lower.layers):
            parties = [upper.party(torch.tensor(window.party)) for window in windows]
            seen = [x + party for x, party in zip(seen, parties, strict=True)]
        _shrink(layer, number, seen, far, small)
        seen = [_through(layer, x, far) for x in seen]
        print(f"layer {number}", flush=True)
    return small


def _layers(lower: Lower, upper: Upper) -> Iterator[tuple[Layer, torch.Tensor]]:
    for some, far in ((lower.layers, lower.far.weight), (upper.layers, upper.far)):
        for layer in some:
            assert isinstance(layer, Layer)
            yield layer, far


def _embedded(lower: Lower, words: torch.Tensor, window: Window) -> torch.Tensor:
    places = torch.arange(2, len(window.ids) + 2)
    return torch.as_tensor(lower.norm(words[torch.tensor(window.ids)] + lower.positions(places)))


def _through(layer: Layer, x: torch.Tensor, far: torch.Tensor) -> torch.Tensor:
    bias = far[distances(len(x))].permute(2, 0, 1)[None]
    return torch.as_tensor(layer(x[None], bias)[0])


def _shrink(
    layer: Layer, number: int, seen: Sequence[torch.Tensor], far: torch.Tensor, small: dict[str, Rounded]
) -> None:
    parts: dict[str, nn.Linear] = {name: getattr(layer, part) for name, part in PRODUCTS.items()}
    inputs = {name: torch.zeros(part.in_features, part.in_features) for name, part in parts.items()}

    def note(name: str) -> object:
        def taken(_: nn.Module, given: tuple[torch.Tensor]) -> None:
            inputs[name] += given[0][0].T @ given[0][0]

        return taken

    hooks = [part.register_forward_pre_hook(note(name)) for name, part in parts.items()]
    for x in seen:
        _through(layer, x, far)
    for hook in hooks:
        hook.remove()
    for name, part in parts.items():
        one = small[f"layer{number}.{name}"] = rounded(part.weight, BLOCK, inputs[name])
        part.weight.data.copy_(torch.from_numpy(one.weights))
