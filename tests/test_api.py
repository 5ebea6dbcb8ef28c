"""What a program relies on: read a text, keep a book, ask it as it was known at any moment."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import musterbook as mb
from musterbook.api import moment_of

TEXT = "The United States has about 2,500 troops in Iraq, the Pentagon said on Tuesday."
LATER = "France now has 900 soldiers in Niger, the defence ministry said on Friday."


class Clock:
    """A clock that moves on by a day whenever it is told to."""

    def __init__(self) -> None:
        self.moment = datetime(2021, 12, 10, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def sleep(self) -> None:
        self.moment += timedelta(days=1)


def test_a_text_gives_typed_statements() -> None:
    (statement,) = mb.read(TEXT, published="2021-12-09")
    assert isinstance(statement, mb.Statement)
    assert (statement.force.code, statement.place.code if statement.place else "") == ("USA", "IRQ")
    assert statement.figures == mb.Figures(level=2500, approx=True)
    assert all(span.cut(TEXT) for span in statement.evidence)


def test_the_day_may_be_a_date_or_its_words() -> None:
    assert mb.read(TEXT, published=date(2021, 12, 9)) == mb.read(TEXT, published="2021-12-09")
    with pytest.raises(ValueError, match="soon"):
        mb.read(TEXT, published="soon")


def test_a_language_without_a_pack_is_an_error_of_the_caller() -> None:
    with pytest.raises(mb.LexiconError, match="tlh"):
        mb.read(TEXT, language="tlh")


def test_strange_text_never_raises() -> None:
    for text in ("", " ", "\0", "1" * 5000, "“" * 500, "\ud800 900 troops"):
        assert isinstance(mb.read(text), tuple)


def test_a_book_keeps_what_was_added(tmp_path: Path) -> None:
    with mb.open_book(tmp_path / "book.sqlite") as book:
        tally = book.add(TEXT, published="2021-12-09")
        assert (tally.inputs, tally.read, tally.statements) == (1, 1, 1)
        assert not book.add(TEXT, published="2021-12-09").changed
        (estimate,) = book.contingents(on="2021-12-31")
        assert (estimate.contingent.id, estimate.best) == ("USA/IRQ", 2500)
        assert estimate.basis == (book.statements()[0].id,)
    with mb.open_book(tmp_path / "book.sqlite") as book:
        assert len(book.statements()) == 1


def test_a_book_takes_paths_and_reports(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    reports = [mb.Report(LATER, published=date(2021, 12, 10), publisher="A Paper")]
    with mb.open_book(tmp_path / "book.sqlite") as book:
        assert book.add(tmp_path / "a.txt", published="2021-12-09").read == 1
        assert book.add(reports).read == 1
        assert book.add(str(tmp_path / "missing.txt")).refused == 1
        assert [r.publisher for r in book.reports()] == ["", "A Paper"]
        assert [o.code for o in book.outcomes()] == ["read", "read", "missing-file"]


def test_the_book_tells_what_was_known_then(tmp_path: Path) -> None:
    clock = Clock()
    with mb.open_book(tmp_path / "book.sqlite", clock=clock) as book:
        book.add(TEXT, published="2021-12-09")
        first = clock.moment
        clock.sleep()
        book.add(LATER, published="2021-12-10")
        then = book.as_of(first)
        assert [s.force.code for s in book.statements()] == ["USA", "FRA"]
        assert [s.force.code for s in then.statements()] == ["USA"]
        assert [s.force.code for s in book.statements(known=first)] == ["USA"]
        assert then.statements(known=clock.moment) == then.statements()
        assert [e.contingent.force for e in then.contingents()] == ["USA"]
        assert book.as_of("2021-12-09").statements() == ()


def test_a_statement_can_be_taken_back_or_put_right_and_the_past_stays_as_it_was(tmp_path: Path) -> None:
    clock = Clock()
    with mb.open_book(tmp_path / "book.sqlite", clock=clock) as book:
        book.add(TEXT, published="2021-12-09")
        (wrong,), first = book.statements(), clock.moment
        clock.sleep()
        better = replace(wrong, figures=mb.Figures(level=2400))
        assert book.replace(wrong.id, better, "the paper corrected it")
        assert book.statements() == (better,)
        assert book.retract(better.id, "withdrawn")
        assert (book.statements(), book.as_of(first).statements()) == ((), (wrong,))
        with pytest.raises(mb.UsageError):
            book.retract("0" * 64, "never said")


def test_a_bare_day_is_known_by_its_end() -> None:
    assert moment_of("2021-12-09") > moment_of("2021-12-09T23:59:00")
    assert moment_of(datetime(2021, 12, 9, 1)).tzinfo is UTC


def test_a_day_that_nobody_tells_is_a_doubt_of_the_report(tmp_path: Path) -> None:
    with mb.open_book(tmp_path / "book.sqlite") as book:
        (note,) = book.add(TEXT).notes
        assert note.code == "no-date"
        assert book.reports()[0].id == note.report


def test_all_public_names_are_there() -> None:
    assert all(getattr(mb, name) is not None for name in mb.__all__)
    assert set(mb.__all__) <= set(dir(mb))
    with pytest.raises(AttributeError):
        _ = mb.nothing


def test_the_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom musterbook.desk.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "heavy = ('rich', 'sqlalchemy', 'trafilatura', 'py3langid', 'msgspec')\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_still_view_after_another_tells_what_a_fresh_one_tells() -> None:
    """Only what has changed is reckoned anew; it must not show."""
    clock = Clock()
    book = mb.open_book(":memory:", clock=clock)
    older = "The United States has 5,200 troops in Iraq and will leave 3,000 by the end of 2021, an official said."
    book.add([mb.Report(older, published=date(2021, 3, 1)), mb.Report(LATER, published=date(2021, 3, 2))])
    last = book.still()
    ask = (
        lambda view: view.contingents(date(2021, 11, 1)),
        lambda view: view.strengths(date(2021, 6, 1)),
        lambda view: view.pledges(),
        lambda view: view.utterances(),
        lambda view: view.conflicts(),
        lambda view: view.queue(),
    )
    kept = [question(last) for question in ask]
    clock.sleep()
    book.add(
        [
            mb.Report(TEXT, published=date(2021, 12, 7)),
            mb.Report(f"Again: {LATER}", published=date(2021, 3, 3)),
        ]
    )
    niger = next(one for one in book.statements() if one.figures.level == 900)
    for act in (
        lambda: book.confirm(niger.id, "looked"),
        lambda: book.retract(niger.id, "wrong place"),
        None,
    ):
        following, fresh = book.still(last), book.still()
        assert [question(following) for question in ask] == [question(fresh) for question in ask]
        assert [question(following) for question in ask] != kept
        assert [question(last) for question in ask] == kept
        before = {id(entry) for entry in last.entries()}
        assert any(id(entry) in before for entry in following.entries())
        if act:
            act()
