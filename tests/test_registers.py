"""The registers: every code means one party, every name leads to its code, and the files hold together."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from musterbook.errors import LexiconError
from musterbook.lexicon.offices import find_posts, holders_of
from musterbook.lexicon.register import Codes, load_register, read_register
from musterbook.lexicon.tables import bounds

REGISTER = load_register()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("us", "USA"),
        ("USA", "USA"),
        ("U.S.", "USA"),
        ("iraq", "IRQ"),
        ("KFOR", "NATO:KFOR"),
        ("nato:kfor", "NATO:KFOR"),
        ("Türkiye", "TUR"),
        ("turkiye", "TUR"),
        ("United  Kingdom", "GBR"),
        ("Islamic State", "GROUP:Islamic State"),
        ("bundeswehr", "DEU"),
    ],
)
def test_a_force_is_found_by_what_people_type(words: str, code: str) -> None:
    assert REGISTER.resolve_force(words) == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("kosovo", "XKX"),
        ("Crimea", "UKR"),
        ("sahel", "Sahel"),
        ("cote d'ivoire", "CIV"),
        ("Guinea-Bissau", "GNB"),
        ("Iraq and Syria", "IRQ+SYR"),
        ("irq+syr", "IRQ+SYR"),
        ("southern border", "U.S.-Mexico border"),
    ],
)
def test_a_place_is_found_by_what_people_type(words: str, code: str) -> None:
    assert REGISTER.resolve_place(words) == code


def test_unknown_names_are_not_guessed() -> None:
    assert REGISTER.resolve_force("Ruritania") is None
    assert REGISTER.resolve_place("Iraq and Ruritania") is None
    assert REGISTER.resolve_place("") is None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("USA", "United States"),
        ("NATO:KFOR", "KFOR (NATO)"),
        ("IRQ+SYR", "Iraq and Syria"),
        ("AFG+IRQ+SYR", "Afghanistan, Iraq and Syria"),
        ("GROUP:Islamic State", "Islamic State"),
        ("COALITION:anti-IS", "anti-IS coalition"),
        ("UN", "United Nations"),
        ("Sahel", "Sahel"),
        ("XYZ", "XYZ"),
    ],
)
def test_a_code_has_a_name_to_show(code: str, name: str) -> None:
    assert REGISTER.label(code) == name


def test_a_mission_has_its_hosts_only_while_it_stands() -> None:
    assert REGISTER.hosts("NATO:ISAF") == ("AFG",)
    assert REGISTER.hosts("NATO:ISAF", date(2010, 5, 1)) == ("AFG",)
    assert REGISTER.hosts("NATO:ISAF", date(2020, 5, 1)) == ()


def test_state_codes_are_unique_in_every_numbering() -> None:
    states = [party for party in REGISTER.parties.values() if party.kind == "state" and party.last is None]
    for numbering in ("alpha2", "m49", "cow"):
        numbers = [getattr(party, numbering) for party in states if getattr(party, numbering)]
        assert len(numbers) == len(set(numbers)), numbering
    assert all(len(party.code) == 3 and party.code.isupper() for party in states)


def test_the_registers_hold_what_an_editor_may_expect() -> None:
    kinds = Counter(party.kind for party in REGISTER.parties.values())
    members = REGISTER.members("UN", date(2026, 1, 1))
    assert len(members) == 193
    assert kinds["state"] >= len(members)
    assert kinds["mission"] >= 60
    assert kinds["group"] >= 60
    assert len({(post.organisation, post.office) for post in REGISTER.posts}) >= 150
    asked = date(2001, 1, 1)
    assert sum(bool(holders_of(post, REGISTER, asked)) for post in REGISTER.posts) >= 150


ENDED = {"DDR": 1990, "CSK": 1992, "YUG": 2003, "SCG": 2006}


def test_states_that_ended_since_1990_are_kept_with_their_last_year() -> None:
    ended = {
        code: party.last for code, party in REGISTER.parties.items() if party.kind == "state" and party.last
    }
    assert ended == ENDED


@pytest.mark.parametrize(
    ("code", "day", "m49", "cow"),
    [
        ("DEU", "1990-10-02", {"280"}, {"260"}),  # the Federal Republic before unification
        ("DEU", "1990-10-03", {"276"}, {"255"}),
        ("DDR", "1990-10-02", {"278"}, {"265"}),
        ("YEM", "1990-05-21", {"886", "720"}, {"678", "680"}),  # two states then
        ("YEM", "1990-05-22", {"887"}, {"679"}),
        ("YUG", "1991-06-01", {"890"}, {"345"}),
        ("YUG", "1999-03-24", {"891"}, {"345"}),
        ("SRB", "2020-01-01", {"688"}, {"345"}),
        ("RUS", "1991-08-19", {"810"}, {"365"}),
        ("RUS", "1992-01-01", {"643"}, {"365"}),
        ("CZE", "2000-01-01", {"203"}, {"316"}),
        ("CSK", "1992-01-01", {"200"}, {"315"}),
        ("SDN", "2011-07-08", {"736"}, {"625"}),
        ("SDN", "2011-07-09", {"729"}, {"625"}),
        ("ETH", "1993-05-01", {"230"}, {"530"}),
        ("KOR", "2020-01-01", {"410"}, {"732"}),
        ("PRK", "2020-01-01", {"408"}, {"731"}),
        ("COG", "2020-01-01", {"178"}, {"484"}),
        ("COD", "2020-01-01", {"180"}, {"490"}),
        ("XKX", "2020-01-01", {""}, {"347"}),
    ],
)
def test_a_code_of_a_state_depends_on_its_day(code: str, day: str, m49: set[str], cow: set[str]) -> None:
    found = REGISTER.codes(code, date.fromisoformat(day))
    assert {one.m49 for one in found} == m49
    assert {one.cow for one in found} == cow


def test_zaire_is_the_congo_under_another_code() -> None:
    (zaire,) = REGISTER.codes("COD", date(1996, 1, 1))
    assert zaire[:5] == Codes("Zaire", "ZAR", "ZR", "180", "490", zaire.held)[:5]
    assert [one.alpha3 for one in REGISTER.codes("COD")] == ["COD"]


def test_every_host_and_force_is_a_party_itself() -> None:
    known = set(REGISTER.parties) | {"U.S.-Mexico border"}
    named = {code for phrase in REGISTER.phrases for code in (phrase.force, phrase.place) if code}
    hosts = {host for party in REGISTER.parties.values() for host in party.hosts}
    assert {
        code for code in named | hosts if not set(code.split("+")) <= known and code not in known
    } == set()


def test_nobody_holds_an_office_backwards_and_each_serves_a_known_party() -> None:
    for office in REGISTER.offices:
        assert office.first is not None
        assert office.last is None or office.first <= office.last, office
        assert office.organisation in REGISTER.parties, office


def holders(words: str, day: str) -> list[str]:
    on = date.fromisoformat(day)
    return [one.holder for post in find_posts(words, REGISTER) for one in holders_of(post, REGISTER, on)]


@pytest.mark.parametrize(
    ("office", "day", "holder"),
    [
        ("CENTCOM", "2020-09-09", "Kenneth McKenzie"),
        ("commander of U.S. Central Command", "2009-12-01", "David Petraeus"),
        ("SECDEF", "2003-03-20", "Donald Rumsfeld"),
        ("us defense secretary", "2020-11-08", "Mark Esper"),
        ("SACEUR", "2014-09-04", "Philip Breedlove"),
        ("MNF-I commander", "2007-09-10", "David Petraeus"),
        ("COMISAF", "2009-08-30", "Stanley McChrystal"),
        ("prime minister of britain", "2003-03-20", "Tony Blair"),
        ("french president", "2013-01-11", "Francois Hollande"),
        ("German defence minister", "2013-12-18", "Ursula von der Leyen"),
        ("prime minister iraq", "2008-06-01", "Nouri al-Maliki"),
        ("NATO chief", "2011-03-31", "Anders Fogh Rasmussen"),
        ("Quds Force commander", "2019-12-31", "Qassem Soleimani"),
        ("chief of the general staff russia", "2022-02-24", "Valery Gerasimov"),
        ("president of Mali", "2013-01-11", "Dioncounda Traore"),
    ],
)
def test_the_holder_of_an_office_is_found_by_its_day(office: str, day: str, holder: str) -> None:
    assert holders(office, day) == [holder]


def test_on_the_day_of_a_change_both_are_named() -> None:
    assert holders("prime minister of the united kingdom", "2022-09-06") == ["Boris Johnson", "Liz Truss"]


def test_a_change_of_which_only_the_month_is_known_leaves_two_names() -> None:
    (post,) = find_posts("AFRICOM", REGISTER)
    found = holders_of(post, REGISTER, date(2011, 3, 15))
    assert [one.holder for one in found] == ["William Ward", "Carter Ham"]
    assert not any(one.held.covers(date(2011, 3, 15)) for one in found)


def test_nobody_is_vouched_for_after_the_day_on_which_the_register_was_checked() -> None:
    (post,) = find_posts("NATO chief", REGISTER)
    later = date(post.checked.year + 1, 12, 31)
    (last,) = holders_of(post, REGISTER, later)
    assert last.held.covers(post.checked)
    assert not last.held.covers(later)


def test_an_office_that_nobody_knows_is_not_guessed() -> None:
    assert find_posts("president of Ruritania", REGISTER) == ()
    assert find_posts("", REGISTER) == ()


def test_a_name_of_a_holder_is_a_phrase_once_and_only_in_full() -> None:
    named = Counter(
        one.words for one in REGISTER.phrases if one.words in {o.holder for o in REGISTER.offices}
    )
    full = [one for one in REGISTER.phrases if one.form == "government" and one.rule == "capital"]
    assert named["Donald Trump"] == 1
    assert named["Pedro Sanchez"] == 0  # prime minister of Spain, and minister of Colombia
    assert all(" " in one.words for one in full if one.words in named)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2019-03-28", "2019-03-28", "2019-03-28"),
        ("2019-02", "2019-02-01", "2019-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019", "2019-01-01", "2019-12-31"),
    ],
)
def test_a_month_or_a_year_is_kept_as_its_bounds(words: str, first: str, last: str) -> None:
    assert bounds(words) == (date.fromisoformat(first), date.fromisoformat(last))


def test_members_come_and_go() -> None:
    assert "FIN" not in REGISTER.members("NATO", date(2023, 4, 3))
    assert "FIN" in REGISTER.members("NATO", date(2023, 4, 4))
    assert len(REGISTER.members("NATO", date(1999, 3, 24))) == 19
    assert len(REGISTER.members("NATO", date(2024, 3, 7))) == 32
    assert "GBR" in REGISTER.members("EU", date(2020, 1, 31))
    assert "GBR" not in REGISTER.members("EU", date(2020, 2, 1))
    assert len(REGISTER.members("EU", date(2020, 2, 1))) == 27
    assert "ESP" not in REGISTER.members("COALITION:MNF-I", date(2006, 1, 1))
    assert REGISTER.members("COALITION:MNF-I", date(2012, 1, 1)) == ()  # it stood until 2009


def test_a_mission_is_part_of_its_organisation_and_a_contingent_of_its_coalition() -> None:
    assert REGISTER.part_of("NATO:KFOR") == ("NATO",)
    assert REGISTER.part_of("UN:UNAMID") == ("UN", "AU")
    assert REGISTER.part_of("COALITION:Plus Ultra") == ("COALITION:Multinational Division Central-South",)
    assert REGISTER.part_of("COALITION:MNF-I") == ()
    assert "COALITION:MNF-I" in REGISTER.part_of("POL", date(2004, 6, 1))
    assert "COALITION:MNF-I" not in REGISTER.part_of("POL", date(2010, 6, 1))
    assert REGISTER.part_of("NATO:ISAF", date(2020, 1, 1)) == ()


def test_a_broken_line_of_an_editor_is_named(tmp_path: Path) -> None:
    header = "organisation,office,holder,from,to,remark,source"
    file = tmp_path / "holders.csv"
    file.write_text(f"# mine\n{header}\nGBR,Prime Minister,Ann Moore,2019-13-01,,,list\n")
    with pytest.raises(LexiconError, match=r"holders\.csv, line 3: from or to is '2019-13-01'"):
        read_register(tmp_path)
    file.write_text(f"{header}\nGBR,Prime Minister,Ann Moore\n")
    with pytest.raises(LexiconError, match=r"holders\.csv, line 2: 3 fields where the header has 7"):
        read_register(tmp_path)
    file.write_text(f'{header}\nGBR,"Prime Minister,Ann Moore,2019,,,list\n')
    with pytest.raises(LexiconError, match=r"holders\.csv, line 2: .*quotation marks"):
        read_register(tmp_path)


def test_a_file_that_an_editor_leaves_out_is_the_shipped_one(tmp_path: Path) -> None:
    assert read_register(tmp_path).parties == REGISTER.parties


def test_agencies_are_known_by_their_credits() -> None:
    credited = {alias: agency.code for agency in REGISTER.agencies for alias in agency.aliases}
    assert credited["Agence France-Presse"] == "AFP"
    assert credited["The Associated Press"] == "AP"
    assert credited["ITAR-TASS"] == "TASS"
