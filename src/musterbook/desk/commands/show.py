"""``musterbook show``: one force in one place."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, held_option, known_option, on_option, public_option

EXAMPLES = """
\b
Examples:
  musterbook show us iraq
  musterbook show DEU MLI --on 2023-06-30
  musterbook show "United States" Syria --json
"""


@click.command("show", epilog=EXAMPLES)
@click.argument("force")
@click.argument("place")
@asking(on_option, known_option, public_option, held_option)
def command(force: str, place: str, question: Question) -> None:
    """Show what was reported of FORCE in PLACE over time, as a chart and line by line.

    FORCE and PLACE are codes or names: us, USA, France, NATO, UN:MINUSMA; iraq, IRQ, Sahel.
    """
    from musterbook.desk.showing import print_show

    print_show(force, place, question)
