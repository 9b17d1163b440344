"""all-mpnet-base-v2 as a teacher: its lower layers as they are, two further ones tuned, and the coder's heads on them.

MPNet (Song and others 2020) is a BERT of 768 dimensions whose attention also weighs how far apart two pieces are. The
frozen part gives the same vectors for a page every time, so they are kept (``training.kept``), not made every epoch.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

from communique.coding.windows import CLS, PARTY_CODES, SEP, Window
from training import model
from training.model import Coder

HIDDEN, HEADS, INNER, WIDTH, EPS = 768, 12, 3072, 64, 1e-5
FROZEN, TUNED = 8, (8, 9)
"""How many layers stay as they are, and which are tuned. The last two serve likeness of sentences, and are left out: a
linear model over single sentences' vectors tells types best from the tenth layer."""
BUCKETS, FARTHEST = 32, 128
SHIFT, START, END = 4, 0, 2
"""MPNet has BERT's vocabulary, four places on, with marks of its own for the two ends."""


class Layer(model.Layer):
    """One transformer layer of MPNet."""

    def __init__(self) -> None:
        super().__init__(0.1, INNER, HEADS, HIDDEN, WIDTH, EPS)

    def take(self, stored: dict[str, torch.Tensor], number: int) -> None:
        """The weights of a layer of the checkpoint."""
        p = f"encoder.layer.{number}."
        plain = (
            (self.out, "attention.attn.o"),
            (self.norm1, "attention.LayerNorm"),
            (self.up, "intermediate.dense"),
            (self.down, "output.dense"),
            (self.norm2, "output.LayerNorm"),
        )
        for k in ("weight", "bias"):
            joined = torch.cat([stored[f"{p}attention.attn.{name}.{k}"] for name in "qkv"])
            getattr(self.qkv, k).data.copy_(joined)
            for mine, theirs in plain:
                getattr(mine, k).data.copy_(stored[f"{p}{theirs}.{k}"])


def distances(length: int) -> torch.Tensor:
    """The bucket [length, length] of how far each piece is from each: single steps near by, ever wider ones beyond."""
    places = torch.arange(length)
    back = places[:, None] - places[None]
    half, apart = BUCKETS // 2, back.abs()
    near = half // 2
    far = torch.log(apart.float().clamp(min=1) / near) / np.log(FARTHEST / near) * (half - near)
    return (back < 0).long() * half + torch.where(apart < near, apart, (near + far.long()).clamp(max=half - 1))


class Lower(nn.Module):
    """The embeddings and the layers that stay as they are."""

    def __init__(self, checkpoint: Path):
        super().__init__()
        stored = load_file(checkpoint)
        self.words = nn.Embedding.from_pretrained(stored["embeddings.word_embeddings.weight"])
        self.positions = nn.Embedding.from_pretrained(stored["embeddings.position_embeddings.weight"])
        self.far = nn.Embedding.from_pretrained(stored["encoder.relative_attention_bias.weight"])
        self.norm = nn.LayerNorm(HIDDEN, eps=EPS)
        self.norm.load_state_dict({k: stored[f"embeddings.LayerNorm.{k}"] for k in ("weight", "bias")})
        self.layers = nn.ModuleList(Layer() for _ in range(FROZEN))
        for number, layer in enumerate(self.layers):
            layer.take(stored, number)
        self.eval()

    @torch.no_grad()
    def forward(self, window: Window) -> np.ndarray:
        """The vectors [pieces, 768] of a window, in half precision."""
        ids = torch.tensor(window.ids)[None]
        ids = torch.where(ids == CLS, START, torch.where(ids == SEP, END, ids + SHIFT))
        length = ids.shape[1]
        bias = self.far(distances(length)).permute(2, 0, 1)[None]
        x = self.norm(self.words(ids) + self.positions(torch.arange(2, length + 2)))
        for layer in self.layers:
            x = layer(x, bias)
        return np.asarray(x[0].half().numpy())


class Upper(nn.Module):
    """The layers that are tuned; they are told besides which kind of party each piece belongs to."""

    def __init__(self, checkpoint: Path | None = None):
        super().__init__()
        self.far = nn.Parameter(torch.zeros(BUCKETS, HEADS))
        self.party = nn.Embedding(PARTY_CODES, HIDDEN)
        nn.init.zeros_(self.party.weight)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in TUNED)
        if checkpoint:
            stored = load_file(checkpoint)
            self.far.data.copy_(stored["encoder.relative_attention_bias.weight"])
            for layer, number in zip(self.layers, TUNED, strict=True):
                layer.take(stored, number)

    def forward(self, lower: torch.Tensor, party: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """Vectors [N, L, 768] from the lower ones, the parties' codes, and which places [N, L] hold a piece."""
        bias = self.far[distances(lower.shape[1])].permute(2, 0, 1)[None]
        bias = bias + (~there)[:, None, None, :].float() * -1e4
        x = self.drop(lower + self.party(party))
        for layer in self.layers:
            x = layer(x, bias)
        return x


def teacher(checkpoint: Path | None = None) -> Coder:
    """The coder's heads on the upper layers, new or (without ``checkpoint``) to be filled with stored weights."""
    return Coder(hidden=HIDDEN, encoder=Upper(checkpoint))
