"""People decide, and see what came of it; who comes second sees what the first has done."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from musterbook.api import BookView, OpenBook
from musterbook.desk.deeds import (
    change_view,
    changes_table,
    deed_in_words,
    entry_view,
    show_steps,
    step_view,
)
from musterbook.desk.evidence import evidence_view, show_evidence
from musterbook.desk.ids import full_id, matter_of
from musterbook.desk.options import Decision, Question
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import heading, say
from musterbook.desk.views import View
from musterbook.desk.wiring import asked, existing_book, force_code, place_code
from musterbook.errors import OvertakenError, UsageError
from musterbook.ledger.asof import Standing, folded, in_force
from musterbook.ledger.telling import overtaken, steps
from musterbook.model import Act, Contingent

Deed = Callable[[OpenBook, str, str], bool]  # book, id, entry seen -> whether anything was written


def print_item(words: str, question: Question) -> None:
    """One matter: what stands, with its words; what was done; and the last entry on it."""
    with asked(question) as view:
        identity = full_id(view, words)
        past = view.history(identity)
        found = folded(past)
        said = [e.statement for e in found.entries if e.statement]
        pairs = [(s, report) for s in said if (report := view.report(s.report))]
        guarded = {hold.statement: hold.message for hold in view.holds()}
        states = {s.id: state_in_words(s.id, found, guarded) for s in said}
    if question.as_json:
        rows = [evidence_view(*pair) | {"state": states[pair[0].id]} for pair in pairs]
        print_json({"statements": rows, "history": [step_view(s) for s in steps(past)], "seen": past[-1].id})
        return
    for pair in pairs:
        heading(f"{pair[0].id[:12]}: {states[pair[0].id]}")
        show_evidence(*pair)
    if not pairs:
        heading(f"{identity[:12]}: nothing stands")
    show_steps(steps(past), title="What was done")
    say(f"Decide with: --seen {past[-1].id[:12]}")


def state_in_words(statement: str, found: Standing, guarded: Mapping[str, str]) -> str:
    """How a statement stands, in words."""
    if entry := found.confirmed.get(statement):
        return f"vouched for by {entry.by}"
    entry = found.held.get(statement)
    reason = f"{entry.reason} ({entry.by})" if entry else guarded.get(statement)
    return f"held for review: {reason}" if reason else "not reviewed"


def confirm(ids: Iterable[str], decision: Decision) -> None:
    """Vouch for them."""
    _decide(ids, decision, lambda book, it, seen: book.confirm(it, decision.reason, after=seen))


def retract(ids: Iterable[str], decision: Decision) -> None:
    """Take them back."""
    _decide(ids, decision, lambda book, it, seen: book.retract(it, decision.reason, after=seen))


def hold(ids: Iterable[str], decision: Decision) -> None:
    """Keep them from every figure."""
    _decide(ids, decision, lambda book, it, seen: book.hold(it, decision.reason, after=seen))


def correct(words: str, fields: Mapping[str, str], decision: Decision) -> None:
    """Put one right."""
    _decide([words], decision, lambda book, it, seen: book.correct(it, fields, decision.reason, after=seen))


def split(words: str, parts: Iterable[str], decision: Decision) -> None:
    """Make several of one; each part is written as ``level=500 place=SYR``."""
    sets = [fields_of_part(part) for part in parts]

    def deed(book: OpenBook, statement: str, seen: str) -> bool:
        last = seen or book.history(statement)[-1].id
        said = [book.part(statement, fields, last) for fields in sets]
        return book.split(statement, said, decision.reason, after=last)

    _decide([words], decision, deed)


def fields_of_part(part: str) -> dict[str, str]:
    """The fields of one part; UsageError with the way to write them."""
    pairs = [word.partition("=") for word in shlex.split(part)]
    if not pairs or not all(name and equals and value for name, equals, value in pairs):
        raise UsageError(f'{part!r} is no part of a statement; write it as in "level=500 place=SYR"')
    return {name: value for name, _, value in pairs}


def reassign(words: str, contingent: str, decision: Decision) -> None:
    """Let it count for another contingent."""
    force, _, rest = contingent.partition("/")
    place, _, mission = rest.partition("/")
    if not place:
        raise UsageError(f"{contingent!r} is no contingent; write it as in USA/IRQ")
    where = Contingent(force_code(force), place_code(place), mission)
    _decide([words], decision, lambda book, it, seen: book.reassign(it, where, decision.reason, after=seen))


def merge(same: str, into: str, decision: Decision) -> None:
    """Make two statements one claim, or two codes one name."""

    def deed(book: OpenBook, first: str, seen: str) -> bool:
        second = full_id(book, into) if _is_id(first) else code_like(book, into, first)
        return book.merge(first, second, decision.reason, after=seen)

    _decide([same], decision, deed, named=True)


def echo(told: str, of: str, decision: Decision) -> None:
    """Say that one statement only tells another again."""

    def deed(book: OpenBook, statement: str, seen: str) -> bool:
        return book.echo(statement, full_id(book, of), decision.reason, after=seen)

    _decide([told], decision, deed)


def apart(ids: Iterable[str], decision: Decision) -> None:
    """Say that they stand by themselves."""
    _decide(ids, decision, lambda book, it, seen: book.apart(it, decision.reason, after=seen))


def undo(words: str, decision: Decision) -> None:
    """Take back a decision, or the last one on a matter."""

    def deed(book: OpenBook, matter: str, seen: str) -> bool:
        return book.undo(last_decision(book, matter), decision.reason, after=seen)

    _decide([words], decision, deed, named=True)


def last_decision(book: BookView, matter: str) -> str:
    """The entry itself where the id of one is given, else the last decision that counts."""
    past = book.history(matter)
    if any(entry.id == matter for entry in past):
        return matter
    counting = [entry.id for entry in in_force(past) if entry.act is not Act.RECORD]
    if not counting:
        raise UsageError(
            f"nothing that counts was decided on {matter[:12]}; see: musterbook history {matter[:12]}"
        )
    return counting[-1]


def _decide(ids: Iterable[str], decision: Decision, deed: Deed, named: bool = False) -> None:
    """Decide on each, and say what was written; ``named``: codes and people may be meant as well as ids."""
    done: list[View] = []
    with existing_book(decision.book, decision.by) as book:
        for words in ids:
            matter = _matter(book, words) if named else full_id(book, words)
            seen = full_id(book, decision.seen) if decision.seen else ""
            try:
                new = deed(book, matter, seen)
            except OvertakenError:
                _show_overtaken(book, matter, seen, decision.as_json)
                raise
            last = steps(book.history(matter))[-1]
            done.append(entry_view(last.entry) | {"written": new, "words": deed_in_words(last)})
    if decision.as_json:
        print_json({"decisions": done})
        return
    for row in done:
        told = f"{row['act']} by {row['by']}: {row['words']}"
        say(f"{told} [entry {row['entry'][:8]}]" if row["written"] else f"nothing changed: {told}, already")


def _matter(book: BookView, words: str) -> str:
    """An id, a code, or a person."""
    matter = matter_of(book, words)
    if isinstance(matter, Contingent):
        raise UsageError(f"name a statement, code or person, not a contingent: {words}")
    if _is_id(matter) or book.history(matter):
        return matter
    return code_like(book, words)


def _is_id(matter: str) -> bool:
    return len(matter) == 64


def code_like(book: BookView, words: str, other: str = "") -> str:
    """The code of a force or place, as far as it can be one of the same kind as the other."""
    codes = {code for entry in book.entries() if entry.contingent for code in entry.contingent.codes}
    if words in codes:
        return words
    for resolve in (force_code, place_code):
        with suppress(UsageError):
            if not other or resolve(other):
                return resolve(words)
    raise UsageError(f"neither the registers nor the book know a code {words!r}")


def _show_overtaken(book: BookView, matter: str, seen: str, as_json: bool) -> None:
    """Who did what since, and how what stands now differs from what was seen."""
    past = book.history(matter)
    found = overtaken(past, seen)
    since = [step for step in steps(past) if step.entry in found.since]
    if as_json:
        changed = [change_view(change) for change in found.changes]
        print_json({"overtaken": {"since": [step_view(step) for step in since], "changes": changed}})
        return
    show_steps(since, title="What was done since you looked")
    changes_table(found.changes, title="What you saw, and what stands now", columns=("seen", "now"))
