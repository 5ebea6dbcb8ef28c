"""News briefs composed around one sum each: from A to B by D, parts and wholes, shares, with other figures beside them.

Every brief is consistent as composed. ``planted`` changes one number of its sum by one slip of the hand, so that the
sum is broken beyond all rounding. Figures are invented; the frames are many, so that no reader can know them by heart.
"""

# ruff: noqa: E501 -- a frame stands on one line, where it can be read
from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

Values = dict[str, int]
SLOT = re.compile(r"\{([A-Z])\}")
HEDGED = re.compile(r"(?:about|some|nearly|almost|roughly|around|more than|up to) \{[A-Z]\}")
FEWEST = 30  # persons: nobody writes "cut by 3"
PUBLISHED = date(2020, 9, 9)

FORCES = (  # the state, its people, its ministry
    ("The United States", "American", "the Pentagon"),
    ("Britain", "British", "the Ministry of Defence"),
    ("France", "French", "the Armed Forces Ministry"),
    ("Germany", "German", "the Defence Ministry"),
    ("Italy", "Italian", "the defence staff"),
    ("Canada", "Canadian", "the Department of National Defence"),
    ("Turkey", "Turkish", "the Defence Ministry"),
    ("Poland", "Polish", "the Defence Ministry"),
)
PLACES = (
    "Iraq",
    "Afghanistan",
    "Mali",
    "Niger",
    "Lebanon",
    "Latvia",
    "Somalia",
    "Kosovo",
    "Libya",
    "Estonia",
)
PAIRS = (("Iraq", "Syria"), ("Mali", "Niger"), ("Latvia", "Estonia"), ("Kuwait", "Qatar"))
NOUNS = ("troops", "soldiers", "service members")
BY = (
    "by the end of the year",
    "by mid-January",
    "by the end of the month",
    "before the end of November",
    "by March 2021",
)
SAYS = (
    "{m} said on Wednesday",
    "{m} announced",
    "a spokesman for {m} said",
    "Gen. Paul Hart said",
    "according to {m}",
)
ASIDES = (  # other forces, other places, other times, other things
    "At the height of the war more than 90,000 foreign troops had been in the country.",
    "Norway, which has 120 soldiers in Jordan, will decide in the spring.",
    "Two soldiers were killed and 14 wounded in an attack last week.",
    "The war has displaced 340,000 people since 2014.",
    "The base, 60 kilometres north of the capital, was built in 2009 for $86 million.",
    "Spain keeps 190 troops in Turkey and will leave them there.",
    "The United Nations has asked for $1.2 billion in aid.",
    "Denmark has withdrawn 85 soldiers from Djibouti since May.",
    "Some 4,500 local recruits finished their training in June.",
    "Australia, meanwhile, has 70 soldiers in Egypt.",
    "In 2011 the Netherlands had 545 soldiers in Burundi.",
    "The parliament will debate the mission on October 14.",
    "",
    "",
)


@dataclass(frozen=True)
class Frame:
    """A way to tell a sum: its sentences, and which numbers make which."""

    name: str
    words: str
    values: Callable[[random.Random], Values]
    sums: tuple[str, ...]  # "A-D=B": each must come out
    share: tuple[int, int] = (0, 1)  # C of A is this share


@dataclass(frozen=True)
class Brief:
    """One composed text, with the slip in it where there is one."""

    name: str
    text: str
    slip: str = ""  # what was done to which number
    printed: int = 0
    meant: int = 0
    values: Values = field(default_factory=dict)


def cut(draw: random.Random) -> Values:
    """A before, D gone, B left; sometimes to the man, mostly to the hundred."""
    step = draw.choice((1, 10, 50, 100, 100, 100, 500))
    a, b = draw.randint(12, 90) * step, draw.randint(5, 80) * step
    if step == 1:
        a, b = a + draw.randint(100, 9000), b + draw.randint(40, 7000)
    return {"A": a, "B": b, "D": a - b} if a - b > FEWEST < b else cut(draw)


def rise(draw: random.Random) -> Values:
    """A before, D more, B then."""
    found = cut(draw)
    return {"A": found["B"], "D": found["D"], "B": found["A"]}


def two_parts(draw: random.Random) -> Values:
    """T made of P and Q."""
    step = draw.choice((10, 10, 50, 100, 100))
    p, q = draw.randint(6, 60) * step, draw.randint(5, 50) * step
    return {"T": p + q, "P": p, "Q": q} if p != q else two_parts(draw)


def three_parts(draw: random.Random) -> Values:
    """T made of P, Q and R."""
    found, step = two_parts(draw), draw.choice((10, 50, 100))
    r = draw.randint(3, 30) * step
    return found | {"R": r, "T": found["T"] + r} if r not in found.values() else three_parts(draw)


def shared(of: int, many: int = 1) -> Callable[[random.Random], Values]:
    """A, and C that is so many parts of it; B is the rest."""

    def draw_values(draw: random.Random) -> Values:
        c = draw.randint(2, 30) * draw.choice((10, 50, 100))
        return {"A": c * of, "C": c * many, "B": c * (of - many)}

    return draw_values


CHANGE, RISE = ("A-D=B",), ("A+D=B",)
TWO, THREE = ("P+Q=T",), ("P+Q+R=T",)
FRAMES = (
    Frame("from to by", "{f} will cut its force in {p} from {A} to {B} {n} {by}, a reduction of {D}, {s}.", cut, CHANGE),
    Frame("by from to", "{f} will reduce its forces in {p} by {D} {n}, from {A} to {B}, {by}, {s}.", cut, CHANGE),
    Frame("withdraw, bringing from to", "{f} will withdraw {D} {n} from {p}, bringing its force there from {A} down to {B}, {s}.", cut, CHANGE),
    Frame("to from, a drop", "The number of {a} {n} in {p} will go down to {B} {by} from {A} now, a drop of {D}, {s}.", cut, CHANGE),
    Frame("pull, leaving", "{f} has {A} {n} in {p}. It will pull out {D} of them {by}, leaving {B}, {s}.", cut, CHANGE),
    Frame("now, leave, stay", "There are {A} {a} {n} in {p} now. {D} will leave {by} and {B} will stay, {s}.", cut, CHANGE),
    Frame("of the, leave, remain", "Of the {A} {a} {n} in {p}, {D} will go home {by} and {B} will remain, {s}.", cut, CHANGE),
    Frame("about, from to", "{f} will bring its force in {p} down from about {A} to {B} {n} {by}, {s}. The withdrawal of {D} {n} was expected.", cut, CHANGE),
    Frame("from to; withdrawal", "{f} will cut its force in {p} from {A} to {B} {n}, {s}. The withdrawal of {D} {n} is to be complete {by}.", cut, CHANGE),
    Frame("withdrawal; from to", "{f} will withdraw {D} {n} from {p} {by}, {s}. Its contingent there will thereby shrink from {A} to {B}.", cut, CHANGE),
    Frame("quoted", "\"We will reduce our presence in {p} from {A} to {B} {n},\" {s}. That means {D} {a} {n} will leave {by}.", cut, CHANGE),
    Frame("done, remain", "{f} has withdrawn {D} of its {A} {n} from {p}, and {B} remain there, {s}.", cut, CHANGE),
    Frame("done, fell", "The {a} force in {p} has fallen from {A} to {B} {n} after the departure of {D}, {s}.", cut, CHANGE),
    Frame("rise from to", "{f} will raise its force in {p} from {A} to {B} {n}, an increase of {D}, {s}.", rise, RISE),
    Frame("send, bringing total", "{f} will send {D} more {n} to {p}, bringing its total there to {B}, {s}. It has {A} {n} there now.", rise, RISE),
    Frame("now, send, then", "{f} has {A} {n} in {p}. {by_c} it will send another {D}, which lifts the force to {B}, {s}.", rise, RISE),
    Frame("grow by to", "The {a} contingent in {p} will grow by {D} {n} to {B}, {s}. At present it numbers {A}.", rise, RISE),
    Frame("two countries, colon", "{f} has {T} {n} in {p1} and {p2}: {P} in {p1} and {Q} in {p2}, {s}.", two_parts, TWO),
    Frame("two countries, then", "{f} keeps {T} {n} in {p1} and {p2}, {s}. There are {P} in {p1} and {Q} in {p2}.", two_parts, TWO),
    Frame("two countries, in all", "{f} has {P} {n} in {p1} and {Q} in {p2}, {T} in all, {s}.", two_parts, TWO),
    Frame("stages, colon", "{f} will withdraw {T} {n} from {p}: {P} by the end of October and {Q} by the end of January, {s}.", two_parts, TWO),
    Frame("coalition, colon", "The coalition has {T} {n} in {p}: {P} Americans, {Q} Britons and {R} Italians, {s}.", three_parts, THREE),
    Frame("made up of", "The NATO mission in {p} has {T} {n}, made up of {P} Germans, {Q} Canadians and {R} Poles, {s}.", three_parts, THREE),
    Frame("trades, colon", "{f} will send {T} {n} to {p}: {P} infantry, {Q} engineers and {R} instructors, {s}.", three_parts, THREE),
    Frame("trades there", "{f} has {T} {n} in {p}: {P} infantry, {Q} engineers and {R} medics, {s}.", three_parts, THREE),
    Frame("a third", "{f} will withdraw a third of its {A} {n} from {p} {by}, {s}. The {C} {n} will return to their home bases.", shared(3), (), (1, 3)),
    Frame("a quarter, leaving", "{f} will pull a quarter of its {A} {n} out of {p} {by}, leaving {B}, {s}.", shared(4), ("A-C=B",), (1, 4)),
    Frame("halve", "{f} will halve its force in {p} from {A} to {B} {n} {by}, {s}.", shared(2), ("A-C=B",), (1, 2)),
    Frame("half of, or", "Half of the {A} {a} {n} in {p}, or {C}, will go home {by}, {s}.", shared(2), (), (1, 2)),
    Frame("hedged, leaving", "There are about {A} {a} {n} in {p}. Roughly {D} of them will leave {by}, leaving some {B}, {s}.", cut, CHANGE),
    Frame("none but independent", "{f} has {A} {n} in {p} and {P} in {p2}, {s}. Last year it had {Q} there.", lambda d: cut(d) | two_parts(d), ()),
    Frame("stages to targets", "{f} will go down from {A} to {B} {n} in {p} {by}, {s}. A further cut to {C} would follow later.", lambda d: (v := cut(d)) | {"C": max(2, v["B"] // 3)}, ()),
    Frame("part only", "{f} will cut its force in {p} from {A} to {B} {n} {by}, {s}. A first group of {C} has already left.", lambda d: (v := cut(d)) | {"C": max(2, v["D"] // 3)}, ()),
    Frame("some members", "The NATO mission in {p} has {T} {n}, among them {P} Germans and {Q} Canadians, {s}.", lambda d: (v := two_parts(d)) | {"T": v["T"] * 2 + 130}, ()),
    Frame("other plan", "{f} will cut its force in {p} from {A} to {B} {n} {by}, {s}. In July the government had spoken of {C}.", lambda d: (v := cut(d)) | {"C": v["D"] + 300}, ()),
    Frame("more than", "{f} will withdraw more than {C} of its {A} {n} from {p} {by}, leaving {B}, {s}.", lambda d: (v := cut(d)) | {"C": v["D"] - v["D"] // 20 - 1}, ()),
)  # fmt: skip
UNSEEN = (  # composed after the desk was written, and never tuned on
    Frame("trim by, to", "{f} plans to trim its deployment in {p} by {D} {n} to {B} {by}, {s}. At the moment {A} are stationed there.", cut, CHANGE),
    Frame("downsize", "{f} is to downsize its {p} contingent from {A} {n} to {B}, {s}, sending {D} back home {by}.", cut, CHANGE),
    Frame("bring home, that leaves", "{f} will bring home {D} of its {A} {n} in {p}, {s}. That leaves {B} in the country.", cut, CHANGE),
    Frame("only B of A", "Only {B} of the {A} {a} {n} in {p} will remain after the departure of {D} {by}, {s}.", cut, CHANGE),
    Frame("was, now, since", "{f} now has {B} {n} in {p}, down from {A}, a decrease of {D}, {s}.", cut, CHANGE),
    Frame("have left", "{D} of the {A} {a} {n} in {p} have left the country, {s}; {B} are still there.", cut, CHANGE),
    Frame("quote D then from to", "\"We are withdrawing {D} {n} from {p},\" {s}. The {a} presence will fall from {A} to {B} {by}.", cut, CHANGE),
    Frame("lower ceiling free", "The {a} government has ordered {D} {n} out of {p}. This takes the force from {A} to {B}, {s}.", cut, CHANGE),
    Frame("headline style", "{f} to pull {D} {n} from {p}: the force of {A} shrinks to {B} {by}, {s}.", cut, CHANGE),
    Frame("reinforce", "{f} will reinforce its {A} {n} in {p} with {D} more, for a total of {B}, {s}.", rise, RISE),
    Frame("arrival", "The arrival of {D} {n} brings the {a} force in {p} from {A} to {B}, {s}.", rise, RISE),
    Frame("up from, rise", "{f} will have {B} {n} in {p} {by}, up from {A} today, a rise of {D}, {s}.", rise, RISE),
    Frame("additional", "An additional {D} {a} {n} will go to {p} to join the {A} already there, raising the number to {B}, {s}.", rise, RISE),
    Frame("countries, namely", "{f} has {T} {n} in {p1} and {p2}, namely {P} in {p1} and {Q} in {p2}, {s}.", two_parts, TWO),
    Frame("countries, respectively", "There are {P} {a} {n} in {p1} and {Q} in {p2}, {s}. Together the two contingents number {T}.", two_parts, TWO),
    Frame("brackets", "{f} has {T} {n} in {p1} ({P}) and {p2} ({Q}), {s}.", two_parts, TWO),
    Frame("consists of", "The force in {p} consists of {T} {n}: {P} {a} {n} and {Q} Dutch {n}, {s}.", two_parts, TWO),
    Frame("half, half", "Of the {T} additional {n} that {f0} is sending to {p}, {P} will train local forces and {Q} will guard the base, {s}.", two_parts, TWO),
    Frame("two thirds stay", "{f} will withdraw one third of its {A} {n} from {p}, {s}, leaving {B} there.", shared(3), ("A-C=B",), (1, 3)),
    Frame("a fifth, the", "A fifth of the {A} {a} {n} in {p} will leave {by}, {s}. The {C} {n} have been there since May.", shared(5), (), (1, 5)),
    Frame("double", "{f} will double its contingent in {p} from {C} to {A} {n}, {s}.", shared(2), (), (1, 2)),
    Frame("two forces", "{f} has {A} {n} in {p}, {s}. The Dutch have {B} there and will withdraw {C} {by}.", lambda d: (v := cut(d)) | {"C": max(2, v["B"] // 4)}, ()),
    Frame("then and now", "{f} has {B} {n} in {p}, {s}. In 2015 there were {A}; {C} more had been in {p2} at the time.", lambda d: (v := cut(d)) | {"C": v["D"] + 120}, ()),
    Frame("two plans", "{f} will withdraw {D} {n} from {p} {by}, {s}. An earlier plan, dropped in June, would have cut the force from {A} to {C}.", lambda d: (v := cut(d)) | {"C": max(2, v["B"] // 2)}, ()),
    Frame("two places", "{f} will withdraw {D} {n} from {p1} {by}, {s}. In {p2} its force will be cut from {A} to {C}.", lambda d: (v := cut(d)) | {"C": max(2, v["B"] // 3)}, ()),
    Frame("rotation", "{f} has {A} {n} in {p}, {s}. A battalion of {C} will be replaced by another of the same size next month.", lambda d: (v := cut(d)) | {"C": max(2, v["B"] // 3)}, ()),
    Frame("first of several", "The first {C} of {D} {a} {n} who are to leave {p} {by} have gone home, {s}. {B} of the {A} there now will stay.", lambda d: (v := cut(d)) | {"C": max(2, v["D"] // 3)}, ()),
)  # fmt: skip


def brief(draw: random.Random, frame: Frame) -> Brief:
    """One consistent text of that frame, with asides before and after."""
    (first, people, ministry), place = draw.choice(FORCES), draw.choice(PLACES)
    pair = draw.choice(PAIRS)
    by = draw.choice(BY)
    names = {
        "f": first,
        "a": people,
        "n": draw.choice(NOUNS),
        "p": place,
        "by": by,
        "by_c": by[0].upper() + by[1:],
    }
    names["f0"] = first.replace("The United", "the United")
    names |= {"p1": pair[0], "p2": pair[1], "s": draw.choice(SAYS).format(m=ministry)}
    core = re.sub(r"\{([a-z_0-9]+)\}", lambda m: names[m[1]], frame.words)
    core = re.sub(r"\{([a-z_0-9]+)\}", lambda m: names[m[1]], core)
    told = " ".join(part for part in (core, draw.choice(ASIDES), draw.choice(ASIDES)) if part)
    return Brief(frame.name, told, values=frame.values(draw))


def printed(told: Brief) -> str:
    """The text with its numbers."""
    return SLOT.sub(lambda m: f"{told.values[m[1]]:,}", told.text)


def planted(draw: random.Random, frame: Frame) -> Brief | None:
    """A text with one slip in one number of its sum; None where this draw breaks nothing."""
    told = brief(draw, frame)
    names = sorted({m for s in frame.sums for m in re.findall("[A-Z]", s) if "{" + m + "}" in told.text})
    names = names or [n for n in ("A", "C") if "{" + n + "}" in told.text and frame.share[0]]
    if not names:
        return None
    name, (kind, slip) = draw.choice(names), draw.choice(tuple(SLIPS.items()))
    meant = told.values[name]
    wrong = slip(draw, str(meant))
    values = told.values | {name: int(wrong or 0)}
    if not wrong or wrong[0] == "0" or int(wrong) in (0, meant) or not is_broken(frame, told.text, values):
        return None
    return Brief(told.name, told.text, f"{name} {kind}", int(wrong), meant, values)


def is_broken(frame: Frame, text: str, values: Values) -> bool:
    """Whether a sum or the share is off by more than all rounding of its numbers, where the text hedges."""
    loose = bool(HEDGED.search(text.lower().replace("{a}", "{A}")) or HEDGED.search(text))
    for one in frame.sums:
        names = re.findall("[A-Z]", one)
        if all("{" + n + "}" in text for n in names):
            left, right = one.split("=")
            off = abs(sum(sign * values[n] for sign, n in terms(left)) - values[right])
            if off > (sum(half_step(values[n]) for n in names) if loose else 0):
                return True
    part, whole = frame.share
    for name, share in (("C", part / whole), ("B", 1 - part / whole)):
        if part and "{" + name + "}" in text:
            return abs(values["A"] * share - values[name]) > 0.1 * values["A"]
    return False


def terms(left: str) -> list[tuple[int, str]]:
    """``A-D`` as signed names."""
    return [(-1 if sign == "-" else 1, name) for sign, name in re.findall(r"([+-]?)([A-Z])", left)]


def half_step(number: int) -> int:
    """Half of the step that a number looks rounded to."""
    step = 1
    while number and number % (step * 10) == 0:
        step *= 10
    return step // 2


def _change(draw: random.Random, told: str) -> str:
    at = draw.choice([i for i, c in enumerate(told) if c != "0"])
    return told[:at] + draw.choice([d for d in "123456789" if d != told[at]]) + told[at + 1 :]


def _drop(draw: random.Random, told: str) -> str:
    at = draw.randrange(len(told))
    return told[:at] + told[at + 1 :]


def _add(draw: random.Random, told: str) -> str:
    at = draw.randrange(1, len(told) + 1)
    return told[:at] + draw.choice("0123456789") + told[at:]


def _swap(draw: random.Random, told: str) -> str:
    places = [i for i in range(len(told) - 1) if told[i] != told[i + 1]]
    at = draw.choice(places) if places else 0
    return told[:at] + told[at + 1] + told[at] + told[at + 2 :] if places else ""


SLIPS = {"digit changed": _change, "digit dropped": _drop, "digit added": _add, "digits swapped": _swap}
