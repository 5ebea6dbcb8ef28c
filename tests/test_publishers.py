"""Publishers: an address is proof, a name is only claimed, and what a government alone gives out is official."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from musterbook.lexicon.press import host_of
from musterbook.lexicon.register import load_register, read_register

REGISTER = load_register()
UNKNOWN_SITE = "https://www.zenda-news.example/2019/troops"


def code(name: str, url: str = "") -> str | None:
    found = REGISTER.publisher(name, url)
    return found.code if found else None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.reuters.com/world/troops", "Reuters"),
        ("http://in.reuters.com/article/x", "Reuters"),
        ("https://APNEWS.com/article/x", "AP"),
        ("https://apnews.com.:443/article/x", "AP"),
        ("reuters.com/article/x", "Reuters"),
        ("https://img1-azrcdn.newser.com/story/1", "newser.com"),
        ("https://digital-staging.thehill.com/policy", "thehill.com"),
        ("https://user@www.stripes.com:8443/news?x=1#y", "stripes.com"),
        ("https://news.usni.org/2020/fleet", "usni.org"),
        ("https://abcnews.go.com/x", "abcnews.go.com"),
        ("https://peacekeeping.un.org/en/mission", "peacekeeping.un.org"),
        ("https://news.un.org/en/story", "un.org"),
        ("https://www.defense.gouv.fr/x", "defense.gouv.fr"),
    ],
)
def test_an_address_is_known_by_its_longest_registered_domain(url: str, expected: str) -> None:
    """Hosts beneath a domain, ports, names of users and capitals change nothing."""
    assert code("", url) == expected
    assert code("Somebody Else", url) == expected


@pytest.mark.parametrize(
    "url",
    [
        UNKNOWN_SITE,
        "https://reuters.com.zenda.example/x",
        "https://notreuters.com/x",
        "https://zenda.example/reuters.com",
        "https://go.com/x",
        "https://[broken",
        "file.txt",
        "https://",
    ],
)
def test_an_address_that_no_line_has_is_nobody_whatever_it_claims(url: str) -> None:
    """A name proves nothing beside an address: a copy of Reuters is not Reuters."""
    for name in ("Reuters", "Reuters via Devdiscourse", "AP", ""):
        assert REGISTER.publisher(name, url) is None
        assert REGISTER.original(name, url) is None
        assert not REGISTER.established(url, name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Reuters", "Reuters"),
        ("RTRS", "Reuters"),
        ("the new york times", "nytimes.com"),
        ("New York Times", "nytimes.com"),
        ("El Pais", "elpais.com"),
        ("AP via WAOW", "AP"),
        ("Washington Post (excerpt via Zenda)", "washingtonpost.com"),
        ("The Nation (Pakistan)", "nation.com.pk"),
        ("www.latimes.com", "latimes.com"),
        ("Zenda Post", None),
        ("Zenda Post via Reuters", None),
        ("", None),
    ],
)
def test_without_an_address_a_name_is_all_there_is(name: str, expected: str | None) -> None:
    """What stands before "via" or a bracket is the original."""
    assert code(name) == expected


def test_who_carried_a_report_and_who_wrote_it_are_told_apart() -> None:
    """WAOW is registered, so that its word for AP counts; the publisher is WAOW all the same."""
    carried = "AP via WAOW", "https://www.waow.com/news/troops"
    publisher, original = REGISTER.publisher(*carried), REGISTER.original(*carried)
    assert publisher is not None
    assert original is not None
    assert (publisher.code, original.code) == ("waow.com", "AP")


@pytest.mark.parametrize(
    ("url", "own", "country"),
    [
        ("https://www.jble.zenda.mil/x", "zenda.mil", "USA"),
        ("https://zenda.gov/", "zenda.gov", "USA"),
        ("https://www.zenda.gov.in", "zenda.gov.in", "IND"),
        ("https://zenda.gouv.fr", "zenda.gouv.fr", "FRA"),
        ("https://www.gob.mx/sedena", "gob.mx", "MEX"),
        ("https://www.zenda.go.jp/", "zenda.go.jp", "JPN"),
    ],
)
def test_an_official_ending_makes_an_official_site(url: str, own: str, country: str) -> None:
    """Without a line of its own it is called by its domain."""
    found = REGISTER.publisher("", url)
    assert found is not None
    assert (found.code, found.kind, found.country) == (own, "government", country)
    assert REGISTER.established(url, "")


def test_an_official_ending_must_be_a_whole_one() -> None:
    """A word that ends in "mil" or an ending inside an address is none."""
    for url in (
        "https://zendamil",
        "https://zenda-gov.in",
        "https://mil.zenda.example",
        "https://zendagov.uk",
    ):
        assert REGISTER.publisher("", url) is None


def test_every_publisher_is_found_by_its_domains_and_its_names() -> None:
    """No line is hidden by another."""
    agencies = {agency.code: agency.aliases for agency in REGISTER.agencies}
    for one in REGISTER.publishers:
        assert all(REGISTER.publisher("", f"https://www.{domain}/x") is one for domain in one.domains)
        names = (one.name, *one.aliases, *agencies.get(one.code, ()))
        assert all(REGISTER.publisher(name) is one for name in names)
        assert all(host_of(domain) == domain for domain in one.domains)


def test_every_news_agency_has_an_address() -> None:
    """The codes of agencies.csv lead to domains."""
    published = {one.code: one for one in REGISTER.publishers}
    assert {agency.code for agency in REGISTER.agencies} <= published.keys()
    assert all(published[agency.code].name == agency.name for agency in REGISTER.agencies)


def test_the_press_of_every_region_is_there() -> None:
    """Outlets of well over a hundred states, and each kind."""
    assert len(REGISTER.publishers) >= 500
    assert len({one.country for one in REGISTER.publishers}) >= 120
    kinds = {one.kind for one in REGISTER.publishers}
    assert {"defence press", "research", "government", "international organisation"} <= kinds


def test_who_is_controlled_by_a_state_is_told() -> None:
    """A public broadcaster that edits itself is not."""
    controlled = {one.code for one in REGISTER.publishers if one.controlled}
    assert {"TASS", "Xinhua", "KCNA", "IRNA", "SANA", "rt.com", "cgtn.com"} <= controlled
    assert not {"bbc.com", "dw.com", "france24.com", "npr.org", "stripes.com", "AFP", "DR"} & controlled


def test_no_name_is_a_mere_number_or_address() -> None:
    """Names are what reports write, not addresses with a path."""
    assert not [one.name for one in REGISTER.publishers if re.search(r"https?:|/\w+/", one.name)]


def test_an_editor_may_bring_publishers_of_his_own(tmp_path: Path) -> None:
    """A folder's file takes the place of the shipped one."""
    header = "code,name,kind,country,controlled,domains,aliases"
    (tmp_path / "publishers.csv").write_text(
        f"{header}\nzenda,Zenda Post,newspaper,FRA,,zenda-news.example,\n"
    )
    own = read_register(tmp_path)
    assert own.established(UNKNOWN_SITE, "")
    assert not own.established("https://reuters.com", "Reuters")
