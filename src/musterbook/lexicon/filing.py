"""One function a file: from its rows to the records and phrases that they mean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from musterbook.lexicon.naming import phrases, spelled_out, state_phrases
from musterbook.lexicon.records import Agency, Codes, Membership, Office, Party, Phrase, Post, Publisher
from musterbook.lexicon.tables import UNKNOWN, Row, items, rows


def read_states(parties: dict[str, Party], folder: Path | None) -> Iterator[Phrase]:
    """States and territories, from parties.csv."""
    for row in rows("parties", folder):
        code = row["code"]
        if code in parties:
            raise row.trouble(f"{code} stands there twice")
        years = row.year("from"), row.year("to")
        parties[code] = Party(code, row["name"], "state", row["alpha2"], row["m49"], row["cow"], *years)
        yield from state_phrases(row)


def read_missions(parties: dict[str, Party], folder: Path | None) -> Iterator[Phrase]:
    """Organisations, missions and coalitions, from missions.csv; national operations under their state."""
    for row in rows("missions", folder):
        code, names, hosts = row["force"], items(row["names"]), items(row["hosts"])
        if not names:
            raise row.trouble(f"{code} has no name")
        if code not in parties:
            parties[code] = mission(row, names[0].lstrip("^="), hosts, parties)
        yield from phrases(spelled_out(names), row["form"], code, None, hosts)


def mission(row: Row, name: str, hosts: tuple[str, ...], parties: dict[str, Party]) -> Party:
    """The party of a row; one that names no whole is part of the organisation before its colon."""
    code = row["force"]
    kind = "organisation" if row["form"] == "organisation" else "mission"
    head = parties.get(code.partition(":")[0])
    own = (head.code,) if head and head.kind == "organisation" else ()
    return Party(
        code,
        name,
        kind,
        first=row.year("from"),
        last=row.year("to"),
        hosts=hosts,
        part_of=items(row["part_of"]) or own,
    )


def read_groups(parties: dict[str, Party], folder: Path | None) -> Iterator[Phrase]:
    """Armed groups, from groups.csv."""
    for row in rows("groups", folder):
        code, hosts = row["code"], items(row["hosts"])
        parties[code] = Party(code, code.partition(":")[2], "group", hosts=hosts)
        yield from phrases(items(row["names"]), "group", code, None, hosts)


def read_places(parties: dict[str, Party], folder: Path | None) -> Iterator[Phrase]:
    """Cities, bases, provinces and regions, from places.csv; the form "none" swallows what is no place."""
    for row in rows("places", folder):
        code, hosts = row["code"] or None, items(row["hosts"])
        if code and code not in parties:
            parties[code] = Party(code, code, "region", hosts=hosts)
        yield from phrases(items(row["names"]), row["form"], row["force"] or None, code, hosts)


def read_metonyms(folder: Path | None) -> Iterator[Phrase]:
    """Seats of government and names of armed forces, from metonyms.csv."""
    for row in rows("metonyms", folder):
        yield from phrases(items(row["names"]), row["form"], row["force"], None)


def read_agencies(folder: Path | None) -> Iterator[Agency]:
    """News agencies, from agencies.csv."""
    for row in rows("agencies", folder):
        yield Agency(row["code"], row["name"], row["country"], items(row["aliases"]))


def read_publishers(folder: Path | None) -> Iterator[Publisher]:
    """Outlets and official sites, from publishers.csv."""
    for row in rows("publishers", folder):
        known = row["code"], row["name"], row["kind"], row["country"], row["controlled"] == "state"
        yield Publisher(*known, items(row["domains"]), items(row["aliases"]))


def read_official_suffixes(folder: Path | None) -> Iterator[tuple[str, str]]:
    """Endings that only governments give out, with their states, from official_suffixes.csv."""
    for row in rows("official_suffixes", folder):
        yield from ((suffix, row["country"]) for suffix in items(row["suffixes"]))


def read_posts(folder: Path | None) -> Iterator[Post]:
    """Offices, from offices.csv."""
    for row in rows("offices", folder):
        _, checked = row.bounds("checked")
        yield Post(row["office"], row["organisation"], items(row["names"]), row["stands_for"], checked)


def read_holders(posts: dict[tuple[str, str], Post], folder: Path | None) -> Iterator[Office]:
    """Who held them, from holders.csv."""
    for row in rows("holders", folder):
        post = posts.get((row["organisation"], row["office"]))
        if post is None:
            raise row.trouble(f"offices.csv has no {row['office']!r} of {row['organisation']}")
        holder = "" if row["holder"] == UNKNOWN else row["holder"]
        held = row.tenure(post.checked)
        yield Office(post.office, post.organisation, holder, held, row["remark"])


def read_members(parties: dict[str, Party], folder: Path | None) -> Iterator[Membership]:
    """Who belongs to what, from members.csv."""
    for row in rows("members", folder):
        if row["whole"] not in parties:
            raise row.trouble(f"missions.csv has no {row['whole']!r}")
        yield Membership(row["whole"], items(row["members"]), row.tenure())


def read_former_codes(folder: Path | None) -> Iterator[tuple[str, Codes]]:
    """Codes before the present ones, from former_codes.csv, with the party that goes on."""
    for row in rows("former_codes", folder):
        numbers = row["alpha3"], row["alpha2"], row["m49"], row["cow"]
        yield row["party"], Codes(row["name"], *numbers, row.tenure())
