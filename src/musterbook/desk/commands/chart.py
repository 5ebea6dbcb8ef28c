"""``musterbook chart``: a curve or the map, as a file."""

from __future__ import annotations

from datetime import date, datetime

import click

from musterbook.desk.options import (
    Day,
    Moment,
    Question,
    asking,
    held_option,
    known_option,
    on_option,
    public_option,
)

EXAMPLES = """
\b
Examples:
  musterbook chart us iraq -o iraq.svg
  musterbook chart us iraq --against 2017-11-26 --from 2017-01-01 --to 2018-12-31 -o iraq.png
  musterbook chart --world --on 2021-01-20 -o world.svg
  musterbook chart us iraq -o - > iraq.svg
"""


@click.command("chart", epilog=EXAMPLES)
@click.argument("force", required=False)
@click.argument("place", required=False)
@click.option(
    "-o",
    "out",
    required=True,
    metavar="FILE",
    help="Where to: .svg, .png, .csv, .json, .html; - for SVG on standard output.",
)
@click.option("--world", is_flag=True, help="The contingents of a day on a map instead.")
@click.option("--from", "first", type=Day(), metavar="DAY", help="Where the curve begins.")
@click.option("--to", "last", type=Day(), metavar="DAY", help="Where it ends.")
@click.option("--log", is_flag=True, help="Numbers in steps of ten times.")
@click.option("--against", type=Moment(), metavar="DAY", help="Draw beneath it what was known by then.")
@asking(on_option, known_option, public_option, held_option)
def command(
    force: str | None,
    place: str | None,
    out: str,
    world: bool,
    first: date | None,
    last: date | None,
    log: bool,
    against: datetime | None,
    question: Question,
) -> None:
    """Draw the strength of FORCE in PLACE over time, or with --world all contingents on a map.

    FILE's ending says what is written: a picture (.svg, .png), what it shows as a table (.csv) or as Vega-Lite (.json),
    or a page to zoom in (.html). For .png and .html install the extra "charts". Unknown is a hatched gap; where nobody
    is, the line lies on nought.
    """
    from musterbook.desk.charting import Wanted, write_chart, write_world

    if world and not (force or place):
        write_world(out, question)
    elif force and place and not world:
        write_chart(Wanted(force, place, first, last, against, log), out, question)
    else:
        raise click.UsageError("name a force and a place, or --world alone")
