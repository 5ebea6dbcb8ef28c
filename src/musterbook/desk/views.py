"""Records become plain dictionaries here, once, for every face of the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from musterbook.desk.phrases import figures_in_words, period_in_words, strength_in_words
from musterbook.findings import Conflict, Estimate, Hold, Pledge, Score
from musterbook.ledger.outcomes import Outcome
from musterbook.model import Contingent, Doubt, Reading, Report, Statement
from musterbook.pipeline import Tally
from musterbook.values import Attribution, Span

View = dict[str, Any]
Label = Callable[[str], str]
AROUND = 40  # characters of context on each side


def evidence_of(statement: Statement, text: str) -> str:
    """The words that state it, cut from the report: from the first span to the last while they touch."""
    first = statement.evidence[0]
    end = first.end
    for span in statement.evidence[1:]:
        if text[end : span.start].strip():
            break
        end = span.end
    return Span(first.start, max(first.end, end)).cut(text)


def interchange(statement: Statement, text: str) -> View:
    """The statement in the form that is exchanged with other programs (eval/SCHEMA.md)."""
    figures = statement.figures
    return {
        "force": statement.force.code,
        "place": statement.place.code if statement.place else None,
        "unit": statement.unit,
        "level": figures.level,
        "before": figures.before,
        "after": figures.after,
        "delta": figures.delta,
        "ratio": figures.ratio,
        "low": figures.low,
        "high": figures.high,
        "approx": figures.approx,
        "status": str(statement.status),
        "date": statement.period.iso() if statement.period else None,
        "speaker": statement.speaker.words if statement.speaker else None,
        "evidence": evidence_of(statement, text),
    }


def statement_view(statement: Statement, report: Report, label: Label) -> View:
    """The interchange form with names, the source, and what a reader wants beside the figures."""
    held = interchange(statement, report.text)
    held |= {
        "id": statement.id,
        "force_name": label(held["force"]),
        "place_name": label(held["place"]) if held["place"] else None,
        "words": figures_in_words(statement.figures, statement.wording),
        "when": period_in_words(statement.period, statement.status),
        "dating": statement.dating,
        "wording": statement.wording,
        "rule": str(statement.rule),
        "confidence": statement.confidence,
        "reasons": [span.cut(report.text) for span in statement.reasons],
        "partners": [span.cut(report.text) for span in statement.partners],
        "report": report.id,
    }
    return held | source_view(report)


def source_view(report: Report) -> View:
    """Where a report comes from."""
    return {
        "published": report.published.isoformat() if report.published else None,
        "published_reason": report.published_reason,
        "publisher": report.publisher,
        "url": report.url,
        "title": report.title,
        "source": report.name,
        "credits": list(report.credits),
        "byline": report.byline,
        "days": [asdict(one) | {"day": one.day.isoformat() if one.day else None} for one in report.days],
    }


def reading_view(reading: Reading, label: Label) -> View:
    """A report and all that was found in it."""
    report = reading.report
    return source_view(report) | {
        "id": report.id,
        "language": report.language,
        "statements": [statement_view(s, report, label) for s in reading.statements],
        "quotations": [_quotation(q.span, q.speaker, q.damaged, report.text) for q in reading.quotations],
        "people": [_attribution(person) for person in reading.people],
        "appointments": [
            {
                "person": a.person,
                "office": a.office,
                "act": a.act,
                "date": a.period.iso() if a.period else None,
            }
            for a in reading.appointments
        ],
        "events": [{"what": e.what, "date": e.period.iso()} for e in reading.events],
        "doubts": [doubt_view(doubt, report.text) for doubt in reading.doubts],
    }


def _quotation(span: Span, speaker: Attribution | None, damaged: bool, text: str) -> View:
    return {"words": span.cut(text), "speaker": speaker.words if speaker else None, "damaged": damaged}


def _attribution(person: Attribution) -> View:
    held = asdict(person)
    held.pop("span")
    return held


def doubt_view(doubt: Doubt, text: str | None = None) -> View:
    """A doubt with its place: ``start`` and ``end`` count characters of the report."""
    return {
        "id": doubt.id,
        "stage": doubt.stage,
        "code": doubt.code,
        "message": doubt.message,
        "source": doubt.source,
        "report": doubt.report or None,
        "start": doubt.span.start if doubt.span else None,
        "end": doubt.span.end if doubt.span else None,
        "words": doubt.words,
        "context": context_of(doubt.span, text) if doubt.span and text else None,
    }


def context_of(span: Span, text: str) -> str:
    """The words of a span with those around it, cut at blanks."""
    first, last = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    before, after = text[first : span.start], text[span.end : last]
    if first:
        before = "… " + before.partition(" ")[2]
    if last < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before + span.cut(text) + after


def tally_view(tally: Tally) -> View:
    """The outcomes of one run; ``inputs`` is their sum."""
    held = {name: getattr(tally, name) for name in ("inputs", "read", "silent", "known", "refused")}
    held |= {"statements": tally.statements, "doubts": tally.doubts, "causes": dict(tally.causes)}
    return held | {"odd": [asdict(odd) for odd in tally.odd], "held": tally.held}


def contingent_view(contingent: Contingent, label: Label) -> View:
    """The key of a curve with its names."""
    return {
        "contingent": contingent.id,
        "force": contingent.force,
        "place": contingent.place,
        "mission": contingent.mission or None,
        "force_name": label(contingent.force),
        "place_name": label(contingent.place),
    }


def estimate_view(estimate: Estimate, label: Label) -> View:
    """What the book supports for a contingent on a day; null is unknown, never zero."""
    return contingent_view(estimate.contingent, label) | {
        "day": estimate.day.isoformat(),
        "low": estimate.low,
        "best": estimate.best,
        "high": estimate.high,
        "words": strength_in_words(estimate.low, estimate.best, estimate.high),
        "known_at": estimate.known_at.isoformat() if estimate.known_at else None,
        "last_confirmed": estimate.last_confirmed.isoformat() if estimate.last_confirmed else None,
        "confirmed": estimate.confirmed,
        "counting_rule": str(estimate.rule),
        "basis": list(estimate.basis),
        "supports": [asdict(support) | {"day": support.day.isoformat()} for support in estimate.supports],
        "held": list(estimate.held),
    }


def hold_view(hold: Hold, statement: Statement, report: Report, label: Label) -> View:
    """A statement that is held for review, with the reason and what lets it go."""
    return contingent_view(hold.contingent, label) | {
        "statement": hold.statement,
        "words": figures_in_words(statement.figures, statement.wording),
        "status": str(statement.status),
        "published": report.published.isoformat() if report.published else None,
        "publisher": report.publisher,
        "code": hold.code,
        "reason": hold.message,
        "against": list(hold.against),
    }


def conflict_view(conflict: Conflict, label: Label) -> View:
    """What does not add up, with the number that is likely misprinted where one can be named."""
    misprint = conflict.misprint
    return contingent_view(conflict.contingent, label) | {
        "code": conflict.code,
        "message": conflict.message,
        "explained": conflict.explained,
        "misprint": asdict(misprint) if misprint else None,
        "basis": list(conflict.basis),
    }


def pledge_view(pledge: Pledge, label: Label) -> View:
    """An announced change and how it stands."""
    return contingent_view(pledge.contingent, label) | {
        "id": pledge.id,
        "words": figures_in_words(pledge.figures),
        "status": str(pledge.status),
        "announced": pledge.announced.isoformat() if pledge.announced else None,
        "by": pledge.speaker,
        "target": pledge.target,
        "delta": pledge.delta,
        "deadline": pledge.deadline.isoformat() if pledge.deadline else None,
        "verdict": str(pledge.verdict),
        "decided_on": pledge.decided_on.isoformat() if pledge.decided_on else None,
        "because": pledge.because,
        "reached": pledge.reached,
        "pace": {"persons": pledge.pace[0], "days": pledge.pace[1]} if pledge.pace else None,
        "replaces": pledge.replaces,
        "replaced_by": pledge.replaced_by,
        "basis": list(pledge.basis),
        "deciding": list(pledge.deciding),
        "evidence": list(pledge.evidence),
    }


def score_view(score: Score, label: Label) -> View:
    """The pledges of one force, place or speaker by verdict; the share kept with its interval."""
    return {
        "of": score.of,
        "name": label(score.of),
        "pledges": score.total,
        "counts": {str(verdict): count for verdict, count in score.counts},
        "kept": score.kept,
        "judged": score.judged,
        "low": round(score.low, 3) if score.low is not None else None,
        "high": round(score.high, 3) if score.high is not None else None,
    }


def outcome_view(outcome: Outcome) -> View:
    """What became of one input."""
    held = asdict(outcome)
    held["at"] = outcome.at.isoformat()
    return held


def by_publisher(reports: Iterable[Report], counts: dict[str, int]) -> list[View]:
    """The publishers with how much of the book stands on each; ``counts`` gives statements a report id."""
    found: dict[str, View] = {}
    for report in reports:
        name = report.publisher or "(no publisher named)"
        row = found.setdefault(
            name, {"publisher": name, "reports": 0, "statements": 0, "first": None, "last": None}
        )
        row["reports"] += 1
        row["statements"] += counts.get(report.id, 0)
        if day := report.published and report.published.isoformat():
            row["first"] = min(row["first"] or day, day)
            row["last"] = max(row["last"] or day, day)
    return sorted(found.values(), key=lambda row: (-row["statements"], -row["reports"], row["publisher"]))
