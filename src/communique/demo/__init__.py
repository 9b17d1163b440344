"""Sample pages that come with Communique: made-up papers that contradict one another about an offer."""

from importlib.resources import files
from pathlib import Path


def sample_pages() -> list[Path]:
    """The sample pages, in the order in which they tell the story."""
    folder = Path(str(files("communique.demo").joinpath("pages")))
    return [folder / name for name in _ORDER]


_ORDER = (
    "herald-2014.txt",
    "wire-2014.txt",
    "times-2014.html",
    "tribune-2025.txt",
    "courier-2025.txt",
    "post-2025.html",
)
