"""Reading a text or a report, without a book."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from musterbook.api.days import Day, day_of
from musterbook.lexicon.series import is_table
from musterbook.model import Reading, Report, Statement

if TYPE_CHECKING:
    from musterbook.second.endpoint import SecondReader


def read(
    text: str, published: Day | None = None, title: str = "", language: str = "en", url: str = ""
) -> tuple[Statement, ...]:
    """What a report says about who has how many troops where, in the order of the text.

    ``published`` is the day of publication (a date or ``"2020-09-09"``), from which "Tuesday" and "by the end
    of the month" are counted; without it the day is inferred from the text where several signs agree.
    ``language`` is an ISO 639-1 code. Every span of a statement counts characters of ``text``.

    ValueError when the day is not one, LexiconError when no pack ships for the language. Strange text never
    raises; what could not be settled is in ``read_report(...).doubts``.
    """
    report = Report(text, title=title, url=url, language=language, published=day_of(published))
    return read_report(report).statements


def read_report(report: Report, second: SecondReader | None = None) -> Reading:
    """All that a report gives: statements, quotations with speakers, people, appointments, events, doubts.

    A table of a series (``language`` begins with ``x-``) is read by its columns, and no model is asked.
    ``second`` is a language model to ask as well; what it proposes stands among the doubts, code ``proposed``,
    and only as far as the report bears it out.
    """
    if is_table(report.language):
        return _read_table(report)
    from musterbook.reading.reader import read as read_one
    from musterbook.settings import wants_learned

    reading = read_one(report, learned=wants_learned())
    if second is None:
        return reading
    return replace(reading, doubts=(*reading.doubts, *second.read(reading).doubts(reading.report)))


def _read_table(report: Report) -> Reading:
    """The report as a table of its series."""
    from musterbook.lexicon.register import load_register
    from musterbook.lexicon.series import series_of
    from musterbook.series.reader import read_table

    return read_table(report, series_of(report.language), load_register())
