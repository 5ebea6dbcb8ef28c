"""Who held an office on a day is asked by its name, its organisation or both: "CENTCOM", "french president".

An answer may have two names: on the day of a change, or where the register knows only the month or year of one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from musterbook.lexicon.records import Office, Post
from musterbook.lexicon.register import Register, fold

NAMING = frozenset(("state", "adjective", "organisation", "mission", "group"))
JOINING = frozenset(("of", "the", "for", "and"))  # may stand in a question without standing in the name


def find_posts(words: str, register: Register) -> tuple[Post, ...]:
    """The offices that are called so; else those of whose names and organisation all the words are."""
    asked = spelled(words)
    exact = tuple(post for post in register.posts if asked in map(spelled, (post.office, *post.names)))
    wanted = set(asked.split()) - JOINING
    if exact or not wanted:
        return exact
    owners = names_of_owners(register)
    return tuple(
        post
        for post in register.posts
        if wanted <= words_in((post.office, *post.names, *owners[post.organisation]))
    )


def names_of_owners(register: Register) -> dict[str, list[str]]:
    """How the organisations that have offices are called: "France", "French", "FRA"."""
    names = {post.organisation: [*post.organisation.split(":")] for post in register.posts}
    for one in register.phrases:
        if one.force in names and one.form in NAMING:
            names[one.force].append(one.words)
    return names


def words_in(names: Iterable[str]) -> set[str]:
    """The folded words of all names."""
    return {word for name in names for word in spelled(name).split()}


def spelled(words: str) -> str:
    """Folded, and "defense" as it is spelled in Britain."""
    return fold(words).replace("defense", "defence")


def holders_of(post: Post, register: Register, day: date | None = None) -> tuple[Office, ...]:
    """Whoever may have held the office on that day, or ever, in the order of the register."""
    return tuple(
        one
        for one in register.offices
        if one.office == post.office
        and one.organisation == post.organisation
        and (day is None or one.held.may_cover(day))
    )


def offices_of(person: str, register: Register) -> tuple[Office, ...]:
    """The offices of whoever has that full name or surname."""
    asked = fold(person)
    return tuple(
        one
        for one in register.offices
        if one.holder and asked in (fold(one.holder), fold(one.holder).split()[-1])
    )
