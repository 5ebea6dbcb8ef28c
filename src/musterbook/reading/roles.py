"""What a number is to a contingent: a level, a before or after, a gain or loss, a share, or nothing of ours."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from musterbook.lexicon.weights import Weights
from musterbook.reading.candidates import Candidate
from musterbook.reading.context import Context

# none: nothing of ours   level: a stock, now or earlier   before, after: the ends of a change, a target is an after
# gain, loss: a change by so many   last: all that were there leave ("its 300 soldiers left": before and loss at once)
# gone, stays: the share that goes or remains     times: the ratio itself ("doubled")
ROLES = ("none", "level", "before", "after", "gain", "loss", "last", "gone", "stays", "times")
NESTED = 8  # quotations before a place of the text among which one may hold it
NEAR = 9  # words on each side that count as surroundings
FAR = 12  # words behind a number within which a "than" makes it a difference


def chances_of_roles(context: Context, weights: Weights) -> list[dict[str, float]]:
    """For every candidate the probability of each role, in text order: what a number is leans on the one before."""
    roles: list[str] = []
    found = []
    for index in range(len(context.candidates)):
        chances = weights.chances(role_features(context, index, roles))
        if chances["level"]:
            chances = without_level(chances, difference(context, index))
        found.append(chances)
        roles.append(likeliest(chances))
    return found


def difference(context: Context, index: int) -> str:
    """The role of a number that only tells how far one strength is from another: "600 more than in May", or ""."""
    candidate = context.candidates[index]
    after = candidate.head.last if candidate.head else candidate.beyond
    for role, name in (("gain", "more_than"), ("loss", "fewer_than")):
        words = context.pack.words("grammar", name)
        if context.shape(candidate.beyond) not in words and context.shape(after) not in words:
            continue
        last = min(after + FAR, context.sheet.sentences[candidate.sentence].last)
        for at in range(candidate.beyond, last):
            if context.shapes[at] in context.pack.words("grammar", "than"):
                return role if context.shape(at + 1) != "#" else ""
    return ""


def without_level(chances: dict[str, float], role: str) -> dict[str, float]:
    """The chances with that of a level given to another role, if there is one."""
    return chances | {"level": 0.0, role: chances[role] + chances["level"]} if role else chances


def likeliest(chances: dict[str, float]) -> str:
    """The role to go on from: the likeliest of ours unless the number is more likely none."""
    if chances["none"] > 0.5:
        return "none"
    return likeliest_of_ours(chances)


def likeliest_of_ours(chances: dict[str, float]) -> str:
    """The likeliest role that is not none."""
    return max((role for role in chances if role != "none"), key=chances.__getitem__)


def role_features(context: Context, index: int, roles: Sequence[str]) -> list[str]:
    """What the scorer sees of one candidate, given the roles of those before it."""
    candidate = context.candidates[index]
    return [
        *own_features(context, candidate),
        *window_features(context, candidate),
        *frame_features(context, index),
        *verb_features(context, candidate),
        *earlier_features(context, index, roles),
        *sentence_features(context, candidate),
        *document_features(context, index),
    ]


def earlier_features(context: Context, index: int, roles: Sequence[str]) -> list[str]:
    """The roles of the two numbers before, and how far back they stand."""
    candidate, found = context.candidates[index], []
    noun = candidate.head.kind if candidate.head else "-"
    for back in (1, 2):
        if index < back:
            found.append(f"role-{back}=edge")
            continue
        role, apart = (
            roles[index - back],
            min(2, candidate.sentence - context.candidates[index - back].sentence),
        )
        found.append(f"role-{back}={role} {apart}")
        if back == 1:
            found += [
                f"role-1={role} w-1={context.shape(candidate.outer - 1)}",
                f"role-1={role} head={noun} {apart}",
            ]
    return found


def size_of(value: float | None) -> str:
    """The order of magnitude, in half steps."""
    if value is None:
        return "range"
    if value < 10:
        return f"small{int(value)}"
    return str(int(math.log10(value) * 2))


def own_features(context: Context, candidate: Candidate) -> list[str]:
    """Form, size, hedges, and the noun that is counted."""
    quantity, head = candidate.quantity, candidate.head
    value = quantity.value if quantity.form not in ("share", "all") else None
    form = quantity.form
    found = [
        f"form={form}",
        f"size={size_of(value)}",
        f"form={form} hedge={quantity.low is not None}{quantity.high is not None}",
    ]
    if quantity.approx:
        found.append("approx")
    if value and value >= 100:
        found.append(f"round={value % 100 == 0}")
    if form in ("share", "all"):
        found.append(f"{form}={context.sheet.tokens[candidate.first].lower}")
    found += head_features(context, candidate, head is not None)
    return found


def head_features(context: Context, candidate: Candidate, has_head: bool) -> list[str]:
    """The class of the counted noun, and whose it is."""
    head = candidate.head
    owner = [
        context.names[context.name_at[i]].form
        for i in range(candidate.beyond, head.first if head else candidate.beyond + 2)
        if i in context.name_at
    ]
    mark = owner[0] if owner else "-"
    if not has_head or head is None:
        return [f"head=none owner={mark}", f"head=none next={context.shape(candidate.beyond)}"]
    after = f"{context.shape(head.last)}"
    return [
        f"head={head.kind}",
        f"noun={head.singular}",
        f"head={head.kind} owner={mark}",
        f"head={head.kind} then={after}",
        f"h1={after}",
        f"h2={after} {context.shape(head.last + 1)}",
    ]


def window_features(context: Context, candidate: Candidate) -> list[str]:
    """The words before and after, near ones with their place, far ones as a bag."""
    shape, start, end = context.shape, candidate.outer, candidate.beyond
    sentence = context.sheet.sentences[candidate.sentence]
    found = [f"w-1={shape(start - 1)}", f"w-2={shape(start - 2)}", f"w-3={shape(start - 3)}"]
    found += [
        f"w-12={shape(start - 2)} {shape(start - 1)}",
        f"w-123={shape(start - 3)} {shape(start - 2)} {shape(start - 1)}",
    ]
    found += [
        f"w+1={shape(end)}",
        f"w+2={shape(end + 1)}",
        f"w+3={shape(end + 2)}",
        f"w+12={shape(end)} {shape(end + 1)}",
    ]
    found += [f"b:{shape(i)}" for i in range(max(sentence.first, start - NEAR), start)]
    found += [f"a:{shape(i)}" for i in range(end, min(sentence.last, end + NEAR))]
    found += [f"h:{context.shapes[i]}" for i in range(candidate.outer, candidate.first)]
    return found


def verb_features(context: Context, candidate: Candidate) -> list[str]:
    """The verbs around the number by class and form: the nearest on each side, the rest of the sentence as a bag."""
    sentence, places = context.sheet.sentences[candidate.sentence], context.verb_places
    first, here = bisect_left(places, sentence.first), bisect_left(places, candidate.outer)
    beyond, last = bisect_left(places, candidate.beyond), bisect_left(places, sentence.last)
    before, after = places[first:here][::-1], places[beyond:last]
    return [
        *side_features(context, candidate, "before", before),
        *side_features(context, candidate, "after", after),
    ]


def side_features(context: Context, candidate: Candidate, side: str, places: tuple[int, ...]) -> list[str]:
    """The verbs on one side of the number, the nearest first."""
    found = []
    for seen, i in enumerate(places):
        verb = context.verbs[i]
        if verb is None:
            continue
        if seen == 0:
            away = abs(i - candidate.first)
            far = "near" if away <= 4 else "mid" if away <= 10 else "far"
            head = candidate.head.kind if candidate.head else "-"
            found += [
                f"v {side}={verb.kind} {verb.form}",
                f"v {side}={verb.base}",
                f"v {side}={verb.kind} {far}",
                f"v {side}={verb.kind} led={context.shape(i - 1)}",
                f"v {side}={verb.kind} w-1={context.shape(candidate.outer - 1)}",
                f"v {side}={verb.kind} head={head}",
            ]
        elif seen == 1:
            found.append(f"v2 {side}={verb.kind} {verb.form}")
        found.append(f"v any {side}={verb.kind}")
    return found


def frame_features(context: Context, index: int) -> list[str]:
    """How the number stands to its neighbours in the sentence: "from A to B", "A of B", "N more", "A, B of them"."""
    candidate, found = context.candidates[index], [f"frame={frame_of(context, index)}"]
    before, after = neighbour(context, index, -1), neighbour(context, index, 1)
    for side, other in (("prev", before), ("next", after)):
        if other is None:
            found.append(f"{side}=none")
            continue
        first, last = (other.beyond, candidate.outer) if side == "prev" else (candidate.beyond, other.outer)
        between = " ".join(context.shapes[max(first, last - 5) : last]) if last - first <= 12 else "far"
        found += [
            f"{side}={between}",
            f"{side} more={size_order(candidate, other)}",
            f"{side}2={context.shape(last - 1)} {size_order(candidate, other)}",
        ]
        noun = other.head.kind if other.head else "-"
        found.append(f"{side} head={noun}")
    return found


def frame_of(context: Context, index: int) -> str:
    """The end of a "from A to B" that the number is, if any: two numbers of one sentence led by those words."""
    candidate = context.candidates[index]
    openers, closers = context.pack.words("grammar", "frame_from"), context.pack.words("grammar", "frame_to")
    led = context.shape(candidate.outer - 1)
    before, after = neighbour(context, index, -1), neighbour(context, index, 1)
    if (
        led in openers
        and after
        and after.outer - candidate.beyond <= 12
        and context.shape(after.outer - 1) in closers
    ):
        return "from"
    if (
        led in closers
        and before
        and candidate.outer - before.beyond <= 12
        and context.shape(before.outer - 1) in openers
    ):
        return "to"
    return "-"


def size_order(one: Candidate, other: Candidate) -> str:
    """Whether the number is smaller or larger than its neighbour."""
    a, b = one.quantity.value, other.quantity.value
    if a is None or b is None or "share" in (one.quantity.form, other.quantity.form):
        return "?"
    return "<" if a < b else ">" if a > b else "="


def neighbour(context: Context, index: int, step: int) -> Candidate | None:
    """The candidate before or after in the same sentence."""
    other = index + step
    if not 0 <= other < len(context.candidates):
        return None
    found = context.candidates[other]
    return found if found.sentence == context.candidates[index].sentence else None


def sentence_features(context: Context, candidate: Candidate) -> list[str]:
    """What else the sentence holds: names, other nouns, its end."""
    sentence = context.sheet.sentences[candidate.sentence]
    found = {f"s:{context.shapes[i]}" for i in range(sentence.first, min(sentence.last, sentence.first + 60))}
    found.add(f"sentence={min(candidate.sentence, 4)}")
    found.add(f"place in sentence={min((candidate.first - sentence.first) // 4, 6)}")
    if is_quoted(context, candidate.quantity.span.start):
        found.add("quoted")
    return sorted(found)


def is_quoted(context: Context, offset: int) -> bool:
    """Whether a quotation holds that place of the text; they stand in order, one inside another at most."""
    upto = bisect_right(context.quotations, offset, key=lambda q: q.span.start)
    return any(offset < q.span.end for q in context.quotations[max(0, upto - NESTED) : upto])


def document_features(context: Context, index: int) -> list[str]:
    """What the report holds elsewhere: the same number before, the noun of the last number, the title's words."""
    candidate = context.candidates[index]
    found = [f"report on {topic}" for topic in context.topics[-1]]
    found += [f"sentence on {topic}" for topic in context.topics[candidate.sentence]]
    if context.repeated[index]:
        found.append("seen before")
    if candidate.quantity.span.cut(context.sheet.text).casefold() in context.title:
        found.append("in title")
    if index:
        last = context.candidates[index - 1]
        noun = last.head.kind if last.head else "-"
        found.append(f"last head={noun} here={candidate.head.kind if candidate.head else '-'}")
    found.append(f"strong nouns={min(3, context.strong)}")
    found.append(f"names={min(6, len(context.names))}")
    return found
