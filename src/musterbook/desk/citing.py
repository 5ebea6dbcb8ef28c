"""A report cited for one statement: as text, for BibTeX, and as the template that Wikipedia uses.

Titles and sentences come from anywhere, so whatever means something to BibTeX or a wiki is written so that it does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlsplit

from musterbook.safe import UNSAFE

TEX: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # a brace behind a backslash would still count for BibTeX
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    '"': r"\textquotedbl{}",
}
WIKI: Mapping[str, str] = {sign: f"&#{ord(sign)};" for sign in "|{}[]<>'~_"} | {"&": "&amp;"}
LISTS = "*#:;="  # these mean something to a wiki where words begin with them
MAGIC = re.compile(r"~{3,}|_{2,}")  # a signature, a switch: a wiki sees them everywhere
IN_URL = ":/?#@!$&()*+,;=%-._~"  # what stays as it is in an address


@dataclass(frozen=True, slots=True)
class Cited:
    """What is known of a report and of the sentence that it is cited for."""

    statement: str  # id
    quote: str
    title: str = ""
    publisher: str = ""
    url: str = ""
    published: date | None = None
    retrieved: date | None = None
    agencies: tuple[str, ...] = ()


def as_text(cited: Cited) -> str:
    """For a footnote: “Title”, Publisher, 9 September 2020, address (retrieved …)."""
    title = _line(cited.title)
    parts = [
        f"“{title}”" if title else "",
        _line(cited.publisher),
        in_words(cited.published),
        _address(cited.url),
    ]
    retrieved = f" (retrieved {in_words(cited.retrieved)})" if cited.retrieved else ""
    return f"{', '.join(part for part in parts if part)}{retrieved}: “{_line(cited.quote)}” [{cited.statement[:12]}]"


def as_bibtex(cited: Cited) -> str:
    """An entry for a file of literature."""
    fields = {
        "title": _tex(cited.title) or "[no title]",
        "author": "{" + _tex(cited.publisher) + "}" if cited.publisher.strip() else "",
        "year": str(cited.published.year) if cited.published else "",
        "month": f"{cited.published:%b}".lower() if cited.published else "",
        "day": str(cited.published.day) if cited.published else "",
        "url": _address(cited.url),
        "urldate": cited.retrieved.isoformat() if cited.retrieved else "",
        "note": f"Says: {_tex(cited.quote)}",
    }
    bare = ("month",)  # BibTeX has words of its own for these
    lines = (
        f"  {name} = {value}" if name in bare else f"  {name} = {{{value}}}"
        for name, value in fields.items()
        if value
    )
    return "@misc{" + f"musterbook-{cited.statement[:12]},\n" + ",\n".join(lines) + "\n}"


def as_wikipedia(cited: Cited) -> str:
    """The template ``cite news``."""
    fields = {
        "title": _wiki(cited.title) or "[no title]",
        "url": _address(cited.url),
        "work": _wiki(cited.publisher),
        "agency": _wiki(", ".join(cited.agencies)),
        "date": in_words(cited.published),
        "access-date": in_words(cited.retrieved),
        "quote": _wiki(cited.quote),
    }
    return "{{cite news " + " ".join(f"|{name}={value}" for name, value in fields.items() if value) + "}}"


def in_words(day: date | None) -> str:
    """``9 September 2020``; empty for none."""
    return f"{day.day} {day:%B} {day.year}" if day else ""


def _line(words: str) -> str:
    """Words on one line, without what is not seen."""
    return re.sub(r"\s+", " ", UNSAFE.sub(" ", words)).strip()


def _tex(words: str) -> str:
    return "".join(TEX.get(sign, sign) for sign in _line(words))


def _wiki(words: str) -> str:
    told = _line(words)
    first = f"&#{ord(told[0])};" if told and told[0] in LISTS else ""
    return first + "".join(WIKI.get(sign, sign) for sign in (told[1:] if first else told))


def _address(url: str) -> str:
    """An address with nothing in it that ends it early; empty where it leads nowhere."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    is_sound = parts.scheme in ("http", "https") and parts.netloc and not UNSAFE.search(url)
    held = quote(url.strip(), safe=IN_URL) if is_sound else ""
    return MAGIC.sub(lambda found: "".join(f"%{ord(sign):02X}" for sign in found[0]), held)
