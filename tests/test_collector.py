"""What is loaded is left out of later collections, and the collector is held back no longer than asked."""

from __future__ import annotations

import gc

from communique.collector import settled, uncollected


def test_what_is_settled_is_walked_no_more() -> None:
    """Objects made before are beyond the collector's generations afterwards, those made later are not."""
    early = [[]]
    settled()
    try:
        late = [[]]
        seen = {id(one) for one in gc.get_objects()}
        assert id(early) not in seen
        assert id(late) in seen
    finally:
        gc.unfreeze()


def test_collector_runs_again() -> None:
    """It is held back inside, also where that is asked for twice, and runs again behind."""
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
