"""A name in a register may carry signs that narrow where it is found; here they become phrases.

"^" wants a capital letter, "=" the exact spelling (or all capitals), and words in square brackets must follow the name
without belonging to it ("/" parts alternatives).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from musterbook.lexicon.records import Office, Phrase, Post
from musterbook.lexicon.tables import Row, items

UNITED = ("UN ", "U.N. ", "United Nations ")  # the three ways to write it before the name of a mission
LOCAL = frozenset(
    ("city", "base", "province", "government")
)  # short ones of these are words too: "sake", "lest"
SIGNS = {"^": "capital", "=": "exact"}
ACRONYM = re.compile(r"[A-Z]{2,3}")
BESIDE = re.compile(r"\s*\[([^\]]*)\]\s*$")
PARTY_FORMS = frozenset(
    ("state", "adjective", "people", "capital", "government", "forces", "organisation", "group")
)
PLACE_FORMS = frozenset(("city", "base", "province", "region", "border", "mission"))
FORMS = PARTY_FORMS | PLACE_FORMS | {"none"}  # "none" swallows the name of something else


def phrases(
    names: Iterable[str], form: str, force: str | None, place: str | None, hosts: tuple[str, ...] = ()
) -> list[Phrase]:
    """The phrases of a list of marked names that all stand for the same."""
    return [phrase(name, form, force, place, hosts) for name in names]


def phrase(name: str, form: str, force: str | None, place: str | None, hosts: tuple[str, ...]) -> Phrase:
    """One marked name as a phrase; short acronyms are always taken as spelled."""
    rule = SIGNS.get(name[:1]) or ("capital" if len(name) < 5 and form in LOCAL else "any")
    beside = BESIDE.search(name) if "[" in name else None
    words = (name[: beside.start()] if beside else name).lstrip("^=")
    if rule == "any" and len(words) < 4 and ACRONYM.fullmatch(words):
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


def spelled_out(names: tuple[str, ...]) -> Iterator[str]:
    """The names, those that start with "UN" in all three ways to write it."""
    for name in names:
        if name.startswith(UNITED[0]):
            yield from (start + name[len(UNITED[0]) :] for start in UNITED)
        else:
            yield name


def holder_phrases(offices: Iterable[Office], posts: dict[tuple[str, str], Post]) -> Iterator[Phrase]:
    """Full names of holders, each once, for the force that their office stands for.

    A single name is too short to be one, and whoever stood for two forces in his time stands for none.
    """
    forces: dict[str, str] = {}
    for one in offices:
        force = posts[one.organisation, one.office].stands_for
        if force and " " in one.holder and forces.setdefault(one.holder, force) != force:
            forces[one.holder] = ""
    for holder, force in forces.items():
        if force:
            yield Phrase(holder, "government", force, None, rule="capital")
