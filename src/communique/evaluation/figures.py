"""The figures a score is made of: counts, and the shares and F1 read off them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Tally:
    """How many things gold has, how many were predicted, and how many of each have their match."""

    gold: int = 0
    predicted: int = 0
    gold_matched: int = 0
    predicted_matched: int = 0

    def figures(self) -> dict[str, Any]:
        """Precision, recall and F1, 0..1, rounded to three places, and the counts."""
        precision = self.predicted_matched / self.predicted if self.predicted else 0.0
        recall = self.gold_matched / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {
            "precision": round(precision, 3),
            "recall": round(recall, 3),
            "f1": round(f1, 3),
            "gold": self.gold,
            "predicted": self.predicted,
            "matched": self.gold_matched,
        }


@dataclass(slots=True)
class Share:
    """How many of the matched events that a question applies to have it right."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        """Count one event."""
        self.right += right
        self.of += 1

    def figures(self) -> dict[str, Any]:
        """The counts and the share, 0..1; a share of nothing is None."""
        return {"right": self.right, "of": self.of, "share": round(self.right / self.of, 3) if self.of else None}
