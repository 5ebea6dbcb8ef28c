"""A PDF is the words on its pages: lines joined to sentences, running heads and feet left out.

The day that a program wrote into the file is told as a candidate and never taken: it is when the file was made.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from statistics import quantiles
from typing import TYPE_CHECKING

from musterbook.intake.arrival import Note, Outcomes, arrive
from musterbook.intake.credited import agencies_in
from musterbook.intake.days import days_in
from musterbook.intake.given import Given
from musterbook.intake.limits import PDF_PAGES, PDF_SIGNS
from musterbook.intake.texts import lettered
from musterbook.intake.trouble import trouble
from musterbook.model import Candidate, Report

if TYPE_CHECKING:
    from pypdf import PdfReader

EDGE = 2  # lines at the top and bottom of a page that may be its head and foot
SHARE = 0.5  # of the pages on which a line has to stand to be a running head
FULL = 0.75  # of the usual length below which a line ends its paragraph
BROKEN_WORD = re.compile(r"(\w[\w’'-]*)[-\u2010\u00ad]\Z")
FIRST_WORD = re.compile(r"(\w+)")
DIGITS = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
END, NO_TABLE = b"startxref", b"\nstartxref\n0\n%%EOF\n"  # of a file that is cut off: look for everything
MADE = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")


def read_pdf(raw: bytes, source: str, given: Given) -> Outcomes:
    """The text of a PDF is one report."""
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    logging.getLogger("pypdf").propagate = False  # what it finds odd, we tell ourselves
    reader, problem = _opened(raw)
    if reader is None:
        yield trouble(problem[0], source, problem[1])
        return
    pages, failed = _pages(reader)
    text = joined(pages)
    if not text:
        code, detail = (
            ("damaged", f"{failed} pages") if failed else ("no-text", " (only pictures of its pages)")
        )
        yield trouble(code, source, detail)
        return
    notes: tuple[Note, ...] = (("damaged", f"{failed} pages"),) if failed else ()
    yield from arrive(_with_facts(lettered(text, source, given), _facts(reader)), given, *notes)


def _opened(raw: bytes) -> tuple[PdfReader | None, Note]:
    """The PDF, or what is wrong with it; one that opens without a password is not locked."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = PdfReader(io.BytesIO(raw if END in raw else raw + NO_TABLE), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return None, ("encrypted", "")
        if len(reader.pages) > PDF_PAGES:
            return None, ("too-many-parts", f"{PDF_PAGES:,} pages")
    except (DependencyError, FileNotDecryptedError):
        return None, ("encrypted", "")
    except Exception:  # noqa: BLE001 -- pypdf fails in any way at a file that is broken in any way
        return None, ("damaged", "it cannot be opened as a PDF")
    return reader, ("", "")


def _pages(reader: PdfReader) -> tuple[list[list[str]], int]:
    """The lines of every page, and how many pages could not be read."""
    found: list[list[str]] = []
    failed = signs = 0
    for number in range(len(reader.pages)):
        try:
            words = reader.pages[number].extract_text()
        except Exception:  # noqa: BLE001 -- the same; the other pages are still read
            failed += 1
            continue
        found.append([line.strip() for line in words.replace("\0", "").splitlines()])
        signs += len(words)
        if signs > PDF_SIGNS:
            break
    return found, failed


def joined(pages: list[list[str]]) -> str:
    """The text of the pages: heads and feet dropped, broken words joined, lines put together to paragraphs."""
    bare = list(_without_edges(pages))
    lines = [line for page in bare for line in page]
    known = Counter(word.lower() for line in lines for word in re.findall(r"\w+(?:-\w+)*", line))
    lengths = [len(line) for line in lines if line]
    usual = quantiles(lengths, n=10)[7] if len(lengths) > 1 else 0
    paragraphs: list[str] = []
    is_open = False
    for line in lines:
        if not line:
            is_open = False
            continue
        if is_open:
            paragraphs[-1] = _put_together(paragraphs[-1], line, known)
        else:
            paragraphs.append(line)
        is_open = len(line) >= FULL * usual or bool(BROKEN_WORD.search(line))
    return "\n".join(paragraphs).strip()


def _without_edges(pages: list[list[str]]) -> Iterator[list[str]]:
    """The pages without the lines at their edges that stand on most pages, and without bare page numbers."""
    seen = Counter(key for at, page in enumerate(pages) for line in {*_edge(page)} for key in _keys(line, at))
    most = max(2, SHARE * sum(1 for page in pages if any(page)))
    for at, page in enumerate(pages):
        dropped = {
            line
            for line in _edge(page)
            if len(pages) > 1 and (line.isdigit() or any(seen[key] > most for key in _keys(line, at)))
        }
        yield [line for line in page if line not in dropped]


def _edge(page: list[str]) -> list[str]:
    lines = [line for line in page if line]
    return [*lines[:EDGE], *lines[-EDGE:]]


def _keys(line: str, at: int) -> set[str]:
    """What a line has in common with the same head on other pages: its words, and a number that counts the pages.

    Other numbers have to be the same: a row of a table is no head, though it begins as the rows above it do.
    """
    plain = line.casefold()
    counting = (
        f"{plain[: n.start()]}\0{int(n.group()) - at}{plain[n.end() :]}" for n in DIGITS.finditer(plain)
    )
    return {plain, *counting}


def _put_together(before: str, line: str, known: Counter[str]) -> str:
    """Two lines in one; a word broken between them is joined as the document writes it elsewhere."""
    broken, rest = BROKEN_WORD.search(before), FIRST_WORD.match(line)
    if not broken or not rest:
        return f"{before} {line}"
    first, second = broken.group(1), rest.group(1)
    whole, hyphened = f"{first}{second}".lower(), f"{first}-{second}".lower()
    keeps = known[hyphened] > known[whole] or not second[0].islower() or not first[-1].islower()
    head = before[: broken.end(1)]
    return f"{head}-{line}" if keeps else f"{head}{line}"


def _facts(reader: PdfReader) -> dict[str, str]:
    """What the file says of itself."""
    try:
        held: Mapping[str, object] = reader.metadata or {}
        return {str(name): str(held[name])[:300].strip() for name in held}
    except Exception:  # noqa: BLE001 -- the same; the text is what counts
        return {}


def _with_facts(report: Report, facts: dict[str, str]) -> Report:
    named = (
        ("the file was made", facts.get("/CreationDate", "")),
        ("the file was changed", facts.get("/ModDate", "")),
    )
    days = tuple(Candidate(where, words, _made_on(words), "not taken") for where, words in named if words)
    title = facts.get("/Title", "")
    return replace(
        report,
        title="" if title.lower().endswith((".doc", ".docx", ".pdf", ".indd")) else title,
        byline=facts.get("/Author", ""),
        credits=agencies_in((facts.get("/Author", ""),)),
        days=days,
    )


def _made_on(words: str) -> date | None:
    found = MADE.match(words)
    return next(iter(days_in("-".join(found.groups()))), None) if found else None
