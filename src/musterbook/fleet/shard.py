"""One archive becomes readings and doubts; what each stage drops is counted. It knows no engine and no book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
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
LOT, LOT_BYTES = 64, 4 << 20  # pages that are at work together at most
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

    ``at`` is told the byte of the page that is at work; the pages at the bytes ``lost`` are left out, a doubt each. A
    file that cannot be read gives one doubt.
    """
    archive, shift = Archive(path), _Shift(path.name, counts, learned, at or _untold, lost)
    try:
        for lot in _lots(shift.passing(archive.pages())):
            yield from shift.read(lot)
    except FileNotFoundError:
        yield trouble("missing-file", str(path))
    except PermissionError:
        yield trouble("no-permission", str(path))
    except OSError as broken:
        yield trouble("unreadable-file", str(path), broken.strerror or str(broken))
    counts.update({name: int(value) for name, value in asdict(archive.condition).items() if value})
    yield from troubles(str(path), archive.condition)


def _lots(pages: Iterator[Page]) -> Iterator[list[Page]]:
    """Pages some dozens at a time, and fewer where they are large.

    Each stage then works on its own for a while: a processor that goes from unpacking to parsing to reading and back
    with every page has forgotten each by the time it returns, and takes a fifth longer.
    """
    lot: list[Page] = []
    size = 0
    try:
        for page in pages:
            lot.append(page)
            size += len(page.raw)
            if len(lot) >= LOT or size >= LOT_BYTES:
                yield lot
                lot, size = [], 0
    except OSError:  # the file gives out on the way: what was read before counts
        yield lot
        raise
    yield lot


def _untold(_: int) -> None:
    """For whom nobody waits."""


@dataclass(frozen=True, slots=True)
class _Shift:
    """One archive at work, stage by stage."""

    file: str
    counts: Counts
    learned: bool
    at: At
    lost: Mapping[int, Loss]

    def passing(self, pages: Iterator[Page]) -> Iterator[Page]:
        """The pages that the gate lets pass, and those that are to be told as lost."""
        gate = the_gate()
        for page in pages:
            self.at(page.offset)
            if page.offset in self.lost or gate.lets_pass(page.raw, page.charset):
                yield page
            else:
                self.counts[GATE] += 1

    def read(self, lot: Sequence[Page]) -> Iterator[Reading | Doubt]:
        """What the pages of a lot state, in their order."""
        for page, draft in [(page, self._draft(page)) for page in lot]:
            found = draft if isinstance(draft, Doubt | str) else self._reading(page, draft)
            if isinstance(found, Doubt):
                self.counts[found.code] += 1
                yield found
                continue
            self.counts[found if isinstance(found, str) else KEPT] += 1
            if not isinstance(found, str):
                self.counts[STATEMENTS] += len(found.statements)
                yield found

    def _draft(self, page: Page) -> Report | Doubt | str:
        """The report of a page, or the stage that dropped it."""
        name = f"{self.file}, record {page.number}"
        if page.offset in self.lost:
            code, detail = self.lost[page.offset]
            return trouble(code, name, detail)
        self.at(page.offset)
        report = quick_report(page, name)
        if isinstance(report, str):
            return report
        return report if lets_pass(report) else SENTENCES

    def _reading(self, page: Page, report: Report) -> Reading | str:
        """What a report states, or the stage that dropped it."""
        self.at(page.offset)
        reading = read(report, learned=self.learned, only_stating=True)
        return noted(reading, _notes(page, reading.report)) if reading.statements else SILENT


def _notes(page: Page, report: Report) -> tuple[Doubt, ...]:
    found = (
        ("recovered", "") if page.recovered else None,
        ("deep", str(DEPTH_LIMIT)) if is_deep(page) else None,
    )
    return tuple(trouble(code, report.name, detail, report=report.id) for code, detail in filter(None, found))
