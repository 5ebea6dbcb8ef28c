"""What a second reader proposes is taken only where our own readers find every part of it in the text.

A proposal is a JSON object as in the interchange form. Its evidence must be words of the report, its figures numbers
that stand in them, its force and place names of the report, its speaker words of it, its day one that it gives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from musterbook.lexicon.pack import Pack, load_pack
from musterbook.lexicon.register import load_register
from musterbook.model import Doubt, Reading, Report, Statement, Status
from musterbook.reading.context import Context
from musterbook.reading.dates import find_days
from musterbook.reading.links import adds_up
from musterbook.reading.look import look
from musterbook.values import Attribution, Figures, Mention, Period, Span

Proposal = Mapping[str, Any]
COUNTS = ("level", "before", "after", "delta", "low", "high")
SURENESS = 0.5  # a proposal is never surer than this until a person confirms it
SIGNS = 2  # words addressed to a machine from which a sentence counts as an instruction
WORD = re.compile(r"\w+")
REASONS = {
    "wrong-form": "is not in the form asked for",
    "evidence-off-text": "gives words that the report does not hold",
    "instruction": "rests on words that address a machine",
    "no-figures": "gives no figure",
    "figure-off-text": "gives a figure that does not stand in its words as a count of heads",
    "arithmetic": "gives figures that do not add up",
    "force-off-text": "names a force that the report does not name",
    "place-off-text": "names a place that the report does not name",
    "speaker-off-text": "names a speaker in words that the report does not hold",
    "date-off-text": "gives a day that the report does not give",
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """What became of the proposals: ``accepted + repeated + refused`` are all of them."""

    accepted: tuple[Statement, ...] = ()
    repeated: int = 0  # read by the first reader already
    refused: tuple[Doubt, ...] = ()

    def doubts(self, report: Report) -> tuple[Doubt, ...]:
        """Every accepted one as a doubt that waits for a person, and the refused ones with their reasons."""
        return (*(proposed(report, s) for s in self.accepted), *self.refused)


def weigh(reading: Reading, proposals: Sequence[Any]) -> Weighed:
    """Which proposals the report bears out; pure, never raises."""
    report = reading.report
    pack = load_pack(report.language)
    context = look(report.text, report.title, pack, load_register())
    accepted: list[Statement] = []
    refused: list[Doubt] = []
    repeated = 0
    for proposal in proposals:
        made = statement_of(report, context, pack, proposal)
        if isinstance(made, str):
            refused.append(refusal(report, made, proposal))
        elif any(same(made, other) for other in (*reading.statements, *accepted)):
            repeated += 1
        else:
            accepted.append(made)
    return Weighed(tuple(accepted), repeated, tuple(refused))


def statement_of(report: Report, context: Context, pack: Pack, proposal: Any) -> Statement | str:  # noqa: ANN401
    """The statement that a proposal makes, or the code of the reason why it makes none."""
    if not isinstance(proposal, Mapping):
        return "wrong-form"
    words = proposal.get("evidence")
    start = report.text.find(words) if isinstance(words, str) and words.strip() else -1
    if start < 0:
        return "evidence-off-text"
    evidence = Span(start, start + len(str(words)))
    if addresses_machine(context, evidence, pack):
        return "instruction"
    figures = figures_of(proposal)
    if isinstance(figures, str):
        return figures
    for code, holds in (
        ("figure-off-text", stands(context, evidence, figures)),
        ("force-off-text", proposal.get("force") in codes(context, "force")),
        ("place-off-text", named_place(context, proposal.get("place"))),
        ("speaker-off-text", is_said(report, proposal.get("speaker"))),
        ("date-off-text", is_given(report, context, pack, proposal.get("date"))),
    ):
        if not holds:
            return code
    status = Status(proposal["status"])
    if figures.level is not None and status not in (Status.CURRENT, Status.PAST, Status.DENIED):
        return "wrong-form"
    speaker, day = proposal.get("speaker"), proposal.get("date")
    return Statement(
        report=report.id,
        force=Mention(str(proposal["force"])),
        place=Mention(str(proposal["place"])),
        figures=figures,
        status=status,
        evidence=(evidence,),
        period=Period.parse(day) if day else None,
        speaker=Attribution(speaker) if speaker else None,
        confidence=SURENESS,
    )


def figures_of(proposal: Proposal) -> Figures | str:
    """The figures of a proposal in their fields, or the code of what is wrong with them."""
    values: dict[str, int] = {}
    for name in COUNTS:
        value = proposal.get(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value or value % 1:
            return "wrong-form"
        values[name] = int(value)
    ratio = proposal.get("ratio")
    if ratio is not None and (isinstance(ratio, bool) or not isinstance(ratio, int | float)):
        return "wrong-form"
    if proposal.get("status") not in set(Status):
        return "wrong-form"
    if not values and ratio is None:
        return "no-figures"
    delta = values.get("delta", 0)
    flows = {"gain": delta} if delta > 0 else {"loss": -delta}
    sums: dict[str, float | None] = {"before": values.get("before"), "after": values.get("after"), **flows}
    if not adds_up(sums):
        return "arithmetic"
    try:
        share = None if ratio is None else float(ratio)
        return replace(Figures(ratio=share), **values)  # type: ignore[arg-type] # all of COUNTS are whole numbers
    except ValueError:
        return "arithmetic"


def stands(context: Context, evidence: Span, figures: Figures) -> bool:
    """Whether every figure is a count of heads, or a share, in the words of the evidence."""
    held: set[float] = set()
    shares: set[float] = set()
    for candidate in context.candidates:
        q = candidate.quantity
        if not evidence.covers(q.span):
            continue
        if q.form in ("share", "all"):
            shares |= {round(q.value or 0.0, 3), round(max(0.0, 1 - (q.value or 0.0)), 3)}
        else:
            held |= {float(v) for v in (q.value, q.low, q.high) if v is not None}
    counts = [getattr(figures, name) for name in COUNTS]
    if any(abs(value) not in held for value in counts if value is not None):
        return False
    last = figures.ratio == 0 and figures.before is not None and figures.delta == -figures.before
    return figures.ratio is None or last or any(abs(figures.ratio - s) < 0.005 for s in shares)


def codes(context: Context, side: str) -> frozenset[str]:
    """The codes of the forces, or of the places, that the report names."""
    names = (*context.names, *context.title_names)
    if side == "force":
        return frozenset(n.force for n in names if n.force)
    return frozenset(c for n in names for c in (n.place, *n.hosts) if c)


def named_place(context: Context, code: Any) -> bool:  # noqa: ANN401 -- whatever JSON holds
    """Whether a place, or every place of a joint one, is named."""
    return isinstance(code, str) and bool(code) and set(code.split("+")) <= codes(context, "place")


def is_said(report: Report, speaker: Any) -> bool:  # noqa: ANN401 -- whatever JSON holds
    """Whether every word of the speaker is a word of the report."""
    if speaker is None:
        return True
    if not isinstance(speaker, str) or not speaker.strip():
        return False
    words = set(WORD.findall(f"{report.title} {report.text}".casefold()))
    return set(WORD.findall(speaker.casefold())) <= words


def is_given(report: Report, context: Context, pack: Pack, day: Any) -> bool:  # noqa: ANN401 -- whatever JSON holds
    """Whether the period is the day of publication or one that our reader of days finds in the report."""
    if day is None:
        return True
    try:
        period = Period.parse(day)
    except (TypeError, ValueError, AttributeError):
        return False
    found = {d.period for d in find_days(context.sheet, report.published, pack) if d.period}
    known = found | ({Period.day(report.published)} if report.published else set())
    return period in known or any(period.last == k.last for k in known)


def addresses_machine(context: Context, evidence: Span, pack: Pack) -> bool:
    """Whether the sentences of the evidence speak to a machine rather than to a reader."""
    sheet, signs = context.sheet, pack.words("second", "signs")
    for sentence in sheet.sentences:
        if sentence.span.meets(evidence):
            words = f" {' '.join(t.lower for t in sheet.tokens[sentence.first : sentence.last])} "
            if sum(f" {sign} " in words for sign in signs) >= SIGNS:
                return True
    return False


def same(one: Statement, other: Statement) -> bool:
    """Whether two statements say the same in words that meet."""
    alike = (one.force.code, one.place and one.place.code, one.figures.key()) == (
        other.force.code,
        other.place and other.place.code,
        other.figures.key(),
    )
    return alike and any(a.meets(b) for a in one.evidence for b in other.evidence)


def proposed(report: Report, statement: Statement) -> Doubt:
    """An accepted proposal as a doubt: in the book it waits for a person."""
    place = statement.place.code if statement.place else "?"
    says = f"{statement.force.code} in {place}: {statement.figures.key()}, {statement.status}"
    words = statement.evidence[0].cut(report.text)
    return Doubt(
        "reading",
        "proposed",
        f"a second reader proposes {says}; confirm it or let it lie",
        report.name,
        report.id,
        statement.evidence[0],
        words,
    )


def refusal(report: Report, code: str, proposal: Any) -> Doubt:  # noqa: ANN401 -- whatever JSON holds
    """A refused proposal with its reason."""
    words = str(proposal.get("evidence"))[:200] if isinstance(proposal, Mapping) else ""
    message = f"a proposal of the second reader {REASONS[code]}"
    return Doubt("reading", f"proposal-{code}", message, report.name, report.id, None, words)
