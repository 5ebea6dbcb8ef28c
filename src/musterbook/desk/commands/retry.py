"""``musterbook retry``: what was not read is tried again."""

from __future__ import annotations

from datetime import date

import click

from musterbook.desk.options import as_option, book_option, json_option, reading_options

EXAMPLES = """
\b
Examples:
  musterbook retry
  musterbook retry timeout crashed-parser
  musterbook retry unknown-language --lang en
"""


@click.command("retry", epilog=EXAMPLES)
@click.argument("codes", nargs=-1, metavar="[OUTCOME]…")
@reading_options
@as_option
@book_option
@json_option
def command(
    codes: tuple[str, ...],
    published: date | None,
    lang: str | None,
    column: str | None,
    fast: bool,
    by: str | None,
    book: str | None,
    as_json: bool,
) -> None:
    """Hand in again the files that could not be read, or only those that ended as OUTCOME.

    The outcomes are those of musterbook doubts --intake. What is in the book stays as it is; what can be read now
    is added, and the earlier outcome counts as tried again.
    """
    from musterbook.desk.inputs import retry
    from musterbook.intake import Given

    given = Given(published, lang, column=column or "", fast=fast)
    raise SystemExit(retry(codes, book, given, by, as_json))
