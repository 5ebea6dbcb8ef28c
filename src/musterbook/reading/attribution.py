"""A claim belongs to the voice that the text ties it to, and to the writer where it ties it to nobody."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from musterbook.lexicon.pack import Pack
from musterbook.lexicon.weights import Weights, load_weights, weighed
from musterbook.reading.cues import cue_kinds
from musterbook.reading.marks import Claim, Name, Voice
from musterbook.reading.people import nouns
from musterbook.reading.sheet import Sheet
from musterbook.reading.signatures import writer_of
from musterbook.reading.voice_signs import FAR, company, features, nobody, setting
from musterbook.reading.voice_view import View, is_saying, is_turn, names_near, parties
from musterbook.values import Attribution

BACK, AHEAD = 6, 3  # voices looked at before and after the claim
TRUST = 0.5  # how much a second view weighs against the table
FAR_TURN = 60  # voices back to the label of the turn


@dataclass(frozen=True, slots=True)
class Option:
    """A speaker that may stand behind a claim, with what speaks for it; ``voice`` is None for the writer."""

    voice: Voice | None
    features: tuple[str, ...]


SecondView = Callable[[Sequence[Option]], list[float] | None]  # log chances of the options by somebody else


def speaker_of(
    claim: Claim,
    sheet: Sheet,
    voices: tuple[Voice, ...],
    people: tuple[Attribution, ...],
    pack: Pack,
    names: tuple[Name, ...] = (),
    second: SecondView | None = None,
) -> Attribution | None:
    """Who says so; None on the writer's own authority.

    ``names`` tell whose troops they are; ``second`` is weighed with the table.
    """
    found = options(claim, sheet, voices, pack, names)
    if len(found) == 1:
        return None
    weights = load_weights(pack.language, "voices")
    best = found[
        weighed([score(option, weights) for option in found], second(found) if second else None, TRUST)
    ]
    return best.voice.speaker if best.voice else writer_of(voices, sheet.text, pack)


def score(option: Option, weights: Weights) -> float:
    """How well an option fits."""
    return weights.score(option.features)


def options(
    claim: Claim,
    sheet: Sheet,
    voices: tuple[Voice, ...],
    pack: Pack,
    names: tuple[Name, ...] = (),
) -> list[Option]:
    """The writer first, then every speaker near the claim, each once, nearest voice first."""
    words = nouns(pack)
    at = claim.numbers[0].start if claim.numbers else claim.clause.start
    near = bisect_right(voices, at, key=lambda v: v.cue.start)
    close = [v for v in voices[max(0, near - BACK) : near + AHEAD] if is_saying(v)]
    sayings = tuple((v.cue.start, sheet.sentence_at(v.cue.start)) for v in close)
    bare = View(
        sheet, words, cue_kinds(pack), at, sheet.sentence_at(at), (), voices, near, sayings, claim.force.code
    )
    bare = replace(bare, names=names_near(bare, names))
    view = replace(bare, around=setting(bare, claim))
    found: dict[str, list[Voice]] = {}
    for voice in reachable(view):
        found.setdefault(voice.speaker.words, []).append(voice)
    others = [
        Option(same[0], (*features(view, same[0], claim), *company(view, same))) for same in found.values()
    ]
    return [Option(None, nobody(view, [o.voice for o in others if o.voice])), *others]


def reachable(view: View) -> list[Voice]:
    """Voices that may govern the claim: near ones on both sides, nearest first, then its turn or author."""
    sheet = view.sheet
    authors = [v for v in view.voices[:BACK] if is_turn(v) and v.cue.end == 0]
    turns = [v for v in view.voices[max(0, view.near - FAR_TURN) : view.near] if is_turn(v) and v.cue.end]
    whole = authors + [v for v in turns[-1:] if v.content.start <= view.at < v.content.end]
    low, high = max(0, view.near - BACK), view.near + AHEAD
    close = [
        v
        for v in view.voices[low:high]
        if not is_turn(v) and abs(sheet.sentence_at(v.cue.start) - view.sentence) < FAR
    ]
    close.sort(
        key=lambda v: (abs(sheet.sentence_at(v.cue.start) - view.sentence), abs(v.cue.start - view.at))
    )
    following = [v for v in view.voices[view.near : view.near + FAR_TURN] if is_turn(v)][:1]
    return close + whole[::-1] + following + parties(view) + lead(view)


def lead(view: View) -> list[Voice]:
    """Whoever speaks at a report's very beginning, if that is far away from the claim."""
    first = next((v for v in view.voices[:3] if is_saying(v)), None)
    if first is None or view.sheet.sentence_at(first.cue.start) > 1 or view.sentence < FAR:
        return []
    return [first]
