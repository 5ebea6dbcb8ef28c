"""Whether a decision can be taken as the book stands, and which matter it belongs to.

A *matter* is a first statement with all that was ever decided about it. Two people who decide on one matter at a
time are told apart by the last entry that each had seen: the first wins, the other is shown what came between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from musterbook.errors import BookError, ForbiddenError, OvertakenError, UsageError
from musterbook.ledger.asof import Standing, folded, in_force, is_statement, name_of, undone
from musterbook.ledger.evidence import prove
from musterbook.ledger.lines import ACTS, Kind, Line, entry_line, entry_of, report_of
from musterbook.ledger.store import Query, Shelf
from musterbook.model import Act, Entry, Role

DEEDS = {
    Act.RETRACT: "retracted",
    Act.REPLACE: "replaced",
    Act.SPLIT: "split",
    Act.CONFIRM: "confirmed",
    Act.HOLD: "held",
    Act.MERGE: "merged",
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


def decided(shelf: Shelf, entry: Entry, person: str, pending: Sequence[Line] = ()) -> Line | None:
    """The line for this entry, None when the book has it already.

    ``person`` works with the book: the guard's holds are theirs to write. ``pending`` are lines of the same
    transaction that are not yet written. UsageError when it cannot be done as the
    book stands, OvertakenError when somebody has decided in between, ForbiddenError when the person may not,
    BookError when a statement's evidence does not cut words from its report.
    """
    who = person if (entry.act, entry.by) == (Act.HOLD, GUARD) else entry.by
    check_right(shelf, who, Role.EDITOR)
    matter = _matter(shelf, entry, pending)
    if matter.kind is Kind.GRANT:
        check_right(shelf, who, Role.ADMIN)
    if entry.id in {line.id for line in pending} or shelf.held([entry.id]):
        _check_counts(entry, matter)
        return None
    _check_seen(entry, matter)
    _check_target(shelf, entry, matter, pending)
    if entry.statement is not None:
        found = next(iter(shelf.find(Query(kinds=[Kind.REPORT], ids=[entry.statement.report]))), None)
        if found is None:
            raise BookError(f"the book has no report {entry.statement.report[:12]}; add the report first")
        prove(entry.statement, report_of(found))
    return entry_line(entry, matter.name, matter.kind)


def check_right(shelf: Shelf, person: str, needed: Role) -> None:
    """ForbiddenError unless the person may do what the role may; a book without people is open to all."""
    roles = folded(entry_of(line) for line in shelf.find(Query(kinds=[Kind.GRANT]))).roles
    if roles and RIGHTS.get(roles.get(person, Role.NONE), 0) < RIGHTS[needed]:
        who = person or "nobody in particular"
        raise ForbiddenError(
            f"{who} is no {needed} of this book; its people: {', '.join(sorted(roles))}. Name yourself with --as NAME"
        )


def past_of(shelf: Shelf, matter: str, pending: Sequence[Line] = ()) -> tuple[Entry, ...]:
    """Every entry on a matter, in the order written."""
    held = [
        *shelf.find(Query(kinds=ACTS, matters=[matter])),
        *(line for line in pending if line.matter == matter),
    ]
    return tuple(entry_of(line) for line in held if line.kind in ACTS)


def _matter(shelf: Shelf, entry: Entry, pending: Sequence[Line]) -> Matter:
    """The matter that an entry speaks of."""
    kind, name = Kind.ENTRY, entry.target
    if entry.act is Act.GRANT:
        kind = Kind.GRANT
    elif entry.act is Act.MERGE and not is_statement(entry.target):
        kind = Kind.NAME
    elif entry.act is Act.UNDO:
        line = _line(shelf, entry.target, pending)
        kind, name = line.kind, line.matter
    else:
        name = _matter_of_statement(shelf, entry, pending)
    return Matter(name, kind, past_of(shelf, name, pending))


def _line(shelf: Shelf, id: str, pending: Sequence[Line]) -> Line:  # noqa: A002 -- the record's own word
    """The line of an act; UsageError where there is none."""
    found = next((line for line in (*pending, *shelf.find(Query(ids=[id]))) if line.id == id), None)
    if found is None or found.kind not in ACTS:
        raise UsageError(f"no decision {id[:12]} stands in the book; see: musterbook history STATEMENT")
    return found


def _matter_of_statement(shelf: Shelf, entry: Entry, pending: Sequence[Line]) -> str:
    """The matter of a target, which must also be that of the statement brought, if the book has that already."""
    said = entry.statement.id if entry.statement else ""
    asked = [one for one in (entry.target, said) if one]
    known = {line.statement: line.matter for line in pending if line.statement} | dict(shelf.matters(asked))
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


def _check_counts(entry: Entry, matter: Matter) -> None:
    """An entry that is there already: fine while it counts, else it must be told apart from the one undone."""
    if entry.id in undone(matter.past):
        raise UsageError("that was decided before, and undone; undo the undoing, or give another reason")


def _check_seen(entry: Entry, matter: Matter) -> None:
    """OvertakenError when the matter has gone on since the person looked."""
    if not entry.after or (matter.past and matter.past[-1].id == entry.after):
        return
    ids = [held.id for held in matter.past]
    since = matter.past[ids.index(entry.after) + 1 :] if entry.after in ids else matter.past
    told = "; ".join(f"{e.by}: {e.act}{f' ({e.reason})' if e.reason else ''}" for e in since) or "nothing"
    raise OvertakenError(
        f"somebody was quicker: {told}. Look again, then decide: musterbook history {matter.name[:12]}", since
    )


def _check_target(shelf: Shelf, entry: Entry, matter: Matter, pending: Sequence[Line]) -> None:
    """UsageError when what the entry speaks of is not there to be decided on."""
    if entry.act is Act.UNDO:
        _check_undo(entry, matter)
    if matter.kind is Kind.GRANT:
        _check_grant(shelf, entry)
    elif entry.act is Act.MERGE and matter.kind is Kind.NAME:
        _check_names(shelf, entry)
    elif entry.act not in (Act.RECORD, Act.UNDO):
        _check_stands(entry.target, matter.standing, entry.act)
        if entry.act is Act.MERGE:
            other = dict(shelf.matters([entry.into])).get(entry.into, "")
            _check_stands(entry.into, folded(past_of(shelf, other, pending)), entry.act)
            if entry.into == entry.target:
                raise UsageError("a statement cannot be merged with itself")


def _check_stands(statement: str, standing: Standing, act: Act) -> None:
    if statement not in {held.statement.id for held in standing.entries if held.statement}:
        raise UsageError(f"no statement {statement[:12]} stands in the book, so it cannot be {DEEDS[act]}")


def _check_undo(entry: Entry, matter: Matter) -> None:
    """Only the last decision of a matter is undone, so that none is left in the air."""
    decisions = [held for held in in_force(matter.past) if held.act is not Act.RECORD]
    last = [held for held in (*decisions[-1:], *matter.past[-1:]) if held.act is not Act.RECORD]
    if entry.target not in {held.id for held in last}:
        hint = f"undo {decisions[-1].id[:12]} first" if decisions else "a statement is retracted instead"
        raise UsageError(f"{entry.target[:12]} is not the last decision on its matter; {hint}")


def _check_grant(shelf: Shelf, entry: Entry) -> None:
    """A role that there is; the first person must be an admin, and of several people one must stay it."""
    if entry.act is Act.GRANT and entry.into not in set(Role):
        raise UsageError(f"no role is called {entry.into!r}; the roles are {', '.join(Role)}")
    grants = [entry_of(line) for line in shelf.find(Query(kinds=[Kind.GRANT]))]
    roles = folded([*grants, entry]).roles
    if (roles and Role.ADMIN not in roles.values()) or (entry.into == Role.NONE and not roles):
        raise UsageError("a book with people of its own needs an admin; grant that role first")


def _check_names(shelf: Shelf, entry: Entry) -> None:
    """Two codes that are not one already."""
    names = folded(entry_of(line) for line in shelf.find(Query(kinds=[Kind.NAME]))).names
    if name_of(entry.into, names) == name_of(entry.target, names):
        raise UsageError(f"{entry.target} and {entry.into} are one name already")
    if entry.target in names:
        raise UsageError(f"{entry.target} is merged with {names[entry.target]} already; undo that first")
