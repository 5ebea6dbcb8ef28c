"""Writes a chart to a file, or to standard output."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime

from musterbook.api.drawing import Chart
from musterbook.desk.options import Question
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note
from musterbook.desk.wiring import asked, force_code, near, place_code
from musterbook.errors import UsageError


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which curve, between which days, and against which earlier knowledge."""

    force: str
    place: str
    first: date | None = None
    last: date | None = None
    against: datetime | None = None
    log: bool = False


def write_chart(wanted: Wanted, out: str, question: Question) -> None:
    """The curve of one force in one place."""
    if wanted.first and wanted.last and wanted.first >= wanted.last:
        raise UsageError(f"--from {wanted.first} is not before --to {wanted.last}")
    with asked(question) as view:
        codes = view.current_name(force_code(wanted.force)), view.current_name(place_code(wanted.place))
        ends = wanted.first, wanted.last, wanted.against
        chart = view.of(near(*codes)).chart(wanted.force, wanted.place, *ends, wanted.log)
    _write(chart, out, question)


def write_world(out: str, question: Question) -> None:
    """The map of a day."""
    with asked(question) as view:
        chart = view.world(question.on)
    _write(chart, out, question)


def _write(chart: Chart, out: str, question: Question) -> None:
    """The chart in the form that the file's name asks for, and what it shows in a sentence."""
    if out == "-":
        sys.stdout.buffer.write(chart.as_bytes(".svg"))
        return
    file = chart.save(out)
    if question.as_json:
        print_json({"file": str(file), "title": chart.picture.title, "shows": chart.picture.desc})
        return
    note(f"{file}: {chart.picture.title}. {chart.picture.desc}")
