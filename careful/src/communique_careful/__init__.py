"""The careful network of Communique: weights, and nothing else. ``communique.coding.networks`` reads them."""

from pathlib import Path

VERSION = "2"
"""Raised with each change of the weights or floors."""
MODEL = Path(__file__).parent / "model"
