"""Faults of publishers: an address that is none or that anybody can have, and what two of them claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from musterbook.lexicon.checking import Finding, Tables, at
from musterbook.lexicon.folding import fold
from musterbook.lexicon.press import endings
from musterbook.lexicon.tables import Row, items

LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
DOMAIN = re.compile(rf"(?!www\.)(?:{LABEL}\.)+[a-z][a-z0-9-]+")
SUFFIX = re.compile(rf"gov|mil|{DOMAIN.pattern}")
REGISTRY = re.compile(r"(?:ac|co|com|edu|info|ne|net|or|org|web)\.[a-z]{2}")
ANYBODY = (  # where anybody can publish, so that being there proves nothing
    *("blogspot.com", "wordpress.com", "medium.com", "substack.com", "tumblr.com", "ghost.io", "wixsite.com"),
    *("weebly.com", "github.io", "livejournal.com", "typepad.com", "squarespace.com", "wikipedia.org"),
    *("facebook.com", "x.com", "twitter.com", "youtube.com", "t.me", "telegram.org", "reddit.com"),
    *("linkedin.com", "instagram.com", "tiktok.com", "google.com", "archive.org", "archive.ph"),
)


def domains_that_are_none(tables: Tables) -> Iterator[Finding]:
    """What stands where a domain or an ending should and is none."""
    for file, column, shape in (("publishers", "domains", DOMAIN), ("official_suffixes", "suffixes", SUFFIX)):
        for row in tables[file]:
            for domain in items(row[column]):
                if not shape.fullmatch(domain):
                    words = f"{domain!r} is not a domain"
                    yield at(row, "shape", words, "write it as in: reuters.com, without https:// and www.")


def domains_too_wide(tables: Tables) -> Iterator[Finding]:
    """A domain under which anybody can have a site, such as com.pk or blogspot.com."""
    for row in tables["publishers"]:
        for domain in items(row["domains"]):
            if REGISTRY.fullmatch(domain) or domain in ANYBODY:
                words = f"{domain} belongs to more than {row['name']}"
                yield at(row, "too-wide", words, "write what stands before it too, or leave it out")


def domains_told_twice(tables: Tables) -> Iterator[Finding]:
    """A domain that two lines have, or that a wider one of its own line covers; an ending told twice."""
    seen: dict[str, Row] = {}
    for row, domain in addresses(tables):
        if domain in seen:
            first = seen[domain]
            words = f"{domain} stands already in {first.file}.csv, line {first.line}"
            yield at(row, "twice", words, "leave it to one of the two")
        seen.setdefault(domain, row)
    for row, domain in addresses(tables):
        above = next((end for end in list(endings(domain))[1:] if seen.get(end) is row), None)
        if above:
            yield at(row, "twice", f"{domain} is covered by {above}", f"leave out {domain}")


def addresses(tables: Tables) -> Iterator[tuple[Row, str]]:
    """Every domain and ending with its line."""
    for row in tables["publishers"]:
        yield from ((row, domain) for domain in items(row["domains"]))
    for row in tables["official_suffixes"]:
        yield from ((row, suffix) for suffix in items(row["suffixes"]))


def names_of_two_publishers(tables: Tables) -> Iterator[Finding]:
    """A name under which two publishers would be credited, or that stands twice in one line."""
    seen: dict[str, Row] = {}
    for row, name in credited(tables):
        other = seen.setdefault(fold(name), row)
        if other is not row:
            words = f"{name!r} is also {other['name']} (line {other.line})"
            yield at(
                row, "two-meanings", words, "leave it to one, or write the country behind it in brackets"
            )
    for row in tables["publishers"]:
        names = [fold(name) for name in (row["name"], *items(row["aliases"]))]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield at(row, "twice", f"{name!r} stands twice in this line", "leave out one")


def credited(tables: Tables) -> Iterator[tuple[Row, str]]:
    """Every name of a publisher with its line; agencies have those of agencies.csv too."""
    agencies = {row["code"]: row for row in tables["agencies"]}
    for row in tables["publishers"]:
        agency = agencies.get(row["code"])
        yield row, row["name"]
        yield from ((row, name) for name in items(row["aliases"]))
        yield from ((row, name) for name in (items(agency["aliases"]) if agency else ()))


def agencies_told_otherwise(tables: Tables) -> Iterator[Finding]:
    """A publisher with the code of a news agency that is not it."""
    agencies = {row["code"]: row for row in tables["agencies"]}
    for row in tables["publishers"]:
        agency = agencies.get(row["code"])
        if agency and (row["kind"], row["country"]) != ("agency", agency["country"]):
            words = f"{row['code']} is {agency['name']} in agencies.csv, of another kind or country"
            yield at(row, "agency", words, "correct one of the two, or give this one another code")


PRESS_RULES: tuple[Callable[[Tables], Iterator[Finding]], ...] = (
    domains_that_are_none,
    domains_too_wide,
    domains_told_twice,
    names_of_two_publishers,
    agencies_told_otherwise,
)
