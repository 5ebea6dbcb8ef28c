"""Whatever is done to a book in SQLite and in PostgreSQL, both hold the same lines and give the same answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import zip_longest
from random import Random

from books import START, Ticks, statement
from deeds import PLACES, telling
from musterbook.errors import MusterbookError
from musterbook.ledger.book import Book
from musterbook.ledger.checking import verify
from musterbook.ledger.entries import (
    apart,
    confirm,
    echo,
    grant,
    hold,
    merge,
    record,
    replace,
    retract,
    split,
    undo,
)
from musterbook.ledger.open import open_book
from musterbook.ledger.store import Query
from musterbook.model import Contingent, Doubt, Entry, Role
from musterbook.values import Figures
from sizes import SIZES, chance, quick_folder

Operation = Callable[[Book], object]
NO_SYNC = "?options=-c%20synchronous_commit%3Doff"  # answers are compared, not crashes
WHERE = [Contingent("USA", place) for place in PLACES]


class Script:
    """What is done to both books, from one seed."""

    def __init__(self, luck: Random) -> None:
        self.luck, self.added, self.made = luck, list[int](), list[Entry]()

    def operations(self, number: int) -> Iterator[Operation]:
        for n in range(number):
            yield self.reports(n) if n < 5 or self.luck.random() < 0.5 else self.decision(n)

    def reports(self, n: int) -> Operation:
        """One report or some, new or known, or an input that is none."""
        if self.luck.random() < 0.1:
            doubt = Doubt("intake", "binary", "is no text", source=f"photo-{n % 50}", words="\x00\ud83d")
            return lambda book: book.add_failure(doubt)
        numbers = [n, *(self.luck.randrange(n + 20) for _ in range(self.luck.randrange(3)))]
        self.added += numbers
        batch = [telling(one) for one in numbers]
        return lambda book: book.add_reports(batch)

    def decision(self, n: int) -> Operation:
        """Any decision, sensible or not, sometimes two at once."""
        entries = [self.entry(f"reason {n % 7}") for _ in range(self.luck.choice([1, 1, 1, 2]))]
        self.made += entries
        return lambda book: book.append(*entries)

    def entry(self, reason: str) -> Entry:
        luck, told = self.luck, telling(self.luck.choice(self.added))[0]
        said, other = luck.choice(told.statements), luck.choice(told.statements)
        new = statement(told.report, Figures(level=luck.randrange(3)))
        target, where = said.id, luck.choice([*WHERE, None])
        late = self.made[-luck.randint(1, min(len(self.made), 9))].id if self.made else target
        choices: list[Callable[[], Entry]] = [
            lambda: record(said, where, START, "ann", "", reason),
            lambda: retract(target, START, "ann", reason),
            lambda: replace(target, new, where, START, "ann", "", reason),
            lambda: split(target, new, where, START, "bob", reason),
            lambda: confirm(target, START, "ann", reason),
            lambda: hold(target, START, "bob", reason),
            lambda: merge(target, other.id, START, "ann", reason),
            lambda: echo(target, other.id, START, "ann", reason),
            lambda: apart(target, START, "bob", reason),
            lambda: undo(late, START, "ann", reason),
            lambda: undo(late, START, "bob", reason),
        ]
        rare: list[Callable[[], Entry]] = [
            lambda: merge(f"C{luck.randrange(50)}", luck.choice(PLACES), START, "ann", reason),
            lambda: grant("bob", luck.choice([*Role]), START, "ann", reason),
            lambda: grant("ann", Role.ADMIN, START, luck.choice(["ann", "bob"]), reason),
        ]
        return luck.choice(rare if luck.random() < 0.04 else choices)()


def outcome(operation: Operation, book: Book) -> object:
    """What an operation gives back, or why it was refused."""
    try:
        return operation(book)
    except MusterbookError as refused:
        return type(refused).__name__, str(refused)


def texts(book: Book) -> list[str]:
    """The book as it is exported and hashed."""
    return book.store.ask(lambda shelf: [line.text for line in shelf.find(Query())])


def answers(book: Book, moments: list[datetime], matters: list[str]) -> Iterator[object]:
    """Whatever can be asked of a book."""
    yield from (book.standing(known=moment) for moment in (None, *moments))
    yield from (book.standing(where, moment) for where in WHERE for moment in (None, *moments))
    yield from (book.history(matter) for matter in matters)
    yield from (book.reading(one.id) for one in book.reports()[::20])
    yield from (book.journal(), book.reports(), book.doubts(), book.outcomes(), book.head())


def test_the_same_deeds_make_the_same_book_in_both_databases(
    postgres_url: str, record_property: Callable[[str, object], None]
) -> None:
    luck = chance("same everywhere")
    script, refused = Script(luck), 0
    with (
        quick_folder() as folder,
        open_book(folder / "book.sqlite", Ticks(), person="ann") as file,
        open_book(postgres_url + NO_SYNC, Ticks(), person="ann") as server,
    ):
        for operation in script.operations(SIZES.operations):
            one, other = outcome(operation, file), outcome(operation, server)
            assert one == other
            refused += isinstance(one, tuple) and isinstance(one[0], str)
        lines, same = texts(file), texts(server)
        assert [n for n, (a, b) in enumerate(zip_longest(lines, same), 1) if a != b] == []
        journal = file.journal()
        moments = [luck.choice(journal).recorded for _ in range(5)]
        matters = [entry.target for entry in luck.sample(journal, 30)]
        for here, there in zip(
            answers(file, moments, matters), answers(server, moments, matters), strict=True
        ):
            assert here == there
        databases = [file.store.facts(), server.store.facts()]
        assert verify(file.store).is_clean
        assert verify(server.store).is_clean
    assert refused < SIZES.operations * 0.7
    record_property("databases", [facts["database"] for facts in databases])
    record_property("operations", SIZES.operations)
    record_property("refused alike", refused)
    record_property("lines", len(lines))
