"""The monthly contributions to peace operations of the United Nations; all figures are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from musterbook.identity.resolve import resolve
from musterbook.lexicon.register import load_register
from musterbook.model import Contingent, Doubt
from musterbook.series.reader import Told
from series_tables import UN, book, cut, told, written

MALI = "2020-06-30"


def row(country: str, code: str, mission: str, kind: str, women: object, men: object, day: str = MALI) -> str:
    return f"{country},{code},{mission},{kind},{women},{men},{day}"


def contingents(found: Told) -> dict[Contingent | str, int | None]:
    """The figures by contingent, or by the code of the doubt."""
    settled = ((resolve(s, load_register(), None), s.figures.level) for s in found.statements)
    return {where.code if isinstance(where, Doubt) else where: level for where, level in settled}


def test_kinds_and_sexes_are_added_up_and_every_row_is_evidence() -> None:
    rows = (
        row("Germany", "DEU", "MINUSMA", "Troops", 30, 300),
        row("Germany", "DEU", "MINUSMA", "Staff Officer", 2, 20),
        row("Germany", "DEU", "MINUSMA", "Individual Police", 3, 9),
    )
    found = told("un", UN, *rows)
    [said] = found.statements
    assert said.figures.level == 352
    assert len(said.evidence) == 2
    assert [fault.code for fault in found.faults] == ["not-counted"]


def test_a_share_of_a_mission_is_a_contingent_of_its_own() -> None:
    """The few French officers of the mission in Mali are not the thousands that France has there."""
    found = told("un", UN, row("France", "FRA", "MINUSMA", "Staff Officer", 1, 20))
    assert contingents(found) == {Contingent("FRA", "MLI", "UN:MINUSMA"): 21}


def test_where_a_mission_has_several_hosts_the_series_names_the_place() -> None:
    found = told(
        "un", UN, row("India", "IND", "UNDOF", "Troops", 0, 190), row("Fiji", "FJI", "UNDOF", "Troops", 1, 9)
    )
    assert contingents(found) == {
        Contingent("IND", "Golan Heights", "UN:UNDOF"): 190,
        Contingent("FJI", "Golan Heights", "UN:UNDOF"): 10,
    }


def test_a_total_is_the_missions_own() -> None:
    found = told("un", UN, row("Total", "", "MINUSMA", "Troops", 600, 11000))
    assert contingents(found) == {Contingent("UN:MINUSMA", "MLI"): 11600}


def test_a_sum_with_a_part_that_is_unknown_is_unknown() -> None:
    rows = (
        row("Germany", "DEU", "MINUSMA", "Troops", "", 300),
        row("Germany", "DEU", "MINUSMA", "Staff Officer", 2, 20),
        row("Chad", "TCD", "MINUSMA", "Troops", 20, 1400),
    )
    found = told("un", UN, *rows)
    assert contingents(found) == {Contingent("TCD", "MLI", "UN:MINUSMA"): 1420}


def test_days_are_read_in_the_forms_in_which_they_come() -> None:
    forms = ("2020-07-31", "31/07/2020", "2020-07-31T00:00:00", "31-Jul-20", "2020/07/31")
    rows = [
        row("Chad", "TCD", mission, "Troops", 1, 9, day) for day, mission in zip(forms, MISSIONS, strict=True)
    ]
    [table] = cut("un", UN, rows).tables
    assert table.report.title.endswith("2020-07-31")
    assert table.report.published == date(2020, 8, 30)


MISSIONS = ("MINUSMA", "MINUSCA", "UNMISS", "MONUSCO", "UNIFIL")


def test_the_columns_of_older_files_are_read_as_well() -> None:
    """Before 2010 there is a row for each country and mission, and a column for each kind."""
    head = "ID,Contributor,Contributor_ISO-3,Mission,Date,Troops,Police,Observers"
    found = told("un", head, "1,Ghana,GHA,UNMIL,2005-03-31,850,40,12")
    assert [(s.figures.level, s.unit) for s in found.statements] == [
        (862, "military personnel"),
        (850, "soldier"),
    ]


def test_an_unknown_mission_and_country_are_named() -> None:
    found = told(
        "un",
        UN,
        row("Germany", "DEU", "UNATLANTIS", "Troops", 1, 2),
        row("Atlantis", "ATL", "MINUSMA", "Troops", 1, 2),
    )
    assert [(f.code, f.words) for f in found.faults] == [
        ("unknown-mission", "UNATLANTIS"),
        ("unknown-force", "Atlantis"),
    ]


def test_the_figures_stand_beside_what_was_said_of_the_country_there(tmp_path: Path) -> None:
    path = written(tmp_path, UN, row("Germany", "DEU", "MINUSMA", "Troops", 50, 880))
    with book() as held:
        held.add_series("un", path)
        held.add("About 900 German soldiers are in Mali, the ministry said.", "2020-06-20")
        [one] = held.compare("un")
    assert (one.official.number, one.said and one.said.number, one.verdict) == (930, 900, "agree")
