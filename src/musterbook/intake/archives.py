"""An archive of pages (WARC) among other files: the pages that pass the gate are reports, the others are counted.

Whole folders of archives go in by ``musterbook archive``, which keeps note of what is done.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING

from musterbook.intake.arrival import Outcomes, Parse
from musterbook.intake.given import Given
from musterbook.intake.limits import PAGE_LIMIT
from musterbook.intake.packing import Bytes
from musterbook.intake.trouble import trouble
from musterbook.model import Doubt, Report

if TYPE_CHECKING:
    from musterbook.intake.warc import Condition, Page

LOST = (
    "timeout",
    "too-much-memory",
    "crashed-parser",
)  # what became of a page that we cannot pass over in silence
REFUSED = ("too-deep", "too-tangled")  # the same, where the page itself is to blame


def read_archive(path: Path, source: str, given: Given, parse: Parse) -> Outcomes:
    """The reports in an archive, how many pages were passed over, and what is wrong with the file.

    UsageError where the extra is missing.
    """
    from musterbook.intake.gate import the_gate
    from musterbook.intake.warc import Archive

    archive, gate = Archive(path), the_gate()
    passed_over = 0
    for page in archive.pages():
        kept = _kept(page, source, given, parse) if gate.lets_pass(page.raw, page.charset) else ()
        passed_over += not kept
        yield from kept
    condition = archive.condition
    if passed_over:
        yield trouble("passed-over", source, f"{passed_over:,} of its {condition.pages:,} pages")
    yield from troubles(source, condition)
    if not (condition.pages or condition.refused or condition.damaged or condition.truncated):
        yield trouble("no-text" if condition.records else "empty-file", source)


def read_pages(path: Path, source: str, numbers: Collection[int], given: Given, parse: Parse) -> Outcomes:
    """Some pages of an archive by the numbers of their records, whatever they tell of; a doubt for each that is gone.

    UsageError where the extra is missing.
    """
    from musterbook.intake.warc import Archive

    left = set(numbers)
    for page in Archive(path).pages() if left else ():
        if page.number in left:
            left.remove(page.number)
            yield from _parsed(page, source, given, parse)
        if not left:
            return
    for number in sorted(left):
        yield trouble("missing-file", f"{source}, record {number}")


def troubles(source: str, condition: Condition) -> Iterator[Doubt]:
    """What was wrong with an archive, a doubt each."""
    if condition.damaged:
        yield trouble("damaged-archive", source, str(condition.damaged))
    if condition.truncated:
        yield trouble("cut-archive", source)
    if condition.refused:
        limit = f"{condition.refused} of more than {PAGE_LIMIT // 1_000_000} MB"
        yield trouble("huge-records", source, limit)


def _kept(page: Page, source: str, given: Given, parse: Parse) -> tuple[Report | Doubt, ...]:
    """What a page gave, by the fast path; nothing where its words do not pass the gate, or there are none."""
    from musterbook.intake.gate import lets_pass

    first, *more = _parsed(page, source, given, parse)
    if isinstance(first, Report):
        return (first, *more) if lets_pass(first) else ()
    return (first, *more) if first.code in (*LOST, *REFUSED) else ()


def _parsed(page: Page, source: str, given: Given, parse: Parse) -> Outcomes:
    """What a page gives, by the fast path."""
    from musterbook.intake.quick import moment

    at, taken = f"{source}, record {page.number}", moment(page.retrieved)
    own = Given(given.published, given.language, page.url, taken and taken.date(), page.charset, fast=True)
    for one in parse(page.raw, "page", at, own):
        yield replace(one, retrieved=taken) if isinstance(one, Report) else one
        if isinstance(one, Report) and page.recovered:
            yield trouble("recovered", at, report=one.id)


def read_archive_stream(stream: Bytes, source: str, given: Given, parse: Parse) -> Outcomes:
    """The same for a stream, which is laid down in a file first, since damage can only be passed in one."""
    with tempfile.NamedTemporaryFile(prefix="musterbook-", suffix=".warc") as held:
        copyfileobj(stream, held)
        held.flush()
        yield from read_archive(Path(held.name), source, given, parse)
