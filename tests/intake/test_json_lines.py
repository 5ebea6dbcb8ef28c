"""JSON lines: a bad line is a doubt with its number, the others are read."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from musterbook.intake import from_path
from musterbook.intake.kinds import Given
from musterbook.intake.lines import read_lines
from musterbook.intake.sources import from_stream
from musterbook.model import Doubt, Report

TEXT = "The general said that about 900 of the soldiers are still there."


def outcomes(raw: bytes, given: Given | None = None) -> list[Report | Doubt]:
    return [o for line in read_lines(io.BytesIO(raw), "in.jsonl", given or Given()) for o in line.outcomes]


def test_a_line_brings_its_own_day_and_source() -> None:
    line = {
        "text": TEXT,
        "title": "T",
        "url": "http://x",
        "publisher": "P",
        "published": "2020-09-09",
        "lang": "en",
    }
    (report,) = outcomes(json.dumps(line).encode(), Given(published=date(1999, 1, 1)))
    assert isinstance(report, Report)
    assert (report.title, report.url, report.publisher, report.published) == (
        "T",
        "http://x",
        "P",
        date(2020, 9, 9),
    )


def test_the_day_given_by_hand_is_for_lines_without_one() -> None:
    (report,) = outcomes(json.dumps({"text": TEXT}).encode(), Given(published=date(2020, 9, 9)))
    assert isinstance(report, Report)
    assert report.published == date(2020, 9, 9)


@pytest.mark.parametrize(
    "line",
    [b"{", b"[]", b"null", b'{"title": "no text"}', b'{"text": 5}', b"[" * 100_000, b'{"text": "\\ud800 ok'],
)
def test_a_bad_line_is_told_by_its_number_and_the_next_is_read(line: bytes) -> None:
    doubt, report = outcomes(line + b"\n" + json.dumps({"text": TEXT}).encode())
    assert isinstance(doubt, Doubt)
    assert isinstance(report, Report)
    assert doubt.code == "bad-json"
    assert doubt.source == "in.jsonl, line 1"


def test_a_day_that_is_none_is_told_and_the_report_read() -> None:
    report, note = outcomes(json.dumps({"text": TEXT, "published": "last week"}).encode())
    assert isinstance(report, Report)
    assert isinstance(note, Doubt)
    assert (note.code, note.report) == ("bad-date", report.id)


def test_a_line_without_words_is_empty() -> None:
    (doubt,) = outcomes(b'{"text": "  "}')
    assert isinstance(doubt, Doubt)
    assert doubt.code == "empty-file"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (json.dumps({"text": TEXT}).encode() + b"\n" + json.dumps({"text": TEXT}).encode(), 2),
        (TEXT.encode() + b"\nmore\n", 1),
        (b"<!DOCTYPE html><html><body><article><p>" + TEXT.encode() + b"</p></article></body></html>", 1),
    ],
)
def test_a_stream_tells_its_kind_by_its_content(raw: bytes, kind: int) -> None:
    found = list(from_stream(io.BytesIO(raw), "standard input", Given()))
    assert [type(o) for o in found] == [Report] * kind
    assert all("about 900" in o.text for o in found if isinstance(o, Report))


def test_the_samples_are_all_readable() -> None:
    from musterbook.desk.demo import samples

    found = list(from_path(Path(samples())))
    assert len(found) >= 120
    assert all(isinstance(o, Report) and o.published and o.url and o.publisher for o in found)
