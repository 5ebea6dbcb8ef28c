"""``musterbook read``: what reports say, without touching a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from musterbook.desk.options import json_option, reading_options

if TYPE_CHECKING:
    from musterbook.intake import Given

EXAMPLES = """
\b
Examples:
  musterbook read report.txt --published 2020-09-09
  curl -s https://example.org/story.html | musterbook read - --json
  musterbook read --jsonl reports.jsonl --out statements.jsonl
"""


@click.command("read", epilog=EXAMPLES)
@click.argument("files", nargs=-1, metavar="FILE…|-")
@reading_options
@json_option
@click.option("--jsonl", metavar="IN", help="Read one document a line (- for standard input); needs --out.")
@click.option("--out", metavar="OUT", help="Write the interchange form, one document a line.")
@click.option(
    "--second-reader",
    "second",
    is_flag=True,
    help="Also ask the language model that MUSTERBOOK_LLM_URL and MUSTERBOOK_LLM_MODEL name; its finds are proposals.",
)
def command(
    files: tuple[str, ...],
    given: Given,
    as_json: bool,
    jsonl: str | None,
    out: str | None,
    second: bool,
) -> None:
    """Print what reports say about who has how many troops where.

    FILE is text, Markdown, HTML, PDF, a mail (.eml, .mbox), a feed, JSON lines (fields text, title,
    url, publisher, published, lang), CSV with a column of texts, an archive of pages (WARC), any
    of them packed by gzip, a folder, a pattern, or - for standard input. No book is touched.
    """
    if bool(jsonl) != bool(out):
        raise click.UsageError("--jsonl and --out belong together")
    if bool(files) == bool(jsonl):
        wrong = (
            "give FILE or --jsonl, not both" if files else "name the files to read, or - for standard input"
        )
        raise click.UsageError(wrong)
    if jsonl and out:
        from musterbook.desk.exchange import convert

        raise SystemExit(convert(jsonl, out, given.published, given.language))
    from musterbook.desk.reading import print_readings
    from musterbook.settings import second_reader

    model = second_reader() if second else None
    raise SystemExit(print_readings(files, given, as_json, model))
