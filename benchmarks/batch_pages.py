"""Made-up news pages of realistic size in WARC files, for ``benchmarks/batch.py``: nine in ten hold no diplomacy.

All sentences are our own, filled in by chance from a seed; pages come with menus, scripts, teasers and a footer, about
110 kB of markup around 300 to 700 words, as news sites send them.
"""

from __future__ import annotations

import gzip
import hashlib
import random
from functools import cache
from pathlib import Path

STATES = {
    "Russia": "Russian", "Ukraine": "Ukrainian", "China": "Chinese", "Japan": "Japanese", "Iran": "Iranian",
    "Israel": "Israeli", "Egypt": "Egyptian", "Turkey": "Turkish", "France": "French", "Germany": "German",
    "India": "Indian", "Pakistan": "Pakistani", "Sudan": "Sudanese", "Kenya": "Kenyan", "Serbia": "Serbian",
    "Armenia": "Armenian", "Azerbaijan": "Azerbaijani", "Qatar": "Qatari", "Syria": "Syrian", "Poland": "Polish",
}  # fmt: skip
MATTERS = (
    "the disputed border crossing", "a prisoner exchange", "grain shipments through the strait", "the frozen assets",
    "the water treaty", "an inspection of the reactor", "a truce along the river", "the return of the fishing fleet",
    "the fate of the detained crew", "tariffs on machine parts", "overflight rights", "the demining of the valley",
)  # fmt: skip
ACTS = (
    "{A} on {day} offered {B} a new round of talks on {matter}, provided that its delegation came without conditions.",
    "The {a} foreign minister rejected the proposal, calling it a step back from what {B} had promised in the spring.",
    "{B} accepted the invitation in principle, but the {b} government insisted that {matter} be settled first.",
    "{A} accused {B} of breaking the understanding on {matter}, a charge that {b} officials denied within hours.",
    "{A} and {B} signed a protocol on {matter} after two days of meetings in {C}.",
    "The {a} prime minister warned that troops would be moved to the frontier unless {B} released the crew.",
    "{C} urged both sides to return to the table and said it was ready to host a meeting on {matter}.",
    "{A} imposed sanctions on six {b} companies over {matter}, and {B} recalled its ambassador the same evening.",
    "{a} forces shelled two villages near the line, {b} officials said, hours after envoys met in {C}.",
    "The {c} president met the {b} foreign minister on {day} and promised to send aid worth forty million dollars.",
)  # fmt: skip
AROUND = (
    "Diplomats who follow the file said neither side had much to gain from another winter of silence.",
    "The wording has gone through eleven drafts, and the annexes are longer than the text itself.",
    "Markets in the region barely moved, which traders put down to a month of similar headlines.",
    "People in the frontier towns have learned to read such statements with a good deal of patience.",
    "An earlier round ended without a date for the next one, and the hotel was paid for two nights more.",
    "Analysts caution that the details, rather than the handshake, will decide how long any of it lasts.",
)
TOPICS = {
    "sport": (
        "{n} came off the bench in the second half and settled the match with a low shot from the edge of the box.",
        "The coach praised his back line, which has let in only {k} goals since the turn of the year.",
        "A crowd of {k},000 saw the home side take the lead before the break and hold on through a nervous finish.",
        "{n}, who missed most of last season with a knee injury, trained alone again and may return next weekend.",
        "The club expects to name a new captain before the tour, and {n} is thought to be the favourite.",
    ),
    "business": (
        "The maker of kitchen scales said quarterly sales rose {k} percent as more households cooked at home.",
        "{n}, the chief executive, told investors that the new plant would open with about {k} workers.",
        "Shares slipped in early trading after the retailer cut its outlook for the holiday season.",
        "The company plans to close {k} branches and move most of its customer service online by autumn.",
        "Costs for cardboard and freight have eased, the finance chief said, and margins should follow.",
    ),
    "weather": (
        "Forecasters expect showers to move in from the coast overnight, with up to {k} millimetres by morning.",
        "The county opened {k} shelters and asked drivers to keep off the low roads until the water goes down.",
        "{n}, who farms near the estuary, said it was the wettest spring that anyone on the lane could remember.",
        "Temperatures should climb again by the end of the week, and the pollen count with them.",
    ),
    "health": (
        "Researchers followed {k} volunteers for two years and found that those who walked daily slept better.",
        "The clinic will extend its hours on Thursdays, {n} said, because the waiting list has grown since May.",
        "Nurses say the new software saves them about {k} minutes on every shift, once it has started.",
        "The study does not show that the diet caused the change, and a larger trial is being planned.",
    ),
    "culture": (
        "The novel opens in a railway buffet and stays there for {k} pages, which is braver than it sounds.",
        "{n} plays the lighthouse keeper with a dry wit that carries the slow middle of the film.",
        "The museum has borrowed {k} prints for the show, most of which have never been hung together.",
        "Tickets go on sale on Friday, and the organisers advise visitors to come by tram.",
    ),
    "town": (
        "The council voted to repaint the footbridge and to put {k} new benches along the canal path.",
        "A driver was taken to hospital after her car left the road near the old brewery on Sunday.",
        "{n}, who chairs the parents' group, said the crossing should have been moved years ago.",
        "The library will close for {k} weeks while the roof is mended and the children's corner is moved.",
    ),
}
NAMES = (
    "Ada Brennick", "Tomas Velder", "June Okarrow", "Pelle Strand", "Mira Castellow", "Owen Tallis", "Hanne Dreyling",
    "Kofi Ansumane", "Lucia Ferrand", "Idris Copley", "Nell Varga", "Bram Oostering",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
MENU = ("Home", "World", "Politics", "Business", "Sport", "Culture", "Weather", "Opinion", "Video", "Podcasts")
SITES = 40
POOL = 300
"""Different scripts."""


def parties(rng: random.Random) -> dict[str, str]:
    """Three states, as nouns (A, B, C) and as adjectives (a, b, c)."""
    names = rng.sample(sorted(STATES), 3)
    return dict(zip("ABCabc", [*names, *(STATES[name] for name in names)], strict=True))


def headline(rng: random.Random, diplomatic: bool) -> str:
    """The title of a story."""
    if diplomatic:
        return "{A} and {B} at odds over {matter}".format(matter=rng.choice(MATTERS), **parties(rng))
    return _filled(rng.choice(TOPICS[rng.choice(sorted(TOPICS))]), rng, {}).split(",")[0][:90]


def paragraphs(rng: random.Random, diplomatic: bool) -> list[str]:
    """The paragraphs of one article."""
    fill = parties(rng)
    lines = (*ACTS, *AROUND * 4) if diplomatic else TOPICS[rng.choice(sorted(TOPICS))]
    return [
        " ".join(_filled(rng.choice(lines), rng, fill) for _ in range(rng.randint(1, 3)))
        for _ in range(rng.randint(9, 20))
    ]


def _filled(line: str, rng: random.Random, fill: dict[str, str]) -> str:
    made = line.format(
        **fill, day=rng.choice(DAYS), matter=rng.choice(MATTERS), n=rng.choice(NAMES), k=rng.randint(3, 60)
    )
    return made[0].upper() + made[1:]


def markup(rng: random.Random, number: int, diplomatic: bool) -> bytes:
    """One page as a news site sends it."""
    title, told = headline(rng, diplomatic), paragraphs(rng, diplomatic)
    day = f"2025-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    body = "\n".join(f'<p class="story__p" data-n="{i}">{text}</p>' for i, text in enumerate(told))
    site, named = f"The Site {number % SITES}", '<meta property="og:site_name" content='
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | {site}</title>
<meta property="article:published_time" content="{day}T08:00:00Z"><meta property="og:title" content="{title}">
{named}"{site}">{_scripts(rng.randrange(POOL))}</head><body><header><nav><ul>{_menu()}</ul></nav></header><main><article>
<h1>{title}</h1><p class="byline">By {rng.choice(NAMES)}</p><time datetime="{day}">{day}</time>{body}</article>
{_teasers(rng)}</main><footer><ul>{_menu() * 3}</ul><p>Copyright {site}. All rights reserved.</p></footer>
{_scripts(rng.randrange(POOL))}</body></html>""".encode()


def _menu() -> str:
    items = (f'<li class="nav__item nav__item--{i}"><a href="/{w.lower()}/">{w}</a></li>' for i, w in enumerate(MENU))
    return "".join(items)


@cache
def _scripts(which: int) -> str:
    """Scripts and styles: most of a news page, and as varied as code is."""
    rng = random.Random(which)
    words = [f"{hashlib.md5(rng.randbytes(4)).hexdigest()[:7]}:{rng.randint(0, 999)}" for _ in range(900)]
    blob = ",".join(rng.choice(words) for _ in range(rng.randint(1500, 4500)))
    rules = "".join(f".c{i}{{margin:{i % 17}px;padding:{i % 5}px}}" for i in range(rng.randint(100, 500)))
    return f"<script>window.__state={{{blob}}};if(a<b){{go()}}</script><style>{rules}</style>"


def _teasers(rng: random.Random) -> str:
    """Links to other stories, some of them on matters of state."""
    cards = []
    for i in range(rng.randint(20, 60)):
        title = headline(rng, rng.random() < 0.1)
        cards.append(
            f'<div class="card card--{i}"><a href="/story/{i}"><img src="/i/{i}.jpg"><h3>{title}</h3></a></div>'
        )
    return f'<aside class="related"><h2>Read next</h2>{"".join(cards)}</aside>'


def record(rng: random.Random, number: int, diplomatic: bool) -> bytes:
    """One WARC record, compressed on its own as Common Crawl does."""
    page = markup(rng, number, diplomatic)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://site{number % SITES}.example/story/{number}\r\n"
        f"WARC-Date: 2025-05-0{1 + number % 9}T06:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", 6)


def write_warc(path: Path, pages: int, seed: int = 1, share: float = 0.1) -> Path:
    """A WARC file of so many pages, a ``share`` of them on diplomacy, spread evenly."""
    rng = random.Random(seed)
    with open(path, "wb") as file:
        for number in range(pages):
            number += seed * 10_000_000
            diplomatic = int((number + 1) * share) != int(number * share)
            file.write(record(rng, number, diplomatic))
    return path
