"""Whatever people do to a book in whatever order, it allows and answers what a plain list of their deeds does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace as changed
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from allowed import allows, may
from books import START, Ticks, line, report, statement
from musterbook.errors import UsageError
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
from musterbook.ledger.outcomes import KNOWN
from musterbook.ledger.store import Store
from musterbook.ledger.stores.making import opened
from musterbook.ledger.stores.memory import MemoryStore
from musterbook.model import Act, Contingent, Doubt, Entry, Reading, Role, Statement
from musterbook.values import Figures
from oracle import Answer, Deed, answer, deed, renamed
from sizes import SEED, SIZES, quick_folder

STEPS = 50
FORCES, PLACES, MISSIONS = ("USA", "GBR", "UKM"), ("IRQ", "SYR", "IRK", "IRQ+SYR"), ("", "OIR", "CJTF")
WHERE = [Contingent(force, place) for force in FORCES for place in PLACES]
WHERE += [Contingent("USA", "IRQ", mission) for mission in MISSIONS]
PEOPLE = ("ann", "ann", "ann", "bob", "IRQ")  # one is called like a place
ONE = timedelta(microseconds=1)
BEGUN = 3  # reports that every book begins with
FREE = 12  # deeds before the book gets people of its own
STATING = (Act.RECORD, Act.REPLACE, Act.SPLIT)
Decision = Callable[[str, datetime, str, str, str], Entry]
JUDGING: tuple[Decision, ...] = (confirm, hold, confirm, hold, apart, retract)
numbers, few = st.integers(0, 10**6), st.integers(0, 11)
people = st.sampled_from(PEOPLE)


def reading(number: int) -> Reading:
    told = report(f"Report {number} tells of troops.")
    return Reading(told, tuple(statement(told, Figures(level=n), place=PLACES[n]) for n in range(2)))


def reason(why: int) -> str:
    return f"because {why % 3}"


class People(RuleBasedStateMachine):
    """People at work on one book, and the list of what they did."""

    def __init__(self) -> None:
        super().__init__()
        self.ending = ExitStack()
        self.clock, self.log = Ticks(), list[Deed]()
        self.inputs, self.statements = set[str](), dict[str, Statement]()

    @initialize(keeps=st.booleans())
    def begin(self, keeps: bool) -> None:
        self.path = self.ending.enter_context(quick_folder()) / "book.sqlite" if keeps else None
        self.open()
        for number in range(BEGUN):
            self.add_report(number, number * 3, "ann")

    def open(self) -> None:
        self.store: Store = opened(self.path, "test") if self.path else MemoryStore()
        self.ending.callback(self.store.close)

    def book(self, person: str) -> Book:
        return Book(self.store, self.clock, person)

    @precondition(lambda self: self.path)
    @rule()
    def open_again(self) -> None:
        self.store.close()
        self.open()

    @rule(number=st.integers(0, 4), at=numbers, person=people)
    def add_report(self, number: int, at: int, person: str) -> None:
        told = reading(number)
        entries = [line(one, WHERE[(at + n) % len(WHERE)]) for n, one in enumerate(told.statements)]
        if not may(self.log, person, 1):
            with pytest.raises(UsageError):
                self.book(person).add_report(told, entries)
            return
        known = told.report.id in self.inputs
        receipt = self.book(person).add_report(told, entries)
        assert (receipt.code == KNOWN, receipt.new) == (known, not known)
        if not known:
            self.inputs.add(told.report.id)
            self.statements |= {one.id: one for one in told.statements}
            self.log += [deed(entry, self.moment) for entry in entries]

    @rule(number=st.integers(0, 3), person=people)
    def fail(self, number: int, person: str) -> None:
        doubt = Doubt("intake", "binary", "is no text", source=f"photo-{number}")
        if may(self.log, person, 1):
            assert self.book(person).add_failure(doubt).new == (doubt.id not in self.inputs)
            self.inputs.add(doubt.id)

    @rule(act=st.sampled_from(JUDGING), at=few, by=people, why=numbers)
    def judge(self, act: Decision, at: int, by: str, why: int) -> None:
        self.attempt(act(self.target(at), START, by, reason(why), self.seen(why)))

    @rule(act=st.sampled_from(STATING), at=few, other=few, where=few, by=people, why=numbers)
    def state(self, act: Act, at: int, other: int, where: int, by: str, why: int) -> None:
        """The target's statement, a new one of its report, or any that is known, in some contingent."""
        target, place, told = self.target(at), WHERE[where % len(WHERE)], reason(why)
        if not (mine := self.statements.get(target)):
            return
        said = changed(mine, figures=Figures(level=other)) if why % 3 else self.statements[self.target(other)]
        made = {
            Act.RECORD: record(mine, place, START, by, "", told),
            Act.REPLACE: replace(target, said, place, START, by, "", told),
            Act.SPLIT: split(target, said, place, START, by, told),
        }[act]
        self.attempt(changed(made, after=self.seen(why)))

    @rule(at=few, other=few, by=people, why=numbers)
    def echo_claims(self, at: int, other: int, by: str, why: int) -> None:
        of = self.target(at + other % 4)
        self.attempt(echo(self.target(at), of, START, by, reason(why), self.seen(why)))

    @rule(at=few, other=few, by=people, why=numbers)
    def merge_claims(self, at: int, other: int, by: str, why: int) -> None:
        self.attempt(
            merge(self.target(at), self.target(at + other % 4), START, by, reason(why), self.seen(why))
        )

    @rule(at=few, other=few, by=people, why=numbers)
    def merge_codes(self, at: int, other: int, by: str, why: int) -> None:
        alike = (FORCES, PLACES, MISSIONS[1:])[why % 3]
        code, into = alike[at % len(alike)], alike[other % len(alike)]
        if "+" not in into:
            self.attempt(merge(code, into, START, by, reason(why), self.seen(why)))

    @rule(back=st.integers(1, 8), by=people, why=numbers)
    def undo(self, back: int, by: str, why: int) -> None:
        target = self.log[-back % len(self.log)].id if self.log else "0" * 64
        self.attempt(undo(target, START, by, reason(why), self.seen(why)))

    @precondition(lambda self: len(self.log) > FREE)
    @rule(who=people, role=st.sampled_from([Role.ADMIN, *Role]), by=people, why=st.integers(0, 9))
    def grant(self, who: str, role: Role, by: str, why: int) -> None:
        self.attempt(grant(who, role, START, by, f"because {why}"))

    def target(self, at: int) -> str:
        """Mostly one of the last that stand, so that much is decided about few."""
        stand = [said for said, _ in answer(self.log).stand][-4:]
        known = [*stand, *stand, *self.statements] or ["0" * 64]
        return known[at % len(known)]

    def seen(self, why: int) -> str:
        """Mostly people decide without a look at what came before."""
        return self.log[why % len(self.log)].id if self.log and why % 7 == 0 else ""

    def attempt(self, entry: Entry) -> None:
        tried = deed(entry, self.clock.moment)
        if not allows(self.log, tried):
            with pytest.raises(UsageError):
                self.book(entry.by).append(entry)
            return
        new = tried.id not in {one.id for one in self.log}
        assert self.book(entry.by).append(entry) == new
        if new:
            self.log.append(tried._replace(at=self.moment))
            self.statements |= {tried.said: entry.statement} if entry.statement else {}

    @property
    def moment(self) -> datetime:
        """The book's own moment of its last line."""
        return self.book("").head().at or START

    @rule(at=numbers)
    def ask(self, at: int) -> None:
        """What is told now of everything and of one contingent."""
        self.compare(len(self.log), at)

    def compare(self, known: int, which: int) -> None:
        """What was known after so many deeds, at the last moment before the next."""
        later = self.log[known:]
        at = later[0].at - ONE if later else self.clock.moment
        book, expected = self.book(""), answer([one for one in self.log if one.at <= at])
        found = book.standing(known=at)
        assert (
            Answer(
                [(e.statement.id, e.contingent) for e in found.entries if e.statement],
                {one: e.id for one, e in found.confirmed.items()},
                {one: e.id for one, e in found.held.items()},
                dict(found.echoes),
                dict(found.names),
                {who: str(role) for who, role in found.roles.items()},
            )
            == expected
        )
        used = [one.where for one in self.log if one.where] or WHERE
        where = used[which % len(used)]
        asked = renamed(expected.names, where)
        there = [e.statement.id for e in book.entries(where, at) if e.statement]
        assert there == [said for said, held in expected.stand if held == asked]

    def teardown(self) -> None:
        """What was known at any moment is still told so, and nothing but the deeds is in the book."""
        with self.ending:
            if not self.log:
                return
            for known in range(len(self.log) + 1):
                self.compare(known, known)
            book = self.book("")
            assert [entry.id for entry in book.journal()] == [one.id for one in self.log]
            assert len(book.outcomes()) == len(self.inputs)
            assert verify(book.store).is_clean


def test_a_book_answers_as_a_plain_list_of_deeds_does(record_property: Callable[[str, object], None]) -> None:
    chosen = settings(
        max_examples=SIZES.sequences,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(SEED)(People), settings=chosen)
    record_property("sequences", SIZES.sequences)
