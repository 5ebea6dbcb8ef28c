"""``musterbook chart``: a file in every form, plain words where it cannot be had."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from desk_runs import Done, Musterbook

Demo = tuple[Path, Done]


def test_a_curve_is_written_as_a_picture_that_stands_alone(
    musterbook: Musterbook, demo: Demo, tmp_path: Path
) -> None:
    done = musterbook("chart", "us", "iraq", "--book", demo[0], "-o", "iraq.svg")
    assert done.code == 0
    drawn = (tmp_path / "iraq.svg").read_text()
    assert ET.fromstring(drawn).tag.endswith("svg")  # noqa: S314 -- our own drawing
    assert "prefers-color-scheme: dark" in drawn
    assert "United States in Iraq" in done.err


def test_a_picture_may_go_to_standard_output(musterbook: Musterbook, demo: Demo) -> None:
    done = musterbook("chart", "us", "syria", "--book", demo[0], "-o", "-")
    assert done.out.startswith("<svg")
    assert done.out.endswith("</svg>\n")


def test_the_table_holds_the_days_the_statements_and_the_announcements(
    musterbook: Musterbook, demo: Demo, tmp_path: Path
) -> None:
    musterbook("chart", "us", "iraq", "--book", demo[0], "-o", "iraq.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "iraq.csv").read_text())))
    assert {row["what"] for row in rows} == {"estimate", "statement", "announcement"}
    unknown = [row for row in rows if row["what"] == "estimate" and not row["best"]]
    assert all(row["low"] == "" for row in unknown)


def test_the_earlier_knowledge_is_drawn_beneath(musterbook: Musterbook, demo: Demo, tmp_path: Path) -> None:
    musterbook("chart", "us", "iraq", "--against", "2017-11-26", "--book", demo[0], "-o", "iraq.svg")
    assert "known on 2017-11-26" in (tmp_path / "iraq.svg").read_text()


def test_what_was_known_then_is_all_that_is_drawn(musterbook: Musterbook, demo: Demo, tmp_path: Path) -> None:
    musterbook("chart", "us", "iraq", "--known", "2017-11-26", "--book", demo[0], "-o", "iraq.csv")
    rows = csv.DictReader(io.StringIO((tmp_path / "iraq.csv").read_text()))
    assert max(row["published"] for row in rows) <= "2017-11-26"


def test_a_curve_may_be_cut_at_both_ends(musterbook: Musterbook, demo: Demo, tmp_path: Path) -> None:
    ends = ("--from", "2019-01-01", "--to", "2020-12-31")
    musterbook("chart", "us", "iraq", *ends, "--log", "--book", demo[0], "-o", "iraq.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "iraq.csv").read_text())))
    days = [row["day"] for row in rows if row["what"] == "estimate"]
    assert (days[0], days[-1]) == ("2019-01-01", "2020-12-31")


def test_the_map_shows_the_contingents_of_a_day(musterbook: Musterbook, demo: Demo, tmp_path: Path) -> None:
    done = musterbook(
        "chart", "--world", "--on", "2021-01-20", "--book", demo[0], "-o", "world.svg", "--json"
    )
    assert json.loads(done.out)["title"] == "Troops abroad on 2021-01-20"
    assert "United States in Iraq: " in (tmp_path / "world.svg").read_text()


@pytest.mark.parametrize("what", [("us", "iraq"), ("--world",)])
def test_the_description_is_vega_lite(
    musterbook: Musterbook, demo: Demo, tmp_path: Path, what: tuple[str, ...]
) -> None:
    musterbook("chart", *what, "--book", demo[0], "-o", "it.json")
    spec = json.loads((tmp_path / "it.json").read_text())
    assert "vega-lite" in spec["$schema"]
    assert all(layer["data"]["values"] for layer in spec["layer"])


def test_dots_and_the_page_are_drawn_with_the_extra(
    musterbook: Musterbook, demo: Demo, tmp_path: Path
) -> None:
    pytest.importorskip("vl_convert")
    for name in ("iraq.png", "iraq.html"):
        assert musterbook("chart", "us", "iraq", "--book", demo[0], "-o", name).code == 0
    assert (tmp_path / "iraq.png").read_bytes().startswith(b"\x89PNG")
    page = (tmp_path / "iraq.html").read_text()
    assert "<script src=" not in page  # all of it is inside
    assert "vegaEmbed" in page


def test_without_the_extra_it_is_named(musterbook: Musterbook, demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "shadow").mkdir()
    (tmp_path / "shadow/vl_convert.py").write_text("raise ImportError('not installed')\n")
    path = str(tmp_path / "shadow")
    done = musterbook("chart", "us", "iraq", "--book", demo[0], "-o", "iraq.png", PYTHONPATH=path)
    assert done.code == 2
    assert "musterbook[charts]" in done.err
    assert not (tmp_path / "iraq.png").exists()


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("us", "iraq", "-o", "x.pdf"), "cannot be written as .pdf"),
        (("us", "iraq", "-o", "x"), "without ending"),
        (("us", "nowhere", "-o", "x.svg"), "no place is known"),
        (("FJI", "iraq", "-o", "x.svg"), "the book has nothing on"),
        (("us", "-o", "x.svg"), "name a force and a place"),
        (("us", "iraq", "--world", "-o", "x.svg"), "name a force and a place"),
        (("us", "iraq", "--from", "2020-01-02", "--to", "2020-01-01", "-o", "x.svg"), "is not before"),
    ],
)
def test_wrong_use_is_told_in_words(
    musterbook: Musterbook, demo: Demo, call: tuple[str, ...], told: str
) -> None:
    done = musterbook("chart", *call, "--book", demo[0])
    assert done.code == 2
    assert told in done.err
    assert "Traceback" not in done.err


def test_a_folder_that_is_not_there_is_told(musterbook: Musterbook, demo: Demo) -> None:
    done = musterbook("chart", "us", "iraq", "--book", demo[0], "-o", "no/such/x.svg")
    assert done.code == 1
    assert "cannot be written" in done.err
