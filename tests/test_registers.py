"""The registers: every code means one party, every name leads to its code, and the files hold together."""

from datetime import date

import pytest

from musterbook.lexicon.register import load_register

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
        assert office.last is None or office.first < office.last, office
        assert office.organisation in REGISTER.parties, office


def test_agencies_are_known_by_their_credits() -> None:
    credited = {alias: agency.code for agency in REGISTER.agencies for alias in agency.aliases}
    assert credited["Agence France-Presse"] == "AFP"
    assert credited["The Associated Press"] == "AP"
    assert credited["ITAR-TASS"] == "TASS"
