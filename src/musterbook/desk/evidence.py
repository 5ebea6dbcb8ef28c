"""Prints why the book says something: the sentence with its words marked, who said it, and where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import click

from musterbook.api import BookView
from musterbook.desk.ask import pairs
from musterbook.desk.ids import LEAST
from musterbook.desk.options import Question
from musterbook.desk.pledging import show_timeline, timeline
from musterbook.desk.screen import as_json as print_json
from musterbook.desk.screen import has_colour, heading
from musterbook.desk.views import View, estimate_view, pledge_view, statement_view
from musterbook.desk.wiring import asked, label
from musterbook.errors import UsageError
from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.series import is_table
from musterbook.model import Report, Statement
from musterbook.reading.sheet import cut_up
from musterbook.safe import harmless, on_one_line
from musterbook.values import Span


def print_why(identity: str, question: Question) -> None:
    """The evidence behind a statement, an announcement or a contingent."""
    with asked(question) as view:
        title, about, basis = look_up(view, identity, question.on)
        if "pledge" in about:
            about["timeline"] = timeline(view, about["pledge"], question.on)
        found = sorted(pairs(view, view.entries()), key=lambda p: p[1].published or date.min, reverse=True)
        found = [pair for pair in found if pair[0].id in basis]
        weights = weights_of(about)
        found.sort(key=lambda pair: -weights.get(pair[0].id, {}).get("weight", 0.0))
    if question.as_json:
        print_json(about | {"statements": [evidence_view(*pair) for pair in found]})
        return
    heading(title)
    if "pledge" in about:
        show_timeline(about["pledge"], about["timeline"])
        found.reverse()
    for pair in found:
        show_evidence(*pair)
        if pair[0].id in weights:
            _fact("adds", support_in_words(weights[pair[0].id]))


def weights_of(about: View) -> dict[str, View]:
    """What each statement adds to the estimate that was asked for, by its id; nothing where none was."""
    return {row["statement"]: row for row in about.get("estimate", {}).get("supports", ())}


def support_in_words(row: View) -> str:
    """``+1,200 to the figure; 63 % of the chances rest on it``."""
    moved = f"{row['moved']:+,}".replace("-", "−") if row["moved"] else "nothing"
    return f"{moved} to the figure; {row['weight']:.0%} of the chances rest on it"


def look_up(book: BookView, identity: str, on: date | None) -> tuple[str, View, frozenset[str]]:
    """A title, the view of what was asked for, and the ids of the statements it stands on."""
    if "/" in identity:
        return _contingent(book, identity, on)
    if len(identity) < LEAST:
        raise UsageError(f"{identity!r} is too short for an id; give at least {LEAST} signs of it")
    entries = [e for e in book.entries() if e.statement and e.statement.id.startswith(identity)]
    pledges = [p for p in book.pledges(on) if p.id.startswith(identity)]
    if len(entries) + len(pledges) > 1:
        raise UsageError(f"more than one line begins with {identity!r}; give more signs of the id")
    if pledges:
        view = pledge_view(pledges[0], label)
        title = f"{view['force_name']} in {view['place_name']}: {view['words']}, {view['verdict']}"
        return title, {"pledge": view}, frozenset((*pledges[0].basis, *pledges[0].evidence))
    if not entries or entries[0].statement is None:
        raise UsageError(
            f"nothing in the book has the id {identity!r}; ids stand in: musterbook show FORCE PLACE"
        )
    statement = entries[0].statement
    report = book.report(statement.report)
    words = statement_view(statement, report, label) if report else {}
    where = f" in {words['place_name']}" if words.get("place_name") else ""
    return f"{words.get('force_name')}{where}: {words.get('words')}", {}, frozenset([statement.id])


def _contingent(book: BookView, identity: str, on: date | None) -> tuple[str, View, frozenset[str]]:
    wanted = "/".join(book.current_name(code) for code in identity.upper().split("/"))
    for estimate in book.of(lambda c: c.id.casefold() == wanted.casefold()).contingents(on):
        if estimate.contingent.id.casefold() == wanted.casefold():
            view = estimate_view(estimate, label)
            title = f"{view['force_name']} in {view['place_name']} on {view['day']}: {view['words']}"
            return title, {"estimate": view}, frozenset(estimate.basis)
    raise UsageError(f"the book has no contingent {identity!r}; see: musterbook contingents")


def show_evidence(statement: Statement, report: Report) -> None:
    """One piece of evidence, for people."""
    view = statement_view(statement, report, label)
    click.echo()
    for span in statement.evidence:
        click.echo("  " + marked(report, span, statement.marks))
    when = f", {view['when']}" if view["when"] else ""
    _fact("says", view["speaker"] or "the report itself")
    _fact(
        "source", ", ".join(p for p in (view["published"] or "no day", view["publisher"], view["title"]) if p)
    )
    _fact("address", view["url"])
    _fact("read as", f"{view['words']}, {view['status']}{when}")
    _fact("dated", view["dating"])
    _fact("published", view["published_reason"])
    _fact("counted", "" if view["rule"] == "unspecified" else view["rule"])
    for words in view["reasons"]:
        _fact("reason", words)
    for words in view["partners"]:
        _fact("partner", words)
    _fact("id", statement.id)


def _fact(name: str, words: str) -> None:
    """One line of what is known about a piece of evidence; nothing where nothing is known."""
    if words:
        click.echo(f"  {name:<11}{on_one_line(words)}")


def evidence_view(statement: Statement, report: Report) -> View:
    """One piece of evidence, for programs."""
    view = statement_view(statement, report, label)
    sentences = [sentence_around(report, span) for span in statement.evidence]
    view["sentences"] = [span.cut(report.text) for span in sentences]
    view["marks"] = [{"start": m.start, "end": m.end, "words": m.cut(report.text)} for m in statement.marks]
    return view


def sentence_around(report: Report, span: Span) -> Span:
    """From the start of the sentence in which the span begins to the end of the one in which it ends.

    In a table the span is the row, and the row is all.
    """
    if is_table(report.language):
        return span
    sentences = [
        s.span for s in cut_up(report.text, load_pack(report.language)).sentences if s.span.meets(span)
    ]
    if not sentences:
        return span
    return Span(min(span.start, sentences[0].start), max(span.end, sentences[-1].end))


def marked(report: Report, evidence: Span, marks: Iterable[Span]) -> str:
    """The sentence with the carrying words bold in a terminal and between asterisks elsewhere."""
    whole = sentence_around(report, evidence)
    parts, at = [], whole.start
    for mark in sorted(m for m in marks if whole.covers(m)):
        if mark.start < at:
            continue
        parts += [harmless(report.text[at : mark.start]), _bold(mark.cut(report.text))]
        at = mark.end
    return "".join([*parts, harmless(report.text[at : whole.end])])


def _bold(words: str) -> str:
    safe = harmless(words)
    return click.style(safe, bold=True, fg="yellow") if has_colour() else f"**{safe}**"
