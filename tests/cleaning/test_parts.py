"""The parts of cleaning that stand by themselves: dates, joined pages, live blogs, siblings, the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.cleaning import clean
from communique.cleaning.credit import credit_in
from communique.cleaning.dates import find_dates, iso_day
from communique.cleaning.liveblog import entries
from communique.cleaning.multipage import join_pages, page_mark
from communique.cleaning.outlet import outlet_of_url, self_named
from communique.cleaning.siblings import recurring, without
from communique.cleaning.title import structured_title
from communique.cli import main
from communique.page import Page
from communique.reading import Source, html_page, text_page

SENTENCE = "The envoy of the union said on Monday that the parties had agreed to meet again, and would set a date soon."


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Nov. 18, 2019 12:02 PM", "2019-11-18"),
        ("21 May 2025 - 14:19", "2025-05-21"),
        ("Published 2020-02-29", "2020-02-29"),
        ("25. September 2018", "2018-09-25"),
        ("13/02/2021", "2021-02-13"),
        ("31 February 2020", None),
        ("room 2019 of 12", None),
    ],
)
def test_dates_as_printed(words: str, day: str | None) -> None:
    """Dates in the forms pages print come out as ISO days; impossible ones do not."""
    assert next((found.date for found in find_dates(words)), None) == day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-03-04T23:30:00-05:00", "2021-03-04"),
        ("20210304", "2021-03-04"),
        ("1614816000", "2021-03-04"),
        ("soon", None),
    ],
)
def test_dates_of_metadata(value: str, day: str | None) -> None:
    """The day of a metadata value is the one its own zone has."""
    assert iso_day(value) == day


def part(number: int, words: str) -> Page:
    """A page of a three-page article."""
    return html_page(f"<body><p>{words}</p><p>Page {number} of 3</p></body>".encode(), Source(f"p{number}"))


def test_pages_are_joined_by_their_marks() -> None:
    """Parts given in any order are joined in the order of their marks, and blocks move along."""
    parts = [part(3, "Third."), part(1, "First."), part(2, "Second.")]
    joined = join_pages(parts)
    assert page_mark(parts[0]) == (3, 3)
    shown = [joined.text[block.start : block.end] for block in joined.blocks]
    assert shown == ["First.", "Page 1 of 3", "Second.", "Page 2 of 3", "Third.", "Page 3 of 3"]


def test_no_pages_cannot_be_joined() -> None:
    """Joining nothing is an error of the caller."""
    with pytest.raises(ValueError):
        join_pages([])


def test_live_blog_entries() -> None:
    """Each entry has its time on a 24-hour clock, the day above it, and the body below it."""
    rows = ["Talks as they happen", "4 March 2021"]
    for clock in ("9:05am GMT", "2:30pm GMT", "18:45 GMT"):
        rows += [clock, f"At {clock} this was known. {SENTENCE}"]
    text = "\n\n".join(rows)
    page = Page("x", text, "0")
    found = entries(page, clean(page))
    assert [(entry.day, entry.time) for entry in found] == [
        ("2021-03-04", "09:05"),
        ("2021-03-04", "14:30"),
        ("2021-03-04", "18:45"),
    ]
    assert all(SENTENCE in text[slice(*entry.body[0])] for entry in found)


def test_counts_without_the_page_itself() -> None:
    """A line is a sibling's only where another page has it."""
    pages = [Page("a", "Menu\nOne", "0"), Page("b", "Menu\nTwo", "0")]
    assert without(recurring(pages), pages[0]) == {"menu": 1}


def test_outlet_of_an_odd_address() -> None:
    """An address that is none gives no outlet and no error."""
    assert outlet_of_url("http://[broken") is None
    assert outlet_of_url(None) is None


def test_clean_command(tmp_path: Path) -> None:
    """Marked output shows each line behind its kind; JSON Lines gives exact ranges; failures give exit code 1."""
    path = tmp_path / "page.txt"
    text = f"Home\n\nParties agree to meet\n\n{SENTENCE}\n\nEsc \x1b[31m\n\n{SENTENCE} Again.\n"
    path.write_text(text, encoding="utf-8")
    marked = CliRunner().invoke(main, ["clean", str(path), "--format", "marked"])
    assert marked.exit_code == 0 and f"body         | {SENTENCE}" in marked.output and "\x1b" not in marked.output
    lines = CliRunner().invoke(main, ["clean", str(path), str(tmp_path / "none"), "--format", "jsonl"])
    assert lines.exit_code == 1
    found = json.loads(lines.stdout.splitlines()[0])
    start, end = found["body"][0]
    assert text[start:end] == SENTENCE
    assert "missing" in lines.stderr


def test_html_page_with_metadata() -> None:
    """Structured metadata is taken first, and the body's ranges hold in the page's text."""
    markup = f"""<html lang="en"><head><title>Parties agree | Sample Post</title>
    <meta property="og:site_name" content="Sample Post"><meta name="author" content="Ann Example">
    <meta property="article:published_time" content="2021-03-04T05:00:00Z"></head>
    <body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Parties agree</h1>
    <p>{SENTENCE}</p><p>{SENTENCE} Again.</p><p>{SENTENCE} And again.</p></article>
    <footer><p>© 2021 Sample Post</p></footer></body></html>"""
    page = html_page(markup.encode(), Source("x"))
    article = clean(page)
    assert (article.title, article.outlet, article.byline) == ("Parties agree", "Sample Post", "Ann Example")
    assert (article.published, article.published_how) == ("2021-03-04", "structured")
    assert page.text[slice(*article.body[0])] == SENTENCE and len(article.body) == 3


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("© 2014 Harbour Wire. All rights reserved. This page is a sample.", "Harbour Wire"),
        ("Copyright 2011 by U.S. Harbour & Coast Report. All rights reserved.", "U.S. Harbour & Coast Report"),
        ("© 2020 St. Olav Gazette", "St. Olav Gazette"),
        ("© 2020 Harbour.org. Contact us.", "Harbour.org"),
    ],
)
def test_self_name_ends_with_its_sentence(words: str, name: str) -> None:
    """A name takes in initials and inner stops, but no word of the next sentence."""
    assert self_named([words]) == name


def test_credit_ends_with_its_sentence() -> None:
    """The credit is the name alone where another sentence follows."""
    assert credit_in([(3, "This article first appeared in Harbour Review. Ask us.")]) == (
        "Harbour Review",
        3,
    )


def test_a_pasted_sentence_is_its_own_body() -> None:
    """One sentence alone has no page around it; it is what the user wants read. A menu is not."""
    page = text_page(b"Iran accepted a Russian offer on grain.\n", Source(doc="paste"))
    assert clean(page).body_lines == (0,)
    menu = text_page(b"Home\nLog in\nSubscribe now\n", Source(doc="menu"))
    assert clean(menu).body_lines == ()


def test_title_for_readers_is_the_one_the_window_does_not_repeat() -> None:
    """Of two told titles that differ, the one that ``<title>`` repeats was written for search engines."""
    search, readers = "Glenmoor talks: ministers sign river treaty", "After nine years, a signature on the bridge"
    meta = {"title": f"{search} | Sample Post", "jsonld:headline": search, "h1": search, "og:title": readers}
    assert structured_title(meta) == readers
    assert structured_title(meta | {"title": readers}) == search
    assert structured_title(meta | {"h1": "Log in to read this page"}) == search
    assert structured_title(meta | {"og:title": f"{search} - live updates"}) == search


def test_printed_version_of_a_title_is_its_place() -> None:
    """Where the page prints another version than the told title, the title's range is that version's."""
    search, readers = "Glenmoor talks: ministers sign river treaty", "After nine years, a signature on the bridge"
    body = "".join(
        f"<p>The ministers said on day {n} that the river treaty would be kept by both.</p>" for n in range(6)
    )
    markup = f"""<html lang="en"><head><title>{search}</title><meta property="og:title" content="{readers}">
    <script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{search}"}}</script></head>
    <body><article><h1>{search}</h1>{body}</article></body></html>"""
    page = html_page(markup.encode(), Source("x"))
    article = clean(page)
    assert article.title == readers
    assert article.title_span is not None and page.text[slice(*article.title_span)] == search


def test_comments_below_an_article_are_not_its_body() -> None:
    """Prose in a part of the page that its markup calls comments is named so, however much of it there is."""
    told = "".join(f"<p>{SENTENCE} It was the {n}th round of such talks this year.</p>" for n in range(5, 9))
    said = "".join(
        f"<li><p>I think, as in {n}, that the ministers will meet again soon.</p></li>" for n in range(2000, 2012)
    )
    markup = f"<body><article><h1>Parties agree</h1>{told}</article><ol class='comments-list'>{said}</ol></body>"
    page = html_page(markup.encode(), Source("x"))
    article = clean(page)
    assert len(article.body) == 4 and all(SENTENCE in page.text[slice(*span)] for span in article.body)


@pytest.mark.parametrize(("before", "after", "kept"), [(3, 14, 17), (14, 3, 14)])
def test_stop_phrase_amid_an_article_does_not_end_it(before: int, after: int, kept: int) -> None:
    """A stop phrase ends the body only where most of the certain body stands above it."""
    told = [f"{SENTENCE} It was the {n}th round of such talks, officials said." for n in range(4, 4 + before + after)]
    text = "\n\n".join(["Parties agree", *told[:before], "Related articles", *told[before:]])
    assert len(clean(Page("x", text, "0")).body) == kept


@pytest.mark.parametrize("head", ["Ann Reader on May {}, 2018 at 4:47 pm said:", "{} May 2018 at 16:47"])
def test_readers_comments_end_a_page_of_text(head: str) -> None:
    """From the first of several lines that say who wrote and when, nothing is body; entries of a live blog stay."""
    told = [f"{SENTENCE} It was the {n}th round of such talks, officials said." for n in range(4, 9)]
    said = [f"{head.format(n)}\n{SENTENCE} I think it is the {n}th time that they have said so." for n in range(11, 20)]
    article = clean(Page("x", "\n\n".join(["Parties agree", *told, *said]), "0"))
    kinds = [line.kind for line in article.lines[6:]]
    assert len(article.body) == 5 and kinds.count("comments") >= 9 and "body" not in kinds
    assert len(clean(Page("x", "\n\n".join(["Talks: live updates", *told, *said]), "0")).body) > 5
