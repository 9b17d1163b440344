"""Evaluation scores coded events against pages coded by people, as the codebook's scorer does."""

from communique.evaluation.gold import GoldPage, read_documents, read_gold
from communique.evaluation.scoring import Score, score

__all__ = ["GoldPage", "Score", "read_documents", "read_gold", "score"]
