"""What a book should allow to be decided next, by going through a plain list of all that was done."""

from __future__ import annotations

from oracle import Deed, answer, end, live

RANKS = {"reader": 0, "editor": 1, "admin": 2}
NOWHERE = ("", "")
Matter = tuple[str, str]  # a first statement, a code or a person


def matter(log: list[Deed], e: Deed) -> Matter:
    if e.act == "grant" or (e.act == "merge" and len(e.target) < 64):
        return e.act, e.target
    if e.act == "undo":
        return next((matter(log, other) for other in log if other.id == e.target), NOWHERE)
    asked = e.said if e.act == "record" else e.target
    for at, other in enumerate(log):
        if other.said == asked:
            return ("said", asked) if other.act == "record" else matter(log[:at], other)
    return ("said", asked) if e.act == "record" else NOWHERE


def may(log: list[Deed], who: str, rank: int) -> bool:
    roles = answer(log).roles
    return not roles or RANKS.get(roles.get(who, ""), -1) >= rank


def allows(log: list[Deed], e: Deed) -> bool:
    """Whether it may be decided; the last word on a matter may be said once more, to no effect."""
    place = matter(log, e)
    if place == NOWHERE or not may(log, e.by, 2 if place[0] == "grant" else 1):
        return False
    past = [one for one in log if matter(log, one) == place]
    counts, undone = live(log)
    deeds = {one.id: one for one in log}
    if e.id in {one.id for one in past}:
        return e.id not in undone and not later(past, counts, e.id)
    if e.after and (not past or past[-1].id != e.after):
        return False
    if e.act != "undo":
        return fits(log, e, place)
    root = e.target
    while deeds[root].act == "undo":
        root = deeds[root].target
    if deeds[root].act == "record" or e.target in undone or later(past, counts, root):
        return False
    then = [*log, e]
    back = [one for one in live(then)[0] if one not in counts]
    roles = answer(then).roles
    return all(fits(log, one, place) for one in back) and (not roles or "admin" in roles.values())


def later(past: list[Deed], counts: list[Deed], deed: str) -> list[Deed]:
    """What was decided after that, and still counts."""
    at = [one.id for one in past].index(deed)
    return [one for one in past[at + 1 :] if one in counts and one.act not in ("record", "undo")]


def fits(log: list[Deed], e: Deed, place: Matter) -> bool:
    """Whether what it speaks of is there to be decided on."""
    now = answer(log)
    stand = {said for said, _ in now.stand}
    if e.act == "record":
        return True
    if e.act == "grant":
        return "admin" in answer([*log, e._replace(id="new")]).roles.values()
    if e.act in ("replace", "split"):
        owners = {matter(log, one) for one in log if one.said == e.said}
        return e.target in stand and owners <= {place}
    if e.act == "merge" and place[0] == "merge":
        return e.target not in now.names and end(now.names, e.into) != end(now.names, e.target)
    if e.act in ("merge", "echo"):
        return {e.target, e.into} <= stand and e.target != e.into
    return e.target in stand
