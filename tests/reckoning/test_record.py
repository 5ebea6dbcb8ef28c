"""Whose figures held: compared with what came out later, as counts with intervals."""

from __future__ import annotations

from test_conflicts import News

from musterbook.findings import Pledge, Verdict
from musterbook.lexicon.register import load_register
from musterbook.model import CountingRule, Status
from musterbook.reckoning.record import Record, Share, track_record
from musterbook.values import Attribution, Figures

SPOKESMAN = Attribution("a spokesman", named=False)
RYDER = Attribution("Maj. Gen. Pat Ryder", name="Pat Ryder")
HART = Attribution("Gen. Paul Hart", name="Paul Hart")


def records(news: News, by: str = "speaker", **more: object) -> dict[str, Record]:
    found = track_record(news.entries, news.reports, load_register(), by, **more)  # type: ignore[arg-type]
    return {record.name: record for record in found}


def found_of(record: Record) -> list[tuple[int, str, int]]:
    return [(c.told, c.disclosure.kind, c.disclosure.number) for c in record.compared]


def test_a_figure_that_is_corrected_later_was_too_low() -> None:
    """Hart says 900; four months later: there are 2,000, and not 900."""
    news = News()
    news(0, Figures(level=900), speaker=HART)
    right = news(120, Figures(level=2000))
    denied = right.__class__(**{**_fields(right), "figures": Figures(level=900), "status": Status.DENIED})
    news.entries.append(_line(denied))
    record = records(news)["Paul Hart"]
    assert found_of(record) == [(900, "correction", 2000)]
    assert (record.under, record.over, record.within_quarter.count) == (1, 0, 0)


def _fields(said: object) -> dict[str, object]:
    return {name: getattr(said, name) for name in said.__dataclass_fields__}  # type: ignore[attr-defined]


def _line(said: object) -> object:
    from books import line

    return line(said)  # type: ignore[arg-type]


def test_a_report_that_looks_back_shows_what_was_there() -> None:
    news = News()
    news(0, Figures(level=900), speaker=HART)
    news(200, Figures(level=950), Status.PAST, on=5)
    assert found_of(records(news)["Paul Hart"]) == [(900, "look back", 950)]


def test_an_official_series_goes_before_all_else() -> None:
    news = News()
    news(0, Figures(level=900), speaker=HART)
    news(90, Figures(level=1000), source="DMDC", on=30)
    news(200, Figures(level=950), Status.PAST, on=5)
    assert found_of(records(news, series=("DMDC",))["Paul Hart"]) == [(900, "series", 1000)]


def test_three_later_sources_that_agree_are_a_disclosure_and_two_are_not() -> None:
    news = News()
    news(0, Figures(level=900), speaker=HART)
    news(5, Figures(level=1500)), news(6, Figures(level=1500))
    assert found_of(records(news)["Paul Hart"]) == []
    third = news(7, Figures(level=1510))
    assert found_of(records(news)["Paul Hart"]) == [(900, "consensus", 1500)]
    same = {said.statement.id: third.id for said in news.entries[1:] if said.statement}
    assert found_of(records(news, first=same)["Paul Hart"]) == []


def test_what_was_counted_by_another_rule_judges_nobody() -> None:
    """Ryder says 900; the official count of those permanently assigned is 500."""
    news = News()
    news(0, Figures(level=900), speaker=RYDER)
    news(90, Figures(level=500), source="DMDC", on=10, rule=CountingRule.PERMANENTLY_ASSIGNED)
    record = records(news, series=("DMDC",))["Pat Ryder"]
    assert (len(record.compared), len(record.other_rule)) == (0, 1)


def test_a_change_in_between_makes_no_figure_wrong() -> None:
    news = News()
    news(0, Figures(level=900), speaker=HART)
    news(10, Figures(before=900, after=400), Status.DONE)
    news(200, Figures(level=400), Status.PAST, on=30)
    assert found_of(records(news)["Paul Hart"]) == []


def test_a_figure_that_is_repeated_counts_once() -> None:
    news = News()
    for day in range(4):
        news(day, Figures(level=900), speaker=HART)
    news(200, Figures(level=950), Status.PAST, on=5)
    record = records(news)["Paul Hart"]
    assert (record.figures, len(record.compared)) == (1, 1)


def test_one_person_has_one_record_under_all_names() -> None:
    news = News()
    news(0, Figures(level=5200), speaker=Attribution("Gen. Frank McKenzie", name="Frank McKenzie"))
    news(1, Figures(level=3000), speaker=Attribution("Kenneth McKenzie", name="Kenneth McKenzie"))
    assert [record.figures for record in records(news).values()] == [2]


def test_publishers_and_offices_have_records_too() -> None:
    news = News()
    news(0, Figures(level=5200), source="Wire", speaker=Attribution("McKenzie", name="Frank McKenzie"))
    assert list(records(news, "publisher")) == ["Wire"]
    assert list(records(news, "office")) == ["Commander of U.S. Central Command (USA)"]


def test_pledges_are_counted_by_verdict() -> None:
    news = News()
    said = news(0, Figures(delta=-200), Status.ANNOUNCED, speaker=HART)
    where = news.entries[0].contingent
    assert where
    judged = None, -200, Verdict.BROKEN, None, "not there after its day"
    made = Pledge(where, said.figures, said.status, None, None, *judged, "Hart", None, (said.id,), (), ())
    assert records(news, pledges=[made])["Paul Hart"].verdicts == {"broken": 1}


def test_a_share_of_few_is_known_badly() -> None:
    few, many = Share(1, 1), Share(100, 100)
    assert few.low is not None
    assert many.low is not None
    assert few.low < 0.3 < 0.95 < many.low
    assert Share(0, 0).low is None


def test_a_median_of_few_has_no_interval() -> None:
    news = News()
    for day, number in enumerate((900, 905, 910)):
        news(day, Figures(level=number), speaker=HART)
    news(200, Figures(level=1000), Status.PAST, on=1)
    low, median, high = records(news)["Paul Hart"].ratios
    assert (low, median, high) == (None, 0.905, None)
