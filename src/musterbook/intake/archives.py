"""An archive of pages (WARC) among other files: the pages that pass the gate are reports, the others are counted.

Whole folders of archives go in by ``musterbook archive``, which keeps note of what is done.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from shutil import copyfileobj

from musterbook.intake.arrival import Outcomes, arrive
from musterbook.intake.given import Given
from musterbook.intake.packing import Bytes
from musterbook.intake.trouble import trouble
from musterbook.model import Report


def read_archive(path: Path, source: str, given: Given) -> Outcomes:
    """The reports in an archive, how many pages were passed over, and what is wrong with the file.

    UsageError where the extra is missing.
    """
    from musterbook.intake.gate import the_gate
    from musterbook.intake.quick import quick_report
    from musterbook.intake.warc import Archive

    archive, gate = Archive(path), the_gate()
    own = Given(language=given.language)  # address and day of retrieval are those of each page
    passed_over = 0
    for page in archive.pages():
        at = f"{source}, record {page.number}"
        found = quick_report(page, at) if gate.lets_pass(page.raw, page.charset) else ""
        if isinstance(found, Report) and gate.lets_pass(
            f"{found.title}\n{found.text}".encode("utf-8", "replace")
        ):
            notes = (("recovered", ""),) if page.recovered else ()
            yield from arrive(replace(found, published=given.published or found.published), own, *notes)
        else:
            passed_over += 1
    condition = archive.condition
    if passed_over:
        yield trouble("passed-over", source, f"{passed_over:,} of its {condition.pages:,} pages")
    if condition.damaged:
        yield trouble("damaged-archive", source, str(condition.damaged))
    if condition.truncated:
        yield trouble("cut-archive", source)
    if condition.refused:
        yield trouble("huge-records", source, str(condition.refused))
    if not condition.records and not condition.damaged:
        yield trouble("empty-file", source)


def read_archive_stream(stream: Bytes, source: str, given: Given) -> Outcomes:
    """The same for a stream, which is laid down in a file first, since damage can only be passed in one."""
    with tempfile.NamedTemporaryFile(prefix="musterbook-", suffix=".warc") as held:
        copyfileobj(stream, held)
        held.flush()
        yield from read_archive(Path(held.name), source, given)
