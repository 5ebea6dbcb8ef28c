"""Every drawing is well-formed, the same for the same records, told in words too, and harmless whatever they are."""

from __future__ import annotations

import re
from datetime import date

import pytest
from drawn import HOSTILE, LAST, course, crowd, elements, every_chart, holding, parsed

from musterbook.charts import Picture, curve, land_file, stylesheet, world

CHARTS = sorted(every_chart())
ALLOWED = {
    "svg",
    "title",
    "desc",
    "defs",
    "pattern",
    "clipPath",
    "g",
    "a",
    "use",
    "path",
    "rect",
    "circle",
    "text",
    "image",
}


def forms(picture: Picture) -> list[str]:
    """The drawing in all its forms."""
    return [picture.svg, picture.alone, picture.plain, f"<div>{picture.legend}</div>"]


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(kind: str, words: str) -> None:
    for drawn in forms(every_chart(words)[kind]):
        root = parsed(drawn)
        names = {element.tag.rpartition("}")[2] for element in root.iter()} - {
            "style",
            "div",
            "ul",
            "li",
            "span",
        }
        assert names <= ALLOWED
        attributes = {name for element in root.iter() for name in element.attrib}
        assert not {name for name in attributes if name.startswith("on") or name == "style"}
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", drawn)


@pytest.mark.parametrize("kind", CHARTS)
def test_what_reverses_the_writing_is_shown(kind: str) -> None:
    assert "\\u202efdp.exe" in every_chart("\u202efdp.exe")[kind].svg


@pytest.mark.parametrize("kind", CHARTS)
def test_a_drawing_for_a_page_has_no_style_of_its_own(kind: str) -> None:
    picture = every_chart()[kind]
    assert "<style" not in picture.svg
    assert "<style" not in picture.plain
    assert "style=" not in picture.svg
    assert stylesheet() in picture.alone


@pytest.mark.parametrize("kind", CHARTS)
def test_a_drawing_is_named_and_told(kind: str) -> None:
    root = parsed(every_chart()[kind].svg)
    told = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert told[root.get("aria-labelledby")]
    assert told[root.get("aria-describedby")]


@pytest.mark.parametrize("kind", CHARTS)
def test_the_same_records_give_the_same_bytes(kind: str) -> None:
    assert every_chart()[kind].alone == every_chart()[kind].alone


@pytest.mark.parametrize("kind", CHARTS)
def test_every_link_has_words(kind: str) -> None:
    for link in elements(every_chart()[kind].svg, "a"):
        title = link.find("{http://www.w3.org/2000/svg}title")
        assert title is not None
        assert title.text


@pytest.mark.parametrize("kind", CHARTS)
def test_every_part_that_is_referred_to_is_there(kind: str) -> None:
    drawn = every_chart()[kind].svg
    ids = set(re.findall(r' id="([^"]+)"', drawn))
    wanted = {
        *re.findall(r"url\(#([^)]+)\)", drawn),
        *(u.get("href", "")[1:] for u in elements(drawn, "use")),
    }
    assert wanted <= ids


def test_a_drawing_leads_nowhere_outside() -> None:
    for picture in every_chart("https://example.org/x").values():
        for element in parsed(picture.svg).iter():
            assert (element.get("href") or "#").startswith("#")


def test_twenty_years_with_two_thousand_statements_stay_light() -> None:
    assert len(curve(crowd(2000)).svg.encode()) < 150_000


def test_a_map_of_three_hundred_contingents_stays_light() -> None:
    from musterbook.charts.atlas import load_atlas

    hosts = sorted(load_atlas().points)[:200]
    many = [holding(host, 50 * i, force) for i, host in enumerate(hosts) for force in ("USA", "FRA")][:300]
    assert len(world(many, LAST).svg.encode()) < 150_000
    assert len(world(many, LAST, land_at="/static/world.svg").svg.encode()) < 90_000


def test_the_usual_map_stays_light() -> None:
    hosts = ("IRQ", "SYR", "AFG", "DEU", "QAT", "DJI", "BHR", "XKX", "MLI", "NER", "KOR", "JPN", "POL", "ITA")
    drawn = world([holding(host, 100 * i) for i, host in enumerate(hosts)], LAST).svg
    assert len(drawn.encode()) < 90_000


def test_the_land_is_a_file_that_may_be_kept() -> None:
    assert len(land_file().encode()) < 60_000
    assert parsed(land_file()).get("viewBox")


def test_an_empty_chart_says_so() -> None:
    from musterbook.charts import Course, bars, family, timeline

    assert "nothing is known" in curve(Course("Nobody in Nowhere", ())).svg
    for picture in (timeline([], date(2020, 1, 1)), family([], "x"), bars([], "x"), world([], LAST)):
        assert parsed(picture.alone) is not None


def test_a_page_may_hold_two_curves() -> None:
    from dataclasses import replace

    one, two = curve(course()).svg, curve(replace(course(), name="USA/SYR")).svg
    assert not set(re.findall(r' id="([^"]+)"', one)) & set(re.findall(r' id="([^"]+)"', two))
