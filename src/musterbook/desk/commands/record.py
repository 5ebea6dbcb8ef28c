"""``musterbook record``: whose figures held, and whose did not."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, known_option, public_option

EXAMPLES = """
\b
Examples:
  musterbook record
  musterbook record --by publisher
  musterbook record --speaker Ryder --json
"""


@click.command("record", epilog=EXAMPLES)
@click.option(
    "--by",
    type=click.Choice(["speaker", "office", "publisher"]),
    default="speaker",
    show_default=True,
    help="Whose records.",
)
@click.option(
    "--speaker", metavar="NAME", help="Only speakers whose name holds these words, figure by figure."
)
@click.option(
    "--publisher", metavar="NAME", help="Only publishers whose name holds these words, figure by figure."
)
@click.option(
    "--series",
    metavar="NAME",
    multiple=True,
    help="A publisher whose counts are official; may be given again.",
)
@asking(known_option, public_option)
def command(
    by: str, speaker: str | None, publisher: str | None, series: tuple[str, ...], question: Question
) -> None:
    """Print how figures compared with what came out later: counts and 90 % intervals, never a score.

    What came out is a count of an official series, a report that corrects the figure, one that looks back on its day,
    or what three or more later sources agree on. What was counted by another rule is shown, and judges nobody.
    """
    from musterbook.desk.recording import print_records

    if speaker and publisher:
        raise click.UsageError("give --speaker or --publisher, not both")
    by = "publisher" if publisher else "speaker" if speaker else by
    print_records(by, speaker or publisher, series, question)
