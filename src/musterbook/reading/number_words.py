"""A number is the longest run of digits and number words that means one figure."""

from __future__ import annotations

import re

from msgspec.structs import replace

from musterbook.reading.numerals import HYPHENS, LARGEST, Amount, Numerals, Sum, glued, lower
from musterbook.reading.sheet import Token

LONGEST = 24  # characters of one written number
# Spaces between groups of three, whole or as a wrong encoding leaves them.
GAP = re.compile(
    r"(?:[ \u00a0\u202f\u2009]|Â[ \u00a0]|â€¯|&nbsp;|&#160;)(?=[\dOlI]{3}(?!\d))| ?[.,] ?(?=000(?!\w))"
)
DAMAGED = re.compile(r"[\dOolI]{1,3}(?:[,.][\dOolI]{3})+(?!\w)|[\dOl][\dOlI]{2,5}(?!\w)|\dO(?!\w)")
LOOKALIKE = str.maketrans("OolI", "0011")


def read_digits(text: str, scaled: bool) -> float | None:
    """The value of written digits; ``scaled`` when a magnitude word follows and a mark means decimals."""
    if len(text) > LONGEST or ":" in text:
        return None
    plain = re.sub(r"[’'\u00a0\u202f]", "", text)
    marks = [c for c in plain if c in ",."]
    if not marks:
        return float(int(plain)) if plain.isdecimal() else None
    pieces = re.split(r"[,.]", plain)
    if not all(p.isdecimal() for p in pieces):
        return None
    if len(marks) == 1 and (scaled or len(pieces[1]) < 3 or (pieces[0] == "0" and marks[0] == ".")):
        return float(f"{int(pieces[0])}.{pieces[1]}") if marks[0] == "." or scaled else None
    if len(set(marks)) == 2 and marks[-1] == "." and len(pieces[-1]) != 3:  # 1,200.50
        return float(f"{int(''.join(pieces[:-1]))}.{pieces[-1]}")
    return (
        float(int("".join(pieces)))
        if all(2 <= len(p) <= 3 for p in pieces[1:]) and len(pieces[-1]) == 3
        else None
    )


class Reader:
    """Reads amounts from the tokens of one sheet; every method looks a few tokens ahead at most."""

    __slots__ = ("numerals", "text", "tokens")

    def __init__(self, text: str, tokens: tuple[Token, ...], numerals: Numerals) -> None:
        self.text = text
        self.tokens = tokens
        self.numerals = numerals

    def amount(self, i: int) -> Amount | None:
        """The figure that begins at a token, or None."""
        token = self.tokens[i]
        if token.text[0].isdecimal() or (token.text[0] in "lIO" and glued(self.tokens, i + 1)):
            return self.digits(i)
        word = token.lower
        n = self.numerals
        if word in n.articles:
            return self.after_article(i)
        if word in n.half:
            return self.half_a(i)
        if word in n.few or word in n.plurals or word in n.before_plural:
            return self.vague(i)
        if word in n.couple:
            return self.couple(i)
        if word in n.bound:
            return None
        return self.words(i) if word in n.units or word in n.tens or word in n.magnitudes else None

    def digits(self, i: int) -> Amount | None:
        """A number written in digits, with what belongs to it: groups, a letter, a magnitude word."""
        damaged = self.damaged(i)
        if damaged is not None:
            return damaged
        if not self.tokens[i].text[0].isdecimal():
            return None
        last = self.groups(i)
        if last > i + 1:
            return self.grouped(i, last)
        scale, after = self.magnitude(last)
        written = "".join(t.text for t in self.tokens[i:last])
        value = read_digits(written, scaled=scale > 1)
        if value is None:
            return Amount(i, last, None, kind="clock" if ":" in written else "label")
        if scale == 1:
            return self.remainder(Amount(i, last, value))
        return self.remainder(Amount(i, after, value * scale, "mixed", scale, value))

    def groups(self, i: int) -> int:
        """The end of "20 000": groups of three digits after single spaces."""
        tokens, end = self.tokens, self.tokens[i].end
        if len(tokens[i].text) > 3 or tokens[i].text[0] == "0":
            return i + 1
        for _ in range(4):
            gap = GAP.match(self.text, end)
            if gap is None or (self.dated(i) and self.text[gap.end() : gap.end() + 3] != "000"):
                break
            end = gap.end() + 3
        last = i + 1
        while last < len(tokens) and tokens[last].start < end:
            last += 1
        return last if tokens[last - 1].end == end else i + 1

    def grouped(self, i: int, last: int) -> Amount:
        """The number whose groups stand apart."""
        written = self.text[self.tokens[i].start : self.tokens[last - 1].end]
        digits = re.sub(r"\D", "", GAP.sub("", written).translate(LOOKALIKE))
        return Amount(i, last, float(int(digits)))

    def dated(self, i: int) -> bool:
        """Whether a month stands right before, so that the number is its day."""
        before = lower(self.tokens, i - 1)
        return before in self.numerals.months or (
            before == "." and lower(self.tokens, i - 2) in self.numerals.months
        )

    def damaged(self, i: int) -> Amount | None:
        """A number in which a scanner took letters for digits: "5,2OO"."""
        tokens = self.tokens
        if not glued(tokens, i + 1) or not (tokens[i + 1].text[0] in "OolI," or tokens[i].text[0] in "OlI"):
            return None
        found = DAMAGED.match(self.text, tokens[i].start, tokens[i].start + LONGEST)
        if found is None or not any(c.isdecimal() for c in found.group()):
            return None
        last = i + 1
        while last < len(tokens) and tokens[last].start < found.end():
            last += 1
        ended = tokens[last - 1].start + len(tokens[last - 1].text.rstrip(HYPHENS)) == found.end()
        if not ended or not any(c in "OolI" for c in found.group()):
            return None
        value = float(re.sub(r"\D", "", found.group().translate(LOOKALIKE)))
        return Amount(i, last, value)

    def magnitude(self, i: int) -> tuple[float, int]:
        """The factor of the magnitude words at ``i`` and the place after them; 1 where there are none."""
        n, start, scale = self.numerals, i, 1.0
        tokens = self.tokens
        if glued(tokens, i) and lower(tokens, i) in n.letters:
            return n.letters[lower(tokens, i)], i + 1
        if lower(tokens, i) in HYPHENS and lower(tokens, i) and lower(tokens, i + 1) in n.magnitudes:
            i += 1
        while (
            factor := n.magnitudes.get(lower(tokens, i)) or n.after.get(lower(tokens, i))
        ) and scale * factor < LARGEST:
            scale *= factor
            i += 1
        return (scale, i) if scale > 1 else (1.0, start)

    def remainder(self, amount: Amount) -> Amount:
        """Adds what follows in digits: "6 thousand 500", "9 thousand 9 hundred", "twelve,500"."""
        tokens, i, value = self.tokens, amount.last, amount.value
        if i >= len(tokens) or value is None:
            return amount
        text = tokens[i].text
        if (
            text == ","
            and value < 1000
            and amount.form == "words"
            and glued(tokens, i)
            and glued(tokens, i + 1)
        ):
            following = tokens[i + 1].text
            if len(following) == 3 and following.isdecimal() and amount.scale == 1:
                return replace(amount, last=i + 2, value=value * 1000 + int(following), form="mixed")
        if lower(tokens, i) == self.numerals.conjunction and lower(tokens, i - 1) in self.numerals.after:
            i, text = i + 1, tokens[i + 1].text if i + 1 < len(tokens) else ""
        if not text.isdecimal() or len(text) > 4 or tokens[i].start - tokens[i - 1].end != 1:
            return amount
        if text == "1000" and value < 1000 and amount.scale == 1:
            return replace(amount, last=i + 1, value=value * 1000, form="mixed", scale=1000, mantissa=value)
        if amount.scale < 1000 or len(text) > 3:
            return amount
        factor = self.numerals.magnitudes.get(lower(tokens, i + 1))
        if factor and factor < amount.scale:
            return replace(amount, last=i + 2, value=value + int(text) * factor, form="mixed", scale=1)
        return (
            replace(amount, last=i + 1, value=value + int(text), form="mixed", scale=1)
            if len(text) == 3
            else amount
        )

    def after_article(self, i: int) -> Amount | None:
        """ "A hundred", "a couple of thousand", "a score of", "a few dozen"."""
        n, word = self.numerals, lower(self.tokens, i + 1)
        if word in n.magnitudes:
            if word in n.bound and lower(self.tokens, i + 2) != n.of:
                return None
            found = self.words(i + 1)
        elif word in n.half:
            found = self.half_a(i + 1)
        elif word in n.couple:
            found = self.couple(i + 1)
        elif word in n.few or word in n.plurals:
            found = self.vague(i + 1)
        else:
            return None
        return found and replace(found, first=i)

    def half_a(self, i: int) -> Amount | None:
        """ "Half a million", "half-dozen"; bare "half" is a share and read elsewhere."""
        n, last = self.numerals, i + 1
        if lower(self.tokens, last) in n.articles:
            last += 1
        scale, after = self.magnitude(last)
        return Amount(i, after, scale / 2, "words", scale, 0.5) if scale > 1 else None

    def couple(self, i: int) -> Amount | None:
        """ "Couple of thousand": about two of them."""
        last = i + 1
        if lower(self.tokens, last) == self.numerals.of:
            last += 1
        scale, after = self.magnitude(last)
        if scale == 1 and last == i + 1:
            return None
        end = after if scale > 1 else i + 1
        return Amount(i, end, 2 * scale, "words", scale, 2, approx=True)

    def vague(self, i: int) -> Amount | None:
        """ "Tens of thousands", "several hundred", "dozens"."""
        n, tokens, last = self.numerals, self.tokens, i + 1
        if lower(tokens, i) in n.few:
            while lower(tokens, last) in n.magnitudes or lower(tokens, last) in n.plurals:
                last += 1
            if last == i + 1 and lower(tokens, i) in n.weak:
                return None
        while lower(tokens, last) == n.of and lower(tokens, last + 1) in n.plurals:
            last += 2
        if last == i + 1 and lower(tokens, i) in n.before_plural:
            return None
        return Amount(i, last, None, "vague")

    def words(self, i: int) -> Amount | None:
        """A number in words: "two hundred and fifty", "fourteen-thousand", "two and a half thousand"."""
        sum_of = Sum(self.numerals)
        opened = self.opened(i)
        last = i
        while last < len(self.tokens) and sum_of.total < LARGEST:
            step = self.step(last, sum_of, first=last == i, opened=opened)
            if not step:
                break
            last += step
        if last == i:
            return None
        kind = "year" if sum_of.paired and 1900 <= sum_of.value < 2050 else ""
        found = Amount(i, last, sum_of.value, "words", sum_of.scale, sum_of.mantissa, kind=kind)
        return self.remainder(found)

    def step(self, i: int, sum_of: Sum, *, first: bool, opened: bool) -> int:
        """How many tokens from ``i`` on continue the number."""
        n, word = self.numerals, self.tokens[i].lower
        following = lower(self.tokens, i + 1)
        if not first and word in n.units and n.magnitudes.get(following, 100) < 100:
            return 0  # "nine hundred two dozen": two numbers
        if sum_of.take(word) or (not first and word in n.after and sum_of.grow(n.after[word])):
            return 1
        if first:
            return 0
        if word == n.conjunction:
            return 0 if opened else self.joined(i, sum_of)
        if word == n.point and n.units.get(following, 10) < 10 and sum_of.state in ("unit", "ten"):
            sum_of.add_tenths(n.units[following])
            return 2
        return self.pair(i, sum_of)

    def pair(self, i: int, sum_of: Sum) -> int:
        """ "One sixty-eight", "eighteen ninety": hundreds left unsaid."""
        n, word = self.numerals, self.tokens[i].lower
        value = n.tens.get(word) or n.units.get(word, 0)
        unit = n.units.get(lower(self.tokens, i + 1), 0)
        size = 2 if word in n.tens and 0 < unit < 10 else 1
        apart = self.tokens[i].start - self.tokens[i - 1].end > 1
        if value < 10 or apart or self.tokens[i + size - 1].text[-1] in HYPHENS:
            return 0
        return size if sum_of.pair(value + (unit if size == 2 else 0)) else 0

    def opened(self, i: int) -> bool:
        """Whether "between" stands before, so that "and" parts two numbers."""
        for k in (i - 1, i - 2, i - 3):
            word = lower(self.tokens, k)
            if word in self.numerals.openers:
                return True
            if word == self.numerals.conjunction:
                return False
        return False

    def joined(self, i: int, sum_of: Sum) -> int:
        """How many tokens from "and" on belong to the number."""
        n, tokens = self.numerals, self.tokens
        word, following = lower(tokens, i + 1), lower(tokens, i + 2)
        half = 1 if word in n.half else 2 if word in n.articles and following in n.half else 0
        if half == 2 or (half == 1 and sum_of.scale >= 1000):
            sum_of.add_half()
            return half + 1
        if sum_of.scale < 100 or following in n.not_joined:
            return 0
        factor = n.magnitudes.get(following, 1)
        if factor >= sum_of.scale and not (sum_of.scale == 100 and factor >= 1000):
            return 0
        return 2 if sum_of.take(word) else 0
