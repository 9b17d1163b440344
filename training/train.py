"""Train the coder's network: ``python -m training.train --out FOLDER [--epochs N] [--written] [--layers N]``.

Reads ``../shared/gold`` and ``training/written``; keeps the pages of ``training/slice.txt`` out. Each step takes the
windows of a few pages, so that pairs of acts anywhere on a page can be judged together.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import torch
from torch.nn import functional as F

from communique.actor import Mention
from communique.coding.features import candidates, counts, pair_features, role_features
from communique.coding.windows import Window, pack, piece_range
from training.annotated import load_annotated
from training.data import LEFT_OUT, Act, Example, load
from training.model import Coder
from training.scheme import TYPES
from training.steps import Steps
from training.written import load_written

MASK = 103
REAL = ("train-", "t17-", "tbaq-", "polnear-", "plover-")
"""What the ids of pages of real news begin with."""
ANSWERING = {TYPES.index(t) for t in ("ACCEPT", "REJECT", "DENY", "AGREE", "PROPOSE", "SUPPORT", "CONCEDE", "REQUEST")}
WEIGHTS = {"type": 25.0, "source": 1.0, "target": 1.0, "same": 0.5, "answer": 0.5, "mode": 0.3, "status": 0.5,
           "date": 0.3, "attributed": 0.3, "term": 0.5, "quoted": 0.3}  # fmt: skip


def options() -> argparse.Namespace:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--checkpoint", type=Path, required=True, help="MiniLM's model.safetensors")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=8)
    ap.add_argument("--layers", type=int, default=6)
    ap.add_argument("--pages", type=int, default=1, help="pages a step")
    ap.add_argument("--rate", type=float, default=1.5e-4)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--written", action="store_true", help="learn from our own written pages too")
    ap.add_argument("--annotated", action="store_true", help="learn from the pages of training/annotated.jsonl too")
    ap.add_argument("--share", type=float, default=1.0, help="the share of the written pages that an epoch takes")
    ap.add_argument("--limit", type=int, help="only so many gold pages (for the learning curve)")
    ap.add_argument("--start", type=Path, help="go on from this coder.pt")
    ap.add_argument("--everything", action="store_true", help="learn from the kept-out slice too")
    return ap.parse_args()


def examples(a: argparse.Namespace) -> list[Example]:
    """The training pages the options ask for."""
    kept_out = frozenset() if a.everything else LEFT_OUT
    gold = [e for e in load(a.shared / "gold/train.jsonl", a.shared / "gold/train") if e.doc not in kept_out]
    if a.limit:
        gold = random.Random(0).sample(gold, a.limit)
    annotated = [e for e in load_annotated(a.shared) if e.doc not in kept_out] if a.annotated else []
    return gold + annotated + (load_written(Path(__file__).with_name("written")) if a.written else [])


def drawn(pages: list[Example], share: float, rng: random.Random) -> list[Example]:
    """The pages of an epoch, shuffled: all real ones, and a share of ours, which hold more acts than news."""
    taken = [p for p in pages if p.doc.startswith(REAL) or rng.random() < share]
    rng.shuffle(taken)
    return taken


class Near(NamedTuple):
    """The parties near an act, each with the place of its sentence; the act's vector, theirs and their features."""

    kept: list[tuple[int, Mention]]
    act: torch.Tensor
    vectors: torch.Tensor
    rows: torch.Tensor


class Page:
    """One page's windows through the network, and the losses of its heads.

    Each head's questions are gathered over the page and asked at once: small calls cost more than the encoder.
    """

    def __init__(self, model: Coder, one: Example, windows: list[Window], h: torch.Tensor):
        self.model, self.one, self.h = model, one, h
        self.where = {s: (w, window) for w, window in enumerate(windows) for s in window.core}
        self.frequency = counts(one.sentences)
        self.seen: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
        self.asked: dict[str, list[tuple]] = {k: [] for k in WEIGHTS}
        for index in self.where:
            if one.sentences[index].ids:
                self.seen[index] = model.pool(self.pieces(index))

    def pieces(self, index: int, window: tuple[int, Window] | None = None) -> torch.Tensor:
        w, win = window or self.where[index]
        start = win.starts[index]
        return self.h[w, start : start + len(self.one.sentences[index].ids)]

    def run(self) -> dict[str, torch.Tensor]:
        """The loss of each head over the page."""
        by_cell: dict[tuple[int, int], list[Act]] = {}
        for act in self.one.acts:
            for s in act.sentences:
                if s in self.seen:
                    by_cell.setdefault((s, act.type), []).append(act)
        for (s, t), acts in by_cell.items():
            self.roles(s, t, acts)
        self.pairs(by_cell)
        losses = {"type": self.types(), **self.tokens(), **self.attributes()}
        for name in ("source", "target", "same", "answer"):
            if self.asked[name]:
                *parts, gold, weight = (torch.cat(column) for column in zip(*self.asked[name], strict=True))
                logits = getattr(self.model, name)(*parts)
                losses[name] = F.binary_cross_entropy_with_logits(logits, gold, weight, reduction="sum")
        return losses

    def types(self) -> torch.Tensor:
        """Which types each sentence tells. A headline that repeats an act of the body counts neither way."""
        told = {t: {s for a in self.one.acts if a.type == t for s in a.sentences} for t in range(len(TYPES))}
        order = list(self.seen)
        gold = torch.tensor([[float(s in told[t]) for t in range(len(TYPES))] for s in order])
        weight = torch.ones_like(gold)
        for row, s in enumerate(order):
            if self.one.sentences[s].title:
                weight[row] = torch.tensor([float(s in told[t] or not told[t]) for t in range(len(TYPES))])
        logits = self.model.type_logits(torch.stack([self.seen[s][0] for s in order]))
        return F.binary_cross_entropy_with_logits(logits, gold, weight, reduction="sum") / len(TYPES)

    def trigger(self, s: int, t: int) -> int:
        return self.one.sentences[s].offsets[int(self.seen[s][1][t].argmax())][0]

    def vector(self, s: int, t: int) -> torch.Tensor:
        return self.seen[s][0][t] + self.model.type_vector.weight[t]

    def near(self, s: int, t: int) -> Near | None:
        """The parties that may play a part in the act of type ``t`` told in ``s``, if there are any."""
        window = self.where[s]
        kept, vectors = [], []
        for place, mention in candidates(self.one.sentences, s, set(window[1].starts)):
            first, last = piece_range(self.one.sentences[place].offsets, mention.start, mention.end)
            if last > first:
                kept.append((place, mention))
                vectors.append(self.pieces(place, window)[first:last].mean(0))
        if not kept:
            return None
        m, trigger = torch.stack(vectors), self.trigger(s, t)
        rows = torch.tensor(
            [role_features(self.one.sentences, s, trigger, place, x, self.frequency) for place, x in kept]
        )
        return Near(kept, self.vector(s, t).expand_as(m), m, rows)

    def roles(self, s: int, t: int, acts: list[Act]) -> None:
        """Who did the act of type ``t`` told in ``s``, and toward whom."""
        found = self.near(s, t)
        if found is None:
            return
        kept, act, m, rows = found
        here = {party for place, x in kept if place == s for party in x.parties}
        ids = [x.parties for _, x in kept]
        out = [place != s for place, _ in kept]

        def labels(right: set[str]) -> tuple[torch.Tensor, torch.Tensor]:
            # A right party's mentions outside the sentence count neither way if it is named inside.
            weight = [0.0 if x & right & here and o else 0.25 for x, o in zip(ids, out, strict=True)]
            return torch.tensor([float(bool(x & right)) for x in ids]), torch.tensor(weight)

        self.asked["source"].append((act, m, rows, *labels(set().union(*(a.sources for a in acts)))))
        for a in acts:
            mine = [i for i, x in enumerate(ids) if x & a.sources and (not a.sources & here or not out[i])]
            source = m[mine].mean(0) if mine else torch.zeros_like(m[0])
            flag = torch.tensor([[float(bool(x & a.sources))] for x in ids])
            self.asked["target"].append(
                (act, m, source.expand_as(m), torch.cat([rows, flag], -1), *labels(set(a.targets)))
            )

    def draft(self, s: int, t: int, acts: list[Act]) -> dict:
        one = self.one.sentences[s]
        return {
            "sentence": s,
            "type": t,
            "sources": set().union(*(a.sources for a in acts)),
            "targets": set().union(*(a.targets for a in acts)),
            "words": set(re.findall(r"\w+", self.one.text[one.start : one.end].lower())),
            "acts": {a.id for a in acts},
        }

    def pairs(self, by_cell: dict[tuple[int, int], list[Act]]) -> None:
        """One act told twice, and one act answering another."""
        drafts = [self.draft(s, t, acts) for (s, t), acts in sorted(by_cell.items())]
        for i, a in enumerate(drafts):
            for b in drafts[i + 1 :]:
                if a["type"] == b["type"] and a["sources"] & b["sources"]:
                    self.pair("same", a, b, bool(a["acts"] & b["acts"]))
        mains = {a.id: self.draft(a.main, a.type, [a]) for a in self.one.acts if a.main in self.seen}
        for a in self.one.acts:
            if a.id in mains and a.type in ANSWERING:
                for other, b in mains.items():
                    if other != a.id and (a.answers or a.type in (2, 3, 8)):
                        self.pair("answer", mains[a.id], b, a.answers == other)

    def pair(self, name: str, a: dict, b: dict, gold: bool) -> None:
        vectors = [self.vector(x["sentence"], x["type"])[None] for x in (a, b)]
        row = torch.tensor([pair_features(a, b)])
        self.asked[name].append((*vectors, row, torch.tensor([float(gold)]), torch.tensor([0.33])))

    def attributes(self) -> dict[str, torch.Tensor]:
        """Mode, status, date class and whether the page hangs the act on somebody."""
        acts = [a for a in self.one.acts if a.main in self.seen]
        if not acts:
            return {}
        v = self.model.drop(torch.stack([self.vector(a.main, a.type) for a in acts]))
        out = {}
        for name in ("mode", "status", "date"):
            gold = torch.tensor([g if (g := getattr(a, name)) is not None else -100 for a in acts])
            if (gold >= 0).any():
                out[name] = F.cross_entropy(getattr(self.model, name)(v), gold, reduction="sum")
        gold = torch.tensor([float(a.attributed) for a in acts])
        out["attributed"] = F.binary_cross_entropy_with_logits(self.model.attributed(v)[:, 0], gold, reduction="sum")
        return out

    def tokens(self) -> dict[str, torch.Tensor]:
        """Which pieces are terms, and which belong to the words that show an act."""
        mains = {a.main for a in self.one.acts}
        told = sorted({s for a in self.one.acts for s in a.sentences} & set(self.seen))
        if not told:
            return {}
        h = self.model.drop(torch.cat([self.pieces(s) for s in told]))
        labels = torch.cat([self.token_labels(s) for s in told])
        sizes = [len(self.one.sentences[s].ids) for s in told]
        each = torch.cat([torch.full((n,), 1.0 / n) for n in sizes])
        main = torch.cat([torch.full((n,), float(s in mains)) for s, n in zip(told, sizes, strict=True)])
        bce = F.binary_cross_entropy_with_logits
        return {
            "term": bce(self.model.term(h), labels[:, :3], each[:, None].expand(-1, 3), reduction="sum"),
            "quoted": bce(self.model.quoted(h)[:, 0], labels[:, 3], each * main, reduction="sum"),
        }

    def token_labels(self, s: int) -> torch.Tensor:
        """For each piece of a sentence: in a term of each role, in an act's quote."""
        acts = [a for a in self.one.acts if s in a.sentences]
        spans = [(role, x, y) for a in acts for role, x, y in a.terms] + [(3, *a.quote) for a in acts]
        out = torch.zeros(len(self.one.sentences[s].ids), 4)
        for i, (a, b) in enumerate(self.one.sentences[s].offsets):
            for column, x, y in spans:
                if x < b and a < y:
                    out[i, column] = 1.0
        return out


def blurred(one: Example, window: Window, rng: random.Random) -> torch.Tensor:
    """The window's pieces with some parties and some words hidden, so that the model does not learn names by heart."""
    ids = torch.tensor(window.ids)
    hidden = {p for p in {m.id for s in one.sentences for m in s.mentions} if rng.random() < 0.25}
    for index, start in window.starts.items():
        for mention in one.sentences[index].mentions:
            if mention.id in hidden:
                a, b = piece_range(one.sentences[index].offsets, mention.start, mention.end)
                ids[start + a : start + b] = MASK
    noise = torch.rand(len(ids)) < 0.03
    return torch.where(noise & (ids > 103), torch.full_like(ids, MASK), ids)


def step_loss(model: Coder, pages: list[Example], rng: random.Random, tally: Counter) -> torch.Tensor:
    """The weighted loss of a few pages in one pass of the encoder."""
    packed = []
    for one in pages:
        live = [i for i, s in enumerate(one.sentences) if s.ids]
        packed.append(pack(one.sentences, live, rng.choice((160, 224, 256))))
    flat = [(one, w) for one, windows in zip(pages, packed, strict=True) for w in windows]
    length = max(len(w.ids) for _, w in flat)
    ids = torch.stack([F.pad(blurred(one, w, rng), (0, length - len(w.ids))) for one, w in flat])
    party = torch.stack([F.pad(torch.tensor(w.party), (0, length - len(w.ids))) for _, w in flat])
    h = model.encoder(ids, party)
    total, at = torch.zeros(()), 0
    for one, windows in zip(pages, packed, strict=True):
        losses = Page(model, one, windows, h[at : at + len(windows)]).run()
        at += len(windows)
        for name, value in losses.items():
            tally[name] += value.item() / 10
            total = total + WEIGHTS[name] * value / 10
    return total / len(pages)


def main() -> None:
    """Train and write ``coder.pt`` after every epoch."""
    a = options()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    pages = examples(a)
    print(f"{len(pages)} pages, {sum(len(p.acts) for p in pages)} acts", flush=True)
    model = Coder(a.layers)
    model.encoder.load(a.checkpoint)
    if a.start:
        model.load_state_dict(torch.load(a.start)["model"], strict=False)
    body = [p for n, p in model.named_parameters() if n.startswith("encoder.") and "party" not in n and p.requires_grad]
    head = [p for n, p in model.named_parameters() if not n.startswith("encoder.") or "party" in n]
    count = a.epochs * ((len(drawn(pages, a.share, random.Random(0))) + a.pages - 1) // a.pages)
    steps = Steps(model, ((body, a.rate), (head, 2e-3)), count, 0.06, (0.9, 0.98))
    a.out.mkdir(parents=True, exist_ok=True)
    for epoch in range(a.epochs):
        model.train()
        taken = drawn(pages, a.share, rng)
        tally, began = Counter(), time.time()
        for at in range(0, len(taken), a.pages):
            steps.take(step_loss(model, taken[at : at + a.pages], rng, tally))
            if at % 50 == 0:
                done = {k: round(v / (at + a.pages), 3) for k, v in tally.items()}
                print(f"epoch {epoch} page {at} {time.time() - began:.0f}s {json.dumps(done)}", flush=True)
        model.save(a.out / "coder.pt", steps.average.state)


if __name__ == "__main__":
    main()
