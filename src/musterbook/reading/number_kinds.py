"""A number counts heads until the words beside it say otherwise."""

from __future__ import annotations

from musterbook.reading.marks import Quantity
from musterbook.reading.number_cues import Cues
from musterbook.reading.numerals import HYPHENS, Amount, glued
from musterbook.reading.sheet import Sheet

PHRASE = 5  # words between a number and its noun
NEAR = 4  # words between a number and a verb that governs it
YEARS = range(1900, 2050)
MOST_VOTES = 2000


def kind_of(
    sheet: Sheet,
    cues: Cues,
    place: tuple[int, int],
    low: Amount,
    high: Amount | None,
    before: Quantity | None,
) -> str:
    """What a number positively is; empty when nothing speaks against a head count."""
    case = Case(sheet, cues, place, low, high, before)
    if low.form == "share":
        return case.of_share()
    if low.form == "all":
        return ""
    return (
        case.written()
        or case.measured()
        or case.dated()
        or case.labelled()
        or case.aged()
        or case.voted()
        or case.headed()
        or case.pronoun()
    )


class Case:
    """One number with its surroundings; each method tries one class of kinds."""

    __slots__ = ("before", "cues", "first", "high", "last", "low", "text", "tokens")

    def __init__(
        self,
        sheet: Sheet,
        cues: Cues,
        place: tuple[int, int],
        low: Amount,
        high: Amount | None,
        before: Quantity | None,
    ) -> None:
        self.text = sheet.text
        self.tokens = sheet.tokens
        self.cues = cues
        self.first, self.last = place
        self.low = low
        self.high = high
        self.before = before

    def word(self, i: int) -> str:
        """The folded word at a place."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    @property
    def digits(self) -> str:
        """The number as written, where it is one run of plain digits."""
        text = self.tokens[self.first].text
        return text if self.low.last == self.first + 1 and text.isdecimal() else ""

    def of_share(self) -> str:
        """Percent of something that has no heads to count."""
        for i in range(self.last, min(self.last + PHRASE, len(self.tokens))):
            word = self.word(i)
            if word in self.cues.heads:
                return ""
            if self.cues.has("percent.of", word) or self.kind_at(i) == "vehicle":
                return "percent"
            if not word[0].isalpha() or (i == self.last and not self.cues.has("percent.after", word)):
                return ""
        return ""

    def written(self) -> str:
        """Kinds that the writing itself shows: money signs, serial numbers, ordinals, decades."""
        tokens, i = self.tokens, self.first
        sign = self.word(i - 1)
        if sign in self.cues.signs or (sign == "." and self.word(i - 2) in self.cues.signs):
            return "money"
        after = self.word(self.last)
        if self.last < len(tokens) and tokens[self.last - 1].end == tokens[self.last].start:
            if self.cues.has("ordinal.after", after):
                return "day" if self.beside_month(self.last + 1) else "ordinal"
            if after == "s" and self.low.value in YEARS:
                return "year"
        text = tokens[i].text
        if text[0] == "0" and len(text) > 1 and text.isdecimal():
            return "clock" if len(text) == 4 else "label"
        return self.glued_name() or self.listed()

    def listed(self) -> str:
        """The number of an item at the start of a line: "42. Groups", "(7) Romania"."""
        tokens, i = self.tokens, self.first
        if (
            not tokens[i].text.isdecimal()
            or len(tokens[i].text) > 3
            or self.word(self.last) not in (".", ")")
        ):
            return ""
        start = i - 1 if self.word(i - 1) == "(" else i
        return "label" if start == 0 or self.broken(start) else ""

    def glued_name(self) -> str:
        """ "F-16", "MH17", "T-72": digits grown onto a name."""
        tokens, i = self.tokens, self.first
        if not tokens[i].text[0].isdecimal() or not glued(tokens, i):
            return ""
        name = tokens[i - 1].text
        if name[0] == "+":
            return "label" if len(tokens[i].text) > 4 else ""
        if not name[0].isalpha():
            return ""
        if self.cues.has("year.before", tokens[i - 1].lower) and self.low.value in YEARS:
            return "year"
        return "label" if name[0].isupper() or name[-1] not in HYPHENS else ""

    def measured(self) -> str:
        """Durations, distances, money and hours by the unit right after the number."""
        i = self.last
        for _ in range(3):
            word = self.word(i)
            if self.cues.has("clock.hour", word) and self.word(i + 1) in ("'", "’"):
                return "clock"
            kind = self.cues.units.get(word)
            if kind:
                return self.unit(kind, i)
            if word not in self.cues.between or not word:
                break
            i += 1
        if self.word(i) == "'" or self.word(i) == "’":
            return ""
        value = (self.high or self.low).value or 0
        return "money" if value >= 1e9 else ""

    def unit(self, kind: str, i: int) -> str:
        """The kind of a unit word, unless a head noun takes it over or it makes an age."""
        following = self.word(i + 1)
        if kind == "duration" and (
            self.cues.has("age.old", following)
            or (following in HYPHENS and self.cues.has("age.old", self.word(i + 2)))
        ):
            return "age"
        if kind == "money" and following in self.cues.heads:
            return ""
        return kind

    def beside_month(self, i: int) -> bool:
        """Whether a month stands right before the number, or at ``i`` or after "of" there."""
        tokens = self.tokens
        for k in (self.first - 1, self.first - 2):
            if self.cues.has("day.months", self.word(k)):
                name = tokens[k].text[0]
                return name.isupper() and (k == self.first - 1 or self.word(self.first - 1) == ".")
        k = i + 1 if self.word(i) == self.cues.of else i
        return self.cues.has("day.months", self.word(k)) and tokens[k].text[0].isupper()

    def dated(self) -> str:
        """Days of a month and bare years."""
        if (
            self.low.form == "words"
            and self.high is None
            and self.low.value in YEARS
            and self.low.value != 2000
        ):
            return "year" if self.cues.has("year.sure", self.word(self.first - 1)) else ""
        if not self.digits:
            return ""
        value = int(self.digits) if len(self.digits) <= 4 else 0
        if 1 <= value <= 31 and len(self.digits) <= 2 and self.is_day():
            return "day"
        if self.high is None and value in YEARS and self.is_year(value):
            return "year"
        if self.high is not None and value in YEARS and (self.high.value or 0) < YEARS.stop:
            return "" if self.noun_kind() == "count" else "year"
        return ""

    def is_day(self) -> bool:
        """Whether the number is a day: beside a month, in 9/11, or linked to another day."""
        if self.beside_month(self.last):
            return True
        for link, beyond in ((self.first - 1, self.first - 2), (self.last, self.last + 1)):
            if self.word(link) == "/" and self.word(beyond).isdecimal():
                return True
        if self.before is not None and self.before.kind == "day" and self.first >= 2:
            linked = self.cues.has("day.links", self.word(self.first - 1))
            return linked and self.tokens[self.first - 2].end >= self.before.span.end
        joint, second, month = (self.word(self.last + n) for n in range(3))
        return self.cues.has("day.links", joint) and second.isdecimal() and self.cues.has("day.months", month)

    def is_year(self, value: int) -> bool:
        """Whether a bare number between 1900 and 2049 is a year; round ones need a surer sign."""
        if self.noun_kind() == "count":
            return False
        before = self.word(self.first - 1)
        if before == "," and self.before is not None and self.before.kind == "day":
            return True
        if before == "." or before in HYPHENS:
            before = self.word(self.first - 2)
        if value % 100 == 0:
            return self.cues.has("year.sure", before)
        return True

    def labelled(self) -> str:
        """Resolution 1701, Highway 1, No. 10."""
        i = self.first - 1
        word = self.word(i)
        if word in (".", "#") and glued(self.tokens, i):
            i, word = i - 1, self.word(i - 1)
        digits = self.tokens[self.first].text[0].isdecimal()
        if self.cues.has("label.number_sign", word):
            titled = self.tokens[i].text[0].isupper() or self.word(i + 1) == "." or word == "#"
            return "label" if titled and digits else ""
        if digits and f"{self.word(i - 1)} {word}" in self.cues.lists["label.phrases"]:
            return "label"
        if i != self.first - 1 or not self.cues.has("label.before", word):
            return ""
        if not digits and not (
            self.tokens[i].text[0].isupper() and self.tokens[self.first].text[0].isupper()
        ):
            return ""
        if self.cues.has("label.capital", word) and not self.tokens[i].text[0].isupper():
            return ""
        if "," in self.tokens[self.first].text or (self.low.value or 0) >= 10_000 or self.low.form == "vague":
            return ""
        return "" if self.noun_kind() == "count" else "label"

    def aged(self) -> str:
        """ "Aged 23", ", 41, said"."""
        if self.cues.has("age.before", self.word(self.first - 1)):
            return "age"
        value = self.low.value or 0
        if not self.digits or not 15 <= value <= 99 or self.word(self.first - 1) != ",":
            return ""
        named = self.first >= 2 and self.tokens[self.first - 2].text[0].isupper()
        closed = self.word(self.last) == "," and self.cues.has("age.follow", self.word(self.last + 1))
        return "age" if named and closed else ""

    def voted(self) -> str:
        """ "By 54 votes to 43", "12-0", "passed 318 to 112"."""
        if self.high is not None or self.low.form == "vague" or (self.low.value or 0) > MOST_VOTES:
            return ""
        if self.before is not None and self.before.kind == "score":
            start = self.tokens[self.first].start
            if start - self.before.span.end < 12 and any(
                self.cues.has("score.to", self.word(self.first - k)) for k in (1, 2)
            ):
                return "score"
        to = self.word(self.last)
        if not self.cues.has("score.to", to) or not self.tokens[self.first].text[0].isdecimal():
            return ""
        other = self.word(self.last + 1)
        if not other.isdecimal():
            return ""
        verbs = any(self.cues.has("score.before", self.word(self.first - k)) for k in range(1, NEAR))
        return "score" if to in HYPHENS or verbs else ""

    def kind_at(self, i: int) -> str:
        """The class of the noun at a place, empty where a head noun follows it."""
        kind = self.cues.nouns.get(self.word(i), "")
        if kind and self.cues.has("other.not_behind", self.word(i - 1)):
            return ""
        if kind in ("vehicle", "other", "casualty") and self.word(i + 1) in self.cues.heads:
            return ""
        return kind

    def noun_kind(self) -> str:
        """The class of the noun that the number stands to: "count" for heads, empty where none is found."""
        cues, i = self.cues, self.last
        if self.word(i) in HYPHENS and self.word(i + 1) in cues.compounds:
            return "count"
        for _ in range(PHRASE):
            word = self.word(i)
            if not word or self.broken(i):
                return ""
            if word in cues.heads:
                return "vehicle" if cues.nouns.get(self.word(i + 1)) == "vehicle" else "count"
            kind = self.kind_at(i)
            if kind:
                return kind
            if word == cues.of and self.word(i + 1) in cues.through_of:
                i += 2
                continue
            if self.cuts(i, word):
                return ""
            i += 1
        return ""

    def broken(self, i: int) -> bool:
        """Whether a line ends before the token."""
        if i == 0:
            return False
        end, start = self.tokens[i - 1].end, self.tokens[i].start
        return start > end and "\n" in self.text[end : min(start, end + 8)]

    def cuts(self, i: int, word: str) -> bool:
        """Whether the noun phrase of the number is over at this word."""
        if word in self.cues.stops or word == self.cues.of:
            return True
        if word in self.cues.numerals or self.tokens[i].text[0].isdecimal():
            return i > self.last
        return not word[0].isalpha() and word[0] not in "-‐‑'’\"“”"

    def headed(self) -> str:
        """Casualties, vehicles and others by the noun of the number or the verb beside it."""
        if self.is_casualty():
            return "casualty"
        kind = self.noun_kind()
        if kind == "count":
            return ""
        if not kind and self.fled():
            return "other"
        if not kind and self.flies():
            return "vehicle"
        return kind

    def fled(self) -> bool:
        """ "190,000 people are sheltering": people whom no unit holds."""
        words = [self.word(self.last + k) for k in range(6)]
        if not any(self.cues.has("other.people", w) for w in words[:3]):
            return False
        return any(self.cues.has("other.fled", w) for w in words[1:])

    def flies(self) -> bool:
        """ "Six F-16s": the number counts something that has a serial number."""
        tokens, i = self.tokens, self.last
        return i + 1 < len(tokens) and tokens[i].text[-1] in HYPHENS and tokens[i + 1].text[0].isdecimal()

    def is_casualty(self) -> bool:
        """ "Killed 23 soldiers", "23 dead", "23 soldiers were killed"."""
        cues = self.cues
        for k in range(1, NEAR + 1):
            word = self.word(self.first - k)
            if cues.has("casualty.before", word):
                return True
            if k <= 2 and cues.has("casualty.lost", word):
                return any(cues.has("casualty.lost_after", self.word(self.last + n)) for n in range(3))
            if not word or word[0] in ".;:,()" or word[0].isdecimal() or word in cues.heads:
                break  # the verb governs what stands nearer to it
        return self.falls()

    def falls(self) -> bool:
        """Whether a word of death or wounds follows within the same stretch of words."""
        plain, fallen, carriers = 0, self.cues.lists["casualty.after"], self.cues.lists["casualty.carriers"]
        for i in range(self.last, min(self.last + 8, len(self.tokens))):
            word = self.tokens[i].lower
            if self.broken(i):
                return False
            if word in fallen:
                return True
            if not word[0].isalpha() and word[0] not in "-'’":
                return False
            if word in carriers:
                continue
            plain += 1
            if plain > 3 or word in self.cues.stops:
                return False
        return False

    def pronoun(self) -> str:
        """ "One" as a pronoun counts nothing."""
        if self.low.value != 1 or self.low.form != "words" or self.high is not None:
            return ""
        alone = (
            self.cues.has("one.before", self.word(self.first - 1)) or not self.word(self.last)[:1].isalpha()
        )
        return "other" if alone or self.cues.has("one.after", self.word(self.last)) else ""
