"""The lists of the web desk: announcements, sources, speakers, conflicts, doubts, inputs, families of reports."""

from __future__ import annotations

import re
from html import unescape

import pytest

from musterbook.desk.web.lists import Lists
from musterbook.model import Doubt
from web_desk import Desk, told

HOSTILE = "<img src=x onerror=alert(1)>\u202e"
CHAIN = (
    (
        "The United States will cut its troops in Iraq from 3,000 to 2,500 by January 15, "
        "acting Defense Secretary Christopher Miller said on Tuesday.",
        "2020-11-17",
        "Wire One",
    ),
    (
        "The United States will reduce its force in Iraq from 5,200 to 3,000 in September, the Pentagon said.",
        "2020-09-10",
        "Daily Two",
    ),
    (
        "The United States will cut its force in Iraq by 1,200, from 5,200 to 3,000, Gen. Frank McKenzie said.",
        "2020-09-11",
        "Blatt Drei",
    ),
)
LISTS = (
    "/pledges",
    "/pledges/scoreboard",
    "/sources",
    "/speakers",
    "/conflicts",
    "/conflicts?explained=1",
    "/doubts",
    "/inputs",
    "/origins?outlets=1",
)


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """The desk with a chain of announcements, a misprint and an input that could not be read."""
    desk.book.add(told(*CHAIN))
    desk.book.add([Doubt("intake", "binary-file", "photo.jpg is not text", source="photo.jpg")])
    wrote(desk)
    return desk


def wrote(desk: Desk) -> None:
    desk.client.app.state.shelf.wrote()  # type: ignore[attr-defined] -- the application itself


def lists_of(desk: Desk) -> Lists:
    shelf = desk.client.app.state.shelf  # type: ignore[attr-defined] -- the application itself
    found: Lists = shelf.snapshot().lists
    return found


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("address", LISTS)
def test_every_list_answers_on_a_full_and_on_an_empty_book(busy: Desk, address: str) -> None:
    assert "<h1>" in busy.page(address)
    sign = "&" if "?" in address else "?"
    assert "<h1>" in busy.page(f"{address}{sign}public=1950-01-01")  # before anything was published


def test_the_navigation_leads_to_the_lists_and_says_where_one_is(busy: Desk) -> None:
    page = busy.page("/pledges")
    for address in ("/pledges", "/sources", "/conflicts", "/doubts", "/search"):
        assert f'href="{address}"' in page
    assert '<a href="/pledges" aria-current="page">' in page


def test_an_announcement_is_told_with_its_verdict_and_why(busy: Desk) -> None:
    page = words_of(busy.page("/pledges"))
    assert "5,200 → 3,000 United States in Iraq" in page
    assert "kept on" in page
    assert "reached by its day" in page


def test_statements_of_an_announcement_lead_to_their_cards(busy: Desk) -> None:
    for identity in re.findall(r'href="/statement/([0-9a-f]{64})', busy.page("/pledges")):
        assert "<mark>" in busy.page(f"/statement/{identity}")


def test_filters_narrow_announcements_and_stand_in_the_address(busy: Desk) -> None:
    every = lists_of(busy).of.pledges
    kept = [one for one in every if one.verdict == "kept"]
    assert f"1 to {len(kept)} of {len(kept)} announcements" in words_of(busy.page("/pledges?verdict=kept"))
    assert "No announcement fits" in busy.page("/pledges?force=france")
    assert "No announcement fits" in busy.page("/pledges?year=1999")
    assert "<option selected>kept</option>" in busy.page("/pledges?verdict=kept")
    page = busy.page("/pledges?speaker=miller")
    assert "→ 2,500" in page
    assert all(
        "Miller" in (one.speaker or "") for one in every if f"/pledge/{one.id}" in page.split("<ol")[0]
    )


def test_the_scoreboard_counts_every_announcement_once_and_tells_shares_with_intervals(busy: Desk) -> None:
    found = lists_of(busy)
    page = words_of(busy.page("/pledges/scoreboard?by=force"))
    assert f"United States {len(found.of.pledges)} " in page
    kept = sum(score.kept for score in found.scores["force"])
    judged = sum(score.judged for score in found.scores["force"])
    assert re.search(rf"{kept} of {judged} \(\d+ to \d+ %\)", page)
    for one in re.findall(r"\d+ of \d+", page.split("Verdicts", 1)[1].split("Every figure")[0]):
        assert re.search(rf"{one} \(\d+ to \d+ %\)", page)


def test_pages_of_a_list_add_up_to_the_list(busy: Desk) -> None:
    every = {one.id for one in lists_of(busy).of.pledges}
    seen: list[str] = []
    for number in range(1, len(every) + 1):
        page = busy.page(f"/pledges?rows=1&page={number}")
        seen += re.findall(r'<a class="figure" href="/pledge/([0-9a-f]{64})', page)
    assert sorted(seen) == sorted(every)
    assert f"there is no page {len(every) + 1}" in busy.page(f"/pledges?rows=1&page={len(every) + 1}", 404)


def test_one_announcement_shows_its_words_its_path_and_its_chain(busy: Desk) -> None:
    one = next(p for p in lists_of(busy).of.pledges if p.target == 2_500)
    page = words_of(busy.page(f"/pledge/{one.id[:8]}"))
    assert "from 3,000 to 2,500 by January 15" in page
    assert "500 had to move in 59 days" in page
    assert "Chain of revisions" in page
    chain = page.split("Chain of revisions")[1].split("In time")[0]
    assert chain.index("announced 11 September 2020") < chain.index("announced 17 November 2020")
    assert "2,500 U.S. troops remain in Iraq" in page.split("What decided")[1]


def test_a_chain_leads_forward_and_back(busy: Desk) -> None:
    found = lists_of(busy)
    last = next(p for p in found.of.pledges if p.target == 2_500)
    first = found.pledges[last.replaces or ""]
    assert f'href="/pledge/{last.id}"' in busy.page(f"/pledge/{first.id}")
    assert f'href="/pledge/{first.id}"' in busy.page(f"/pledge/{last.id}")


def test_the_clocks_of_an_address_hold_for_the_lists(busy: Desk) -> None:
    before = busy.page("/pledges?public=2020-12-01")
    assert "By what was published until 1 December 2020" in words_of(before)
    assert "kept on" not in words_of(before).split("One by one")[1]
    assert "public=2020-12-01" in re.findall(r'class="figure" href="([^"]+)"', before)[0]


def test_sources_are_counted_and_lead_to_their_reports(busy: Desk) -> None:
    reports = busy.book.reports()
    page = words_of(busy.page("/sources"))
    for name in {report.publisher for report in reports}:
        count = sum(report.publisher == name for report in reports)
        assert re.search(rf"{name} {count} \d+ ", page)
    one = busy.page("/source/Wire%20One")
    assert "General Frank McKenzie" in words_of(one)
    assert busy.page("/source?name=Wire%20One") == one.replace("/source/Wire%20One", "/source")


def test_a_source_without_a_name_and_one_with_signs_have_pages(desk: Desk) -> None:
    strange = "A/B & C? <i>#1</i>"
    desk.book.add(told(("Some 60 U.S. troops are in Kenya, he said.", "2021-05-02", strange)))
    desk.book.add(told(("Some 70 U.S. troops are in Chad, he said.", "2021-05-03", "")))
    wrote(desk)
    addresses = re.findall(r'href="(/source[/?][^"]*)"', desk.page("/sources"))
    assert len(addresses) == 5
    told_there = [words_of(desk.page(unescape(address))) for address in addresses]
    assert sum("Kenya" in one for one in told_there) == 1
    assert sum("Chad" in one and "name no publisher" in one for one in told_there) == 1


def test_speakers_are_told_with_what_they_said(busy: Desk) -> None:
    page = words_of(busy.page("/speakers"))
    assert "Pentagon" in page
    one = words_of(busy.page("/speaker?name=Pentagon"))
    assert "2,500 U.S. troops remain in Iraq" in one
    assert "Track record" in one


def test_a_record_never_tells_a_share_without_its_interval(busy: Desk) -> None:
    busy.book.add(told(("The U.S. had 5,000 troops in Iraq on March 1, 2020, AP said.", "2020-06-01", "X")))
    busy.book.add(told(("It had 5,000 American troops in Iraq in March 2020.", "2021-05-01", "Y")))
    wrote(busy)
    for address in ("/sources", "/speakers", "/source/Wire%20One"):
        page = words_of(busy.page(address))
        for one in re.findall(
            r"\b\d+ of \d+ (?!statement|report|publisher|speaker)", page.split("Within a tenth")[-1]
        ):
            assert re.search(rf"{one}\(\d+ to \d+ %\)", page), one


def test_a_misprint_is_named_with_the_likely_figure_and_the_sum(busy: Desk) -> None:
    page = words_of(busy.page("/conflicts"))
    assert "5,200 - 1,200 = 4,000, not 3,000" in page
    assert "Likely misprint 1,200 for 2,200 : one digit differs" in page
    assert "No conflict" not in page.split("In doubt")[1].split("Conflicts")[0]
    assert "5,200 - 1,200" not in busy.page("/conflicts?explained=1")


def test_conflicts_are_filtered_by_kind_and_contingent(busy: Desk) -> None:
    assert "5,200 - 1,200" in busy.page("/conflicts?code=change&force=us&place=iraq")
    assert "5,200 - 1,200" in busy.page("/conflicts?misprint=1")
    assert "Nothing fits" in busy.page("/conflicts?force=germany&place=mali")
    assert "No conflict is of the kind weather" in busy.page("/conflicts?code=weather", 404)


def test_doubts_are_counted_and_told_with_their_place_and_cure(busy: Desk) -> None:
    busy.book.add(told(("Nobody knows whether 900 or fewer of the boats were there.", "2021-05-04", "Z")))
    wrote(busy)
    every = busy.book.doubts()
    page = words_of(busy.page("/doubts"))
    assert f"{len(every)} doubt" in page
    assert "photo.jpg is not text" in page
    assert "photo.jpg" in busy.page("/doubts?stage=intake&code=binary-file")
    assert "No doubt fits" in busy.page("/doubts?stage=ledger")
    counts = re.findall(r'<td class="number">([\d,]+)</td>', busy.page("/doubts").split("One by one")[0])
    assert sum(int(count.replace(",", "")) for count in counts) == len(every)


def test_every_input_has_one_outcome_with_its_cure(busy: Desk) -> None:
    page = busy.page("/inputs")
    counts = re.findall(r'<td class="number">([\d,]+)</td>', page)
    assert sum(int(count.replace(",", "")) for count in counts) == len(busy.book.outcomes())
    assert "save the report as text or HTML first" in words_of(page)
    assert "photo.jpg" in busy.page("/inputs?outcome=binary-file")
    assert "photo.jpg" not in busy.page("/inputs?outcome=read")


def test_a_family_shows_what_goes_back_to_what(desk: Desk) -> None:
    words = "Some 1,234 U.S. soldiers are in Jordan, General Frank McKenzie said on Monday."
    desk.book.add(told((words, "2021-05-03", "Wire One"), (words, "2021-05-04", "Daily Two")))
    wrote(desk)
    page = desk.page("/origins")
    assert "2 reports of 2 publishers: Wire One, Daily Two" in words_of(page)
    address = re.findall(r'href="(/origin/[0-9a-f]{64})"', page)[0]
    family = desk.page(address)
    assert "<svg" in family
    assert "same words" in words_of(family)
    assert "No family fits" in desk.page("/origins?outlets=3")


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/pledges?force=atlantis", 404, "No force is known as atlantis"),
        ("/pledges?place=nowhere%20at%20all", 404, "No place is known as nowhere at all"),
        ("/pledges?verdict=maybe", 400, "verdict=maybe is none of: open, due, kept"),
        ("/pledges?year=20", 400, "year=20 is no number from 1900 to 2,200"),
        ("/pledges?page=0", 400, "page=0 is no number from 1"),
        ("/pledges?rows=201", 400, "rows=201 is no number from 1 to 200"),
        ("/pledges?page=%D9%A3", 400, "is no number"),
        ("/pledges?by=weather", 400, "by=weather is none of: force, place, speaker"),
        ("/pledges?order=size", 400, "order=size is none of"),
        ("/pledges?speaker=" + "x" * 201, 400, "speaker is longer than 200 signs"),
        ("/pledge/zzz", 404, "six to 64 signs"),
        ("/pledge/ffffffffff", 404, "No announcements have an id that begins with"),
        ("/source/Nobody", 404, "No publisher is called Nobody"),
        ("/sources?order=size", 400, "order=size is none of"),
        ("/speaker", 400, "name the speaker"),
        ("/speaker?name=Nobody", 404, "Nobody called Nobody says anything"),
        ("/conflicts?explained=perhaps", 400, "explained=perhaps is neither yes nor no"),
        ("/doubts?stage=weather", 400, "stage=weather is none of: intake, reading"),
        ("/doubts?code=weather", 404, "No doubt is of the kind weather"),
        ("/inputs?outcome=weather", 404, "No input is of the kind weather"),
        ("/origins?outlets=many", 400, "outlets=many is no number"),
        ("/origin/zzz", 404, "six to 64 signs"),
        ("/origin/ffffffffff", 404, "No families hold a report"),
    ],
)
def test_what_is_asked_wrongly_gets_a_plain_sentence(
    desk: Desk, address: str, status: int, words: str
) -> None:
    assert words in words_of(desk.page(address, status))
    answer = desk.client.get(address, headers={"accept": "application/json"})
    assert words in answer.json()["message"]


def test_hostile_words_are_shown_as_words_on_every_list(desk: Desk) -> None:
    texts = (
        f"The United States will cut its troops in Jordan from 700 to 300 by June, {HOSTILE} said. {HOSTILE}",
        "The U.S. has 700 troops in Jordan, General Frank McKenzie said.",
    )
    desk.book.add(told(*((text, "2021-04-01", HOSTILE) for text in texts)))
    desk.book.add([Doubt("intake", "binary-file", f"{HOSTILE} is not text", source=HOSTILE, words=HOSTILE)])
    wrote(desk)
    found = lists_of(desk)
    pages = [desk.page(address) for address in LISTS]
    pages += [desk.page(f"/pledge/{one.id}") for one in found.of.pledges]
    pages += [desk.page(f"/origin/{identity}") for identity in found.origins]
    pages += [desk.page(unescape(a)) for a in re.findall(r'href="(/source[/?][^"]*)"', desk.page("/sources"))]
    pages += [desk.page(unescape(a)) for a in re.findall(r'href="(/speaker\?[^"]*)"', desk.page("/speakers"))]
    for page in pages:
        assert "<img" not in page
        assert "\u202e" not in page
    assert sum("&lt;img src=x" in page for page in pages) > 5


def test_hostile_parameters_are_refused_or_shown_as_words(desk: Desk) -> None:
    for name in ("force", "place", "speaker", "q", "code", "source", "name", "outcome"):
        for address in ("/pledges", "/sources", "/speakers", "/conflicts", "/doubts", "/inputs", "/speaker"):
            answer = desk.client.get(address, params={name: HOSTILE + "\x00'\"%00"})
            assert answer.status_code in (200, 400, 404), (address, name)
            assert "<img" not in answer.text
            assert "\u202e" not in answer.text


def test_a_list_of_an_older_book_is_not_kept_as_the_newest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = desk.client.app.state.later  # type: ignore[attr-defined] -- the application itself
    desk.page("/sources")
    desk.book.add(told(("Some 60 U.S. troops are in Kenya, he said.", "2021-05-02", "New Paper")))
    wrote(desk)
    shelf = desk.client.app.state.shelf  # type: ignore[attr-defined] -- the application itself
    old, found = later._ready["sources+records+where"], later.find
    shelf.snapshot()
    monkeypatch.setattr(later, "find", lambda *_: old)
    assert "being reckoned" in desk.page("/sources")
    monkeypatch.setattr(later, "find", found)
    assert "New Paper" in desk.page("/sources")
