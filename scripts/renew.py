"""Writes anew what is made in the documents: README sessions, the codebook, the commands, the accuracy table."""

from __future__ import annotations

import pages
import sessions

if __name__ == "__main__":
    for path in pages.made():
        path.write_text(pages.renewed(path), encoding="utf-8")
    readme = pages.ROOT / "README.md"
    readme.write_text(sessions.rewritten(readme.read_text(encoding="utf-8")), encoding="utf-8")
