"""Cleaning a page of text: body, kinds, title, outlet, byline, dates, credit, warnings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.article import Article
from communique.cleaning import clean
from communique.page import Page
from communique.reading import read_path

BODY = [
    "The foreign minister of Sampleland said on Tuesday that his government would offer a truce of thirty days to the "
    "rebels in the north, if they let aid convoys through.",
    "A spokesman for the rebels, Omar Example, told reporters that the offer was being studied, and that an answer "
    "would be given before the end of the week.",
    "“We have seen such offers before,” he said. “What we want is a withdrawal, and a date for it.”",
    "The two sides last met in the spring, when talks led by the envoy of the union broke down over the return of "
    "prisoners and the future of the border posts.",
]


def page(text: str, **told: str) -> Page:
    """A Page of this text."""
    return Page(doc="x", text=text, digest="0", **told)  # type: ignore[arg-type]


def bodies(text: str) -> list[str]:
    """The body lines of a text."""
    article = clean(page(text))
    return [text[start:end] for start, end in article.body]


DUMP = "\n\n".join(
    [
        "Skip to content\nMenu\nSubscribe",
        "Sampleland offers rebels a truce",
        "By Ann Example",
        "Published: 4 March 2021",
        *BODY[:2],
        "Advertisement",
        *BODY[2:],
        "Related articles:",
        "Union names an envoy for the north\nBorder posts to close for winter",
        "Support Sample Post",
        "© 2021 Sample Post. All rights reserved.",
    ]
)


def test_differing_dates_below_the_body_are_of_other_articles() -> None:
    """A date below the body is the page's where it stands alone or is marked, not where a list of dates begins."""
    head, foot = ["Sampleland offers rebels a truce", *BODY], ["12 May 2020", "A union names its envoy for the north"]
    others = [*foot, "3 July 2021", "Border posts will close for the winter"]
    marked = ["Published: 4 March 2021", *others]
    told = [clean(page("\n\n".join([*head, *below]))).published for below in (foot, others, marked)]
    assert told == ["2020-05-12", None, "2021-03-04"]


def test_body_of_a_dump() -> None:
    """Of a dump with furniture on all sides the body lines come out, and nothing else."""
    assert bodies(DUMP) == BODY


def test_what_the_page_says_of_itself() -> None:
    """Title, byline, date and outlet are read off the lines about the body."""
    article = clean(page(DUMP))
    assert article.title == "Sampleland offers rebels a truce"
    assert article.title_span is not None
    assert DUMP[slice(*article.title_span)] == article.title
    assert (article.byline, article.published, article.published_how) == ("Ann Example", "2021-03-04", "line")
    assert article.outlet == "Sample Post"
    assert article.language == "en"


def test_kinds_of_furniture() -> None:
    """Each line outside the body has a kind of its own."""
    kinds = {DUMP[line.start : line.end]: line.kind for line in clean(page(DUMP)).lines}
    assert kinds["Skip to content"] == "navigation"
    assert kinds["Sampleland offers rebels a truce"] == "title"
    assert kinds["By Ann Example"] == "byline"
    assert kinds["Published: 4 March 2021"] == "date"
    assert kinds["Advertisement"] == "advert"
    assert kinds["Border posts to close for winter"] == "related"
    assert kinds["© 2021 Sample Post. All rights reserved."] == "licence"


@pytest.mark.parametrize(
    ("head", "place", "published"),
    [
        ("SAMPLETON, May 21. /TASS/. ", "SAMPLETON", None),
        ("SAMPLETON, May 21, 2019 (UPI) — ", "SAMPLETON", "2019-05-21"),
        ("Port Sample, Exampleland (CNN) -- ", "Port Sample, Exampleland", None),
        ("SAMPLETON | Wed Jun 8, 2011 7:15 pm EDT SAMPLETON (Reuters) - ", "SAMPLETON", "2011-06-08"),
        ("", None, None),
    ],
)
def test_datelines(head: str, place: str | None, published: str | None) -> None:
    """A dateline gives its place, and its day where it has a year."""
    article = clean(page(f"A truce on offer\n\n{head}{BODY[0]}\n\n{BODY[1]}"))
    assert (article.dateline, article.published) == (place, published)


def test_title_outlet_and_date_of_a_one_line_dump() -> None:
    """Short head lines are found where the whole article is one line; furniture inside it is cut out."""
    notice = "Sign up for our newsletter to get the news each day."
    text = (
        f"Sampleland offers rebels a truce\n\nReuters\n2021-03-04\n\n{' '.join(BODY[:2])} {notice} {' '.join(BODY[2:])}"
    )
    article = clean(page(text))
    assert (article.title, article.outlet, article.published) == (
        "Sampleland offers rebels a truce",
        "Reuters",
        "2021-03-04",
    )
    assert article.body_lines == (5,)
    said = " ".join(text[start:end] for start, end in article.body)
    assert "newsletter" not in said and said == " ".join(BODY)


def test_teasers_in_brackets_are_no_body() -> None:
    """The title of another article in brackets amid a report is cut out; other brackets, and one never closed, stay."""
    teaser = "(RELATED: Sampleland Strikes Back At Rebels)"
    kept = ["(related to an older plan) ", "(Related: never closed "]
    for inside, told in [(f"{teaser} ", ""), *zip(kept, kept, strict=True)]:
        text = "\n\n".join(["Sampleland offers rebels a truce", f"{BODY[0]} {inside}{BODY[1]}", *BODY[2:]])
        said = " ".join(text[start:end] for start, end in clean(page(text)).body)
        assert said == f"{BODY[0]} {told}{' '.join(BODY[1:])}"


def test_credit_and_translation() -> None:
    """A republication is credited to where the text first stood, with its translator."""
    line = "This article first appeared at Example Weekly, translated from German by Ann Sample"
    article = clean(page("\n\n".join(["Truce on offer", line, *BODY])))
    assert article.credit == "Example Weekly (translated by Ann Sample)"


def test_date_given_from_outside_wins() -> None:
    """A date the user gives is taken before one that is printed."""
    article = clean(page(DUMP, date="2020-01-01"))
    assert (article.published, article.published_how) == ("2020-01-01", "given")


def test_line_numbers_count_newlines_only() -> None:
    """Carriage returns end lines but do not count; the numbers are those of ``text.split("\\n")``."""
    text = "\r\n\r\n".join(["Truce on offer", *BODY])
    article = clean(page(text))
    rows = text.split("\n")
    assert [rows[number].strip() for number in article.body_lines] == BODY


def test_recurring_lines_are_furniture() -> None:
    """What stands on other pages of the outlet as well is not this page's body."""
    from communique.cleaning.siblings import recurring

    notice = "Our readers in the north can follow the daily broadcast on medium wave, at seven in the evening."
    others = [page("\n\n".join([f"Other title {n}", notice, f"Something else happened {n} times."])) for n in range(3)]
    text = "\n\n".join([*BODY[:2], notice, *BODY[2:]])
    article = clean(page(text), siblings=recurring(others))
    assert notice not in [text[start:end] for start, end in article.body]


def test_pages_without_an_article() -> None:
    """A menu alone gives no body and a warning; so does an empty page."""
    for text in ("Home\nWorld\nSport\nLog in\nSubscribe", " "):
        article = clean(page(text))
        assert article.body == () and "no article text found" in article.warnings


def test_warnings() -> None:
    """Another language, a wall and a missing part are said."""
    german = (
        "Der Minister sagte am Dienstag, dass die Regierung den Rebellen einen Waffenstillstand anbieten werde. " * 5
    )
    assert any("language is de" in warning for warning in clean(page("Angebot\n\n" + german)).warnings)
    assert any("paywall" in w for w in clean(page(f"Truce\n\n{BODY[0]}\n\nSubscribe to continue reading")).warnings)
    assert any(
        "page 2 of 3" in w for w in clean(page("\n\n".join(["Truce on offer", "(Page 2 of 3)", *BODY]))).warnings
    )


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=400),
    st.text(alphabet="ab .\n\r\u2028\u00a0|By(Reuters)-,1234/©", max_size=300),
)
def test_any_text_keeps_exact_offsets(odd: str, noise: str) -> None:
    """Whatever the text, cleaning does not fail, and every range is inside it, in order, without space at its sides."""
    text = f"{noise}\n{odd}\n\n" + "\n".join(BODY) + noise
    article = clean(page(text))
    ends = 0
    for start, end in article.body:
        assert ends <= start < end <= len(text) and text[start:end] == text[start:end].strip()
        ends = end
    assert all(text[line.start : line.end].strip() for line in article.lines)


def test_hostile_sizes_do_not_hang() -> None:
    """One line of a megabyte, and a hundred thousand lines, are cleaned in moments."""
    import time

    start = time.process_time()
    clean(page("A word and By Another Word " * 40_000))
    clean(page("A b, c\n" * 100_000))
    clean(page("(" * 200_000 + "AAAA " * 50_000))
    assert time.process_time() - start < 15


def _gold(shared: Path, part: str) -> list[tuple[dict, Article]]:
    rows = [json.loads(line) for line in (shared / "gold" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()]
    folder = shared / "seeds" if part == "seeds" else shared / "gold" / part
    return [(row, clean(next(read_path(folder / row["text_file"])))) for row in rows]


def test_seeds(shared: Path) -> None:
    """At most two lines of the five seeds are wrong, and what they say of themselves is found."""
    pairs = _gold(shared, "seeds")
    assert sum(len(set(row["body_lines"]) ^ set(article.body_lines)) for row, article in pairs) <= 2
    for name in ("title", "outlet", "byline", "published", "dateline", "credit"):
        assert sum(row[name] == getattr(article, name) for row, article in pairs) >= 4, name


def test_dev_pages(shared: Path) -> None:
    """On the dev pages nearly every line and field is right."""
    pairs = _gold(shared, "dev")
    assert sum(len(set(row["body_lines"]) ^ set(article.body_lines)) for row, article in pairs) <= 2
    for name in ("title", "outlet", "byline", "published", "dateline", "credit"):
        assert sum(row[name] == getattr(article, name) for row, article in pairs) >= len(pairs) - 2, name
