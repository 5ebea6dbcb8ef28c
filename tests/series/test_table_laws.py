"""Laws of tables over invented files: nothing raises, every row has one outcome, evidence cuts its own row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from musterbook.lexicon.register import load_register
from musterbook.lexicon.series import load_series
from musterbook.series.reader import tell
from musterbook.series.tables import CutUp, cut_up
from series_tables import DMDC, UN

numbers = st.integers(-5, 50_000).map(str)
cells = st.one_of(
    numbers, st.sampled_from(("", "NA", "1,234", "12.0", '"', '"a,b"', "x" * 300, "٣", "1e9", "\u202e5"))
)
countries = st.sampled_from(
    ("Iraq,IRQ", "Mali,MLI", "Mali,IRQ", "Guam,GUM", "Kosovo,NA", ",", '"Korea, South",KOR')
)
days = st.sampled_from(("2017,September,3", "2017,December,4", "2022,June,2", "0,June,2", "2016,,1", ",,"))
statuses = st.sampled_from(("dmdc_report", "missing_zero_filled", "kane_2006", "", "?"))
dmdc_rows = st.builds(
    lambda *parts: ",".join(parts), countries, days, cells, cells, cells, cells, st.just("s"), statuses
)
missions = st.sampled_from(("MINUSMA", "UNTSO", "UNMIT", "NONE", ""))
kinds = st.sampled_from(("Troops", "Staff Officer", "Individual Police", ""))
un_rows = st.builds(
    lambda *parts: ",".join(parts),
    countries,
    missions,
    kinds,
    cells,
    cells,
    st.sampled_from(("2020-06-30", "30/06/2020", "x", "2011-01-31")),
)
files = st.one_of(
    st.tuples(
        st.just("dmdc"), st.just(DMDC), st.lists(st.one_of(dmdc_rows, st.text(max_size=30)), max_size=12)
    ),
    st.tuples(st.just("un"), st.just(UN), st.lists(st.one_of(un_rows, st.text(max_size=30)), max_size=12)),
)


@given(files)
def test_every_row_of_any_file_has_one_outcome_and_evidence_cuts_its_row(
    file: tuple[str, str, list[str]],
) -> None:
    key, head, rows = file
    series, register = load_series(key), load_register()
    found = cut_up("\n".join([head, *rows]), series, "file.csv")
    assert isinstance(found, CutUp)
    outcomes = len(found.faults)
    for table in found.tables:
        told = tell(table.report, series, register)
        assert told.rows == len(table.lines)
        assert told.taken >= 0
        outcomes += told.rows
        lines = table.report.text.split("\n")[1:]
        for said in told.statements:
            assert said.figures.level is None or said.figures.level >= 0
            assert all(span.cut(table.report.text) in lines for span in said.evidence)
            assert all(mark.cut(table.report.text).strip() for mark in said.marks)
    assert outcomes == found.rows


@given(st.permutations(range(6)))
def test_the_order_of_rows_changes_no_figure(order: list[int]) -> None:
    rows = [
        f"Mali,MLI,2017,{month},1,{n},0,0,9,s,dmdc_report" for n, month in enumerate(("June", "September"))
    ]
    rows += [
        f"{name},2017,June,2,{n},0,0,9,s,dmdc_report"
        for n, name in enumerate(("Iraq,IRQ", "Guam,GUM", "Iraq,IRQ", "x,y"))
    ]
    series, register = load_series("dmdc"), load_register()

    def figures(lines: list[str]) -> set[tuple[str, str, int | None]]:
        found = cut_up("\n".join([DMDC, *lines]), series)
        assert isinstance(found, CutUp)
        said = (s for table in found.tables for s in tell(table.report, series, register).statements)
        return {(s.place.code if s.place else "", str(s.period), s.figures.level) for s in said}

    assert figures([rows[at] for at in order]) == figures(rows)
