"""``musterbook scoreboard``: how often announced changes happen."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, held_option, known_option, on_option, public_option

EXAMPLES = """
\b
Examples:
  musterbook scoreboard
  musterbook scoreboard --by speaker --force us
"""


@click.command("scoreboard", epilog=EXAMPLES)
@click.option(
    "--by",
    type=click.Choice(("force", "place", "speaker")),
    default="force",
    show_default=True,
    help="What a line stands for.",
)
@click.option("--force", metavar="FORCE", help="Only this force: a code or a name.")
@click.option("--place", metavar="PLACE", help="Only this place: a code or a name.")
@asking(on_option, known_option, public_option, held_option)
def command(by: str, force: str | None, place: str | None, question: Question) -> None:
    """Print what became of the announced changes of each force, place or speaker.

    Counted are verdicts. The share kept in time is of those that were kept, kept late, partly kept, broken or
    reversed, and stands with its interval: 90 % by Wilson, wide where little was judged.
    """
    from musterbook.desk.asking import print_scoreboard

    print_scoreboard(by, force, place, question)
