"""The registers are the world's names as data: parties, places, missions, groups; a code has one meaning.

This is their face: it loads the files of ``registers/`` and answers who is meant by a name, who hosts a mission,
who belongs to what and under which codes. Who held an office is asked in ``offices.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from musterbook.errors import LexiconError
from musterbook.lexicon import filing
from musterbook.lexicon.folding import fold, plain
from musterbook.lexicon.naming import FORMS, holder_phrases
from musterbook.lexicon.press import Press, gather
from musterbook.lexicon.records import (
    Agency,
    Codes,
    Membership,
    Office,
    Party,
    Phrase,
    Post,
    Publisher,
    Tenure,
)

__all__ = ["Agency", "Codes", "Membership", "Office", "Party", "Phrase", "Post", "Publisher", "Register"]
__all__ += ["Tenure"]
__all__ += ["fold", "load_register", "plain", "read_register", "stands", "unique"]


@dataclass(frozen=True, eq=False)
class Register:
    """All registers, ready to be asked; made once by ``load_register``."""

    parties: dict[str, Party]
    phrases: tuple[Phrase, ...]
    agencies: tuple[Agency, ...] = ()
    offices: tuple[Office, ...] = ()
    posts: tuple[Post, ...] = ()
    memberships: tuple[Membership, ...] = ()
    former: tuple[tuple[str, Codes], ...] = ()  # codes that a party had before its present ones
    publishers: tuple[Publisher, ...] = ()
    suffixes: tuple[tuple[str, str], ...] = ()  # endings of official addresses, with their states

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

    @cached_property
    def _press(self) -> Press:
        """The publishers by domain and name."""
        return gather(self.publishers, self.agencies, dict(self.suffixes))

    def publisher(self, name: str, url: str = "") -> Publisher | None:
        """Who published something, by its address; by its name only where it has no address at all.

        None for an address that is not registered, whoever it claims to be.
        """
        return self._press.at(url) if url else self._press.called(name)

    def original(self, name: str, url: str = "") -> Publisher | None:
        """Whom "AP via WAOW" names as the original; believed only where the address is registered or none is given."""
        return None if url and self._press.at(url) is None else self._press.called(name)

    def established(self, url: str, name: str) -> bool:
        """Whether the register knows who published something at this address under this name."""
        return self.publisher(name, url) is not None

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

    def members(self, code: str, day: date | None = None) -> tuple[str, ...]:
        """The states that belong to an organisation, mission or coalition, or may have on that day."""
        return unique(member for one in self.belonging(day) if one.whole == code for member in one.members)

    def part_of(self, code: str, day: date | None = None) -> tuple[str, ...]:
        """The organisations, missions and coalitions that a state or mission belongs to, or may have then."""
        party = self.parties.get(code)
        own = party.part_of if party and (day is None or stands(party, day)) else ()
        return unique((*own, *(one.whole for one in self.belonging(day) if code in one.members)))

    def belonging(self, day: date | None = None) -> Iterator[Membership]:
        """All memberships that may have held on a day on which the whole stood."""
        for one in self.memberships:
            whole = self.parties[one.whole]
            if day is None or (one.held.may_cover(day) and stands(whole, day)):
                yield one

    def codes(self, code: str, day: date | None = None) -> tuple[Codes, ...]:
        """How a state was numbered on a day (blank: today); more than one where it was two states then."""
        party = self.parties.get(code)
        if party is None or party.kind != "state":
            return ()
        former = tuple(c for owner, c in self.former if owner == code and day and c.held.may_cover(day))
        always = Tenure(None, date.min, date.max, None)
        return former or (Codes(party.name, code, party.alpha2, party.m49, party.cow, always),)


def stands(party: Party, day: date) -> bool:
    """Whether the party existed in the year of that day."""
    return (party.first is None or party.first <= day.year) and (party.last is None or day.year <= party.last)


def unique(codes: Iterable[str]) -> tuple[str, ...]:
    """Each code once, in the order in which they come."""
    return tuple(dict.fromkeys(codes))


def listed(names: list[str]) -> str:
    """Names as English lists them: "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


@cache
def load_register() -> Register:
    """All registers that ship with the package; LexiconError where one is broken."""
    return read_register()


def read_register(folder: Path | None = None) -> Register:
    """The registers of an editor's folder, the shipped ones where it has none; LexiconError names what is broken."""
    parties: dict[str, Party] = {}
    posts = {(post.organisation, post.office): post for post in filing.read_posts(folder)}
    offices = tuple(filing.read_holders(posts, folder))
    found = (
        *filing.read_states(parties, folder),
        *filing.read_missions(parties, folder),
        *filing.read_groups(parties, folder),
        *filing.read_places(parties, folder),
        *filing.read_metonyms(folder),
        *holder_phrases(offices, posts),
    )
    strange = {one.form for one in found} - FORMS
    if strange:
        raise LexiconError(
            f"registers: unknown forms {sorted(strange)}; known are {', '.join(sorted(FORMS))}"
        )
    return Register(
        parties,
        found,
        tuple(filing.read_agencies(folder)),
        offices,
        tuple(posts.values()),
        tuple(filing.read_members(parties, folder)),
        tuple(filing.read_former_codes(folder)),
        tuple(filing.read_publishers(folder)),
        tuple(filing.read_official_suffixes(folder)),
    )
