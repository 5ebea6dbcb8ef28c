"""An editor's slip is found with its file and line; the shipped registers have none."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest

from musterbook.lexicon.checking import COLUMNS, check_registers

SHIPPED = Path(str(resources.files("musterbook") / "registers"))


def test_the_shipped_registers_have_no_fault() -> None:
    assert check_registers() == ()


def test_every_shipped_file_is_checked() -> None:
    assert {path.stem for path in SHIPPED.glob("*.csv")} == set(COLUMNS)


SLIPS = [  # file, lines that somebody adds, kind of the finding in the last of them, words of the problem
    ("parties", "RUR,RR,999,,Ruritania,,,,,,,nowhere", "unknown", "source names 'nowhere'"),
    ("parties", "FRA,FR,250,220,France,,,,,,,iso", "twice", "FRA stands already"),
    ("parties", "RUR,RR,,255,Ruritania,,,,,,,iso", "number", "cow 255 is also that of DEU"),
    ("parties", "RUR,RR,99,,Ruritania,,,,,,,iso", "shape", "m49 is '99'"),
    ("parties", "RUR,RR,,0255,Ruritania,,,,,,,iso", "shape", "cow is '0255'"),
    ("parties", "RUR,RR,,,Ruritania,2006,1999,,,,,iso", "order", "it ends (1999) before it begins (2006)"),
    ("parties", "RUR,RR,,,Ruritania,,,Britain,,,,iso", "two-meanings", "'Britain' stands also for GBR"),
    ("parties", "RUR,RR,,,Ruritania,,,,,,,", "empty", "source is empty"),
    ("parties", "RUR,RR,,,Ruritania", "fields", "5 fields where the header has 12"),
    ("former_codes", "ZZZ,Nowhere,NWH,NW,,,,1999,iso", "unknown", "party names 'ZZZ'"),
    ("missions", "UN:X,mission,ZZZ,,,,Mission X,mandate", "unknown", "hosts names 'ZZZ'"),
    ("missions", "UN:X,misson,,,,,Mission X,mandate", "shape", "form is 'misson'"),
    ("missions", "UN:X,mission,,,,UN:Y,Mission X,mandate", "unknown", "part_of names 'UN:Y'"),
    ("missions", "UN:X,mission,,19x9,,,Mission X,mandate", "shape", "from is '19x9'"),
    ("missions", "UN:X,mission,,,,,KFOR,mandate", "two-meanings", "'KFOR' stands also for NATO:KFOR"),
    ("members", "NATO,ZZZ,1999,,treaty", "unknown", "members names 'ZZZ'"),
    ("members", "NOTO,FRA,1999,,treaty", "unknown", "whole names 'NOTO'"),
    ("members", "NATO,FRA,1999,,treaty", "overlap", "FRA is in NATO twice"),
    ("members", "NATO,AUT,2009,1999,treaty", "order", "it ends (1999) before it begins (2009)"),
    ("groups", "Zenda Riders,,Zenda Riders,reference", "shape", "code is 'Zenda Riders'"),
    ("places", "ZZZ,,base,RUR,Zenda Castle", "unknown", "hosts names 'RUR'"),
    ("metonyms", "ZZZ,government,Zenda Palace", "unknown", "force names 'ZZZ'"),
    ("offices", "FRA,Keeper of Seals,,,summer,list", "shape", "checked is 'summer'"),
    ("offices", "FRA,Keeper of Seals,,,2025-06-30,list", "empty", "nobody ever held this office"),
    ("holders", "FRA,Keeper of Seals,Ann Moore,2001,,,list", "unknown", "there is no 'Keeper of Seals'"),
    ("holders", "FRA,President of France,Ann Moore,2019,2019-02-30,x,list", "shape", "'2019-02-30'"),
    ("holders", "FRA,President of France,Ann Moore,spring,,x,list", "shape", "is 'spring'"),
    ("holders", "FRA,President of France,Ann Moore,2009,2008,x,list", "order", "it ends (2008)"),
    ("holders", "FRA,President of France,Ann Moore,2019-03,2019-09,,list", "overlap", "Emmanuel Macron"),
    ("holders", "FRA,President of France,Ann Moore,1981,1990,,list", "gap", ""),
    ("agencies", "XYZ,XYZ News,ZZZ,XYZ", "unknown", "country names 'ZZZ'"),
    ("publishers", "zenda,Zenda Post,newspaper,ZZZ,,zenda.example,", "unknown", "country names 'ZZZ'"),
    ("publishers", "zenda,Zenda Post,gazette,FRA,,zenda.example,", "shape", "kind is 'gazette'"),
    ("publishers", "zenda,Zenda Post,newspaper,FRA,yes,zenda.example,", "shape", "controlled is 'yes'"),
    ("publishers", "zenda,Zenda Post,newspaper,FRA,,,", "empty", "domains is empty"),
    ("publishers", "rudaw.net,Zenda Post,newspaper,FRA,,zenda.example,", "twice", "rudaw.net stands already"),
    ("publishers", "zenda,Zenda Post,newspaper,FRA,,reuters.com,", "twice", "reuters.com stands already"),
    (
        "publishers",
        "zenda,Zenda Post,newspaper,FRA,,zenda.example|en.zenda.example,",
        "twice",
        "is covered by",
    ),
    (
        "publishers",
        "zenda,Zenda Post,newspaper,FRA,,www.zenda.example,",
        "shape",
        "'www.zenda.example' is not",
    ),
    ("publishers", "zenda,Zenda Post,newspaper,FRA,,https://zenda.example,", "shape", "is not a domain"),
    ("publishers", "zenda,Zenda Post,newspaper,FRA,,Zenda.example,", "shape", "'Zenda.example' is not"),
    ("publishers", "zenda,Zenda Post,newspaper,FRA,,zenda,", "shape", "'zenda' is not a domain"),
    ("publishers", "zenda,Zenda Post,newspaper,FRA,,com.pk,", "too-wide", "com.pk belongs to more than"),
    ("publishers", "zenda,Zenda Post,newspaper,FRA,,wordpress.com,", "too-wide", "wordpress.com belongs"),
    ("publishers", "zenda,le monde,newspaper,FRA,,zenda.example,", "two-meanings", "is also Le Monde"),
    ("publishers", "zenda,Zenda Post,newspaper,FRA,,zenda.example,RTRS", "two-meanings", "is also Reuters"),
    ("publishers", "zenda,Zenda Post,newspaper,FRA,,zenda.example,ZP|Z.P.", "twice", "'zp' stands twice"),
    ("official_suffixes", "ZZZ,gov.example", "unknown", "country names 'ZZZ'"),
    ("official_suffixes", "FRA,.gouv.fr", "shape", "'.gouv.fr' is not a domain"),
    ("official_suffixes", "FRA,gouv.fr", "twice", "gouv.fr stands already"),
    ("official_suffixes", "FRA,gov.uk", "twice", "gov.uk stands already in publishers.csv"),
    ("sources", "list,once more", "twice", "list stands already"),
]


@pytest.mark.parametrize(("file", "slip", "kind", "words"), SLIPS, ids=[slip for _, slip, _, _ in SLIPS])
def test_a_slip_is_found_with_its_line(tmp_path: Path, file: str, slip: str, kind: str, words: str) -> None:
    shipped = (SHIPPED / f"{file}.csv").read_text(encoding="utf-8")
    (tmp_path / f"{file}.csv").write_text(f"{shipped}{slip}\n", encoding="utf-8")
    line = len(shipped.splitlines()) + 1
    found = [one for one in check_registers(tmp_path) if one.kind == kind]
    assert [one.file for one in found] == [file]
    assert words in found[0].problem
    assert found[0].cure
    assert found[0].line == line or kind == "gap"  # a gap is told where the next holder begins


def test_a_remark_explains_two_in_one_office(tmp_path: Path) -> None:
    shipped = (SHIPPED / "holders.csv").read_text(encoding="utf-8")
    slip = "FRA,President of France,Ann Moore,2019-03,2019-09,acting,list\n"
    (tmp_path / "holders.csv").write_text(shipped + slip, encoding="utf-8")
    assert check_registers(tmp_path) == ()


def test_a_change_in_the_course_of_a_month_is_no_overlap(tmp_path: Path) -> None:
    (tmp_path / "offices.csv").write_text(
        "organisation,office,names,stands_for,checked,source\nFRA,Keeper of Seals,,,2025-06-30,list\n"
    )
    holders = tmp_path / "holders.csv"
    header = "organisation,office,holder,from,to,remark,source\n"
    term = "FRA,Keeper of Seals,{},{},{},,list\n"
    holders.write_text(header + term.format("A", "2001", "2019-03") + term.format("B", "2019-03", ""))
    assert check_registers(tmp_path) == ()
    holders.write_text(header + term.format("A", "2001", "2019-03") + term.format("B", "2019-07", ""))
    assert [one.kind for one in check_registers(tmp_path)] == ["gap"]
    vacant = term.format("?", "2019-03", "2019-07")
    holders.write_text(
        header + term.format("A", "2001", "2019-03") + vacant + term.format("B", "2019-07", "")
    )
    assert check_registers(tmp_path) == ()
    holders.write_text(header + term.format("A", "2001", "2019-03"))
    assert [one.kind for one in check_registers(tmp_path)] == ["gap"]


def test_a_capital_may_tell_two_meanings_apart(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "metonyms.csv", tmp_path)
    with (tmp_path / "metonyms.csv").open("a", encoding="utf-8") as file:
        file.write("FRA,forces,^Zenda Guards\nDEU,forces,Zenda Guards\n")
    assert check_registers(tmp_path) == ()
    with (tmp_path / "metonyms.csv").open("a", encoding="utf-8") as file:
        file.write("ITA,forces,^Zenda Guards\n")
    assert {one.kind for one in check_registers(tmp_path)} == {"two-meanings"}


def test_a_file_with_a_wrong_name_or_header_is_told(tmp_path: Path) -> None:
    (tmp_path / "office.csv").write_text("x\n")
    (tmp_path / "sources.csv").write_text("key,title\nlist,Lists\n")
    (tmp_path / "members.csv").write_text("")
    (tmp_path / "groups.csv").write_text('code,hosts,names,source\nGROUP:X,,"X,list\n')
    (tmp_path / "places.csv").write_bytes(b"code,force,form,hosts,names\nFRA,,city,,Orl\xe9ans\n")
    kinds = {(one.file, one.kind) for one in check_registers(tmp_path)}
    assert kinds == {
        ("office", "stray"),
        ("sources", "header"),
        ("members", "header"),
        ("groups", "unreadable"),
        ("places", "unreadable"),
    }


def test_a_publisher_with_the_code_of_an_agency_is_that_agency(tmp_path: Path) -> None:
    file = tmp_path / "publishers.csv"
    header = "code,name,kind,country,controlled,domains,aliases\n"
    file.write_text(f"{header}dpa,Deutsche Presse-Agentur,agency,DEU,,dpa.com,\n", encoding="utf-8")
    assert check_registers(tmp_path) == ()
    file.write_text(f"{header}dpa,Deutsche Presse-Agentur,newspaper,DEU,,dpa.com,\n", encoding="utf-8")
    assert [one.kind for one in check_registers(tmp_path)] == ["agency"]
