"""Prints what the registers hold: holders, meanings of a name, hosts, members, and faults."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from musterbook.desk.cli import PROBLEMS
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import note, say, table
from musterbook.desk.views import View
from musterbook.errors import UsageError
from musterbook.lexicon.checking import check_registers
from musterbook.lexicon.offices import find_posts, holders_of, offices_of
from musterbook.lexicon.records import Office, Phrase, Publisher, Tenure
from musterbook.lexicon.register import Register, fold, load_register, read_register, stands, unique
from musterbook.lexicon.tables import UNKNOWN

SURE, UNSURE = "yes", "perhaps"
HOLDERS = ("office", "of", "holder", "from", "to", "held", "remark")
PUBLISHERS = ("code", "name", "kind", "country", "controlled", "domains")
CODES = ("party", "name", "alpha3", "alpha2", "m49", "cow", "from", "to")


def check_files(folder: str | None, as_json: bool) -> int:
    """Every fault in the registers; the exit code says whether there is one."""
    found = check_registers(own(folder))
    if as_json:
        print_json({"findings": [one._asdict() for one in found]})
    else:
        for one in found:
            say(f"{one.file}.csv, line {one.line}: {one.problem}; {one.cure}")
        note(f"{len(found)} faults in {folder or 'the shipped registers'}")
    return PROBLEMS if found else 0


def print_who(words: str, on: date | None, ever: bool, folder: str | None, as_json: bool) -> None:
    """Who held the offices that these words may mean on a day."""
    register, day = register_of(folder), on or today()
    posts = find_posts(words, register)
    if not posts:
        raise UsageError(
            f'no office is known as {words!r}; name it as in: CENTCOM, SACEUR, "french president"'
        )
    held = [one for post in posts for one in holders_of(post, register, None if ever else day)]
    rows = [office_view(one, register, None if ever else day) for one in held]
    if as_json:
        print_json({"holders": rows})
        return
    holders_table(rows)
    if not rows:
        note(f"nobody is known to have held that office on {day}; see them all with --all")
    elif any(row["held"] == UNSURE and not row["to"] for row in rows):
        checked = min(post.checked for post in posts)
        note(f"perhaps: still in office when the register was last checked, on {checked}")


def office_view(one: Office, register: Register, day: date | None) -> View:
    """Somebody's time in an office; ``held`` says how sure it is for the day, null without one."""
    return {
        "office": one.office,
        "organisation": one.organisation,
        "organisation_name": register.label(one.organisation),
        "holder": one.holder or None,
        **tenure_view(one.held, day),
        "remark": one.remark or None,
    }


def tenure_view(held: Tenure, day: date | None) -> View:
    """From when to when, as exactly as it is known."""
    began = UNKNOWN if held.surely_from == date.max else moment(held.earliest, held.surely_from)
    ended = UNKNOWN if held.surely_until == date.min else moment(held.surely_until, held.latest)
    sure = (SURE if held.covers(day) else UNSURE) if day else None
    return {"from": began, "to": ended, "held": sure}


def moment(first: date | None, last: date | None) -> str:
    """A day, month or year as it stands in the register, from its bounds."""
    if first is None or last is None:
        return ""
    if first == last:
        return first.isoformat()
    return f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else f"{first:%Y}"


def print_find(words: str, folder: str | None, as_json: bool) -> None:
    """What these words stand for, codes of the states among it, offices of a person, and a publisher of that name."""
    register = register_of(folder)
    names = [name_view(one, register) for one in meanings(words, register)]
    codes = [
        row
        for code in unique([row["force"] or row["place"] for row in names])
        for row in codes_of(code, register)
    ]
    offices = [office_view(one, register, None) for one in offices_of(words, register)]
    offices.sort(key=lambda row: row["from"])
    publishers = [publisher_view(one) for one in (register.publisher(words),) if one]
    if not (names or offices or publishers):
        raise UsageError(
            f"no register knows {words!r}; it looks for whole names, as in: KFOR, Britain, Petraeus"
        )
    if as_json:
        print_json({"names": names, "codes": codes, "offices": offices, "publishers": publishers})
        return
    if names:
        columns = ("as", "force", "place", "hosts", "part of")
        cells = [
            (r["form"], r["force"] or "", r["place"] or "", *map("|".join, (r["hosts"], r["part_of"])))
            for r in names
        ]
        table(columns, cells, title="Meanings")
    if codes:
        table(CODES, [[row[column] for column in CODES] for row in codes], title="Codes")
    if offices:
        holders_table(offices, "Offices")
    if publishers:
        publishers_table(publishers)


def publishers_table(rows: list[View]) -> None:
    """Outlets and official sites with their domains."""
    cells = [tuple(row[column] or "" for column in PUBLISHERS[:-1]) for row in rows]
    domains = ["|".join(row["domains"]) for row in rows]
    table(
        PUBLISHERS,
        [(*cell, domain) for cell, domain in zip(cells, domains, strict=True)],
        title="Publishers",
        spare=("controlled",),
        elastic=("name", "domains"),
    )


def publisher_view(one: Publisher) -> View:
    """An outlet or official site."""
    return {
        "code": one.code,
        "name": one.name,
        "kind": one.kind,
        "country": one.country or None,
        "controlled": "state" if one.controlled else None,
        "domains": list(one.domains),
    }


def meanings(words: str, register: Register) -> list[Phrase]:
    """The different things that a name stands for; a code stands for itself."""
    asked = fold(words)
    found = [one for one in register.phrases if fold(one.words) == asked and one.form != "none"]
    kept = list({(one.form, one.force, one.place): one for one in reversed(found)}.values())[::-1]
    force, place = register.resolve_force(words), register.resolve_place(words)
    if not kept and (force or place):
        party = register.party(force or place or "")
        kept = [Phrase(words, "code", force, place, party.hosts if party else ())]
    return kept


def name_view(one: Phrase, register: Register) -> View:
    """One meaning of a name."""
    return {
        "form": one.form,
        "force": one.force,
        "force_name": register.label(one.force) if one.force else None,
        "place": one.place,
        "place_name": register.label(one.place) if one.place else None,
        "hosts": list(one.hosts),
        "part_of": list(party.part_of) if (party := register.party(one.force or "")) else [],
    }


def codes_of(code: str, register: Register) -> list[View]:
    """The codes of a state, former ones first."""
    former = [one for owner, one in register.former if owner == code]
    rows = [one._asdict() | tenure_view(one.held, None) for one in (*former, *register.codes(code))]
    return [{"party": code} | {column: row[column] for column in CODES[1:]} for row in rows]


def print_hosts(words: str, on: date | None, folder: str | None, as_json: bool) -> None:
    """Where a mission stood on a day, or which states a region covers."""
    register, day = register_of(folder), on or today()
    code = register.resolve_force(words) or register.resolve_place(words)
    party = register.party(code or "")
    if party is None:
        raise UsageError(f"no mission is known as {words!r}; name it as in: KFOR, UN:UNIFIL, MINUSMA")
    rows = [{"host": host, "name": register.label(host)} for host in register.hosts(party.code, day)]
    if as_json:
        print_json({"mission": party.code, "name": register.label(party.code), "hosts": rows})
        return
    table(("host", "name"), [(row["host"], row["name"]) for row in rows], title=register.label(party.code))
    if not rows:
        years = f"{party.first or 'unknown'} to {party.last or 'now'}"
        stood = "has no host in the register" if stands(party, day) else f"did not stand on {day} ({years})"
        note(f"{register.label(party.code)} {stood}")


def print_members(words: str, on: date | None, folder: str | None, as_json: bool) -> None:
    """Who belonged to an organisation, a mission or a coalition on a day."""
    register, day = register_of(folder), on or today()
    code = register.resolve_force(words)
    if code is None:
        raise UsageError(
            f"no organisation or mission is known as {words!r}; name it as in: NATO, EU, MNF-I, KFOR"
        )
    rows = [
        {"member": member, "name": register.label(member), **tenure_view(one.held, day)}
        for one in register.belonging(day)
        if one.whole == code
        for member in one.members
    ]
    rows.sort(key=lambda row: row["name"])
    if as_json:
        print_json({"whole": code, "name": register.label(code), "members": rows})
        return
    columns = ("member", "name", "from", "to", "held")
    table(columns, [[row[column] for column in columns] for row in rows], title=register.label(code))
    note(
        f"{len(rows)} members on {day}"
        if rows
        else f"no members of {register.label(code)} are known on {day}"
    )


def holders_table(rows: list[View], title: str = "") -> None:
    """Holders of offices with their days."""
    cells = [
        (
            row["office"],
            row["organisation_name"],
            row["holder"] or UNKNOWN,
            row["from"],
            row["to"],
            row["held"] or "",
            row["remark"] or "",
        )
        for row in rows
    ]
    table(HOLDERS, cells, title=title, spare=("remark", "held"), elastic=("office", "of", "remark"))


def register_of(folder: str | None) -> Register:
    """The registers of a folder, or those that ship."""
    return read_register(own(folder)) if folder else load_register()


def own(folder: str | None) -> Path | None:
    """The folder; UsageError where it holds no register at all."""
    if folder and not any(Path(folder).glob("*.csv")):
        raise UsageError(
            f"{folder} holds no register; copy there what you want to change, such as holders.csv"
        )
    return Path(folder) if folder else None


def today() -> date:
    """The day on which somebody asks."""
    return datetime.now(UTC).date()
