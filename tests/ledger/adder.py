"""Run by tests in a process of its own: adds gold pages to a ledger, and may be killed at any point.

python adder.py LEDGER SHARED FIRST LAST: pages FIRST to LAST of seeds and dev.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from communique.ledger.adding import add_pages, in_process
from communique.ledger.store import Ledger
from ledger.gold_pages import coded_pages, gold_coder


def main(target: str, shared: str, first: str, last: str) -> None:
    """Add the pages and say how many, one line a page so that a test knows how far it is."""
    pages = (coded_pages(Path(shared), "seeds") + coded_pages(Path(shared), "dev"))[int(first) : int(last)]
    coder = gold_coder(pages)
    with Ledger.open(target, create=True) as ledger:
        found = (coded.page for coded in pages)
        add_pages(ledger, found, coder, in_process(coder), lambda added: print(added.pages, flush=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
