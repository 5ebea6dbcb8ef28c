"""One archive becomes readings and doubts; what each stage drops is counted. It knows no engine and no book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from types import MappingProxyType

from musterbook.intake.archives import LOST, troubles
from musterbook.intake.gate import lets_pass, the_gate
from musterbook.intake.limits import DEPTH_LIMIT
from musterbook.intake.quick import is_deep, quick_report
from musterbook.intake.trouble import trouble
from musterbook.intake.warc import Archive, Page
from musterbook.model import Doubt, Reading, Report
from musterbook.pipeline import noted
from musterbook.reading.reader import read

GATE, SENTENCES, SILENT, KEPT, STATEMENTS = "gate", "sentences", "no statement", "kept", "statements"
STAGES = (*LOST, GATE, "too-deep", "too-tangled", "no-text", "language", SENTENCES, SILENT, KEPT)
Counts = Counter[str]
"""``pages`` is the sum of what the ``STAGES`` dropped or kept; beside them what the file was like (``Condition``)."""
At = Callable[[int], None]
Loss = tuple[str, str]  # the code of a trouble, and its detail


def read_archive(
    path: Path,
    counts: Counts,
    learned: bool = False,
    at: At | None = None,
    lost: Mapping[int, Loss] = MappingProxyType({}),
) -> Iterator[Reading | Doubt]:
    """What the pages of an archive state, in the order of the file, and in the end what was wrong with it.

    ``at`` is told the byte of the file that has been reached; the pages at the bytes ``lost`` are left out, a doubt
    each. A file that cannot be read gives one doubt.
    """
    archive, gate = Archive(path), the_gate()
    read_page = partial(_read_page, path.name, learned)
    try:
        for page in archive.pages():
            if at:
                at(archive.at)
            if page.offset in lost:
                code, detail = lost[page.offset]
                counts[code] += 1
                yield trouble(code, f"{path.name}, record {page.number}", detail)
                continue
            if not gate.lets_pass(page.raw, page.charset):
                counts[GATE] += 1
                continue
            found = read_page(page)
            counts[found if isinstance(found, str) else KEPT] += 1
            if not isinstance(found, str):
                counts[STATEMENTS] += len(found.statements)
                yield found
    except FileNotFoundError:
        yield trouble("missing-file", str(path))
    except PermissionError:
        yield trouble("no-permission", str(path))
    except OSError as broken:
        yield trouble("unreadable-file", str(path), broken.strerror or str(broken))
    counts.update({name: int(value) for name, value in asdict(archive.condition).items() if value})
    yield from troubles(str(path), archive.condition)


def _read_page(file: str, learned: bool, page: Page) -> Reading | str:
    """What a page states, or the stage that dropped it."""
    report = quick_report(page, f"{file}, record {page.number}")
    if isinstance(report, str):
        return report
    if not lets_pass(report):
        return SENTENCES
    reading = read(report, learned=learned, only_stating=True)
    if not reading.statements:
        return SILENT
    return noted(reading, _notes(page, reading.report))


def _notes(page: Page, report: Report) -> tuple[Doubt, ...]:
    found = (
        ("recovered", "") if page.recovered else None,
        ("deep", str(DEPTH_LIMIT)) if is_deep(page) else None,
    )
    return tuple(trouble(code, report.name, detail, report=report.id) for code, detail in filter(None, found))
