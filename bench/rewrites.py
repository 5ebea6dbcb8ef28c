"""Invented announcements and what becomes of them: copies, cuts, paraphrases, later dates, spin and translations.

Every origin is an invented announcement by an invented speaker. Its rewrites go back to it; its neighbours do not:
another speaker with the same figure, the same speaker with another one, a later story that repeats it on the side.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from musterbook.ledger.entries import record
from musterbook.model import Contingent, Entry, Report, Statement, Status
from musterbook.values import Attribution, Figures, Mention, Period, Span

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
MADE_OF = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
FORCES, PLACES, MARKS, WORDS = (MADE_OF[name] for name in ("forces", "places", "marks", "words"))
NEWS, ABROAD = (
    MADE_OF["news"],
    MADE_OF["abroad"],
)  # wordings by kind; the same in other languages, in that order
GIVEN, FAMILY, TITLES, TOWNS = (MADE_OF[name] for name in ("given", "family", "titles", "towns"))
AGENCIES, REST, SPIN = (MADE_OF[name] for name in ("agencies", "rest", "spin"))
PAPERS = [
    f"{a} {b}"
    for a in ["Morning", "Evening", "Northern", "Coastal", "Valley", "Harbor", "Capital"]
    for b in ["Post", "Herald", "Times", "Courier", "Star", "Journal"]
]
KINDS = ("verbatim", "trimmed", "paraphrased", "re-dated", "spun", "translated")


@dataclass(frozen=True, slots=True)
class Origin:
    """An invented announcement."""

    key: str
    contingent: Contingent
    day: date
    kind: str
    before: int
    after: int
    title: str
    name: str
    deadline: date

    @property
    def delta(self) -> int:
        """So many come or go."""
        return abs(self.after - self.before)

    @property
    def figures(self) -> Figures:
        """What is announced."""
        if self.kind == "cut":
            return Figures(before=self.before, after=self.after)
        return Figures(level=self.after) if self.kind == "level" else Figures(delta=self.delta)

    @property
    def status(self) -> Status:
        """Whether it is there or to come."""
        return Status.CURRENT if self.kind == "level" else Status.ANNOUNCED


@dataclass(frozen=True, slots=True)
class Told:
    """A report with the statements in it and the origin that it goes back to."""

    origin: str
    how: str
    report: Report
    entries: tuple[Entry, ...]


def rewrites(seed: int, origins: int = 50) -> list[Told]:
    """So many invented announcements with their rewrites and neighbours."""
    draw = Random(seed)  # noqa: S311 -- invented texts
    found: list[Told] = []
    for n in range(origins):
        origin = _origin(draw, f"{seed}-{n}")
        found.extend(_of(draw, origin))
        found.extend(_neighbours(draw, origin))
    return found


def _origin(draw: Random, key: str) -> Origin:
    contingent = Contingent(draw.choice(list(FORCES)), draw.choice(list(PLACES)))
    day = date(2012, 1, 1) + timedelta(days=draw.randrange(4500))
    before = draw.choice((100, 50, 500, 10)) * draw.randrange(8, 90)
    after = int(before * draw.uniform(0.3, 0.85) / 10) * 10 or 10
    name = f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}"
    deadline = day + timedelta(days=draw.randrange(20, 300))
    return Origin(
        key, contingent, day, draw.choice(list(NEWS)), before, after, draw.choice(TITLES), name, deadline
    )


def _sentences(draw: Random, origin: Origin) -> list[str]:
    """The news, then some of the rest."""
    words = _filled(origin)
    rest = draw.sample(REST, draw.randrange(4, 9))
    return [draw.choice(NEWS[origin.kind]).format(**words)] + [
        s.format(town=draw.choice(TOWNS)) for s in rest
    ]


def _filled(origin: Origin, mark: str = ",") -> dict[str, str]:
    def number(n: int) -> str:
        return f"{n:,}".replace(",", mark)

    where = PLACES[origin.contingent.place]
    numbers = {"before": number(origin.before), "after": number(origin.after), "delta": number(origin.delta)}
    told = {"title": origin.title, "name": origin.name, "weekday": f"{origin.day:%A}", "place": where}
    return numbers | told | {"deadline": f"{origin.deadline:%B %d}", "force": FORCES[origin.contingent.force]}


def _of(draw: Random, origin: Origin) -> list[Told]:
    """The first report, and some rewrites of it."""
    said = _sentences(draw, origin)
    first = _told(draw, origin, "first", said, origin.day)
    return [first, *(_rewritten(draw, origin, how, said) for how in draw.sample(KINDS, draw.randrange(2, 6)))]


def _rewritten(draw: Random, origin: Origin, how: str, said: list[str]) -> Told:
    day = origin.day + timedelta(days=draw.choice((0, 0, 0, 1, 1, 2, 3)))
    if how == "trimmed":
        said = said[: draw.randrange(1, max(2, len(said) - 1))]
    elif how == "paraphrased":
        said = _paraphrased(draw, said)
    elif how == "re-dated":
        day = origin.day + timedelta(days=draw.randrange(2, 45))
        said = [f"{draw.choice(TOWNS).upper()}, {day:%B %d} -", *said]
    elif how == "spun":
        said = [draw.choice(SPIN), *said[: draw.randrange(2, len(said) + 1)]]
    elif how == "translated":
        return _translated(draw, origin, day)
    return _told(draw, origin, how, said, day)


def _paraphrased(draw: Random, said: list[str]) -> list[str]:
    """Up to 40 % of the words replaced, inserted or dropped, and the sentences behind the first in another order."""
    share = draw.uniform(0.1, 0.4)
    changed = [
        " ".join(filter(None, (_word(draw, word, share) for word in sentence.split()))) for sentence in said
    ]
    rest = changed[1:]
    draw.shuffle(rest)
    return [changed[0], *rest]


def _word(draw: Random, word: str, share: float) -> str:
    """Another word for a word, as often as is asked; numbers and names stay."""
    if word[0].isupper() or word[0].isdigit() or draw.random() > share:
        return word
    plain = word.rstrip(".,")
    if plain in WORDS:
        return WORDS[plain] + word[len(plain) :]
    return draw.choice(("", f"indeed {word}", word))


def _translated(draw: Random, origin: Origin, day: date) -> Told:
    language = draw.choice(list(ABROAD))
    stencil = ABROAD[language][list(NEWS).index(origin.kind)]
    text = stencil.format(**_filled(origin, MARKS[language]))
    return _told(draw, origin, "translated", [text], day, language)


def _told(draw: Random, origin: Origin, how: str, said: list[str], day: date, language: str = "en") -> Told:
    """The report with the statement of its origin, or of what it has of it."""
    text = " ".join(said)
    paper = (
        draw.choice(PAPERS) if draw.random() > 0.3 else f"{draw.choice(AGENCIES)} via {draw.choice(PAPERS)}"
    )
    place = next(n for n, s in enumerate(said) if origin.name in s)
    report = Report(text, publisher=paper, published=day, language=language, name=f"{origin.key}-{how}")
    return Told(origin.key, how, report, (_entry(origin, report, said[place]),))


def _entry(origin: Origin, report: Report, sentence: str, speaker: bool = True) -> Entry:
    start = report.text.index(sentence)
    who = Attribution(f"{origin.title} {origin.name}", origin.name) if speaker else None
    period = Period.day(origin.deadline) if origin.kind == "cut" else None
    said = Statement(
        report.id,
        Mention(origin.contingent.force),
        Mention(origin.contingent.place),
        origin.figures,
        origin.status,
        (Span(start, start + len(sentence)),),
        period=period,
        speaker=who,
    )
    return record(said, origin.contingent, WHEN, "reader", "0")


def _neighbours(draw: Random, origin: Origin) -> list[Told]:
    """What resembles an origin, and is none of its copies."""
    found = []
    if draw.random() < 0.5:
        found.extend(_of(draw, _other_speaker(draw, origin)))
    if draw.random() < 0.5:
        found.extend(_of(draw, _other_figure(draw, origin)))
    if draw.random() < 0.5:
        found.append(_follow_up(draw, origin))
    return found


def _other_speaker(draw: Random, origin: Origin) -> Origin:
    """The same figure, said by somebody else on another day."""
    day = origin.day + timedelta(days=draw.randrange(2, 40))
    return _like(origin, "a", day=day, name=_other_name(draw, origin), title=draw.choice(TITLES))


def _other_name(draw: Random, origin: Origin) -> str:
    return f"{draw.choice(GIVEN)} {draw.choice([name for name in FAMILY if name not in origin.name])}"


def _other_figure(draw: Random, origin: Origin) -> Origin:
    """Another figure by the same speaker, some days later."""
    after = int(origin.after * draw.choice((0.5, 0.7, 0.8)) / 10) * 10
    return _like(origin, "b", day=origin.day + timedelta(days=draw.randrange(1, 30)), after=after)


def _like(origin: Origin, key: str, **changed: object) -> Origin:
    return replace(origin, key=f"{origin.key}{key}", **changed)  # type: ignore[arg-type]


def _follow_up(draw: Random, origin: Origin) -> Told:
    """A later story of its own that repeats the figure in a last paragraph."""
    late = origin.day + timedelta(days=draw.randrange(2, 20))
    fresh = _like(
        _origin(draw, f"{origin.key}c"),
        "",
        contingent=origin.contingent,
        day=late,
        name=_other_name(draw, origin),
    )
    said = _sentences(draw, fresh)
    who, number = (
        f"{origin.title} {origin.name}",
        f"{origin.after if origin.kind != 'add' else origin.delta:,}",
    )
    aside = draw.choice(
        (f"{who} had spoken of {number} troops.", f"Earlier the figure was given as {number} troops.")
    )
    report = Report(
        " ".join([*said, aside]), publisher=draw.choice(PAPERS), published=late, name=f"{fresh.key}-later"
    )
    own = _entry(fresh, report, said[0])
    return Told(fresh.key, "follow-up", report, (own, _entry(origin, report, aside, who in aside)))
