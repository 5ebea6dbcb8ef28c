"""Whether a decision can be taken as the book stands, and which matter it belongs to.

A *matter* is a first statement with all that was ever decided about it. Two people who decide on one matter at a
time are told apart by the last entry that each had seen: the first wins, the other is shown what came between.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from musterbook.errors import BookError, ForbiddenError, OvertakenError, UsageError
from musterbook.ledger.asof import Standing, folded, in_force, is_statement, name_of, undone
from musterbook.ledger.evidence import prove
from musterbook.ledger.lines import ACTS, Kind, Line, entry_in, entry_line, report_of
from musterbook.ledger.store import Query, Shelf
from musterbook.model import Act, Entry, Role

DEEDS = {
    Act.RETRACT: "retracted",
    Act.REPLACE: "replaced",
    Act.SPLIT: "split",
    Act.CONFIRM: "confirmed",
    Act.HOLD: "held",
    Act.MERGE: "merged",
    Act.ECHO: "made an echo",
    Act.APART: "set apart",
}
GUARD = "guard"  # signs what is held by rule
RIGHTS = {Role.EDITOR: 1, Role.ADMIN: 2}


@dataclass(frozen=True, slots=True)
class Matter:
    """Where a decision belongs, and what has been decided there."""

    name: str
    kind: Kind
    past: tuple[Entry, ...]

    @property
    def standing(self) -> Standing:
        """What the matter comes to now."""
        return folded(self.past)


class Drafts:
    """Lines of a transaction that are not written yet, found as quickly as those that are."""

    def __init__(self) -> None:
        self.by_id: dict[str, Line] = {}
        self.by_matter: dict[str, list[Line]] = {}
        self.matters: dict[str, str] = {}  # statement id -> matter

    def add(self, line: Line) -> None:
        """One more."""
        self.by_id[line.id] = line
        self.by_matter.setdefault(line.matter, []).append(line)
        if line.statement:
            self.matters[line.statement] = line.matter


def decided(shelf: Shelf, entry: Entry, person: str, drafts: Drafts) -> Line | None:
    """The line for this entry, None when the book has it already.

    ``person`` works with the book: the guard's holds are theirs to write. ``drafts`` are lines of the same
    transaction that are not yet written. UsageError when it cannot be done as the
    book stands, OvertakenError when somebody has decided in between, ForbiddenError when the person may not,
    BookError when a statement's evidence does not cut words from its report.
    """
    who = person if (entry.act, entry.by) == (Act.HOLD, GUARD) else entry.by
    check_right(shelf, who, Role.ADMIN if entry.act is Act.GRANT else Role.EDITOR, drafts)
    matter = _matter(shelf, entry, drafts)
    if matter.kind is Kind.GRANT:  # to undo a grant is to grant
        check_right(shelf, who, Role.ADMIN, drafts)
    if entry.id in drafts.by_id or shelf.held([entry.id]):
        _check_counts(entry, matter)
        return None
    check_seen(entry.after, matter.past, matter.name)
    _check_target(shelf, entry, matter, drafts)
    if entry.statement is not None:
        found = next(iter(shelf.find(Query(kinds=[Kind.REPORT], ids=[entry.statement.report]))), None)
        if found is None:
            raise BookError(f"the book has no report {entry.statement.report[:12]}; add the report first")
        prove(entry.statement, report_of(found))
    return entry_line(entry, matter.name, matter.kind)


def check_right(shelf: Shelf, person: str, needed: Role, drafts: Drafts | None = None) -> None:
    """ForbiddenError unless the person may do what the role may; a book without people is open to all."""
    roles = folded(_all_of(shelf, Kind.GRANT, drafts or Drafts())).roles
    if roles and RIGHTS.get(roles.get(person, Role.NONE), 0) < RIGHTS[needed]:
        who = person or "nobody in particular"
        raise ForbiddenError(
            f"{who} is no {needed} of this book; its people: {', '.join(sorted(roles))}. Name yourself with --as NAME"
        )


def past_of(shelf: Shelf, matter: str, drafts: Drafts, kinds: Collection[Kind] = ACTS) -> tuple[Entry, ...]:
    """Every entry of these kinds on a matter, in the order written; a code and a person may share a name."""
    held = shelf.texts(Query(kinds=kinds, matters=[matter]))
    new = (line.text for line in drafts.by_matter.get(matter, ()) if line.kind in kinds)
    return tuple(map(entry_in, (*held, *new)))


def _all_of(shelf: Shelf, kind: Kind, drafts: Drafts) -> tuple[Entry, ...]:
    """Every entry of a kind, on whatever matter."""
    held = shelf.texts(Query(kinds=[kind]))
    new = (line.text for line in drafts.by_id.values() if line.kind is kind)
    return tuple(map(entry_in, (*held, *new)))


def _matter(shelf: Shelf, entry: Entry, drafts: Drafts) -> Matter:
    """The matter that an entry speaks of."""
    kind, name = Kind.ENTRY, entry.target
    if entry.act is Act.GRANT:
        kind = Kind.GRANT
    elif entry.act is Act.MERGE and not is_statement(entry.target):
        kind = Kind.NAME
    elif entry.act is Act.UNDO:
        line = _line(shelf, entry.target, drafts)
        kind, name = line.kind, line.matter
    else:
        name = _matter_of_statement(shelf, entry, drafts)
    return Matter(name, kind, past_of(shelf, name, drafts, [kind]))


def _line(shelf: Shelf, id: str, drafts: Drafts) -> Line:  # noqa: A002 -- the record's own word
    """The line of an act; UsageError where there is none."""
    found = drafts.by_id.get(id) or next(iter(shelf.find(Query(ids=[id]))), None)
    if found is None or found.kind not in ACTS:
        raise UsageError(f"no decision {id[:12]} stands in the book; see: musterbook history STATEMENT")
    return found


def _matter_of_statement(shelf: Shelf, entry: Entry, drafts: Drafts) -> str:
    """The matter of a target, which must also be that of the statement brought, if the book has that already."""
    said = entry.statement.id if entry.statement else ""
    asked = [one for one in (entry.target, said) if one]
    known = _matters(shelf, asked, drafts)
    if entry.act is Act.RECORD:
        return known.get(said, said)
    if entry.target not in known:
        raise UsageError(
            f"no statement {entry.target[:12]} stands in the book, so it cannot be {DEEDS[entry.act]}"
        )
    if said and known.get(said, known[entry.target]) != known[entry.target]:
        raise UsageError(
            f"the book has the statement {said[:12]} already, elsewhere; "
            "merge the two instead: musterbook review merge"
        )
    return known[entry.target]


def _matters(shelf: Shelf, statements: Collection[str], drafts: Drafts) -> dict[str, str]:
    """The matters of these statements, as far as there are any."""
    drawn_up = {one: drafts.matters[one] for one in statements if one in drafts.matters}
    return drawn_up | dict(shelf.matters(statements))


def _check_counts(entry: Entry, matter: Matter) -> None:
    """An entry that is there already: fine while it counts as the last word, else it must be told from the old one."""
    if entry.id in undone(matter.past):
        raise UsageError("that was decided before, and undone; undo the undoing, or give another reason")
    later = _decisions_after(matter.past, entry.id)
    if later:
        told = f"{later[-1].by}: {later[-1].act}"
        raise UsageError(
            f"that was decided before, and something else since ({told}); to decide so again give another reason"
        )


def _decisions_after(past: Sequence[Entry], entry: str) -> list[Entry]:
    """The decisions in force that were written after the one with that id."""
    later = itertools.dropwhile(lambda held: held.id != entry, past)
    counting = {held.id for held in in_force(past)}
    return [held for held in list(later)[1:] if held.act is not Act.RECORD and held.id in counting]


def check_seen(after: str, past: Sequence[Entry], matter: str) -> None:
    """OvertakenError when a matter has gone on since the entry that a person saw last."""
    if not after or (past and past[-1].id == after):
        return
    ids = [held.id for held in past]
    since = tuple(past[ids.index(after) + 1 :] if after in ids else past)
    told = "; ".join(f"{e.by}: {e.act}{f' ({e.reason})' if e.reason else ''}" for e in since) or "nothing"
    raise OvertakenError(
        f"somebody was quicker: {told}. Look again, then decide: musterbook review show {matter[:12]}", since
    )


def _check_target(shelf: Shelf, entry: Entry, matter: Matter, drafts: Drafts) -> None:
    """UsageError when what the entry speaks of is not there to be decided on."""
    if entry.act is Act.UNDO:
        _check_undo(shelf, entry, matter, drafts)
    elif entry.act is Act.GRANT:
        _check_grant(shelf, entry, drafts)
    elif matter.kind is Kind.NAME:
        _check_names(shelf, entry, drafts)
    elif entry.act is not Act.RECORD:
        _check_stands(entry.target, matter.standing, entry.act)
        if entry.act in (Act.MERGE, Act.ECHO):
            other = _matters(shelf, [entry.into], drafts).get(entry.into, "")
            _check_stands(entry.into, folded(past_of(shelf, other, drafts)), entry.act)
            if entry.into == entry.target:
                word = "with" if entry.act is Act.MERGE else "of"
                raise UsageError(f"a statement cannot be {DEEDS[entry.act]} {word} itself")


def _check_stands(statement: str, standing: Standing, act: Act) -> None:
    if statement not in {held.statement.id for held in standing.entries if held.statement}:
        raise UsageError(f"no statement {statement[:12]} stands in the book, so it cannot be {DEEDS[act]}")


def _check_undo(shelf: Shelf, entry: Entry, matter: Matter, drafts: Drafts) -> None:
    """A decision that counts, none after it left in the air; what comes back must fit the book of now."""
    held = {one.id: one for one in matter.past}
    decision = held[entry.target]
    while decision.act is Act.UNDO:  # what comes back when an undoing is undone
        decision = held[decision.target]
    later = _decisions_after(matter.past, decision.id)
    if decision.act is Act.RECORD:
        raise UsageError(f"{entry.target[:12]} is no decision; a statement is retracted instead")
    if entry.target in undone(matter.past):
        raise UsageError(f"{entry.target[:12]} is undone already; to have it back undo the undoing")
    if later:
        raise UsageError(
            f"{entry.target[:12]} is not the last decision on its matter; undo {later[-1].id[:12]} first"
        )
    if matter.kind is Kind.GRANT:
        _check_admin(shelf, entry, drafts)
        return
    counts = in_force(matter.past)
    for again in in_force((*matter.past, entry)):
        if again not in counts:
            _check_target(shelf, again, matter, drafts)


def _check_grant(shelf: Shelf, entry: Entry, drafts: Drafts) -> None:
    """A role that there is; the first person must be an admin."""
    if entry.into not in set(Role):
        raise UsageError(f"no role is called {entry.into!r}; the roles are {', '.join(Role)}")
    _check_admin(shelf, entry, drafts)


def _check_admin(shelf: Shelf, entry: Entry, drafts: Drafts) -> None:
    """One admin must be left; only to undo the first grant opens the book to all again."""
    roles = folded((*_all_of(shelf, Kind.GRANT, drafts), entry)).roles
    if Role.ADMIN not in roles.values() and (roles or entry.act is Act.GRANT):
        raise UsageError("a book with people of its own needs an admin; grant that role first")


def _check_names(shelf: Shelf, entry: Entry, drafts: Drafts) -> None:
    """Two codes that are not one already."""
    names = folded(_all_of(shelf, Kind.NAME, drafts)).names
    if name_of(entry.into, names) == name_of(entry.target, names):
        raise UsageError(f"{entry.target} and {entry.into} are one name already")
    if entry.target in names:
        raise UsageError(f"{entry.target} is merged with {names[entry.target]} already; undo that first")
