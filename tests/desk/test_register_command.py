"""What the registers answer at the desk, and how their faults are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from desk_runs import Musterbook, run_in_terminal


def test_who_held_an_office_on_a_day(musterbook: Musterbook) -> None:
    done = musterbook("register", "who", "CENTCOM", "--on", "2020-09-09", "--json")
    assert done.code == 0, done.err
    (held,) = json.loads(done.out)["holders"]
    assert held == {
        "office": "Commander of U.S. Central Command",
        "organisation": "USA",
        "organisation_name": "United States",
        "holder": "Kenneth McKenzie",
        "from": "2019-03-28",
        "to": "2022-04-01",
        "held": "yes",
        "remark": None,
    }


def test_after_the_last_check_the_answer_is_perhaps(musterbook: Musterbook) -> None:
    done = musterbook("register", "who", "NATO chief", "--on", "2030-01-01")
    assert "\tperhaps" in done.out
    assert "when the register was last checked" in done.err


def test_all_holders_are_shown_on_demand(musterbook: Musterbook) -> None:
    done = musterbook("register", "who", "SACEUR", "--all")
    assert done.code == 0
    assert "Philip Breedlove\t2013-05-13\t2016-05-04" in done.out
    assert "Wesley Clark" in done.out


def test_a_person_is_found_with_his_offices(musterbook: Musterbook) -> None:
    found = json.loads(musterbook("register", "find", "Odierno", "--json").out)
    assert found["names"] == []
    assert {one["organisation"] for one in found["offices"]} == {"USA", "COALITION:MNF-I"}


def test_a_name_is_found_with_its_hosts_and_codes(musterbook: Musterbook) -> None:
    (kfor,) = json.loads(musterbook("register", "find", "kfor", "--json").out)["names"]
    assert (kfor["force"], kfor["hosts"], kfor["part_of"]) == ("NATO:KFOR", ["XKX"], ["NATO"])
    codes = json.loads(musterbook("register", "find", "DEU", "--json").out)["codes"]
    assert [(one["m49"], one["cow"], one["to"]) for one in codes] == [
        ("280", "260", "1990-10-02"),
        ("276", "255", ""),
    ]


def test_a_mission_has_hosts_while_it_stands(musterbook: Musterbook) -> None:
    assert "MLI\tMali" in musterbook("register", "hosts", "MINUSMA", "--on", "2020-01-01").out
    done = musterbook("register", "hosts", "MINUSMA", "--on", "2024-01-01")
    assert done.code == 0
    assert "did not stand on 2024-01-01 (2013 to 2023)" in done.err


def test_members_are_those_of_the_day(musterbook: Musterbook) -> None:
    done = musterbook("register", "members", "eu", "--on", "2020-02-01", "--json")
    members = {one["member"]: one["held"] for one in json.loads(done.out)["members"]}
    assert len(members) == 27
    assert set(members.values()) == {"yes"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("who", "president of Ruritania"),
        ("find", "Ruritania"),
        ("hosts", "Ruritania"),
        ("members", "Ruritania"),
    ],
)
def test_what_nobody_knows_is_wrong_use_and_says_how_to_name_it(
    musterbook: Musterbook, arguments: tuple[str, str]
) -> None:
    done = musterbook("register", *arguments)
    assert done.code == 2
    assert "as in: " in done.err


def test_a_check_of_sound_registers_ends_well(musterbook: Musterbook) -> None:
    done = musterbook("register", "check")
    assert (done.code, done.out) == (0, "")


def test_faults_of_an_editor_are_told_with_line_and_cure(musterbook: Musterbook, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/members.csv").write_text("whole,members,from,to,source\nNATO,ZZZ,1999,,treaty\n")
    done = musterbook("register", "check", "--dir", "mine")
    assert done.code == 1
    assert done.out.startswith(
        "members.csv, line 2: members names 'ZZZ', which is not known; add it to parties.csv"
    )
    (finding,) = json.loads(musterbook("register", "check", "--dir", "mine", "--json").out)["findings"]
    assert (finding["file"], finding["line"], finding["kind"]) == ("members", 2, "unknown")


def test_an_editor_asks_his_own_registers(musterbook: Musterbook, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert musterbook("register", "check", "--dir", "mine").code == 2
    (tmp_path / "mine/members.csv").write_text("whole,members,from,to,source\nNATO,FJI,1999,,treaty\n")
    done = musterbook("register", "members", "NATO", "--dir", "mine")
    assert "FJI\tFiji\t1999" in done.out
    (tmp_path / "mine/members.csv").write_text("whole,members,from,to,source\nNATO,FJI,199,,treaty\n")
    done = musterbook("register", "members", "NATO", "--dir", "mine")
    assert done.code == 1
    assert "members.csv, line 2: from or to is '199'" in done.err


def test_a_terminal_gets_a_table(tmp_path: Path) -> None:
    seen = run_in_terminal(tmp_path, "register", "who", "CENTCOM", "--on", "2020-09-09")
    assert "Kenneth McKenzie" in seen
    assert "\t" not in seen
