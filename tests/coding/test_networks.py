"""The quick network and the careful one: each sees a page in its own way, and is missed in so many words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from communique.coding import careful_version, code_page, code_page_carefully, networks
from communique.coding.coder import read
from communique.coding.labels import TYPE_INDEX
from communique.coding.mentions import find_mentions
from communique.coding.pieces import MODEL
from communique.coding.scoring import score
from communique.coding.windows import prepare
from communique.demo import sample_pages
from communique.page import Page
from communique.reading import read_path

TEXT = "Norway offered Iceland a fishing treaty."


@pytest.fixture(scope="module")
def page() -> Page:
    """A sample page."""
    return next(p for p in read_path(sample_pages()[0]) if isinstance(p, Page))


@pytest.mark.parametrize("network", [networks.quick, networks.careful])
def test_a_network_gives_a_vector_a_piece(network: object) -> None:
    """Of the width that its heads ask for, the same each time."""
    one = network()  # type: ignore[operator]
    span = (0, len(TEXT))
    scored = score(prepare(TEXT, [span], find_mentions(TEXT, [span], "2024-03-01"), False), one)
    window, vectors = scored.window[0]
    assert vectors.shape == (len(window.ids), one.heads.width)
    assert np.array_equal(one.encode([window])[0].vectors, vectors)


def test_the_choosers_of_the_careful_network_read_a_layer_below(page: Page) -> None:
    """One reading, seen twice: by the vectors that the heads judge and by those below; its events have exact words."""
    from communique.cleaning import clean

    reading = read(page, clean(page), networks.careful())
    judged, scored = reading.judged, reading.scored
    assert judged.network is scored.network is networks.careful()
    assert judged.types is scored.types and judged.looked is scored.looked
    assert any(not np.array_equal(judged.pieces(i), scored.pieces(i)) for i in judged.window)
    draft = reading.groups[0][0]
    assert not np.array_equal(draft.vector, scored.vector(draft.sentence, TYPE_INDEX[draft.type]))
    events = code_page_carefully(page).events
    assert events
    for event in events:
        assert page.text[event.evidence.start : event.evidence.end] == event.evidence.quote


def test_the_quick_network_reads_a_page_once(page: Page) -> None:
    """Where it finds the acts itself, no second reading is made."""
    from communique.cleaning import clean

    reading = read(page, clean(page))
    assert reading.judged is reading.scored
    assert code_page(page).events


def test_versions_tell_the_coders_apart() -> None:
    """Rows say which network found them."""
    from communique.ledger.coder import installed

    assert installed().version in careful_version() and installed().version != installed(careful=True).version


def test_a_missing_package_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do about it."""
    monkeypatch.setattr(networks, "CAREFUL", "communique_nowhere")
    with pytest.raises(networks.CarefulMissing, match="pip install"):
        networks.careful_package()


def test_a_folder_without_weights_is_named(tmp_path: Path) -> None:
    """A network that is not all there is not read."""
    shutil.copy(MODEL / "floors.json", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"encoder\.onnx"):
        networks.Network.load(tmp_path)


@pytest.mark.parametrize("folder", [MODEL, networks.careful_package().MODEL], ids=["quick", "careful"])
def test_weights_are_small_enough_to_ship(folder: Path) -> None:
    """60 MB at most; and every floor is a chance."""
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 60_000_000
    floors = json.loads((folder / "floors.json").read_text(encoding="utf-8"))
    slope, _ = floors.pop("calibration")
    assert slope > 0 and all(0 < value < 1 for value in floors.values())
