"""Whether a figure is current, past, done, underway, announced or less sure: the words around it tell.

A linear scorer learned from labelled reports (bench/learn_status.py) weighs verb classes, helpers and words
near the number, in the clause and around it; the shape of the figures, and a plain sign on the verb that governs
them (``signs.py``), say which answers are possible at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice

from musterbook.lexicon.pack import Pack
from musterbook.lexicon.weights import Weights, load_weights
from musterbook.model import Status
from musterbook.reading.completions import finished_of, is_fact, is_resolve
from musterbook.reading.denials import is_denied
from musterbook.reading.marks import Claim
from musterbook.reading.sheet import Sheet, Token
from musterbook.reading.signs import left_open
from musterbook.reading.verbs import Verbs, verbs_of
from musterbook.values import Figures, Span

TRUST = 1.0  # how much a second opinion weighs against the table
STOCK = frozenset({Status.CURRENT, Status.PAST, Status.DENIED})
NEAR = 5  # tokens on each side that count as standing at the number
GROUP = 5  # tokens before a verb that may be its helpers
REACH = 30  # tokens of the sentence looked at on each side of the number
ROUND = 25  # tokens of each neighbouring sentence looked at
QUOTES = frozenset('"“”«»„')


def status_of(
    claim: Claim, sheet: Sheet, pack: Pack, other: dict[str, float] | None = None
) -> tuple[Status, float]:
    """The likeliest status that the figures allow, with its chance among those allowed.

    ``other`` is a second opinion, a probability a status; it counts TRUST times.
    """
    place = locate(claim, sheet)
    open_to = allowed(claim.figures)
    if claim.figures.level is None:
        sentence, number = (place.first, place.last), (place.number_first, place.number_last)
        open_to &= left_open(sheet.tokens, sentence, number, pack)
        open_to = open_to & plain(sheet.tokens, number[0], pack) or open_to
    if is_denied(list(sheet.lowers[place.first : place.number_first]), pack):
        return Status.DENIED, 1.0
    chances = _weights(pack.language).chances(status_features(claim, sheet, pack))
    left = {Status(name): chance for name, chance in chances.items() if Status(name) in open_to}
    if other is not None:
        left = {
            s: (chance * max(other.get(s.value, 0.0), 1e-6) ** TRUST) ** (1 / (1 + TRUST))
            for s, chance in left.items()
        }
    best = max(left, key=lambda s: left[s])
    whole = sum(left.values())
    return best, left[best] / whole if whole else 0.0


def plain(tokens: tuple[Token, ...], number: int, pack: Pack) -> frozenset[Status]:
    """What a withdrawal told as finished can only be, by its own words; everything where they do not tell."""
    words = finished_of(pack)
    if is_fact(tokens, number, words):
        return frozenset({Status.DONE})
    return frozenset({Status.ANNOUNCED} if is_resolve(tokens, number, words) else Status)


@cache
def _weights(language: str) -> Weights:
    return load_weights(language, "status")


def allowed(figures: Figures) -> frozenset[Status]:
    """A level is current, past or denied; a change is anything but current or past; bounds alone fit all."""
    if figures.is_change:
        return frozenset(Status) - {Status.CURRENT, Status.PAST}
    return STOCK if figures.level is not None else frozenset(Status)


def status_features(claim: Claim, sheet: Sheet, pack: Pack) -> list[str]:
    """All that the scorer looks at, as words; names and topics stay out."""
    verbs = verbs_of(pack)
    kind = "level" if claim.figures.level is not None else "change" if claim.figures.is_change else "none"
    place = locate(claim, sheet)
    found = [f"shape={shape_of(claim.figures)}", *bound_features(claim.figures)]
    found += sentence_features(sheet, place, verbs)
    found += near_features(sheet, place, kind)
    found += group_features(sheet, place, verbs, kind)
    return found + neighbour_features(sheet, claim.sentence, verbs)


def shape_of(figures: Figures) -> str:
    """Which fields are given, and the direction of a change."""
    if figures.is_change:
        names = [n for n in ("before", "after", "ratio") if getattr(figures, n) is not None]
        if figures.delta is not None:
            names.append("more" if figures.delta > 0 else "fewer")
        return "+".join(names)
    return "level" if figures.level is not None else "range" if figures.low is not None else "none"


def bound_features(figures: Figures) -> list[str]:
    """Bounds, softness, and a share that leaves nothing."""
    names = [n for n in ("low", "high") if getattr(figures, n) is not None]
    found = [f"bound={n}" for n in names] + (["approx"] if figures.approx else [])
    return [*found, "ratio=0"] if figures.ratio == 0 else found


class Place:
    """Token indexes of one claim: its sentence, its clause, its numbers' first and last."""

    __slots__ = ("clause_first", "clause_last", "first", "last", "number_first", "number_last")

    def __init__(self, sentence: tuple[int, int], clause: tuple[int, int], number: tuple[int, int]) -> None:
        self.first, self.last = sentence
        self.clause_first, self.clause_last = clause
        self.number_first, self.number_last = number


def locate(claim: Claim, sheet: Sheet) -> Place:
    """Where the claim's numbers stand; a claim without numbers stands at its clause."""
    clause = tokens_of(sheet, claim.clause)
    spans = claim.numbers or (claim.clause,)
    number = (sheet.token_at(spans[0].start), sheet.token_at(max(spans[-1].end - 1, 0)) + 1)
    if not sheet.sentences:
        return Place(clause, clause, number)
    sentence = sheet.sentences[sheet.sentence_at(spans[0].start)]
    last = max(sentence.last, number[1])
    return Place((sentence.first, last), clause, number)


def tokens_of(sheet: Sheet, span: Span) -> tuple[int, int]:
    """First token of a span and one past its last."""
    return sheet.token_at(span.start), sheet.token_at(max(span.end - 1, 0)) + 1


def word(token: Token) -> str:
    """The token as the scorer sees it: digits as a sign, years apart."""
    if token.text[0].isdigit():
        year = len(token.text) == 4 and token.text.startswith(("19", "20")) and token.text.isdigit()
        return "<year>" if year else "#"
    return token.lower


def sentence_features(sheet: Sheet, place: Place, verbs: Verbs) -> list[str]:
    """Words, verb classes and cues, apart by side of the number and by whether the clause holds them."""
    found: list[str] = []
    for index in range(
        max(place.first, place.number_first - REACH), min(place.last, place.number_last + REACH)
    ):
        inside = "c" if place.clause_first <= index < place.clause_last else "s"
        side = "<" if index < place.number_first else ">" if index >= place.number_last else "="
        for what in meanings(word(sheet.tokens[index]), verbs):
            found += (f"{inside}:{what}", f"a{side}{what}")
    return found


def meanings(shown: str, verbs: Verbs) -> tuple[str, ...]:
    """The word itself, its verb class with form, and the cues it belongs to."""
    known = verbs.meanings.get(shown)
    return (shown, *known) if known else (shown,)


def near_features(sheet: Sheet, place: Place, kind: str) -> list[str]:
    """Words at the number, with their distance."""
    found: list[str] = []
    for distance in range(1, NEAR + 1):
        left, right = place.number_first - distance, place.number_last + distance - 1
        before = word(sheet.tokens[left]) if left >= place.first else "<edge>"
        after = word(sheet.tokens[right]) if right < place.last else "<edge>"
        found += (f"n<{before}", f"n>{after}", f"{kind}:n<{before}", f"{kind}:n>{after}")
        if distance <= 2:
            found += (f"n{distance}<{before}", f"n{distance}>{after}")
    return found


def group_features(sheet: Sheet, place: Place, verbs: Verbs, kind: str) -> list[str]:
    """The nearest verb on each side with its helpers, as "will.base.cut", and all those of the sentence."""
    before = range(place.number_first - 1, max(place.first, place.number_first - REACH) - 1, -1)
    after = range(place.number_last, min(place.last, place.number_last + REACH))
    left = list(islice(groups_at(sheet, place, verbs, before), 4))
    right = list(islice(groups_at(sheet, place, verbs, after), 4))
    nearest = left[0] if left else "none", right[0] if right else "none"
    found = [f"G<{group}" for group in left] + [f"G>{group}" for group in right]
    for side, group in zip("<>", nearest, strict=True):
        found += (f"g{side}{group}", f"{kind}:g{side}{group}", f"g{side}{group.rpartition('.')[0]}")
    left_tense, right_tense = (g.rpartition(".")[0] for g in nearest)
    return [*found, f"g{left_tense}|{right_tense}", f"g{left_tense}|{kind}"]


def groups_at(sheet: Sheet, place: Place, verbs: Verbs, indexes: range) -> Iterator[str]:
    """Each verb along the indexes with the helpers right before it."""
    for index in indexes:
        verb = verbs.forms.get(sheet.lowers[index])
        if verb is None or sheet.lowers[index] in verbs.helpers:
            continue
        before = sheet.lowers[max(place.first, index - GROUP) : index]
        helpers = [verbs.helpers[w] for w in before if w in verbs.helpers]
        yield ".".join([*helpers, verb.form, verb.kind])


def neighbour_features(sheet: Sheet, sentence: int, verbs: Verbs) -> list[str]:
    """Classes and helpers, no words, of the sentences around; where in the report the claim stands."""
    found = [f"where={min(sentence, 3)}"]
    for side, index in (("p", sentence - 1), ("f", sentence + 1)):
        if not 0 <= index < len(sheet.sentences):
            found.append(f"{side}:<edge>")
            continue
        near = sheet.sentences[index]
        for token in sheet.tokens[near.first : min(near.last, near.first + ROUND)]:
            found += [f"{side}:{m}" for m in verbs.meanings.get(word(token), ()) if m[0] != "B"]
    return found
