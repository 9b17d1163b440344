"""The coder's network: a small BERT over windows of sentences, with heads for types, roles, pairs and attributes."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from communique.coding.features import PAIR_FEATURES, ROLE_FEATURES
from communique.coding.windows import PARTY_CODES
from training.scheme import DATE_CLASSES, MODES, STATUSES, TYPES

HIDDEN, HEADS, INNER = 384, 12, 1536
WIDTH = HIDDEN // HEADS
"""Of one attention head; a thinner layer has fewer heads of the same width."""
ROLE_HIDDEN = 192


class Layer(nn.Module):
    """One transformer layer of BERT, parameters named as the checkpoint's."""

    def __init__(
        self,
        dropout: float,
        inner: int = INNER,
        heads: int = HEADS,
        hidden: int = HIDDEN,
        width: int = WIDTH,
        eps: float = 1e-12,
    ):
        super().__init__()
        self.heads, self.width = heads, width
        self.qkv = nn.Linear(hidden, 3 * heads * width)
        self.out = nn.Linear(heads * width, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps=eps)
        self.up = nn.Linear(hidden, inner)
        self.down = nn.Linear(inner, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps=eps)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        n, length, _ = x.shape
        q, k, v = self.qkv(x).view(n, length, 3, self.heads, self.width).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias).transpose(1, 2).reshape(n, length, -1)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """MiniLM's encoder, told besides of each piece which kind of party it belongs to.

    With ``mix``, each piece takes in its neighbours within that width, channel by channel, before the first layer: what
    a layer less would lose at a hundredth of its cost.
    """

    def __init__(self, layers: int = 6, dropout: float = 0.1, inner: int = INNER, mix: int = 0, heads: int = HEADS):
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.words.weight.requires_grad_(False)
        self.positions = nn.Embedding(512, HIDDEN)
        self.party = nn.Embedding(PARTY_CODES, HIDDEN)
        nn.init.zeros_(self.party.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.mix = nn.Conv1d(HIDDEN, HIDDEN, mix, padding=mix // 2, groups=HIDDEN) if mix else None
        if self.mix is not None:
            nn.init.zeros_(self.mix.weight)
            nn.init.zeros_(self.mix.bias)
        self.layers = nn.ModuleList(Layer(dropout, inner, heads) for _ in range(layers))
        self.drop = nn.Dropout(dropout)

    def forward(self, ids: torch.Tensor, party: torch.Tensor) -> torch.Tensor:
        bias = (ids == 0)[:, None, None, :].float() * -1e4
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.party(party)
        x = self.norm(x)
        if self.mix is not None:
            seen = x * (ids > 0)[..., None]  # padding is nobody's neighbour
            x = x + self.mix(seen.transpose(1, 2)).transpose(1, 2)
        x = self.drop(x)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load(self, path: Path) -> None:
        """Take the weights of a BERT checkpoint in safetensors form."""
        s = load_file(path)
        self.words.weight.data.copy_(s["embeddings.word_embeddings.weight"])
        self.positions.weight.data.copy_(
            s["embeddings.position_embeddings.weight"] + s["embeddings.token_type_embeddings.weight"][0]
        )
        self.norm.load_state_dict({k: s[f"embeddings.LayerNorm.{k}"] for k in ("weight", "bias")})
        for i, layer in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            for k in ("weight", "bias"):
                q = [s[f"{p}attention.self.{n}.{k}"] for n in ("query", "key", "value")]
                getattr(layer.qkv, k).data.copy_(torch.cat(q))
                for mine, theirs in (
                    (layer.out, "attention.output.dense"),
                    (layer.norm1, "attention.output.LayerNorm"),
                    (layer.up, "intermediate.dense"),
                    (layer.down, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):
                    getattr(mine, k).data.copy_(s[f"{p}{theirs}.{k}"])


class Scorer(nn.Module):
    """A two-layer perceptron over several vectors and a row of features."""

    def __init__(self, vectors: int, features: int, hidden: int = HIDDEN):
        super().__init__()
        self.hidden = nn.Linear(vectors * hidden + features, ROLE_HIDDEN)
        self.drop = nn.Dropout(0.2)
        self.out = nn.Linear(ROLE_HIDDEN, 1)

    def forward(self, *parts: torch.Tensor) -> torch.Tensor:
        return self.out(self.drop(F.gelu(self.hidden(torch.cat(parts, -1))))).squeeze(-1)


class Coder(nn.Module):
    """The whole network. Heads read, for each sentence and type, the pieces that bear on that type.

    ``encoder`` is another one than BERT's, of vectors of ``hidden`` dimensions.
    """

    def __init__(
        self,
        layers: int = 6,
        dropout: float = 0.1,
        inner: int = INNER,
        mix: int = 0,
        heads: int = HEADS,
        hidden: int = HIDDEN,
        encoder: nn.Module | None = None,
    ):
        super().__init__()
        n = len(TYPES)
        self.shape = {"layers": layers, "inner": inner, "mix": mix, "heads": heads}
        self.encoder = encoder or Encoder(layers, dropout, inner, mix, heads)
        self.drop = nn.Dropout(0.2)
        self.look = nn.Linear(hidden, n)
        self.judge = nn.Parameter(torch.randn(n, hidden) * 0.02)
        self.judge_bias = nn.Parameter(torch.full((n,), -2.5))
        self.type_vector = nn.Embedding(n, hidden)
        nn.init.normal_(self.type_vector.weight, std=0.1)
        self.source = Scorer(2, ROLE_FEATURES, hidden)
        self.target = Scorer(3, ROLE_FEATURES + 1, hidden)
        self.same = Scorer(2, PAIR_FEATURES, hidden)
        self.answer = Scorer(2, PAIR_FEATURES, hidden)
        self.mode = nn.Linear(hidden, len(MODES))
        self.status = nn.Linear(hidden, len(STATUSES))
        self.date = nn.Linear(hidden, len(DATE_CLASSES))
        self.attributed = nn.Linear(hidden, 1)
        self.term = nn.Linear(hidden, 3)
        self.quoted = nn.Linear(hidden, 1)

    def pool(self, h: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """For one sentence's pieces [L, H]: the vector seen for each type [T, H] and the attention [T, L]."""
        attention = self.look(h).T.softmax(-1)
        return attention @ h + h.mean(0), attention

    def type_logits(self, pooled: torch.Tensor) -> torch.Tensor:
        """Logits [..., T] of "this sentence tells an act of the type" from pooled vectors [..., T, H]."""
        return (self.drop(pooled) * self.judge).sum(-1) + self.judge_bias

    def save(self, path: Path, state: dict[str, torch.Tensor] | None = None) -> None:
        """Write the weights (or ``state`` instead of them) with the shape that they need."""
        torch.save({"model": state or self.state_dict(), "shape": self.shape}, path)

    @classmethod
    def read(cls, path: Path) -> Coder:
        """A network as ``save`` wrote it, ready to run."""
        stored = torch.load(path)
        model = cls(**stored.get("shape", {}))
        model.load_state_dict(stored["model"])
        return model.eval()


class Average:
    """A running average of a network's weights: steadier than the last step's."""

    def __init__(self, model: nn.Module, keep: float = 0.998):
        self.keep, self.steps = keep, 0
        self.state = {k: v.detach().clone() for k, v in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        """Take in the weights after a step; early on the average follows quickly."""
        self.steps += 1
        keep = min(self.keep, self.steps / (self.steps + 10))
        for name, value in model.state_dict().items():
            if value.dtype.is_floating_point:
                self.state[name].lerp_(value, 1 - keep)
            else:
                self.state[name].copy_(value)
