"""``communique explain``: what each field of one event rests on, or why a sentence tells no event."""

from __future__ import annotations

from pathlib import Path

import click

from communique.commands.careful import careful_option, network


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("event_id", metavar="EVENT-ID", required=False)
@click.option("--sentence", metavar="WORDS", help="Instead: how the sentence that holds these words was scored.")
@click.option("--date", metavar="YYYY-MM-DD", help="Publication date, where the page has none.")
@careful_option
def explain(path: Path, event_id: str | None, sentence: str | None, date: str | None, careful: bool) -> None:
    """Show what one event of a page rests on.

    EVENT-ID is an id such as e3 that "communique code" gives. With --sentence, the likeliest types of act in the
    sentence that holds the words, and the parties seen in it, whether or not an event came of it.
    """
    from communique.coding.explanation import explain_event, explain_sentence
    from communique.reading import ReadError, read_path

    if (event_id is None) == (sentence is None):
        raise click.UsageError("Give an EVENT-ID or --sentence WORDS.")
    finder = network(careful)
    try:
        page = next(iter(read_path(path, date=date)))
        lines = explain_event(page, event_id, finder) if event_id else explain_sentence(page, sentence or "", finder)
    except (ReadError, LookupError, OSError) as error:
        raise click.ClickException(f"{path}: {error.args[-1] if error.args else error}") from error
    click.echo("\n".join(lines))
