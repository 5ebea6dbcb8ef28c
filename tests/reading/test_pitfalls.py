"""What others are known to read wrongly, each as a rule of ours: one report at a time, by the rules and as installed.

The sentences are our own; the last ones retell well-known announcements. A figure left in doubt is no misreading.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from musterbook.model import CountingRule, Reading, Report, Statement, Status
from musterbook.reading.reader import LONGEST, read

Reader = Callable[..., Reading]
CAP, GROUND, TEMPORARY = CountingRule.AUTHORISED_CAP, CountingRule.ON_THE_GROUND, CountingRule.TEMPORARY
PLAIN, MANDATE = CountingRule.UNSPECIFIED, CountingRule.MANDATE_CEILING
MCKENZIE = "Gen. Kenneth McKenzie, commander of U.S. Central Command"


@pytest.fixture(params=[False, True], ids=["rules", "learned"])
def told(request: pytest.FixtureRequest) -> Reader:
    def reading_of(text: str, published: str = "2021-03-10") -> Reading:
        return read(Report(text, published=date.fromisoformat(published)), learned=request.param)

    return reading_of


def stories(*given: str) -> pytest.MarkDecorator:
    """Reports of a line with what is to be read: "text => answer"."""
    return pytest.mark.parametrize(("text", "answer"), [tuple(one.split(" => ")) for one in given])


def texts(*given: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("text", given)


def pair(statement: Statement) -> str:
    return f"{statement.force.code} {statement.place.code if statement.place else '-'}"


def lines(reading: Reading) -> list[str]:
    """What a reading says in numbers, in text order: "JPN DJI before=400 after=180"."""
    return [f"{pair(s)} {s.figures.key()}" for s in reading.statements if not s.wording]


def counted(reading: Reading) -> list[tuple[int | None, CountingRule]]:
    """Every level or target with what was counted."""
    return [(s.figures.level or s.figures.after, s.rule) for s in reading.statements]


# Bounds, changes, increments.


@stories(
    "There are up to 450 Danish soldiers in Estonia. => DNK EST level=450 high=450",
    "As many as 700 Belgian soldiers are stationed in Romania. => BEL ROU level=700 high=700",
    "No more than 200 Dutch soldiers are based in Lithuania. => NLD LTU level=200 high=200",
    "Sweden will send up to 120 soldiers to Mali. => SWE MLI delta=120 high=120",
)
def test_up_to_is_a_ceiling_and_never_a_bare_level(told: Reader, text: str, answer: str) -> None:
    assert lines(told(text)) == [answer]


def test_at_least_is_a_floor_and_no_ceiling(told: Reader) -> None:
    text = "At least 1,500 Turkish soldiers are stationed in Qatar, the ministry said."
    assert lines(told(text)) == ["TUR QAT level=1500 low=1500"]


@stories(
    "Japan will cut its force in Djibouti from 400 soldiers to 180. => JPN DJI before=400 after=180",
    "The number of Dutch troops in Lithuania will rise from 250 to 350. => NLD LTU before=250 after=350",
    "Britain is cutting its force in Cyprus from 3,000 troops to 2,500. => GBR CYP before=3000 after=2500",
)
def test_from_to_is_a_change_and_no_range(told: Reader, text: str, answer: str) -> None:
    assert lines(told(text)) == [answer]


def test_a_range_stays_a_range_and_has_no_middle(told: Reader) -> None:
    assert lines(told("Italy has 250 to 300 soldiers in Niger.")) == ["ITA NER low=250 high=300"]


def test_by_so_many_to_so_many_is_an_increment_and_a_target(told: Reader) -> None:
    text = "Britain will increase its force in Estonia by 800 to 1,650 soldiers."
    assert lines(told(text)) == ["GBR EST after=1650 delta=800"]


@stories(
    "Romania will send another 800 soldiers to Kosovo. => ROU XKX delta=800",
    "The Pentagon sent 900 additional American troops to Kuwait. => USA KWT delta=900",
    "The president approved up to 3,900 more U.S. troops for Afghanistan. => USA AFG delta=3900 high=3900",
)
def test_an_increment_is_no_total(told: Reader, text: str, answer: str) -> None:
    assert lines(told(text)) == [answer]


@texts(
    "The United States has 2,600 more soldiers in Afghanistan than it had acknowledged.",
    "Spain has 120 fewer soldiers in Mali than last year.",
)
def test_so_many_more_or_fewer_than_before_is_no_total(told: Reader, text: str) -> None:
    assert [s.figures.level for s in told(text).statements] in ([], [None])


# What was counted.


def test_a_cap_is_not_boots_on_the_ground(told: Reader) -> None:
    text = (
        "The force management level for Niger allows 800 American soldiers. "
        "Some 950 American soldiers are on the ground there, an official said."
    )
    *cap, there = counted(told(text))
    assert cap in ([], [(800, CAP)])
    assert there == (950, GROUND)


def test_the_ceiling_of_a_mandate_is_not_who_is_there(told: Reader) -> None:
    text = "The mandate allows up to 1,100 German soldiers to serve in Mali. Some 900 German soldiers are in Mali."
    *ceiling, there = [rule for _, rule in counted(told(text))]
    assert ceiling in ([], [MANDATE])
    assert there is PLAIN


@texts(
    "About 1,100 American soldiers are in Syria on temporary duty.",
    "Estonia keeps 300 soldiers in Mali on rotation.",
    "The United States has 900 soldiers in Syria on nine-month deployments.",
)
def test_who_is_there_for_a_time_is_marked_so(told: Reader, text: str) -> None:
    assert [s.rule for s in told(text).statements] == [TEMPORARY]


def test_those_there_for_a_time_are_not_added_to_the_others(told: Reader) -> None:
    text = "The United States has 900 troops in Syria. Another 1,100 U.S. troops are in Syria temporarily."
    assert counted(told(text)) == [(900, PLAIN), (1100, TEMPORARY)]


def test_contractors_are_counted_apart_from_troops(told: Reader) -> None:
    found = told("The U.S. has 2,500 troops and about 4,000 American contractors in Iraq.")
    assert [(s.unit, s.figures.level) for s in found.statements] == [("troop", 2500), ("contractor", 4000)]


def test_a_figure_with_contractors_in_it_says_so(told: Reader) -> None:
    text = "The United States has 6,500 soldiers in Iraq, including contractors."
    assert counted(told(text)) == [(6500, CountingRule.WITH_CONTRACTORS)]


# Parts and wholes, joint places.


@texts(
    "NATO has 9,600 soldiers in Afghanistan, of whom 2,500 are American.",
    "NATO has 9,600 soldiers in Afghanistan, among them 2,500 American troops.",
)
def test_the_total_of_a_coalition_and_a_members_share_are_never_summed(told: Reader, text: str) -> None:
    total, *share = lines(told(text))
    assert total == "NATO AFG level=9600"
    assert share in ([], ["USA AFG level=2500"])


@stories(
    "There are 14,000 American troops in Iraq, Syria and Afghanistan. => USA AFG+IRQ+SYR level=14000",
    "France has 900 soldiers in Ivory Coast and Gabon. => FRA CIV+GAB level=900",
    "France will send 900 soldiers to Mali and Niger. => FRA MLI+NER delta=900",
)
def test_a_joint_figure_stays_joint(told: Reader, text: str, answer: str) -> None:
    assert lines(told(text)) == [answer]


def test_a_figure_for_each_of_two_places_is_not_joint(told: Reader) -> None:
    text = "France has 900 soldiers in Ivory Coast and 350 in Gabon."
    assert lines(told(text)) == ["FRA CIV level=900", "FRA GAB level=350"]


def test_figures_shared_out_respectively_are_not_joint(told: Reader) -> None:
    text = "France has 900 and 350 soldiers in Ivory Coast and Gabon respectively."
    assert "FRA CIV+GAB" not in [pair(s) for s in told(text).statements]


# What will be, what may be, what is denied.


@stories(
    "Poland will send 230 soldiers to Iraq. => announced",
    "Greece plans to send 1,200 soldiers to Saudi Arabia. => announced",
    "Poland has sent 230 soldiers to Iraq. => done",
)
def test_what_will_be_is_not_done(told: Reader, text: str, answer: str) -> None:
    assert [s.status for s in told(text).statements] == [answer]


def test_a_strength_to_come_is_a_target_and_no_level(told: Reader) -> None:
    assert lines(told("Poland will have 230 soldiers in Latvia by June.")) == ["POL LVA after=230"]


@texts(
    "Australia is considering sending 300 soldiers to Ukraine.",
    "Australia could send 300 soldiers to Ukraine.",
    "The government is weighing whether to send 300 Australian soldiers to Ukraine.",
)
def test_an_option_is_no_fact(told: Reader, text: str) -> None:
    assert [s.status for s in told(text).statements] == [Status.CONSIDERED]


@texts(
    "The ministry denied that Greece has 120 soldiers in Libya.",
    "Egypt denied having 600 soldiers in Libya.",
    "It is not true that Russia has 3,000 soldiers in Belarus, the Kremlin said.",
    "Ethiopia rejected reports that it had sent 3,000 troops into Somalia.",
)
def test_a_denial_is_no_fact(told: Reader, text: str) -> None:
    assert [s.status for s in told(text).statements] == [Status.DENIED]


def test_what_is_said_instead_is_not_denied(told: Reader) -> None:
    found = told("Egypt denied that it has 600 soldiers in Libya, saying 40 Egyptian soldiers are there.")
    assert [(s.figures.level, s.status) for s in found.statements] == [(600, "denied"), (40, "current")]


def test_who_neither_confirms_nor_denies_has_not_denied(told: Reader) -> None:
    text = "The Kremlin could neither confirm nor deny that 3,000 Russian soldiers are in Belarus."
    assert Status.DENIED not in [s.status for s in told(text).statements]


# Whose and where.


@stories(
    "WARSAW, March 10 (Wire) - Canada has 540 soldiers in Latvia. => CAN LVA",
    "PARIS (Wire) - Britain keeps 400 soldiers in Niger, the minister said. => GBR NER",
    "TOKYO - The Dutch ministry said that 160 Dutch soldiers serve in Afghanistan. => NLD AFG",
)
def test_a_dateline_is_no_host(told: Reader, text: str, answer: str) -> None:
    assert [pair(s) for s in told(text).statements] == [answer]


@stories(
    "The Kremlin said that 1,400 Russian soldiers are in Syria. => RUS SYR",
    "The White House said that 900 American soldiers are in Syria. => USA SYR",
    "Washington has 800 soldiers in Niger. => USA NER",
    "In Brussels, the Dutch minister said that 270 Dutch soldiers are in Lithuania. => NLD LTU",
)
def test_a_capital_that_speaks_is_no_host(told: Reader, text: str, answer: str) -> None:
    assert [pair(s) for s in told(text).statements] == [answer]


@texts(
    "Gen. Xqz'thar O'Brrgh of the Freedonian army spoke.",
    "The camp at Qzxv Wpl-9 in 𝔔land stood empty.",
    "Ñ'%$ Mr. ??? (a.k.a. “-”) declined to comment.",
)
def test_one_odd_name_spoils_nothing_else(told: Reader, text: str) -> None:
    assert lines(told(f"{text} Italy has 890 soldiers in Lebanon.")) == ["ITA LBN level=890"]


@texts(
    "Eleven Chadian soldiers were killed in Mali on Friday.",
    "Islamist fighters wounded 30 Kenyan soldiers in Somalia.",
    "The rebels captured 40 Ukrainian soldiers near Donetsk.",
    "The army of Niger wants to hire 6,000 recruits this year.",
    "Some 20,000 Ukrainian recruits have been trained in Britain.",
    "Some 60,000 refugees from Mali live in Niger.",
)
def test_casualties_prisoners_recruits_and_refugees_are_no_troops(told: Reader, text: str) -> None:
    assert lines(told(text)) == []


def test_fighters_of_a_group_are_no_troops_of_the_state(told: Reader) -> None:
    assert lines(told("Al-Shabab has 7,000 fighters in Somalia.")) == ["GROUP:al-Shabaab SOM level=7000"]


@pytest.mark.xfail(
    strict=False, reason="a doubt at best: rebels without a group's name may be given to a state"
)
def test_rebels_are_no_troops_of_the_state(told: Reader) -> None:
    assert lines(told("Some 1,500 rebels are in the hills of eastern Congo.")) == []


# Numbers, long texts, evidence.


@pytest.mark.parametrize(
    "written", ["1,300", "1.300", "1 300", "1\u202f300", "1\u00a0300", "1'300", "1300", "1 thousand 300"]
)
def test_a_number_is_not_broken_by_its_locale(told: Reader, written: str) -> None:
    assert lines(told(f"Germany has {written} soldiers in Mali.")) == ["DEU MLI level=1300"]


@pytest.mark.parametrize("written", ["1,2,3", "8.70,0", "8,70"])
def test_what_is_no_whole_number_is_not_cut_to_one(told: Reader, written: str) -> None:
    assert lines(told(f"Germany has {written} soldiers in Mali.")) == []


@pytest.mark.parametrize("length", [30_000, LONGEST + 5_000])
def test_a_long_report_is_read_to_its_end(told: Reader, length: int) -> None:
    first, last = "Italy has 890 soldiers in Lebanon.", "Canada has 540 soldiers in Latvia."
    filler = "The minister spoke for an hour about the harvest, the roads and the weather. "
    text = f"{first} {filler * (length // len(filler))}{last}"
    assert lines(told(text)) == ["ITA LBN level=890", "CAN LVA level=540"]


def test_evidence_is_cut_exactly(told: Reader) -> None:
    said = "Germany has 1\u202f300 soldiers in Mali"
    text = f"The day was hot… {said}, the “ministry” said.\n\nNobody asked about the heat."
    (one,) = told(text).statements
    assert [said in span.cut(text) for span in one.evidence] == [True]
    assert "1\u202f300" in [mark.cut(text) for mark in one.marks]


def test_the_same_bytes_come_out_twice(told: Reader) -> None:
    text = "Japan will reduce its force in Djibouti from 400 to 180 soldiers, the minister said on Monday."
    assert repr(told(text)) == repr(told(text))


@pytest.mark.parametrize("written", ["Gen. McKenzie", "McKenzie", "General McKenzie", "Kenneth McKenzie Jr."])
def test_variants_of_a_name_are_one_speaker(told: Reader, written: str) -> None:
    text = f"{MCKENZIE}, said that 2,500 American soldiers are in Iraq. {written} said that 900 are in Syria."
    assert [s.speaker.name for s in told(text).statements if s.speaker] == ["Kenneth McKenzie"] * 2


@texts(
    "Belgium has 250 soldiers in Mali and an unknown number in Niger.",
    "Belgium has 250 soldiers in Mali. It does not say how many soldiers it has in Niger.",
    "Belgium has 250 soldiers in Mali. It keeps a small force in Niger.",
)
def test_unknown_is_never_nought(told: Reader, text: str) -> None:
    found = told(text)
    assert lines(found) == ["BEL MLI level=250"]
    assert all(s.figures.is_empty for s in found.statements if s.wording)


# The acceptance cases that one report can show.


@texts(
    f"The United States will cut its force in Iraq from 5,200 to 3,000 by the end of this month, said {MCKENZIE}.",
    f"“We will go from 5,200 soldiers to 3,000 in Iraq during September,” {MCKENZIE}, said in Baghdad.",
)
def test_the_cut_in_iraq_has_one_deadline_however_it_is_put(told: Reader, text: str) -> None:
    found = told(text, "2020-09-10")
    assert lines(found) == ["USA IRQ before=5200 after=3000"]
    (one,) = found.statements
    assert one.status is Status.ANNOUNCED
    assert one.period is not None
    assert one.period.last == date(2020, 9, 30)
    assert one.speaker is not None
    assert one.speaker.name == "Kenneth McKenzie"


def test_the_cut_in_iraq_is_kept_as_it_was_miscounted(told: Reader) -> None:
    text = (
        "The U.S. force in Iraq will shrink from 5,200 soldiers to 3,000, the general said. "
        "The Pentagon will bring 1,200 soldiers home from Iraq, he added."
    )
    assert lines(told(text, "2020-09-10")) == ["USA IRQ before=5200 after=3000", "USA IRQ delta=-1200"]


def test_two_thousand_in_syria_are_a_core_and_some_for_a_time(told: Reader) -> None:
    text = (
        "The Pentagon said on Thursday that about 2,000 American soldiers are in Syria. "
        "Of those, 900 are the core force and 1,100 are there on temporary duty."
    )
    assert counted(told(text, "2024-12-19")) == [(2000, PLAIN), (900, PLAIN), (1100, TEMPORARY)]


def test_the_new_count_in_afghanistan_leaves_the_old_one_in_the_past(told: Reader) -> None:
    director = "Lt. Gen. Kenneth McKenzie, director of the Joint Staff"
    new, old = told(
        f"About 11,000 American soldiers are in Afghanistan, {director}, said on Wednesday. "
        "The Pentagon had put the number at 8,400 until now.",
        "2017-08-30",
    ).statements
    assert (new.figures.level, new.status) == (11000, Status.CURRENT)
    assert (old.figures.level, old.status) == (8400, Status.PAST)
    assert new.speaker is not None
    assert new.speaker.words == director


def test_those_approved_for_afghanistan_are_not_among_those_there(told: Reader) -> None:
    text = (
        "The U.S. has about 11,000 troops in Afghanistan, the Pentagon said on Wednesday. The president has "
        "approved up to 3,900 additional American troops for Afghanistan, who are not among them."
    )
    assert lines(told(text, "2017-08-30")) == ["USA AFG level=11000", "USA AFG delta=3900 high=3900"]


def test_a_mission_its_american_share_and_americans_outside_it_are_three_figures(told: Reader) -> None:
    text = (
        "NATO has 13,195 soldiers in Afghanistan, among them 6,839 American troops. "
        "The United States has another 3,161 soldiers in Afghanistan outside the NATO mission."
    )
    found = [(s.force.code, s.figures.level) for s in told(text, "2015-05-20").statements]
    assert found == [("NATO", 13195), ("USA", 6839), ("USA", 3161)]


def test_a_mission_of_many_states_and_its_largest_share_are_two_figures(told: Reader) -> None:
    text = "ISAF has 129,895 soldiers in Afghanistan, among them about 90,000 American troops."
    assert lines(told(text, "2012-04-18")) == ["NATO:ISAF AFG level=129895", "USA AFG level=90000"]
