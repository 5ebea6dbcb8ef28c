"""``musterbook conflicts``: what does not add up, and who contradicts whom."""

from __future__ import annotations

import click

from musterbook.desk.options import Question, asking, known_option, public_option

EXAMPLES = """
\b
Examples:
  musterbook conflicts
  musterbook conflicts us iraq --explained
  musterbook conflicts --code change --code parts --json
"""


@click.command("conflicts", epilog=EXAMPLES)
@click.argument("force", required=False)
@click.argument("place", required=False)
@click.option("--code", "codes", metavar="CODE", multiple=True, help="Only these kinds; may be given again.")
@click.option(
    "--explained", is_flag=True, help="Also what may both be true: other counting rules, old figures."
)
@asking(known_option, public_option)
def command(
    force: str | None, place: str | None, codes: tuple[str, ...], explained: bool, question: Question
) -> None:
    """Print what does not add up or cannot all be true, of FORCE in PLACE where they are given.

    \b
    change, share   before, change and after, or a share, that do not fit
    parts, member   parts that do not make their whole, or exceed it
    retold          one report's number for a change that others tell otherwise
    sources         two sources that cannot both be right
    ten-times, jump figures that are held for review
    rule-difference, stale (with --explained) counted otherwise; an old figure
    """
    from musterbook.desk.conflicting import print_conflicts

    print_conflicts(force, place, codes, explained, question)
