"""One person has one name in a record, however reports put it: "Gen. Frank McKenzie", "Kenneth McKenzie Jr.".

The register's holders of offices give the name, where exactly one of them fits the words and the day; else the report's
own words do. Nobody is taken for somebody else because of a surname that two of them had in those days.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.records import Office
from musterbook.lexicon.register import Register, fold
from musterbook.model import Report, Statement
from musterbook.reckoning.counts import source_of
from musterbook.values import Attribution

SPEAKER, PUBLISHER, OFFICE = "speaker", "publisher", "office"
UNNAMED = "(not named)"
ARTICLES = frozenset(load_pack("en").words("sums", "articles"))
WORD = re.compile(r"[^\W\d_]+")


class Names:
    """Who is meant by the speakers of reports."""

    def __init__(self, register: Register) -> None:
        self._holders: dict[str, list[Office]] = defaultdict(list)
        self._known: dict[tuple[str, date | None], Office | None] = {}
        for one in register.offices:
            words = [word for word in WORD.findall(fold(one.holder)) if word not in ("jr", "sr", "ii", "iii")]
            if words:
                self._holders[words[-1]].append(one)

    def of(self, statement: Statement, report: Report | None, by: str) -> str:
        """The name under which a statement is put to somebody's record; empty where nobody is behind it."""
        if by == PUBLISHER:
            return source_of(report) if report else ""
        speaker = statement.speaker
        if speaker is None:
            return ""
        day = speaker.on or (report.published if report else None)
        held = self._held(speaker, day)
        if by == SPEAKER:
            return held.holder if held else _plain(speaker)
        return (
            f"{held.office} ({held.organisation})"
            if held
            else _bare(speaker.office or speaker.organisation or "")
        )

    def _held(self, speaker: Attribution, day: date | None) -> Office | None:
        """The one holder of an office whom the words fit, in office on that day where one is known."""
        words = speaker.name or (speaker.words if speaker.named else "")
        key = words, day
        if key not in self._known:
            self._known[key] = self._find(words, day)
        return self._known[key]

    def _find(self, words: str, day: date | None) -> Office | None:
        spoken = WORD.findall(fold(words))
        told = frozenset(spoken)
        fits = [one for word in dict.fromkeys(spoken) for one in self._holders.get(word, ())]
        fits = [one for one in fits if day is None or one.held.may_cover(day)]
        named = [one for one in fits if told.issuperset(WORD.findall(fold(one.holder))[:1])]
        chosen = named or fits
        return chosen[0] if len({one.holder for one in chosen}) == 1 else None


def _plain(speaker: Attribution) -> str:
    """The report's own name for somebody; all who are not named are one."""
    if speaker.name:
        return speaker.name
    return _bare(speaker.words) if speaker.named else UNNAMED


def _bare(words: str) -> str:
    """Words without the article that begins them: "The Pentagon" and "the Pentagon" are one."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.casefold() in ARTICLES else words
