"""The reading stage in order: look for numbers and names, bind them, add day, speaker and status, prove it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from musterbook.lexicon.encoder import load_encoder
from musterbook.lexicon.pack import Pack, load_pack
from musterbook.lexicon.register import Register, load_register
from musterbook.model import Doubt, Event, Quotation, Reading, Report, Statement, Status
from musterbook.reading.claims import find_claims
from musterbook.reading.context import Context
from musterbook.reading.counting import rule_of
from musterbook.reading.dates import find_days
from musterbook.reading.dating import infer_publication
from musterbook.reading.grounding import grounded
from musterbook.reading.judges import Judge, RuleJudge
from musterbook.reading.learned import LearnedJudge
from musterbook.reading.links import Found
from musterbook.reading.look import look
from musterbook.reading.marks import Claim, Day, Name, Voice
from musterbook.reading.outlook import outlook_of
from musterbook.reading.qualitative import find_qualitative
from musterbook.reading.reasons import partners_of, reasons_of
from musterbook.reading.repair import mend, restored
from musterbook.reading.sheet import Sheet
from musterbook.reading.status import status_of
from musterbook.reading.timing import day_of
from musterbook.reading.voices import (
    credits_of,
    find_appointments,
    find_people,
    find_voices,
    speaker_of,
    with_speakers,
)
from musterbook.reading.whereabouts import said_at, said_on, sayings_by
from musterbook.values import Attribution, Figures, Span

LONGEST = 60_000  # characters; longer texts (books, archives in one file) are read by rules alone, in bounded memory
CROWDED = (
    200_000  # numbers times names; a report with more of both is read by rules alone, for the same reason
)
RULES, LEARNED = "rules-3", "encoder-3"  # one changes whenever the same text may give other statements
MESSAGES = {
    "unsure-number": "may count heads, but the words do not settle it",
    "no-force-or-place": "counts heads, but the report names no force or no place for it",
    "tied-force-or-place": "counts heads, but several forces or places fit equally well",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that was found in a report before statements are made."""

    report: Report
    id: str  # of the report, made once: it hashes the whole text
    context: Context
    days: tuple[Day, ...]
    quotations: tuple[Quotation, ...]
    people: tuple[Attribution, ...]
    voices: tuple[Voice, ...]
    register: Register

    @property
    def sheet(self) -> Sheet:
        """The report cut into words and sentences."""
        return self.context.sheet

    @property
    def names(self) -> tuple[Name, ...]:
        """The parties and places of the report."""
        return self.context.names

    @property
    def pack(self) -> Pack:
        """The words of the report's language."""
        return self.context.pack


def read(report: Report, *, learned: bool = True, only_stating: bool = False) -> Reading:
    """All statements of a report, with what supports them; pure, and the same for the same report.

    ``learned`` lets the document reader decide where it is installed; without it the rules read alone.
    ``only_stating`` looks no further in a report without any claim: people and quotations are left out then, and the
    document reader is only asked where the rules find a number that may be one.
    Raises LexiconError where no pack ships for the report's language; strange text gives doubts.
    """
    pack, register = load_pack(report.language), load_register()
    mended = mend(report.text, pack, register)
    if mended is None:
        return read_sound(report, pack, register, learned, only_stating)
    sound = replace(report, text=mended.text)
    return restored(read_sound(sound, pack, register, learned, only_stating), report, mended)


def read_sound(
    report: Report, pack: Pack, register: Register, learned: bool, only_stating: bool = False
) -> Reading:
    """All statements of a report whose text is taken as it stands."""
    context = look(report.text, report.title, pack, register)
    if learned and only_stating and not may_state(context):
        learned = False
    judge = judge_of(context, report.title, learned)
    claims, unsure = find_claims(context, judge)
    qualitative = find_qualitative(context.sheet, context.names, pack, tuple(c.clause for c in claims))
    if only_stating and not claims and not qualitative:
        return Reading(report)
    report, events = dated(report, context.sheet, pack)
    credited = dict.fromkeys((*report.credits, *credits_of(context.sheet, pack)))
    report = replace(report, credits=tuple(credited))
    scene = survey(report, context, register)
    statements = [stated(scene, claim, judge) for claim in (*claims, *qualitative)]
    kept, rejected = grounded(report, statements)
    doubts = (*(doubt_of(scene, one, code) for one, code in unsure), *rejected)
    return Reading(
        report,
        merged(kept),
        scene.quotations,
        scene.people,
        find_appointments(scene.sheet, scene.people, scene.days, pack),
        events,
        doubts,
    )


def version(language: str = "en", *, learned: bool = True) -> str:
    """The reader that would read a report in that language here, as entries name it."""
    return LEARNED if learned and load_encoder(language) else RULES


def dated(report: Report, sheet: Sheet, pack: Pack) -> tuple[Report, tuple[Event, ...]]:
    """The report with its day of publication; inferred where none was given, with the events that fix it."""
    if report.published is not None:
        return report, ()
    day, reason, events = infer_publication(sheet, pack)
    return replace(report, published=day, published_reason=reason), events


def survey(report: Report, context: Context, register: Register) -> Scene:
    """Days, people and voices of a report."""
    sheet, pack, names = context.sheet, context.pack, context.names
    quotations = context.quotations
    days = find_days(sheet, report.published, pack)
    people = find_people(sheet, names, pack)
    voices = find_voices(
        sheet, names, people, quotations, pack, report.title, report.published, register.offices
    )
    return Scene(
        report, report.id, context, days, with_speakers(quotations, voices), people, voices, register
    )


def judge_of(context: Context, title: str, learned: bool) -> Judge:
    """Who decides about the numbers: the document reader where it is installed and wanted, else the rules."""
    pairs = len(context.candidates) * (len(context.names) + len(context.title_names))
    fit = learned and context.candidates and len(context.sheet.text) <= LONGEST and pairs <= CROWDED
    encoder = load_encoder(context.pack.language) if fit else None
    return LearnedJudge(context, title, encoder) if encoder else RuleJudge(context)


def may_state(context: Context) -> bool:
    """Whether the rules find a number that may be a claim, or one in doubt; the encoder costs twenty times as much."""
    claims, unsure = find_claims(context, RuleJudge(context))
    return bool(claims or unsure)


def status_for(claim: Claim, scene: Scene, judge: Judge) -> tuple[Status, float]:
    """The status of a claim: by the judge and the status pass together, by its outlook where it has no figures."""
    if not claim.numbers:
        return outlook_of(claim, scene.sheet, scene.pack)
    return status_of(
        claim, scene.sheet, scene.pack, judge.status(claim.anchor) if claim.anchor >= 0 else None
    )


def stated(scene: Scene, claim: Claim, judge: Judge) -> Statement:
    """A claim with its status, day, speaker, counting rule, reasons and partners."""
    sheet, pack = scene.sheet, scene.pack
    status, chance = status_for(claim, scene, judge)
    days, published = scene.days, scene.report.published
    period, dating = day_of(claim, status, sheet, days, published, pack, partial(judge.day, claim.anchor))
    said = partial(judge.speaker, claim.anchor)
    speaker = placed(
        scene, claim, speaker_of(claim, sheet, scene.voices, scene.people, pack, scene.names, said)
    )
    marks = [*claim.numbers, claim.force.span, claim.place.span if claim.place else None]
    return Statement(
        report=scene.id,
        force=claim.force,
        place=claim.place,
        figures=suited(claim.figures, status),
        status=status,
        evidence=(claim.clause,),
        unit=claim.unit,
        period=period,
        rule=rule_of(claim, sheet, pack),
        speaker=speaker,
        marks=tuple(sorted({m for m in marks if m is not None})),
        reasons=reasons_of(claim, sheet, scene.names, pack),
        partners=partners_of(claim, sheet, scene.names, pack),
        wording=claim.wording,
        dating=dating,
        confidence=claim.confidence if claim.numbers else round(claim.confidence * chance, 3),
    )


def placed(scene: Scene, claim: Claim, speaker: Attribution | None) -> Attribution | None:
    """The speaker with the place where and the day on which it was said."""
    if speaker is None:
        return None
    verbs = sayings_by(speaker.span, scene.voices, scene.sheet) if speaker.span else ()
    at = said_at(speaker.span, verbs, claim.numbers, scene.days, scene.sheet, scene.pack)
    on = said_on(speaker.span, verbs, scene.days, scene.sheet, scene.report.published)
    return replace(speaker, at=at, on=on)


def suited(figures: Figures, status: Status) -> Figures:
    """A stock that is still to come is an "after", never a level."""
    if figures.level is None or status in (Status.CURRENT, Status.PAST, Status.DENIED):
        return figures
    return replace(figures, level=None, after=figures.level)


def merged(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The same statement found twice stands once."""
    return tuple({s.id: s for s in statements}.values())


def doubt_of(scene: Scene, one: Found, code: str) -> Doubt:
    """A number that could not be settled, with its place."""
    span: Span = scene.context.candidates[one.index].quantity.hedged
    words = span.cut(scene.report.text)
    return Doubt("reading", code, f"“{words}” {MESSAGES[code]}", scene.report.name, scene.id, span, words)
