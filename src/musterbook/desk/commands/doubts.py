"""``musterbook doubts``: what could not be settled."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, known_option

EXAMPLES = """
\b
Examples:
  musterbook doubts
  musterbook doubts --stage intake --json
  musterbook doubts --intake
  musterbook doubts --intake --code timeout
"""


@click.command("doubts", epilog=EXAMPLES)
@click.option("--stage", metavar="STAGE", help="Only of this stage: intake, reading, identity or ledger.")
@click.option("--code", metavar="KIND", help="Only of this kind, such as no-date or tied-force-or-place.")
@click.option(
    "--intake",
    "inputs",
    is_flag=True,
    help="What became of everything handed in: how many were read, and each that was not, with the cure.",
)
@asking(known_option)
def command(stage: str | None, code: str | None, inputs: bool, question: Question) -> None:
    """Print every doubt the book holds, with its place in the text."""
    if inputs and stage:
        raise click.UsageError("--intake tells of inputs; leave --stage out, or ask for --stage intake alone")
    if inputs:
        from musterbook.desk.inputs import print_inputs

        print_inputs(code, question)
        return
    from musterbook.desk.asking import print_doubts

    print_doubts(stage, code, question)
