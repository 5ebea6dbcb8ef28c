"""Numbers with roles, joined and bound, become claims: who, where, how many, in which words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from musterbook.reading.binding import Earlier, Pair, bind, options_of
from musterbook.reading.context import Context
from musterbook.reading.hosts import hosted
from musterbook.reading.judges import Judge, RuleJudge
from musterbook.reading.links import Found, group
from musterbook.reading.marks import Claim, Quantity
from musterbook.reading.options import Option, linked, within_reach
from musterbook.reading.roles import frame_of, likeliest_of_ours
from musterbook.reading.sureness import sure_features, sureness
from musterbook.values import Figures, Mention, Span

INLAND = frozenset(("province", "region", "city", "base", "border"))  # names of a part of a state
LEAST = 0.3  # a number with less than this chance of being anything of ours is left alone
PARTS = frozenset(("loss", "gain", "gone", "stays", "after"))  # what is told of a whole
PLAIN = 0.8  # the chance at least of words that say outright that none of a force remain
DOUBTED = 0.15  # a statement less sure than this is not worth an editor's look


def found_numbers(context: Context, judge: Judge) -> list[Found]:
    """The candidates that may be ours, with their likeliest role; the ends of "from A to B" settle each other."""
    views = [
        told_by(candidate.quantity, view_of(chances), judge.name == RuleJudge.name)
        for candidate, chances in zip(context.candidates, judge.roles(), strict=True)
    ]
    for index in range(len(views) - 1):
        sure = max(views[index][0], views[index + 1][0])
        if sure >= LEAST and is_from_to(context, index):
            views[index : index + 2] = [(sure, "before", 1.0), (sure, "after", 1.0)]
    return [
        Found(index, role, sure, share) for index, (sure, role, share) in enumerate(views) if sure >= LEAST
    ]


def view_of(chances: dict[str, float]) -> tuple[float, str, float]:
    """The chance that a number is of ours, its likeliest role, and how likely that is among the roles of ours."""
    ours, role = 1 - chances["none"], likeliest_of_ours(chances)
    return ours, role, min(1.0, chances[role] / ours) if ours > 0 else 0.0


def told_by(quantity: Quantity, view: tuple[float, str, float], by_rules: bool) -> tuple[float, str, float]:
    """The view, unless the words themselves say that nobody is left: "no soldier remains" needs no other sign.

    The tables alone have never met a word such as "completed its withdrawal"; the document reader judges it well.
    """
    if not quantity.ends:
        return view
    floor = PLAIN if by_rules or not quantity.value else 0.0
    return max(view[0], floor), "gone" if quantity.value else "stays", 1.0


def is_from_to(context: Context, index: int) -> bool:
    """Whether a candidate and the next are the ends of a change, never of a range ("estimates run from A to B")."""
    if (
        index + 1 >= len(context.candidates)
        or frame_of(context, index) != "from"
        or frame_of(context, index + 1) != "to"
    ):
        return False
    one, other = context.candidates[index : index + 2]
    ranging = frozenset(context.pack.words("grammar", "ranging"))
    led = {context.shape(i) for i in range(one.outer - 4, one.outer)}
    return one.quantity.value != other.quantity.value and not led & ranging


def is_whole(context: Context, index: int) -> bool:
    """Whether a number opens its sentence or clause as the whole of what follows: "Of the 350 soldiers, 200 leave"."""
    candidate = context.candidates[index]
    next_one = context.candidates[index + 1]
    if next_one.sentence != candidate.sentence:
        return False
    opening = context.sheet.sentences[candidate.sentence].first
    for phrase in context.pack.words("grammar", "whole"):
        words = phrase.split()
        first = candidate.outer - len(words)
        if first >= opening and [context.shape(i) for i in range(first, candidate.outer)] == words:
            return first == opening or context.shape(first - 1) in context.pack.words(
                "grammar", "clause_edges"
            )
    return False


def figures_of(context: Context, members: Sequence[Found]) -> Figures:
    """The numbers of one statement in their fields; bounds come from the hedge of the number they stand at."""
    fields: dict[str, int | float | bool | None] = {"approx": False}
    for member in members:
        quantity = context.candidates[member.index].quantity
        fields |= fields_of(quantity, member.role)
        if quantity.approx:
            fields["approx"] = True
    low, high = fields.get("low"), fields.get("high")
    if low is not None and high is not None and low > high:  # bounds of two different numbers
        fields |= {"low": None, "high": None}
    return Figures(**fields)  # type: ignore[arg-type] # names and types are those of fields_of


def fields_of(quantity: Quantity, role: str) -> dict[str, int | float | None]:
    """One number in the fields that its role fills."""
    if quantity.form in ("share", "all"):
        share = quantity.value or 0.0
        ratio = 1 - share if role == "gone" else share
        return {"ratio": round(max(ratio, 0.0), 3)}
    bounds: dict[str, int | float | None] = {}
    if quantity.low is not None:
        bounds["low"] = quantity.low
    if quantity.high is not None:
        bounds["high"] = quantity.high
    if quantity.value is None:
        return bounds
    number = round(quantity.value)
    if role == "last":
        return {"before": number, "delta": -number, "ratio": 0.0}
    if role in ("gain", "loss"):
        return {"delta": number if role == "gain" else -number, **bounds}
    return {role if role in ("level", "before", "after") else "level": number, **bounds}


@dataclass(frozen=True, slots=True)
class Draft:
    """Numbers that make one statement, their clause, and the force and place that they were bound to, if any."""

    members: tuple[Found, ...]
    clause: Span
    pair: Pair | None
    chance: float  # of the pair
    signs: tuple[str, ...]  # what the sureness of the statement is reckoned from


def find_claims(context: Context, judge: Judge) -> tuple[tuple[Claim, ...], list[tuple[Found, str]]]:
    """All numeric claims of a report in text order, and the numbers left in doubt with the reason."""
    doubts: list[tuple[Found, str]] = []
    claims: list[Claim] = []
    for draft in drafts(context, judge):
        first = draft.members[0]
        if draft.pair is None:
            doubts.append((first, "no-force-or-place"))
            continue
        sure = round(sureness(context.pack.language, draft.signs), 3)
        made = make_claims(context, draft.members, draft.clause, draft.pair, sure)
        if sure >= judge.sure and not says_nothing(made[0]):
            claims += made
        elif sure >= DOUBTED:
            doubts.append((first, "unsure-number" if first.chance < draft.chance else "tied-force-or-place"))
    return tuple(claims), doubts


def drafts(context: Context, judge: Judge) -> Iterator[Draft]:
    """Every group of numbers with its force and place, in text order; each goes on from the one before."""
    sides, earlier = options_of(context), Earlier()
    divided = frozenset(n.place for n in context.names if n.form in INLAND)

    def link(one: Found, other: Found) -> float:
        return linked_by(context, judge, one, other)

    groups = group(context, found_numbers(context, judge), link)
    for members, clause in zip(groups, clauses_of(context, groups), strict=True):
        bound = bound_pair(context, judge, members, sides, earlier)
        if bound is None:
            yield Draft(tuple(members), clause, None, 0.0, ())
            continue
        pair, chance = bound
        earlier = Earlier(pair.force.code, pair.place.code, context.candidates[members[0].index].sentence)
        links = [link(one, other) for one, other in pairwise(members)]
        chances, shares = [m.chance for m in members], [m.share for m in members]
        signs = sure_features(judge.name, chances, shares, links, chance, at_home(pair, divided))
        yield Draft(tuple(members), clause, pair, chance, tuple(signs))


def at_home(pair: Pair, divided: frozenset[str | None]) -> str:
    """How a force is in its own state: "inland" where the report names a part of it, else "home"; empty abroad."""
    if pair.force.code != pair.place.code:
        return ""
    return "inland" if pair.place.code in divided else "home"


def linked_by(context: Context, judge: Judge, one: Found, other: Found) -> float:
    """The chance that two numbers are of one statement: certain for "from A to B" and for "of the A, B leave".

    A word that leaves nobody belongs to no number of another sentence.
    """
    here, there = context.candidates[one.index], context.candidates[other.index]
    if here.sentence != there.sentence and (here.quantity.ends or there.quantity.ends):
        return 0.0
    if other.index == one.index + 1 and one.role == "before":
        if other.role == "after" and is_from_to(context, one.index):
            return 1.0
        if other.role in PARTS and is_whole(context, one.index):
            return 1.0
    return judge.linked(one, other)


def bound_pair(
    context: Context,
    judge: Judge,
    members: Sequence[Found],
    sides: tuple[tuple[Option, ...], tuple[Option, ...]],
    earlier: Earlier,
) -> tuple[Pair, float] | None:
    """The force and place of one group of numbers, with their probability."""
    anchor = members[0]
    sentence = context.candidates[anchor.index].sentence
    forces, places = (within_reach(context, side, sentence) for side in sides)
    places = hosted(context, places, context.candidates[anchor.index])
    scores = judge.options(anchor.index, anchor.role, forces, places, earlier)
    return bind(forces, places, scores, lambda force, place: judge.pair(force, place, earlier))


def says_nothing(claim: Claim) -> bool:
    """Whether the figures only say that all stay ("the last members" of something): no figure at all."""
    return claim.figures == Figures(ratio=1.0, approx=claim.figures.approx)


def make_claims(
    context: Context, members: Sequence[Found], clause: Span, pair: Pair, confidence: float
) -> list[Claim]:
    """The claim of one group; several where "each" gives the number to every force or place of a list."""
    anchor = context.candidates[members[0].index]
    numbers = tuple(context.candidates[m.index].quantity.span for m in members)
    claim = Claim(
        anchor.sentence,
        clause,
        numbers,
        figures_of(context, members),
        mention(context, pair.force, anchor.first),
        mention(context, pair.place, anchor.first),
        unit_of(context, members),
        confidence=confidence,
        anchor=members[0].index,
    )
    return spread(context, claim, members)


def unit_of(context: Context, members: Sequence[Found]) -> str | None:
    """The noun that the first of the numbers with a noun counts."""
    heads = (context.candidates[m.index].head for m in members)
    return next((h.singular for h in heads if h), None)


def mention(context: Context, option: Option, at: int) -> Mention:
    """The name of the option that stands nearest to the number."""
    if not option.names or option.host_of:
        return Mention(option.code)
    after = bisect_left(option.names, at, key=context.first_token.__getitem__)
    near = min(option.names[max(0, after - 1) : after + 1], key=lambda n: abs(context.first_token[n] - at))
    return Mention(option.code, context.names[near].span)


def spread(context: Context, claim: Claim, members: Sequence[Found]) -> list[Claim]:
    """Repeats a claim for every member of a list where the number is said of each of them."""
    each = frozenset(context.pack.words("grammar", "each"))
    anchor = context.candidates[members[-1].index]
    end = anchor.head.last if anchor.head else anchor.beyond
    near = [context.shape(i) for i in (*range(end, end + 4), *range(anchor.outer - 3, anchor.outer))]
    if not each & set(near):
        return [claim]
    joiners = frozenset(context.pack.words("grammar", "joiners"))
    for side in ("place", "force"):
        listed = list_around(context, claim, side, joiners)
        if len(listed) > 1:
            return [
                replace(claim, place=one) if side == "place" else replace(claim, force=one) for one in listed
            ]
    if claim.place and "+" in claim.place.code:
        return [replace(claim, place=Mention(code, claim.place.span)) for code in claim.place.code.split("+")]
    return [claim]


def list_around(context: Context, claim: Claim, side: str, joiners: frozenset[str]) -> list[Mention]:
    """The names joined with the claim's own force or place, itself included."""
    own = claim.force if side == "force" else claim.place
    if own is None or own.span is None:
        return []
    here = context.name_at[context.sheet.token_at(own.span.start)]
    first = last = here
    while first > 0 and linked(context, first - 1, first, joiners):
        first -= 1
    while last + 1 < len(context.names) and linked(context, last, last + 1, joiners):
        last += 1
    found: dict[str, Mention] = {}
    for name in context.names[first : last + 1]:
        code = name.force if side == "force" else name.place
        if code:
            found.setdefault(code, Mention(code, name.span))
    return list(found.values())


def clauses_of(context: Context, groups: Sequence[Sequence[Found]]) -> list[Span]:
    """The words that state each group: its sentence, cut where the next group's words begin."""
    sheet = context.sheet
    edges = []
    for members in groups:
        first, last = context.candidates[members[0].index], context.candidates[members[-1].index]
        edges.append((first, last))
    spans = []
    for number, (first, last) in enumerate(edges):
        start = sheet.sentences[first.sentence].span.start
        end = sheet.sentences[last.sentence].span.end
        if number and edges[number - 1][1].sentence == first.sentence:
            start = max(start, cut_between(context, edges[number - 1][1].beyond, first.outer))
        if number + 1 < len(edges) and edges[number + 1][0].sentence == last.sentence:
            end = min(end, cut_between(context, last.beyond, edges[number + 1][0].outer))
        spans.append(
            trimmed(sheet.text, min(start, first.quantity.hedged.start), max(end, last.quantity.hedged.end))
        )
    return spans


def cut_between(context: Context, first: int, last: int) -> int:
    """Where the words of one number end and those of the next begin: at the strongest separator between."""
    tokens = context.sheet.tokens
    for signs in context.pack.table("grammar", "separators"):
        for index in range(first, last):
            if tokens[index].lower in signs:
                return tokens[index].start
    return tokens[last].start if first <= last < len(tokens) else tokens[-1].end


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without separators and white space at its ends."""
    while start < end and text[start] in " \t\n,;:-–—":
        start += 1
    while end > start and text[end - 1] in " \t\n,;:-–—":
        end -= 1
    return Span(start, end)
