"""``musterbook sources``: who published what the book stands on."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, known_option, public_option

EXAMPLES = """
\b
Examples:
  musterbook sources
  musterbook sources --reports --json
"""


@click.command("sources", epilog=EXAMPLES)
@click.option("--reports", is_flag=True, help="Every report instead of every publisher.")
@asking(known_option, public_option)
def command(reports: bool, question: Question) -> None:
    """Print the publishers, with how many reports and statements of the book come from each."""
    from musterbook.desk.asking import print_sources

    print_sources(reports, question)
