"""The networks that read pages: the quick one of this package, and the careful one of ``communique-careful``.

A network is an encoder, the heads trained on its vectors, the floors set for their chances, and the choosers that have
learned how far to trust them. Each has a folder of its own: ``encoder.onnx``, ``heads.npz``, ``floors.json``, and
of the choosers ``recipients.json``, ``modes.json``, ``layers.npz``, ``dates.npz`` and ``matter.npz`` (see
``recipients``, ``modes``, ``weigher``, ``dating.chooser`` and ``matter``). Windows of pieces go in, one vector a piece
comes out, by ONNX Runtime on one core of the CPU.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import onnxruntime as ort

from communique.coding.heads import Heads
from communique.coding.pieces import MODEL
from communique.coding.windows import Window

SLOW = ["SkipLayerNormFusion"]
"""Rewrites of the runtime that cost more than they save: its fused step is eight times slower than the plain two."""
CAREFUL = "communique_careful"
"""The package of the careful network; it holds weights and nothing else."""


class CarefulMissing(ImportError):
    """Raised where the careful network is asked for and its package is not installed."""

    def __init__(self) -> None:
        super().__init__("the careful network is not installed: pip install ./careful, in Communique's repository")


@dataclass(frozen=True, slots=True)
class Floors:
    """How sure the heads of a network must be, as chances; all set on the pages left out of training and the dev pages.

    ``type`` is what a type of act needs to be told by a sentence, ``answered`` what an offer or demand needs beside its
    answer. ``source`` and ``target`` are what the likeliest party needs to have done an act or to be whom it was
    toward, ``more_sources`` and ``more_targets`` what every further one needs. ``nameless`` is what the likeliest doer
    of an attack needs, ``reciprocal`` what a doer needs to be a target too, ``same`` what two tellings need to be one
    act, ``teller`` what a source needs, over all passages, to be one that the act rests on. ``calibration`` is the
    slope and shift on the log odds of type and source together that make the confidence.
    """

    type: float
    answered: float
    source: float
    more_sources: float
    target: float
    more_targets: float
    nameless: float
    reciprocal: float
    same: float
    teller: float
    calibration: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """What an encoder makes of a window: ``vectors`` [pieces, H], and ``lower`` [pieces, H] of a layer below, if any.

    The heads were trained on the vectors, and the uppermost layers with them. A layer that nobody tuned sees pages that
    were learned from as it does new ones, so that choosers that read it can learn from all pages.
    """

    vectors: np.ndarray
    lower: np.ndarray | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Network:
    """An encoder with its heads and floors, from a folder that holds its choosers too."""

    folder: Path
    session: ort.InferenceSession
    heads: Heads
    floors: Floors

    @classmethod
    def load(cls, folder: Path) -> Network:
        """The network of a folder. Raises FileNotFoundError where a part of it is missing."""
        settings = ort.SessionOptions()
        settings.intra_op_num_threads = 1
        settings.inter_op_num_threads = 1
        settings.log_severity_level = 3
        # Weights kept in 4 bits become floats once, while the file is loaded, not each time they are used.
        settings.add_session_config_entry("session.disable_quant_qdq", "1")
        path = folder / "encoder.onnx"
        if not path.exists():
            raise FileNotFoundError(path)
        session = ort.InferenceSession(
            str(path), settings, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW
        )
        floors = json.loads((folder / "floors.json").read_text(encoding="utf-8"))
        return cls(folder, session, Heads.load(folder / "heads.npz"), Floors(**floors))

    def encode(self, windows: Sequence[Window]) -> list[Seen]:
        """Each window as seen, float32, in the order given. One by one, so that none is padded."""
        made = [self.session.run(None, {"ids": w.ids[None], "party": w.party[None]}) for w in windows]
        return [Seen(*(vectors[0] for vectors in each)) for each in made]


@cache
def quick() -> Network:
    """The network of this package."""
    return Network.load(MODEL)


@cache
def careful() -> Network:
    """The network of ``communique-careful``. Raises CarefulMissing."""
    return Network.load(careful_package().MODEL)


def careful_package() -> ModuleType:
    """The package of the careful network, with the ``VERSION`` of its weights and their folder, ``MODEL``.

    Raises CarefulMissing.
    """
    try:
        return import_module(CAREFUL)
    except ModuleNotFoundError as error:
        raise CarefulMissing from error
