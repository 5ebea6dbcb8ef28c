"""Prints origins, utterances and their family trees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from musterbook.api import BookView
from musterbook.desk.ids import full_id
from musterbook.desk.lists import short
from musterbook.desk.options import Question
from musterbook.desk.phrases import figures_in_words
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import is_terminal, note, say, table
from musterbook.desk.views import View, contingent_view, source_view
from musterbook.desk.wiring import asked, force_code, label, matches, place_code
from musterbook.findings import Origin, Utterance
from musterbook.model import Statement
from musterbook.reckoning.family import Branch, tree


def print_origins(top: int, question: Question) -> None:
    """The announcements that most outlets carry, and how many there are."""
    with asked(question) as view:
        said = _said(view)
        told = {one.id: utterance_view(view, one, said) for one in view.utterances()}
        rows = [origin_view(view, one, told) for one in view.origins()]
    outlets = len({outlet for row in rows for outlet in row["outlets"]})
    if question.as_json:
        print_json({"outlets": outlets, "utterances": len(told), "origins": rows})
        return
    rows.sort(key=lambda row: -len(row["outlets"]))
    columns = ("outlets", "utterances", "first", "what", "report")
    cells = [
        [
            str(len(row["outlets"])),
            str(len(row["utterances"])),
            row["published"] or "?",
            _what(row),
            row["title"],
        ]
        for row in rows[:top]
    ]
    table(columns, cells, numbers=columns[:2], spare=("report",), elastic=("what", "report"))
    reports = sum(len(row["reports"]) for row in rows)
    found = f"{len(rows):,} origins, {len(told):,} utterances"
    say(f"{reports:,} reports of {outlets:,} outlets: {found}")


def print_utterances(force: str, place: str, top: int, question: Question) -> None:
    """What was said of one force in one place, the latest first."""
    where = force_code(force), place_code(place)
    with asked(question) as view:
        said = _said(view)
        found = [
            utterance_view(view, one, said) for one in view.utterances() if matches(one.contingent, *where)
        ]
    found.sort(key=lambda row: row["published"] or "", reverse=True)
    if question.as_json:
        print_json({"utterances": found})
        return
    columns = ("first", "figures", "speaker", "outlets", "repeats", "last", "id")
    cells = [
        [
            row["published"] or "?",
            row["figures"],
            row["speaker"] or "",
            str(len(row["outlets"])),
            str(row["repeats"]),
            row["last"] or "?",
            short(row["statement"]),
        ]
        for row in found[:top]
    ]
    table(columns, cells, numbers=("outlets", "repeats"), spare=("last",), elastic=("speaker", "figures"))
    if not found:
        note(f"nothing was said of {label(where[0])} in {label(where[1])}")


def print_tree(words: str, question: Question) -> None:
    """The family tree that a statement belongs to."""
    with asked(question) as view:
        identity = full_id(view, words)
        one = next((u for u in view.utterances() if identity in (*u.statements, u.id)), None)
        if one is None:
            note(f"{short(identity)} is no statement that stands for a contingent")
            return
        said = _said(view)
        branches = [(branch, _branch_view(view, branch, said)) for branch in tree(one)]
        whole = utterance_view(view, one, said)
    if question.as_json:
        print_json(whole | {"tree": [row for _, row in branches]})
        return
    say(f"{whole['contingent']}: {whole['figures']}; {len(whole['outlets'])} outlets, one utterance")
    for branch, row in branches:
        mark = "└ " if branch.depth and is_terminal() else ""
        why = f" <- {row['why']}" if row["why"] else ""
        who = f", {row['speaker']}" if row["speaker"] else ""
        where = f"{row['published'] or '?'} {row['publisher']}"
        told = f"{where}: {row['figures']}{who}{why} [{short(row['statement'])}]"
        say("  " * branch.depth + mark + told)


def utterance_view(view: BookView, one: Utterance, said: Mapping[str, Statement]) -> View:
    """What was said, when first and last, by whom, in how many outlets."""
    first = said[one.statements[0]]
    days = [day for day in (_published(view, said[id_]) for id_ in one.statements) if day]
    return contingent_view(one.contingent, label) | {
        "utterance": one.id,
        "contingent": one.contingent.id,
        "statement": one.statements[0],
        "figures": figures_in_words(first.figures, first.wording),
        "status": str(first.status),
        "speaker": first.speaker.words if first.speaker else None,
        "published": one.first_published.isoformat() if one.first_published else None,
        "last": max(days, default=None),
        "outlets": list(one.outlets),
        "repeats": len(one.repeats),
        "statements": list(one.statements),
    }


def origin_view(view: BookView, one: Origin, told: Mapping[str, View]) -> View:
    """The reports of one announcement, and what was said there first."""
    reports = [(id_, report) for id_ in one.reports if (report := view.report(id_))]
    return {
        "origin": one.reports[0],
        "published": one.first_published.isoformat() if one.first_published else None,
        "title": next((report.title or report.name for _, report in reports), ""),
        "outlets": list(one.outlets),
        "reports": [{"report": id_} | source_view(report) for id_, report in reports],
        "utterances": [told[id_] for id_ in one.utterances],
    }


def _branch_view(view: BookView, branch: Branch, said: Mapping[str, Statement]) -> View:
    """One statement in its place."""
    statement = said[branch.statement]
    report = view.report(statement.report)
    return {
        "statement": branch.statement,
        "depth": branch.depth,
        "of": branch.descent.parent if branch.descent else None,
        "why": branch.descent.reason if branch.descent else None,
        "repeats": bool(branch.descent and branch.descent.repeats),
        "published": _published(view, statement),
        "publisher": report.publisher or report.name if report else "",
        "figures": figures_in_words(statement.figures, statement.wording),
        "speaker": statement.speaker.words if statement.speaker else None,
    }


def _said(view: BookView) -> Mapping[str, Statement]:
    """The statements that stand, by id."""
    return {statement.id: statement for statement in view.statements()}


def _published(view: BookView, statement: Statement) -> str | None:
    report = view.report(statement.report)
    return report.published.isoformat() if report and report.published else None


def _what(row: View) -> str:
    """The first thing that an origin says, and that there is more."""
    said: Iterable[View] = row["utterances"]
    words = [f"{one['contingent']} {one['figures']}" for one in said]
    return words[0] + (f", and {len(words) - 1} more" if len(words) > 1 else "") if words else "nothing new"
