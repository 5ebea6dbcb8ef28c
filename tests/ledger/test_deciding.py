"""Who may decide what, in what order, and what can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from books import IRAQ, START, Ticks, line, reading, report, statement
from musterbook.errors import ForbiddenError, OvertakenError, UsageError
from musterbook.ledger import entries
from musterbook.ledger.book import Book
from musterbook.ledger.deciding import GUARD
from musterbook.ledger.open import open_book
from musterbook.model import Act, Doubt, Entry, Role
from musterbook.values import Figures

WIRE = report()
SAID = statement(WIRE)
OTHER = statement(WIRE, Figures(level=700), place="SYR")
BETTER = statement(WIRE, Figures(level=5300))
PEOPLE = {"ada": Role.ADMIN, "ed": Role.EDITOR, "rea": Role.READER, "gone": Role.NONE}
ACTS: dict[str, Callable[[str], Entry]] = {
    "record": lambda by: entries.record(BETTER, IRAQ, START, by, "", "seen again"),
    "retract": lambda by: entries.retract(SAID.id, START, by, "misprint"),
    "replace": lambda by: entries.replace(SAID.id, BETTER, IRAQ, START, by, "", "misread"),
    "split": lambda by: entries.split(SAID.id, BETTER, IRAQ, START, by, "two claims"),
    "confirm": lambda by: entries.confirm(SAID.id, START, by, "as printed"),
    "hold": lambda by: entries.hold(SAID.id, START, by, "odd"),
    "merge": lambda by: entries.merge(SAID.id, OTHER.id, START, by, "one claim"),
    "echo": lambda by: entries.echo(SAID.id, OTHER.id, START, by, "one briefing"),
    "apart": lambda by: entries.apart(SAID.id, START, by, "said anew"),
    "merge of codes": lambda by: entries.merge("GROUP:A", "GROUP:B", START, by, "one name"),
    "grant": lambda by: entries.grant("new", Role.EDITOR, START, by),
}
ADMIN_ONLY = {"grant", "undo of a grant"}


@pytest.fixture(params=["memory", "sqlite"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    place = ":memory:" if request.param == "memory" else tmp_path / "book.sqlite"
    with open_book(place, Ticks(), person="ada") as opened:
        opened.add_report(reading(WIRE, SAID, OTHER), [line(SAID), line(OTHER)])
        yield opened


@pytest.fixture
def peopled(book: Book) -> Book:
    book.append(entries.grant("ada", Role.ADMIN, START, "ada"))
    book.append(*(entries.grant(name, role, START, "ada") for name, role in PEOPLE.items() if name != "ada"))
    return book


def may(who: str, act: str) -> bool:
    return PEOPLE.get(who) in ((Role.ADMIN,) if act in ADMIN_ONLY else (Role.ADMIN, Role.EDITOR))


@pytest.mark.parametrize("who", [*PEOPLE, "stranger", ""])
@pytest.mark.parametrize("act", ACTS)
def test_each_role_may_do_its_acts_and_no_other(peopled: Book, who: str, act: str) -> None:
    before = peopled.journal()
    if may(who, act):
        assert peopled.append(ACTS[act](who))
    else:
        with pytest.raises(ForbiddenError, match="its people: ada, ed, rea"):
            peopled.append(ACTS[act](who))
        assert peopled.journal() == before


@pytest.mark.parametrize("who", [*PEOPLE, "stranger"])
@pytest.mark.parametrize("act", ["undo", "undo of a grant"])
def test_undoing_needs_the_role_of_what_is_undone(peopled: Book, who: str, act: str) -> None:
    peopled.append(ACTS["hold"]("ed"), entries.grant("new", Role.EDITOR, START, "ada"))
    held, grant = peopled.journal()[-2:]
    undo = entries.undo((grant if act in ADMIN_ONLY else held).id, START, who, "wrong")
    if may(who, act):
        assert peopled.append(undo)
    else:
        with pytest.raises(ForbiddenError):
            peopled.append(undo)


@pytest.mark.parametrize("who", [*PEOPLE, "stranger"])
def test_only_editors_and_admins_add_reports(peopled: Book, who: str) -> None:
    theirs = Book(peopled.store, Ticks(), who)
    more = report("More of it.")
    if may(who, "record"):
        assert theirs.add_report(reading(more), []).new
        assert theirs.add_failure(Doubt("intake", "empty-file", "it is empty", source="a.txt")).new
        assert theirs.append(entries.hold(SAID.id, START, GUARD, "a flood"))
    else:
        with pytest.raises(ForbiddenError):
            theirs.add_report(reading(more), [])
        with pytest.raises(ForbiddenError):
            theirs.append(entries.hold(SAID.id, START, GUARD, "a flood"))


@pytest.mark.parametrize("act", ACTS)
def test_a_book_without_people_is_open_to_all(book: Book, act: str) -> None:
    if act == "grant":
        with pytest.raises(UsageError, match="needs an admin"):
            book.append(ACTS[act]("anybody"))
    else:
        assert book.append(ACTS[act]("anybody"))


def test_the_last_admin_stays_admin(peopled: Book) -> None:
    with pytest.raises(UsageError, match="needs an admin"):
        peopled.append(entries.grant("ada", Role.EDITOR, START, "ada"))
    first = next(entry for entry in peopled.journal() if entry.act is Act.GRANT)
    with pytest.raises(UsageError, match="needs an admin"):
        peopled.append(entries.undo(first.id, START, "ada", "a mistake"))


def test_who_comes_second_is_told_what_the_first_did(book: Book) -> None:
    seen = book.history(SAID.id)[-1].id
    book.append(entries.replace(SAID.id, BETTER, IRAQ, START, "ann", "", "misread", seen))
    with pytest.raises(OvertakenError, match=r"ann: replace \(misread\)") as told:
        book.append(entries.retract(SAID.id, START, "bob", "misprint", seen))
    assert [entry for entry in told.value.since if isinstance(entry, Entry)] == list(
        book.history(SAID.id)[1:]
    )


def test_what_was_decided_otherwise_since_is_not_taken_for_done(book: Book) -> None:
    assert book.append(entries.confirm(SAID.id, START, "ann", "as printed"))
    assert not book.append(entries.confirm(SAID.id, START, "ann", "as printed"))
    book.append(entries.hold(SAID.id, START, "bob", "odd"))
    with pytest.raises(UsageError, match="give another reason"):
        book.append(entries.confirm(SAID.id, START, "ann", "as printed"))
    assert book.append(entries.confirm(SAID.id, START, "ann", "asked the paper"))
    assert set(book.standing().confirmed) == {SAID.id}


def stands(book: Book) -> list[str]:
    return [entry.statement.id for entry in book.entries(IRAQ) if entry.statement]


def undo(book: Book, entry: Entry, reason: str = "wrong") -> Entry:
    assert book.append(entries.undo(entry.id, START, "ann", reason))
    return book.journal()[-1]


def test_an_undoing_can_be_undone_and_that_again(book: Book) -> None:
    book.append(entries.retract(SAID.id, START, "ann", "misprint"))
    last = book.journal()[-1]
    for wanted in ([SAID.id], [], [SAID.id], []):
        last = undo(book, last)
        assert stands(book) == wanted


def test_only_the_last_decision_is_undone(book: Book) -> None:
    book.append(entries.replace(SAID.id, BETTER, IRAQ, START, "ann", "", "misread"))
    first = book.journal()[-1]
    book.append(entries.retract(BETTER.id, START, "ann", "misprint"))
    with pytest.raises(UsageError, match=f"undo {book.journal()[-1].id[:12]} first"):
        undo(book, first)
    undo(book, book.journal()[-1])
    undo(book, first)
    assert stands(book) == [SAID.id]


def test_an_undoing_is_kept_once_something_else_was_decided(book: Book) -> None:
    book.append(entries.replace(SAID.id, BETTER, IRAQ, START, "ann", "", "misread"))
    undoing = undo(book, book.journal()[-1])
    book.append(entries.retract(SAID.id, START, "bob", "misprint"))
    with pytest.raises(UsageError, match="not the last decision"):
        undo(book, undoing)


@pytest.mark.parametrize("entry", ["record", "undone"])
def test_what_is_no_decision_in_force_is_not_undone(book: Book, entry: str) -> None:
    record = book.history(SAID.id)[0]
    book.append(entries.hold(SAID.id, START, "ann", "odd"))
    held = book.journal()[-1]
    undo(book, held)
    with pytest.raises(UsageError, match="is no decision" if entry == "record" else "is undone already"):
        undo(book, record if entry == "record" else held, "again")
