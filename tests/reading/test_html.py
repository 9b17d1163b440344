"""Reading HTML: the visible text, its blocks and metadata."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.page import Page
from communique.reading import Source, html_page
from communique.reading.failure import ReadError
from communique.reading.html import read_markup

PAGE = """<!doctype html><html lang=en><head><title>Envoy named - Sample Post</title>
<meta property="og:site_name" content="Sample Post"><meta name=author content="Ann Example">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Envoy named",
"datePublished":"2021-03-04T05:06:07Z","author":[{"name":"Ann Example"},{"name":"Bo Sample"}]}</script></head>
<body><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>
<article class="story-body"><h1>Envoy&nbsp;named</h1><p>The council   named an <b>envoy</b>
on Monday.<br>He leaves &amp; returns.</p><script>alert("no")</script><p hidden>Unseen words</p></article>"""

PIECES = [
    *(
        "<p>",
        "</p>",
        "<div class='a b'>",
        "<a href=x>",
        "</a>",
        "word ",
        "<br>",
        "&amp;",
        "<td>",
        "\u00a0",
        "<!-- c -->",
    ),
    *("<", ">", '"', "é\U0001f600", "<script>", "</script>", "\n", "<ul><li>"),
]


def page(markup: str) -> Page:
    """A Page of this markup."""
    return html_page(markup.encode(), Source("x"))


def test_visible_text_is_one_block_a_line() -> None:
    """Space collapses, hard spaces stay, breaks and blocks start lines, scripts are gone."""
    assert page(PAGE).text.split("\n") == [
        "Home",
        "World",
        "Envoy\u00a0named",
        "The council named an envoy on Monday.",
        "He leaves & returns.",
        "Unseen words",
    ]


def test_blocks_are_the_lines() -> None:
    """Each block's range is a whole line, with its elements, class words and link share."""
    read = page(PAGE)
    assert [read.text[block.start : block.end] for block in read.blocks] == read.text.split("\n")
    home, heading, hidden = read.blocks[0], read.blocks[2], read.blocks[-1]
    assert home.link_share == 1.0 and "nav" in home.tags
    assert heading.tags[-1] == "h1" and "story" in heading.hints
    assert "hidden" in hidden.hints


def test_structured_metadata() -> None:
    """JSON-LD, OpenGraph and meta come out under names of their own."""
    meta = page(PAGE).meta
    assert meta["jsonld:headline"] == "Envoy named"
    assert meta["jsonld:author"] == "Ann Example; Bo Sample"
    assert meta["og:site_name"] == "Sample Post"
    assert meta["html:lang"] == "en"


def test_markup_inside_attributes_does_not_leak() -> None:
    """An attribute that holds markup is no text."""
    assert page('<p title="a > b <i>x</i>">Plain words.</p>').text == "Plain words."


def test_page_without_words_says_so() -> None:
    """A page of scripts alone is a Page with a warning, not an error."""
    read = page("<html><body><script>1</script></body></html>")
    assert not read.text.strip() and "no visible text" in read.warnings


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_markup_gives_blocks_that_are_the_lines(parts: list[str]) -> None:
    """Whatever the markup, the blocks cover the lines exactly and reading it twice gives the same."""
    markup = "<html><body>" + "".join(parts)
    first, second = page(markup), page(markup)
    assert first == second
    if first.text.strip():
        assert [first.text[block.start : block.end] for block in first.blocks] == first.text.split("\n")


def test_deep_and_large_pages_do_not_hang() -> None:
    """Ten thousand open elements, or one line of a megabyte, are read in a moment."""
    start = time.process_time()
    page("<div>" * 10_000 + "words")
    page("<p>" + "word " * 200_000)
    page("<a " * 100_000)
    assert time.process_time() - start < 5


def test_comments_and_quoted_brackets_are_no_text() -> None:
    """Tags inside a comment, and brackets inside quotes, neither show nor end what they stand in."""
    markup = """<body><!--[if lt IE 9]><p>Upgrade <a href="x">now</a></p><![endif]-->
    <p title="1 > 2">One <!-- <b>no</b> -->two
    <a title="a<b>c">three</a><a "href=x>four</a></p><!----><p>Five&nbsp;six</p></body>"""
    assert read_markup(markup).text.splitlines() == ["One two threefour", "Five\xa0six"]


@pytest.mark.parametrize("evil", ['<p title="' + "<" * 400_000 + '">x</p>', "<!--" + "<" * 400_000 + "--><p>x</p>"])
def test_many_brackets_in_one_place_cost_no_more_than_their_length(evil: str) -> None:
    """Brackets by the hundred thousand inside one attribute or comment are read in a second."""
    start = time.process_time()
    assert read_markup(evil).text == "x"
    assert time.process_time() - start < 1


@pytest.mark.parametrize("between", [" a{}", ' a{}="<>"', "/a{}", "\"a{}='>'"])
def test_a_tag_of_a_hundred_thousand_attributes_is_refused_at_once(between: str) -> None:
    """The time to parse such a tag grows with the square of its attributes; the page is told of in one line."""
    markup = "<p" + "".join(between.format(number) for number in range(120_000)) + ">Words.</p>"
    start = time.process_time()
    with pytest.raises(ReadError, match="a tag with over 20,000 attributes"):
        page(markup)
    assert time.process_time() - start < 2


def test_large_pages_with_long_scripts_and_texts_are_read() -> None:
    """A long script, a long attribute and a long text are no tag of many attributes."""
    long = "".join(f"word{number} a={number}; " for number in range(30_000))
    read = page(f"<script>if (a<b) x = '{long}'</script><p title='{long}'>Words.</p><pre>{long}</pre>")
    assert read.text.startswith("Words.\nword0 a=0;")
