"""The registers are the world's names as data: parties, places, missions, groups; a code has one meaning.

Every file of ``registers/`` is a CSV with a header line; lines that start with "#" are remarks. Lists inside
a field are separated by "|". A name may carry a sign: "^" wants a capital letter, "=" the exact spelling (or
all capitals), and words in square brackets must follow it without belonging to it ("/" parts alternatives).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib import resources
from typing import NamedTuple

from musterbook.errors import LexiconError

Row = dict[str, str]
UNITED = ("UN ", "U.N. ", "United Nations ")  # the three ways to write it before the name of a mission
LOCAL = frozenset(
    ("city", "base", "province", "government")
)  # short ones of these are words too: "sake", "lest"
ACRONYM = re.compile(r"[A-Z]{2,3}")
BESIDE = re.compile(r"\s*\[([^\]]*)\]\s*$")
PARTY_FORMS = frozenset(
    ("state", "adjective", "people", "capital", "government", "forces", "organisation", "group")
)
PLACE_FORMS = frozenset(("city", "base", "province", "region", "border", "mission"))
FORMS = PARTY_FORMS | PLACE_FORMS | {"none"}  # "none" swallows the name of something else


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a code: a state, organisation, mission, group or region; years are its own.

    ``kind``: state, organisation, mission, group, region.
    """

    code: str
    name: str
    kind: str
    alpha2: str = ""
    m49: str = ""
    cow: str = ""
    first: int | None = None
    last: int | None = None
    hosts: tuple[str, ...] = ()


class Phrase(NamedTuple):
    """One name as it may stand in a text, and what it stands for. ``rule``: any, capital, exact."""

    words: str
    form: str
    force: str | None
    place: str | None
    hosts: tuple[str, ...] = ()
    rule: str = "any"
    beside: str = ""  # words that must follow, without belonging to the name


class Agency(NamedTuple):
    """A news agency and the names under which it is credited."""

    code: str
    name: str
    country: str
    aliases: tuple[str, ...]


class Office(NamedTuple):
    """Who held an office from one day to another; ``last`` is None while the holder is in it."""

    office: str
    organisation: str
    holder: str
    first: date | None
    last: date | None


@dataclass(frozen=True, eq=False)
class Register:
    """All registers, ready to be asked; made once by ``load_register``."""

    parties: dict[str, Party]
    phrases: tuple[Phrase, ...]
    agencies: tuple[Agency, ...] = ()
    offices: tuple[Office, ...] = ()

    @cached_property
    def _forces(self) -> dict[str, str]:
        """Folded names and codes of forces; the first meaning of a name counts."""
        known = {fold(code): code for code, party in self.parties.items() if party.kind != "region"}
        for one in self.phrases:
            if one.force and not one.beside:
                known.setdefault(fold(one.words), one.force)
        return known

    @cached_property
    def _places(self) -> dict[str, str]:
        """Folded names and codes of places; the first meaning of a name counts."""
        known = {
            fold(code): code for code, party in self.parties.items() if party.kind in ("state", "region")
        }
        for one in self.phrases:
            if one.place:
                known.setdefault(fold(one.words), one.place)
        return known

    def party(self, code: str) -> Party | None:
        """The party of a code, None where the register does not know it."""
        return self.parties.get(code)

    def resolve_force(self, words: str) -> str | None:
        """The code of somebody named by hand ("us", "KFOR", "NATO:KFOR"); None where no register knows it."""
        return self._forces.get(fold(words))

    def resolve_place(self, words: str) -> str | None:
        """The code of a host or region; "Iraq and Syria", "iraq+syria" and "IRQ+SYR" give a joint code."""
        whole = self._places.get(fold(words))
        if whole is not None:
            return whole
        codes = [
            self._places.get(fold(part)) for part in re.split(r"\s*\+\s*|\s*,\s*|\s+and\s+", words.strip())
        ]
        if len(codes) < 2 or None in codes:
            return None
        return "+".join(code for code in codes if code is not None)

    def label(self, code: str) -> str:
        """The English name to show for a code: "KFOR (NATO)", "Iraq and Syria"; an unknown code as it is."""
        party = self.parties.get(code)
        if party is not None and party.kind in ("state", "organisation", "region"):
            return party.name
        if "+" in code and ":" not in code:
            return listed([self.label(part) for part in code.split("+")])
        head, _, short = code.partition(":")
        if not short:
            return party.name if party else code
        if head == "GROUP":
            return short
        return f"{short} coalition" if head == "COALITION" else f"{short} ({head})"

    def hosts(self, code: str, day: date | None = None) -> tuple[str, ...]:
        """The hosts of a mission or region; none for a mission that did not stand on that day."""
        party = self.parties.get(code)
        if party is None or (day is not None and not stands(party, day)):
            return ()
        return party.hosts


def stands(party: Party, day: date) -> bool:
    """Whether the party existed in the year of that day."""
    return (party.first is None or party.first <= day.year) and (party.last is None or day.year <= party.last)


def listed(names: list[str]) -> str:
    """Names as English lists them: "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def fold(words: str) -> str:
    """Words without case, accents, full stops and doubled spaces, for looking things up."""
    words = " ".join(words.casefold().replace("’", "'").replace(".", "").replace("-", " ").split())
    return words if words.isascii() else plain(words)


def plain(words: str) -> str:
    """Words without accents and with straight apostrophes."""
    taken_apart = unicodedata.normalize("NFKD", words.replace("’", "'"))
    return "".join(c for c in taken_apart if not unicodedata.combining(c))


def rows(file: str) -> Iterator[Row]:
    """The records of one register; LexiconError names the line that is broken."""
    source = resources.files("musterbook").joinpath("registers", f"{file}.csv")
    lines = (line for line in source.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    for number, row in enumerate(csv.DictReader(lines, strict=True), 1):
        if None in row or None in row.values():
            raise LexiconError(f"registers/{file}.csv, record {number}: wrong number of fields in {row}")
        yield row


def items(listing: str) -> tuple[str, ...]:
    """The parts of a "|" list, none for an empty field."""
    return tuple(part.strip() for part in listing.split("|")) if listing else ()


def year(words: str) -> int | None:
    """A year, or None for an empty field."""
    return int(words) if words else None


def day(words: str) -> date | None:
    """An ISO day, or None for an empty field."""
    return date.fromisoformat(words) if words else None


def phrases(
    names: Iterable[str], form: str, force: str | None, place: str | None, hosts: tuple[str, ...] = ()
) -> Iterator[Phrase]:
    """The phrases of a list of marked names that all stand for the same."""
    for name in names:
        yield phrase(name, form, force, place, hosts)


def phrase(name: str, form: str, force: str | None, place: str | None, hosts: tuple[str, ...]) -> Phrase:
    """One marked name as a phrase; short acronyms are always taken as spelled."""
    rule = {"^": "capital", "=": "exact"}.get(name[:1]) or (
        "capital" if form in LOCAL and len(name) < 5 else "any"
    )
    beside = BESIDE.search(name) if "[" in name else None
    words = (name[: beside.start()] if beside else name).lstrip("^=")
    if rule == "any" and ACRONYM.fullmatch(words):
        rule = "exact"
    return Phrase(
        words.removeprefix("the "), form, force, place, hosts, rule, beside.group(1) if beside else ""
    )


def state_phrases(row: Row) -> Iterator[Phrase]:
    """A state by its names, its adjectives, its people and its capital."""
    code, adjectives = row["code"], items(row["adjectives"])
    names = items(row["names"])
    own = () if f"^{row['name']}" in names else (row["name"],)
    yield from phrases((*own, *names), "state", code, code)
    yield from phrases(adjectives, "adjective", code, code)
    people = items(row["people"]) or tuple(f"{word}s" for word in adjectives if word[-1] in "nibcko")
    yield from phrases(people, "people", code, code)
    yield from phrases(items(row["capitals"]), "capital", code, code)


def read_states(parties: dict[str, Party]) -> Iterator[Phrase]:
    """States and territories, from parties.csv."""
    for row in rows("parties"):
        code = row["code"]
        if code in parties:
            raise LexiconError(f"registers/parties.csv: {code} stands there twice")
        years = year(row["from"]), year(row["to"])
        parties[code] = Party(code, row["name"], "state", row["alpha2"], row["m49"], row["cow"], *years)
        yield from state_phrases(row)


def read_missions(parties: dict[str, Party]) -> Iterator[Phrase]:
    """Organisations, missions and coalitions, from missions.csv; national operations under their state."""
    for row in rows("missions"):
        code, names, hosts = row["force"], items(row["names"]), items(row["hosts"])
        years = year(row["from"]), year(row["to"])
        kind = "organisation" if row["form"] == "organisation" else "mission"
        name = names[0].lstrip("^=")
        parties.setdefault(code, Party(code, name, kind, first=years[0], last=years[1], hosts=hosts))
        yield from phrases(spelled_out(names), row["form"], code, None, hosts)


def spelled_out(names: tuple[str, ...]) -> Iterator[str]:
    """The names, those that start with "UN" in all three ways to write it."""
    for name in names:
        if name.startswith(UNITED[0]):
            yield from (start + name[len(UNITED[0]) :] for start in UNITED)
        else:
            yield name


def read_groups(parties: dict[str, Party]) -> Iterator[Phrase]:
    """Armed groups, from groups.csv."""
    for row in rows("groups"):
        code, hosts = row["code"], items(row["hosts"])
        parties[code] = Party(code, code.partition(":")[2], "group", hosts=hosts)
        yield from phrases(items(row["names"]), "group", code, None, hosts)


def read_places(parties: dict[str, Party]) -> Iterator[Phrase]:
    """Cities, bases, provinces and regions, from places.csv; the form "none" swallows what is no place."""
    for row in rows("places"):
        code, hosts = row["code"] or None, items(row["hosts"])
        if code and code not in parties:
            parties[code] = Party(code, code, "region", hosts=hosts)
        yield from phrases(items(row["names"]), row["form"], row["force"] or None, code, hosts)


def read_metonyms() -> Iterator[Phrase]:
    """Seats of government and names of armed forces, from metonyms.csv."""
    for row in rows("metonyms"):
        yield from phrases(items(row["names"]), row["form"], row["force"], None)


def read_offices() -> Iterator[Office]:
    """Offices and their holders, from offices.csv."""
    for row in rows("offices"):
        yield Office(row["office"], row["organisation"], row["holder"], day(row["from"]), day(row["to"]))


@cache
def load_register() -> Register:
    """All registers that ship with the package; LexiconError where one is broken."""
    parties: dict[str, Party] = {}
    offices = tuple(read_offices())
    found = (
        *read_states(parties),
        *read_missions(parties),
        *read_groups(parties),
        *read_places(parties),
        *read_metonyms(),
        *(Phrase(one.holder, "government", one.organisation, None) for one in offices),
    )
    strange = {one.form for one in found} - FORMS
    if strange:
        raise LexiconError(f"registers: unknown forms {sorted(strange)}")
    agencies = tuple(
        Agency(r["code"], r["name"], r["country"], items(r["aliases"])) for r in rows("agencies")
    )
    offices = tuple(
        Office(r["office"], r["organisation"], r["holder"], day(r["from"]), day(r["to"]))
        for r in rows("offices")
    )
    return Register(parties, found, agencies, offices)
