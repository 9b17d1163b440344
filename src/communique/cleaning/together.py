"""Pages read together: parts of one article are joined, and lines that recur over pages of one outlet are counted.

All pages are held until the last is read, so what comes out does not hang on their order or on how many
processes code them. That is why the ledger does without: there, a page would be coded by what happened
to be added before it, and adding the same pages in another order would give another record.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from communique.cleaning.clean import clean
from communique.cleaning.multipage import join_pages, page_mark
from communique.cleaning.outlet import structured_outlet
from communique.cleaning.siblings import recurring, without
from communique.page import Page
from communique.reading.failure import ReadFailure

Item = Page | ReadFailure


def together(items: Iterable[Item]) -> Iterator[Item]:
    """The items in their order, with parts of articles joined where the first stood, and ``Page.recurring`` set."""
    held = _joined(list(items))
    sites = [outlet_of(item) if isinstance(item, Page) else None for item in held]
    by_site: dict[str, list[Page]] = defaultdict(list)
    for item, site in zip(held, sites, strict=True):
        if isinstance(item, Page) and site:
            by_site[site].append(item)
    counts: dict[str, Counter[str]] = {site: recurring(pages) for site, pages in by_site.items() if len(pages) > 1}
    for item, site in zip(held, sites, strict=True):
        alone = not isinstance(item, Page) or site not in counts
        yield item if alone else _with(item, counts[site or ""])  # type: ignore[arg-type]


def _with(page: Page, counts: Counter[str]) -> Page:
    return replace(page, recurring=without(counts, page))


def outlet_of(page: Page) -> str | None:
    """What tells pages of one outlet: its name as told or found, else the host of the address; None where neither."""
    told = structured_outlet(page)
    if told is None and page.url:
        try:
            told = urlsplit(page.url).hostname
        except ValueError:
            told = None
    return (told or clean(page).outlet or "").strip().lower() or None


def _joined(items: list[Item]) -> list[Item]:
    """The items, with pages that carry marks of one article ("Page 2 of 3", one title, one count) made one."""
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for place, item in enumerate(items):
        mark = page_mark(item) if isinstance(item, Page) else None
        title = clean(item).title if mark and isinstance(item, Page) else None
        if mark and title:
            groups[mark[1], " ".join(title.lower().split())].append(place)
    out: dict[int, Item | None] = dict(enumerate(items))
    for places in groups.values():
        parts = [item for place in places if isinstance(item := items[place], Page)]
        if len(parts) > 1 and len({page_mark(part) for part in parts}) == len(parts):
            out |= dict.fromkeys(places)
            out[places[0]] = join_pages(parts)
    return [item for item in out.values() if item is not None]
