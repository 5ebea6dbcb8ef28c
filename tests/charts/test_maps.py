"""The map: circles by strength, hatched where unknown, small hosts to be seen, nobody shown twice."""

from __future__ import annotations

import pytest
from drawn import LAST, elements, holding

from musterbook.charts import Holding, world
from musterbook.charts.atlas import load_atlas
from musterbook.charts.world import BY_SIZE, placed, sizes_for
from musterbook.lexicon.register import load_register


def radii(*found: Holding) -> dict[str, float]:
    return {circle.holding.contingent: circle.r for circle in placed(found, sizes_for(found))}


def test_the_area_of_a_circle_is_the_strength() -> None:
    sizes = radii(holding("IRQ", 40_000), holding("DEU", 10_000))
    assert sizes["USA/IRQ"] == pytest.approx(2 * sizes["USA/DEU"])


@pytest.mark.parametrize("host", ["QAT", "DJI", "BHR", "XKX", "SGP", "MLT"])
def test_small_hosts_can_be_seen(host: str) -> None:
    assert radii(holding("DEU", 100_000), holding(host, 30))[f"USA/{host}"] > 2


def test_an_unknown_strength_is_hatched_and_no_small_circle() -> None:
    drawn = world([holding("IRQ", 5000), holding("SYR", None)], LAST).svg
    hatched = [c for c in elements(drawn, "circle") if c.get("fill", "").startswith("url(")]
    assert len(hatched) == 1
    assert "SYR: unknown" in drawn


def test_where_nobody_is_there_is_no_circle() -> None:
    assert "USA/SYR" not in world([holding("IRQ", 5000), holding("SYR", 0)], LAST).svg


def test_circles_do_not_cover_each_other() -> None:
    hosts = ("DEU", "POL", "ITA", "BEL", "NLD", "XKX", "ROU", "GBR", "ESP")
    held = [holding(host, 1000 * (i + 1)) for i, host in enumerate(hosts)]
    found = placed(held, sizes_for(held))
    for i, a in enumerate(found):
        for b in found[i + 1 :]:
            assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 >= (a.r + b.r) ** 2


def test_a_joint_figure_is_left_out_where_one_of_its_hosts_has_its_own() -> None:
    joint = Holding("USA/IRQ+SYR", "both", "USA", "USA", "both", ("IRQ", "SYR"), 1, 7000, 9000)
    assert "USA/IRQ+SYR" in world([joint], LAST).svg
    assert "USA/IRQ+SYR" not in world([joint, holding("IRQ", 5000)], LAST).svg


def test_what_has_no_place_on_the_map_is_told() -> None:
    assert "1 contingent in no place" in world([holding("NOWHERE", 50)], LAST).desc


def test_colours_may_leave_the_forces_out() -> None:
    found = [holding("IRQ", 5000), holding("SYR", 5000, "FRA")]
    assert "mb-f2" in world(found, LAST).svg
    assert "mb-f2" not in world(found, LAST, by=BY_SIZE).svg


def test_the_land_may_come_from_a_file_of_its_own() -> None:
    drawn = world([], LAST, land_at="/static/world.svg").svg
    assert [image.get("href") for image in elements(drawn, "image")] == ["/static/world.svg"]
    assert 'id="land"' not in drawn


def test_every_state_of_the_register_has_its_place() -> None:
    """But for the smallest islands, which the outlines do not know, and states that are no more."""
    atlas = load_atlas()
    states = [p.code for p in load_register().parties.values() if p.kind == "state" and p.last is None]
    assert len([code for code in states if code not in atlas.points]) < len(states) / 10
    assert {"XKX", "CYP", "SOM", "QAT", "BHR", "DJI", "PSE", "TWN", "SSD"} <= atlas.points.keys()


def test_places_lie_on_the_drawing_and_where_they_should() -> None:
    atlas = load_atlas()
    assert all(0 <= x <= atlas.width and 0 <= y <= atlas.height for x, y in atlas.points.values())
    points = atlas.points
    assert points["USA"][0] < points["FRA"][0] < points["IRQ"][0] < points["AFG"][0] < points["JPN"][0]
    assert points["NOR"][1] < points["DEU"][1] < points["MLI"][1] < points["ZAF"][1]
    assert (
        points["RUS"][0] > points["UKR"][0]
    )  # in the middle of its land, on the right side of the date line
