"""``musterbook origins``: what goes back to what."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, known_option, public_option

EXAMPLES = """
\b
Examples:
  musterbook origins
  musterbook origins us iraq
  musterbook origins 3fa9c1d2
"""


@click.command("origins", epilog=EXAMPLES)
@click.argument("what", nargs=-1, metavar="[FORCE PLACE | ID]")
@click.option(
    "--top", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="So many lines."
)
@asking(known_option, public_option)
def command(what: tuple[str, ...], top: int, question: Question) -> None:
    """Print which reports go back to one announcement: 40 outlets, 2 utterances.

    With FORCE and PLACE: what was said of them, each utterance once, with its outlets and later repeats. With the
    ID of a statement: its family tree, each line with the reason why it is taken for an echo.
    """
    from musterbook.desk.origins import print_origins, print_tree, print_utterances

    if len(what) > 2:
        raise click.UsageError("name a force and a place, or a statement, or nothing")
    if len(what) == 2:
        print_utterances(what[0], what[1], top, question)
    elif what:
        print_tree(what[0], question)
    else:
        print_origins(top, question)
