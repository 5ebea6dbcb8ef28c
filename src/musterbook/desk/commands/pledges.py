"""``musterbook pledges``: announced changes and what became of them."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, held_option, known_option, on_option, public_option

EXAMPLES = """
\b
Examples:
  musterbook pledges
  musterbook pledges --all --force us --place syria
  musterbook pledges --verdict "kept late"
  musterbook pledges --all --json
"""


@click.command("pledges", epilog=EXAMPLES)
@click.option("--all", "everything", is_flag=True, help="Also those decided more than a year ago.")
@click.option("--force", metavar="FORCE", help="Only this force: a code or a name.")
@click.option("--place", metavar="PLACE", help="Only this place: a code or a name.")
@click.option("--verdict", metavar="VERDICT", help='Only these, however old: open, "kept late" …')
@asking(on_option, known_option, public_option, held_option)
def command(
    everything: bool, force: str | None, place: str | None, verdict: str | None, question: Question
) -> None:
    """Print the announced changes with what became of each.

    Those that are open or due come, and those decided in the last year; --all prints every one. What led to a
    verdict stands in: musterbook why ID. How often a force keeps its word: musterbook scoreboard.
    """
    from musterbook.desk.asking import print_pledges

    print_pledges(force, place, verdict, everything, question)
