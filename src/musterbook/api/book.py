"""An open book: reports go in, people decide, and it tells what it holds."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from musterbook.api.days import Day, Moment, day_of, moment_of
from musterbook.api.reading import read_report
from musterbook.api.view import BookView
from musterbook.errors import BookError, UsageError
from musterbook.ledger import entries
from musterbook.ledger.asof import folded, undone
from musterbook.ledger.book import Book, Clock, utc_now
from musterbook.ledger.checking import Verdict, verify
from musterbook.ledger.checkpoints import Checkpoint, read_checkpoints, write_checkpoint
from musterbook.ledger.closing import Closing
from musterbook.ledger.deciding import check_seen
from musterbook.ledger.proof import Proof, prove
from musterbook.ledger.slices import Progress as Steps
from musterbook.ledger.text import export_file
from musterbook.model import Act, Contingent, Doubt, Reading, Report, Role, Statement
from musterbook.pipeline import Progress, Tally, muster
from musterbook.values import Span

if TYPE_CHECKING:
    from musterbook.api.rereading import LinesRead, ReadAgain
    from musterbook.api.series import SeriesTally
    from musterbook.ledger.joining import Joined
    from musterbook.ledger.rereading import Fate, Rereading
    from musterbook.reckoning.difference import Difference

SOMEBODY = "editor"  # signs decisions where the caller names nobody


def open_book(
    place: str | os.PathLike[str] | None = None, clock: Clock = utc_now, person: str = "", make: bool = True
) -> OpenBook:
    """The book in this SQLite file or at this PostgreSQL address; without one, the default book.

    It is made if it is not there, unless ``make`` is False: then UsageError. BookError when the place is no book or
    cannot be written, OlderBookError and NewerBookError when another version made it. ``clock`` gives the moment
    that lines are recorded at; ``person`` signs what is decided, and counts where the book has people of its own.
    """
    from musterbook import __version__
    from musterbook.ledger.open import open_book as open_ledger
    from musterbook.settings import book_place

    where = book_place(place)
    if not place and isinstance(where, Path) and make:
        where.parent.mkdir(parents=True, exist_ok=True)
    return OpenBook(open_ledger(where, clock, __version__, person, make), clock, person)


class OpenBook(BookView, Closing):
    """An open book: add reports, ask what it holds; close it, or use it as a context manager."""

    def __init__(self, book: Book, clock: Clock = utc_now, person: str = "") -> None:
        super().__init__(book, today=lambda: clock().date())
        self._clock, self._person = clock, person

    @property
    def ledger(self) -> Book:
        """The book of lines underneath, for proofs, copies and checks."""
        return self._book

    def signed_by(self, person: str) -> OpenBook:
        """The same open book, worked with by somebody else, whose role counts; closed with this one."""
        return OpenBook(Book(self._book.store, self._clock, person), self._clock, person)

    def add(
        self,
        source: str | os.PathLike[str] | Iterable[Report | Doubt],
        published: Day | None = None,
        language: str | None = None,
        progress: Progress | None = None,
    ) -> Tally:
        """Read reports into the book; what it has already stays as it is.

        ``source`` is a path (file, folder or pattern), a text (a string with white space or a line break that
        names no file), or reports. ``published`` is for reports that give no day themselves. The tally says
        what became of every input: ``inputs == read + silent + known + refused``. Bad input
        never raises.
        """
        from musterbook.lexicon.register import load_register
        from musterbook.reading.reader import version
        from musterbook.settings import wants_learned

        arrivals = _arrivals(source, day_of(published), language)
        return muster(
            arrivals,
            self._book,
            read_report,
            load_register(),
            self._clock,
            version(learned=wants_learned()),
            progress,
        )

    def add_series(
        self,
        series: str,
        path: str | os.PathLike[str],
        folder: str | os.PathLike[str] | None = None,
        progress: Progress | None = None,
    ) -> SeriesTally:
        """Read a file of official tables ("dmdc", "un") into the book; what it has already stays as it is.

        Every day of the file becomes a report, every row a statement or a named outcome: ``rows == taken +`` the rows
        left out. ``folder`` is where series of your own lie. UsageError when no series has that name; a file that is
        not of it never raises.
        """
        from musterbook.api.series import add_tables

        return add_tables(self._book, series, path, folder, self._clock, progress)

    def confirm(self, statement: str, reason: str = "", by: str = "", after: str = "") -> bool:
        """A person vouches for the statement with this id; what was held is let go.

        This and all decisions below: False where just that was decided already, UsageError when no such statement
        stands, OvertakenError when somebody decided on it since the entry ``after``.
        """
        return self._book.append(entries.confirm(statement, self._clock(), self._by(by), reason, after))

    def retract(self, statement: str, reason: str, by: str = "", after: str = "") -> bool:
        """From now on the statement with this id supports nothing."""
        return self._book.append(entries.retract(statement, self._clock(), self._by(by), reason, after))

    def replace(self, statement: str, better: Statement, reason: str, by: str = "", after: str = "") -> bool:
        """From now on another statement stands where this one stood; BookError when its report lacks its words."""
        where = self._contingent(better)
        entry = entries.replace(statement, better, where, self._clock(), self._by(by), "", reason, after)
        return self._book.append(entry)

    def correct(
        self,
        statement: str,
        fields: Mapping[str, str],
        reason: str,
        by: str = "",
        after: str = "",
        words: Span | None = None,
    ) -> bool:
        """From now on the statement stands with other fields (``correcting.FIELDS``).

        Its evidence stays, unless ``words`` are named: others of the same report.
        """
        from musterbook.api.correcting import NAMING, corrected, resting_on

        said, where, last = self._stands(statement, after)
        better = corrected(resting_on(said, words) if words else said, fields)
        if better == said:
            raise UsageError(f"statement {statement[:12]} says just that already; nothing to correct")
        if not NAMING.isdisjoint(fields):
            where = self._contingent(better)
        line = entries.replace(
            statement, better, where, self._clock(), self._by(by), "", reason, after or last
        )
        return self._book.append(line)

    def state(self, report: str, words: Span, fields: Mapping[str, str], reason: str, by: str = "") -> str:
        """A person reads a statement in the words of a report, and vouches for it; its id.

        UsageError where force, place or figures are not told, or the book has the statement already.
        """
        from musterbook.api.correcting import stated

        said, at, who = stated(report, words, fields), self._clock(), self._by(by)
        line = entries.record(said, self._contingent(said), at, who, "", reason)
        if not self._book.append(line, entries.confirm(said.id, at, who, reason)):
            raise UsageError(f"the book has just that statement already, as {said.id[:12]}")
        return said.id

    def reassign(
        self, statement: str, contingent: Contingent, reason: str, by: str = "", after: str = ""
    ) -> bool:
        """From now on the statement counts for another contingent."""
        said, _, last = self._stands(statement, after)
        line = entries.replace(
            statement, said, contingent, self._clock(), self._by(by), "", reason, after or last
        )
        return self._book.append(line)

    def split(
        self, statement: str, parts: Sequence[Statement], reason: str, by: str = "", after: str = ""
    ) -> bool:
        """From now on several statements stand where this one stood: it was read as one claim too few."""
        if len({part.id for part in parts}) < max(2, len(parts)):
            raise UsageError("a split needs two parts or more that differ in figures, force or place")
        first, *rest = parts
        at, who = self._clock(), self._by(by)
        lines = [entries.replace(statement, first, self._contingent(first), at, who, "", reason, after)]
        lines += [entries.split(first.id, part, self._contingent(part), at, who, reason) for part in rest]
        return self._book.append(*lines)

    def part(self, statement: str, fields: Mapping[str, str], after: str = "") -> Statement:
        """One part of a statement that is to be split: its evidence with other fields."""
        from musterbook.api.correcting import corrected

        return corrected(self._stands(statement, after)[0], fields)

    def merge(self, same: str, into: str, reason: str, by: str = "", after: str = "") -> bool:
        """Two statements are one claim, or two codes ("GROUP:A") one name: the first goes, the second stays."""
        return self._book.append(entries.merge(same, into, self._clock(), self._by(by), reason, after))

    def echo(self, statement: str, into: str, reason: str, by: str = "", after: str = "") -> bool:
        """The first only tells again what the second told: both stand, and count as one utterance."""
        return self._book.append(entries.echo(statement, into, self._clock(), self._by(by), reason, after))

    def apart(self, statement: str, reason: str, by: str = "", after: str = "") -> bool:
        """The statement stands by itself: it goes back to no other, whatever it resembles."""
        return self._book.append(entries.apart(statement, self._clock(), self._by(by), reason, after))

    def hold(self, statement: str, reason: str, by: str = "", after: str = "") -> bool:
        """Until somebody confirms it, the statement moves no figure."""
        return self._book.append(entries.hold(statement, self._clock(), self._by(by), reason, after))

    def undo(self, entry: str, reason: str, by: str = "", after: str = "") -> bool:
        """The last decision on a matter, named by its entry's id, counts as if it had not been made.

        A split, which is several entries of one moment, is undone as one; an undoing may itself be undone.
        """
        past = self._book.history(entry)
        moment = next((held.recorded for held in past if held.id == entry), None)
        gone = undone(past)
        as_one = [e.id for e in past if e.recorded == moment and e.act is not Act.RECORD and e.id not in gone]
        at, who = self._clock(), self._by(by)
        first, *rest = as_one[::-1] or [entry]
        lines = [entries.undo(first, at, who, reason, after)]
        return self._book.append(*lines, *(entries.undo(one, at, who, reason) for one in rest))

    def grant(self, person: str, role: Role | str, reason: str = "", by: str = "") -> bool:
        """The person may do what the role may; with the first grant the book has people of its own."""
        return self._book.append(entries.grant(person, role, self._clock(), self._by(by), reason))

    def learned(self, since: Moment, by: Moment | None = None, on: Day | None = None) -> Difference:
        """What was learned between two moments (up to now when ``by`` is None), for one day of the world.

        A moment before the book was begun stands for what had been published by its day (``knowing``).
        """
        from musterbook.reckoning.difference import difference

        first = moment_of(since)
        after = self if by is None else self.knowing(by)
        day = after.asked_for(on)
        return difference(self.knowing(first).knowledge(day), after.knowledge(day), after.journal(), first)

    def reread(
        self, reports: Iterable[str] = (), again: ReadAgain | None = None, progress: LinesRead | None = None
    ) -> Iterator[Rereading]:
        """The book's reports (all, or those whose ids begin so) read again; what differs is proposed, not written.

        ``again`` is today's reader unless another is given; ``progress`` is told lines of the book gone through, and
        how many there are.
        """
        from musterbook.api.rereading import reread, todays_reader

        return reread(self._book, tuple(reports), again or todays_reader(), self._clock(), progress)

    def accept(self, rereading: Rereading, fates: Collection[Fate] = (), by: str = "") -> int:
        """Write what was proposed for one report (only these fates, where any are named); how many entries.

        What a person has decided on stays as it is. OvertakenError where somebody decided since.
        """
        from musterbook.ledger.rereading import accepted

        wanted = (p for p in rereading.proposals if not fates or p.fate in fates)
        at, who = self._clock(), self._by(by)
        proposed = (accepted(proposal, at, who, rereading.version) for proposal in wanted)
        lines = [entry for entry in proposed if entry is not None]
        self._book.append(*lines)
        return len(lines)

    def reading(self, report: str) -> Reading | None:
        """All that was found in the report with this id, quotations and people included."""
        return self._book.reading(report)

    def verify(self, file: str | os.PathLike[str] | None = None, progress: Steps | None = None) -> Verdict:
        """Hash every line again, and hold it against the tree, and against the checkpoints in that file."""
        notes = read_checkpoints(Path(file)) if file else ()
        return verify(self._book.store, notes, progress)

    def checkpoint(
        self, file: str | os.PathLike[str] | None = None, progress: Steps | None = None
    ) -> Checkpoint:
        """How the book stands now, put at the end of that file; BookError, and nothing noted, unless it is clean."""
        there = file if file and Path(file).exists() and Path(file).stat().st_size else None
        verdict = self.verify(there, progress)
        for fault in verdict.faults:
            where = f"line {fault.line} " if fault.line else ""
            raise BookError(
                f"{self._book.store.name} is not what it was, so nothing was noted: {where}{fault.message}; "
                "see all of it with: musterbook verify"
            )
        if verdict.now is None:
            raise UsageError(f"{self._book.store.name} is empty; there is nothing to vouch for yet")
        if file:
            write_checkpoint(Path(file), verdict.now)
        return verdict.now

    def prove(self, identity: str, file: str | os.PathLike[str] | None = None) -> Proof:
        """That the line of a statement, an entry or a report stands in the book; an id may be cut to six signs.

        The proof leads to the last checkpoint in that file, without one to the book as it is now.
        """
        return prove(self._book.store, identity, read_checkpoints(Path(file))[-1] if file else None)

    def export(self, file: str | os.PathLike[str], force: bool = False, progress: Steps | None = None) -> int:
        """Write the book as text, a line an entry, exactly as it is hashed; how many lines."""
        return export_file(self._book.store, Path(file), force, progress).size

    def backup(
        self, copy: str | os.PathLike[str], force: bool = False, progress: Steps | None = None
    ) -> Verdict:
        """Copy the book into a SQLite file, checked before it gets its name; others may write meanwhile."""
        from musterbook import __version__
        from musterbook.ledger.copies import back_up

        return back_up(self._book, Path(copy), __version__, force, progress)

    def join(self, others: Iterable[OpenBook], progress: Steps | None = None) -> Joined:
        """Add what other books hold, under the same ids; doing it twice, or in another order, changes nothing."""
        from musterbook.ledger.joining import join

        return join(self._book, [other.ledger for other in others], self._clock, self._person, progress)

    def close(self) -> None:
        """Let go of the file; closing twice does no harm."""
        self._book.close()

    def _by(self, by: str) -> str:
        return by or self._person or SOMEBODY

    def _stands(self, statement: str, after: str) -> tuple[Statement, Contingent | None, str]:
        """A statement that stands, its contingent under the name it was written with, and the last entry on it."""
        past = self._book.history(statement)
        check_seen(after, past, statement)
        for entry in folded(past).entries:
            if entry.statement and entry.statement.id == statement:
                return entry.statement, entry.contingent, past[-1].id
        raise UsageError(
            f"no statement {statement[:12]} stands in the book; see: musterbook show FORCE PLACE"
        )

    def _contingent(self, statement: Statement) -> Contingent | None:
        """The contingent that a statement by hand is of; None where identity is in doubt."""
        from musterbook.identity.resolve import resolve
        from musterbook.lexicon.register import load_register

        report = self.report(statement.report)
        found = resolve(statement, load_register(), report.published if report else None)
        return None if isinstance(found, Doubt) else found


def _arrivals(
    source: str | os.PathLike[str] | Iterable[Report | Doubt], published: date | None, language: str | None
) -> Iterator[Report | Doubt]:
    from musterbook.cells.pool import parse
    from musterbook.intake import from_path, from_text

    if isinstance(source, str) and _is_text(source):
        return from_text(source, "text", published, language)
    if isinstance(source, str | os.PathLike):
        return from_path(source, published, language, parse=parse)
    return chain(source)


def _is_text(source: str) -> bool:
    """Whether a string is a report itself: too long for a name, or several words and no file."""
    if len(source) > 1000 or "\n" in source:
        return True
    return len(source.split()) > 3 and not Path(source).exists()
