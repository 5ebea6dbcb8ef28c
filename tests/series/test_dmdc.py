"""The quarterly tables of U.S. troops: what a row says, and the traps in them."""

from __future__ import annotations

import csv
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from musterbook.lexicon.register import load_register
from musterbook.lexicon.series import load_series
from musterbook.model import CountingRule
from musterbook.series.reader import read_table, tell
from official import official_counts
from replay import OFFICIAL
from series_tables import DMDC, book, cut, levels, row, told_by_dmdc, written

GERMANY = row("Germany", "DEU", "September 2017", 34516, 1000)


def codes(*rows: str) -> Counter[str]:
    return Counter(fault.code for fault in told_by_dmdc(*rows).faults)


def test_a_row_is_a_statement_with_the_row_as_evidence() -> None:
    [table] = cut("dmdc", DMDC, [GERMANY]).tables
    [said] = read_table(table.report, load_series("dmdc"), load_register()).statements
    assert said.force.code == "USA"
    assert said.figures.level == 34516
    assert said.period is not None
    assert said.period.last == date(2017, 9, 30)
    assert said.rule is CountingRule.PERMANENTLY_ASSIGNED
    assert said.evidence[0].cut(table.report.text) == GERMANY
    assert [mark.cut(table.report.text) for mark in said.marks] == ["Germany", "DEU", "34516"]
    assert said.speaker is not None
    assert said.speaker.words == "Defense Manpower Data Center"


def test_a_quarter_is_one_report_however_the_rows_are_ordered() -> None:
    later = row("Germany", "DEU", "December 2017", 35002)
    japan = row("Japan", "JPN", "September 2017", 39000)
    tables = cut("dmdc", DMDC, [later, GERMANY, japan]).tables
    assert [table.report.title[-10:] for table in tables] == ["2017-09-30", "2017-12-31"]
    assert tables[0].lines == (3, 4)


def test_a_figure_was_not_public_on_the_day_that_it_is_of() -> None:
    known, reckoned = cut("dmdc", DMDC, [GERMANY, row("Japan", "JPN", "June 2016", 38000)]).tables[::-1]
    assert known.report.published == date(2017, 11, 27)
    assert reckoned.report.published == date(2016, 9, 28)
    assert "usual delay of 90 days" in reckoned.report.published_reason


def test_a_missing_number_is_never_zero() -> None:
    """The files write 0 where the tables of that quarter have nothing on the country."""
    found = told_by_dmdc(
        row("Syria", "SYR", "March 2014", 0, "", "missing_zero_filled"),
        row("Chad", "TCD", "March 2014", 0, 0).replace(",9,", ",NA,"),
        row("Mali", "MLI", "March 2014", ""),
        row("Iran", "IRN", "March 2014", 0),
    )
    assert levels(found.statements) == {"IRN": 0}
    assert [fault.code for fault in found.faults] == ["missing-as-zero", "missing-as-zero", "blank"]


def test_numbers_of_other_sources_are_left_out() -> None:
    statuses = ("kane_2006", "author_estimate", "dmdc_long_only")
    rows = [row("Germany", "DEU", "June 2014", 9, "", status) for status in statuses]
    assert codes(*rows, row("Japan", "JPN", "June 2014", 5)) == {"other-source": 3}


def test_every_bad_row_has_an_outcome_with_a_name() -> None:
    when = "March 2016"
    found = codes(
        row("Atlantis", "ATL", when, 5),
        row("Germany", "FRA", when, 5),
        row("Japan", "JPN", when, "many"),
        row("Italy", "ITA", when, -5),
        row("Spain", "ESP", when, 5, 0, "guessed"),
        row("Norway", "NOR", when, 5),
        row("Norway", "NOR", when, 5),
        row("Poland", "POL", when, 5),
        row("Poland", "POL", when, 6),
        row("United States", "USA", when, 1000000),
    )
    assert found == {
        "unknown-place": 1,
        "code-and-name": 1,
        "not-a-number": 1,
        "negative": 1,
        "unknown-status": 1,
        "duplicate-row": 1,
        "contradicting-rows": 2,
        "at-home": 1,
    }


def test_between_two_rows_that_contradict_each_other_nobody_chooses() -> None:
    when = "March 2016"
    found = told_by_dmdc(
        row("Poland", "POL", when, 5), row("Poland", "POL", when, 6), row("Italy", "ITA", when, 7)
    )
    assert levels(found.statements) == {"ITA": 7}


def test_a_torn_row_and_a_row_without_a_day_go_into_no_table() -> None:
    found = cut("dmdc", DMDC, [GERMANY, "Japan,JPN,2017", GERMANY.replace("September,3", "Sometime,9")])
    assert [(fault.code, fault.row) for fault in found.faults] == [("torn-row", 3), ("no-day", 4)]
    assert found.rows == 3


def test_contingency_forces_count_as_on_the_ground_until_the_tables_dropped_them() -> None:
    """8,892 of September 2017 are active duty members and reserves; the 153 of 2022 are a floor, not the strength."""
    before = told_by_dmdc(row("Iraq", "IRQ", "September 2017", 7402, 1490)).statements
    [after] = told_by_dmdc(row("Iraq", "IRQ", "June 2022", 153)).statements
    assert [(s.figures.level, s.rule) for s in before] == [
        (7402, CountingRule.ON_THE_GROUND),
        (8892, CountingRule.ON_THE_GROUND),
    ]
    assert (after.figures.level, after.figures.low) == (None, 153)
    assert "left out since December 2017" in after.dating


def test_a_zero_that_leaves_out_the_forces_of_operations_says_nothing() -> None:
    assert codes(row("Syria", "SYR", "June 2022", 0)) == {"beyond-validity": 1}


def test_the_countries_that_were_dropped_are_those_that_fall_in_the_tables() -> None:
    """At least three in ten fewer in December 2017 than in September, and no more than that in June 2018."""
    counts = official_counts(comparable=False)
    places = {c.place: held for c, held in counts.items()}
    contingency = next(one.within for one in load_series("dmdc").counts if one.within)
    assert contingency
    for place in contingency - {"XKX"}:  # Kosovo has no code in the file
        before = places[place][date(2017, 9, 30)]
        after = places[place].get(date(2017, 12, 31), 0), places[place].get(date(2018, 6, 30), 0)
        assert before >= 50
        assert max(after) <= 0.7 * before, place


def test_names_of_the_tables_that_no_register_has_are_settled_by_the_series() -> None:
    when = "September 2005"
    found = told_by_dmdc(
        row("China (Includes Hong Kong)", "HKG", when, 67),
        row("Kosovo", "NA", when, 5),
        row("Virgin Islands, U.s.", "VIR", when, 4),
    )
    assert levels(found.statements) == {"CHN": 67, "XKX": 5, "VIR": 4}


def test_other_layouts_are_the_same_table() -> None:
    """Columns in another order, under other names, parted by semicolons, thousands parted, below a title."""
    head = "Location;Troops AD;Quarter;Year"
    found = cut("dmdc", f"Military Personnel\n\n{head}", ["Germany;34,516;Q3;2017", "Japan;39 000;Q3;2017"])
    [table] = found.tables
    said = tell(table.report, load_series("dmdc"), load_register()).statements
    assert levels(said) == {"DEU": 34516, "JPN": 39000}


def test_a_file_of_another_kind_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("dear diary\n1,2\n", encoding="utf-8")
    with book() as held:
        tally = held.add_series("dmdc", path).tally
    assert tally.refused == 1
    assert "notes.csv is no table of this series: it begins with 'dear diary'" in tally.notes[0].message


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", b"\xff\xd8\xff"])
def test_what_is_no_text_is_refused_with_a_cure(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "troops.xlsx"
    path.write_bytes(content)
    with book() as held:
        found = held.add_series("dmdc", path)
        again = held.add_series("dmdc", tmp_path / "none.csv")
    assert (found.tally.inputs, found.tally.refused, again.tally.refused) == (1, 1, 1)


def test_adding_a_file_twice_is_adding_it_once(tmp_path: Path) -> None:
    path = written(tmp_path, DMDC, GERMANY, row("Japan", "JPN", "June 2017", 39000))
    with book() as held:
        first, second = held.add_series("dmdc", path), held.add_series("dmdc", path)
        assert (first.tally.statements, second.tally.statements) == (2, 0)
        assert second.tally.known == 2
        assert (second.rows, second.taken) == (2, 2)


def test_a_table_in_the_book_can_be_read_again_from_its_text(tmp_path: Path) -> None:
    path = written(tmp_path, DMDC, GERMANY, row("Iraq", "IRQ", "September 2017", 7402, 1490))
    with book() as held:
        held.add_series("dmdc", path)
        assert [(one.same, one.proposals) for one in held.reread()] == [(3, ())]


def test_no_guard_holds_a_table_however_far_it_jumps(tmp_path: Path) -> None:
    """Thirteen thousand Americans were in Afghanistan at the end of 2014 and thirty thousand the quarter before."""
    rows = (
        row("Afghanistan", "AFG", "September 2014", 24170, 7084),
        row("Afghanistan", "AFG", "December 2014", 10189),
    )
    with book() as held:
        held.add_series("dmdc", written(tmp_path, DMDC, *rows))
        assert held.holds() == ()


def test_no_statement_is_held_because_it_parts_from_a_table(tmp_path: Path) -> None:
    """Some 4,500 rotated through Poland while 165 were permanently assigned: both are true."""
    with book() as held:
        held.add_series("dmdc", written(tmp_path, DMDC, row("Poland", "POL", "September 2020", 165)))
        held.add("About 4,500 U.S. troops are in Poland, the Pentagon said.", "2020-10-03")
        assert held.holds() == ()


def in_long_file(folder: Path) -> Path:
    """The file with the figures of the derived table, in which a June holds its September, too."""
    with OFFICIAL.open(encoding="utf-8") as lines:
        rows = [r for r in csv.DictReader(lines) if r["status"] == "dmdc_report" and r["long_file_troops_ad"]]
    cells = [[r["country"], r["iso3"], r["year"], r["month"], r["long_file_troops_ad"]] for r in rows]
    return written(folder, "countryname,iso3c,year,month,troops_ad", *(_line(c) for c in cells))


def _line(cells: list[str]) -> str:
    return ",".join(f'"{cell}"' for cell in cells)


@pytest.mark.skipif(not OFFICIAL.exists(), reason="needs ../shared")
def test_a_table_that_was_added_up_from_two_is_left_out(tmp_path: Path) -> None:
    """The long table of the R package troopdata: June holds June and September together, from 2014 to 2021."""
    with book() as held:
        found = held.add_series("dmdc", in_long_file(tmp_path))
        days = {said.period.last for said in held.statements() if said.period}
    assert found.problems[0].code == "doubled"
    assert all(date(year, 6, 30) not in days for year in range(2014, 2022))
    assert all(date(year, 9, 30) in days for year in range(2014, 2022))
    assert found.rows == found.taken + sum(len(one.lines) for one in found.left)


@pytest.mark.skipif(not OFFICIAL.exists(), reason="needs ../shared")
def test_the_whole_file_goes_in_and_every_row_has_an_outcome() -> None:
    start = time.perf_counter()
    with book() as held:
        found = held.add_series("dmdc", OFFICIAL)
        entries = held.entries()
    seconds = time.perf_counter() - start
    assert found.rows == found.taken + sum(len(one.lines) for one in found.left) == 19024
    assert {one.code for one in found.problems} == {"unknown-place"}
    said = {(e.contingent, e.statement.period.last): e for e in entries if e.statement and e.statement.period}
    for contingent, counts in official_counts().items():
        for day, number in counts.items():
            if (contingent, day) in said:
                statement = said[contingent, day].statement
                assert statement
                assert statement.figures.level == number
    assert seconds < 30, "19,000 rows take some three seconds on a machine that does nothing else"
