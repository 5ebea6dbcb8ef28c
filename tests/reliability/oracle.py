"""What a book should answer, by going through a plain list of all that was done, each time anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from musterbook.model import Contingent, Entry


class Deed(NamedTuple):
    id: str
    act: str
    by: str
    target: str
    said: str  # id of the statement that it brings
    where: Contingent | None
    into: str
    after: str
    at: datetime


def deed(e: Entry, at: datetime) -> Deed:
    said = e.statement.id if e.statement else ""
    return Deed(e.id, str(e.act), e.by, e.target, said, e.contingent, e.into, e.after, at)


@dataclass
class Answer:
    stand: list[tuple[str, Contingent | None]] = field(
        default_factory=list
    )  # statements under their names then
    confirmed: dict[str, str] = field(default_factory=dict)  # statement -> entry
    held: dict[str, str] = field(default_factory=dict)
    echoes: dict[str, str] = field(default_factory=dict)  # statement -> what it echoes, "" where it is apart
    names: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)


def live(log: list[Deed]) -> tuple[list[Deed], set[str]]:
    """What counts, and what was undone: the last undoing takes itself and its target away, then the one before."""
    acts, undone = log, set()
    while undoings := [one for one in acts if one.act == "undo"]:
        last = undoings[-1]
        undone.add(last.target)
        acts = [one for one in acts if one.id not in (last.id, last.target)]
    return acts, undone


def answer(log: list[Deed]) -> Answer:
    now = Answer()
    for e in live(log)[0]:
        leaves = {e.said} | ({e.target} if e.act in ("retract", "replace", "merge") else set())
        now.stand = [pair for pair in now.stand if pair[0] not in leaves]
        for one in leaves | ({e.target} if e.act in ("confirm", "hold") else set()):
            now.confirmed.pop(one, None)
            now.held.pop(one, None)
        for one in leaves:
            now.echoes.pop(one, None)
        if e.said:
            now.stand.append((e.said, e.where))
        if e.act in ("replace", "split", "confirm"):
            now.confirmed[e.said or e.target] = e.id
        if e.act == "hold":
            now.held[e.target] = e.id
        if e.act == "merge" and len(e.target) < 64:
            now.names[e.target] = e.into
        if e.act in ("echo", "apart"):
            now.echoes[e.target] = e.into
        if e.act == "grant":
            now.roles.pop(e.target, None)
            now.roles |= {e.target: e.into} if e.into != "none" else {}
    now.stand = [(said, renamed(now.names, where)) for said, where in now.stand]
    return now


def end(names: dict[str, str], code: str) -> str:
    if code in names:
        return end(names, names[code])
    return "+".join(end(names, part) for part in code.split("+")) if "+" in code else code


def renamed(names: dict[str, str], where: Contingent | None) -> Contingent | None:
    return where and Contingent(end(names, where.force), end(names, where.place), end(names, where.mission))
