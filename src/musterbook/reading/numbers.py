"""Every number and share of a text is marked once; what it is not is said, and nothing is dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from musterbook.lexicon.pack import Pack
from musterbook.reading.marks import Quantity
from musterbook.reading.number_bounds import Hedges, bounds
from musterbook.reading.number_cues import Cues
from musterbook.reading.number_kinds import kind_of
from musterbook.reading.number_shares import Shares, of_number, read_share
from musterbook.reading.number_words import Reader
from musterbook.reading.numerals import HYPHENS, LARGEST, Amount, Numerals, glued, lower
from musterbook.reading.sheet import Sheet, Token
from musterbook.values import Span

GOVERNED = 12  # words between a verb of change and the "by" of its amount
LETTERS = "lIO"  # what a scanner takes for digits
FIGURES = "0123456789" + LETTERS  # what a number in digits may begin with
WIDEST = 4.0  # "3,000 or 4,000" is one range, "300 or 4,000" is two numbers


@dataclass(frozen=True)
class Vocabulary:
    """What the finder needs of a pack, looked up once."""

    pack: Pack
    numerals: Numerals
    shares: Shares
    hedges: Hedges
    cues: Cues
    range_words: frozenset[str]
    openers: frozenset[str]
    leavers: frozenset[str]
    ranging: frozenset[str]
    by: frozenset[str]
    changing: frozenset[str]
    to: str
    starts: frozenset[str]


COMPILED: dict[int, Vocabulary] = {}  # packs are few, live long and cannot be hashed: kept by identity


def vocabulary(pack: Pack) -> Vocabulary:
    """The compiled words of a pack."""
    held = COMPILED.get(id(pack))
    if held is None or held.pack is not pack:
        held = COMPILED[id(pack)] = compile_words(pack)
    return held


def compile_words(pack: Pack) -> Vocabulary:
    """Reads the three files of the pack that speak of numbers."""
    n, shares = Numerals.of_pack(pack), Shares.of_pack(pack)
    words = {
        *n.units,
        *n.tens,
        *n.magnitudes,
        *n.plurals,
        *n.before_plural,
        *n.few,
        *n.couple,
        *n.half,
        *n.articles,
    }
    near = ("range_words", "range_openers", "from", "ranging", "by", "changing")
    listed = {name: frozenset(pack.words("numbers", name)) for name in near}
    return Vocabulary(
        pack=pack,
        numerals=n,
        shares=shares,
        hedges=Hedges.of_pack(pack, frozenset(words)),
        cues=Cues.of_pack(pack, frozenset(words - n.articles)),
        range_words=listed["range_words"],
        openers=listed["range_openers"],
        leavers=listed["from"],
        ranging=listed["ranging"],
        by=listed["by"],
        changing=listed["changing"],
        to=pack.table("numbers", "to"),
        starts=frozenset(words) | shares.starts(),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """One amount, or a range of two."""

    low: Amount
    high: Amount | None = None
    approx: bool = False
    opener: int | None = None  # "between"
    parted: bool = (
        False  # a "to" follows that leads to another number: "from 5,200 to 3,000", "by 200 to 800"
    )

    @property
    def first(self) -> int:
        """Its first token."""
        return self.low.first

    @property
    def last(self) -> int:
        """The token after its last."""
        return (self.high or self.low).last


def find_quantities(sheet: Sheet, pack: Pack) -> tuple[Quantity, ...]:
    """All numbers, number words and shares of a sheet in text order, none overlapping another."""
    words = vocabulary(pack)
    reader = Reader(sheet.text, sheet.tokens, words.numerals)
    found: list[Found] = []
    after = 0
    for i in openings(sheet, words):
        if i >= after:
            one = read_at(reader, words, i)
            if one is not None:
                found.append(one)
                after = one.last
    return tuple(marked(sheet, words, found))


def openings(sheet: Sheet, words: Vocabulary) -> Iterator[int]:
    """Every token at which an amount or a share may begin."""
    tokens, starts, articles = sheet.tokens, words.starts, words.numerals.articles
    for i, word in enumerate(sheet.lowers):
        if word in starts:
            if word not in articles or lower(tokens, i + 1) in starts:
                yield i
        elif (first := tokens[i].text[0]) in FIGURES and (first not in LETTERS or glued(tokens, i + 1)):
            yield i


def read_at(reader: Reader, words: Vocabulary, i: int) -> Found | None:
    """The number, range or share that begins at a token."""
    amount = reader.amount(i)
    if amount is None:
        share = read_share(reader, words.shares, i)
        return Found(share) if share else None
    if amount.kind or amount.form == "vague":
        return Found(amount)
    share = of_number(reader, words.shares, amount)
    if share.share and share.last > amount.last and share.form == "share":
        return Found(share)
    return ranged(reader, words, amount)


def ranged(reader: Reader, words: Vocabulary, low: Amount) -> Found:
    """The amount with the second one of its range, if there is a range."""
    tokens, i = reader.tokens, low.last
    link = lower(tokens, i)
    conjunction = link == words.numerals.conjunction
    if not link or not (conjunction or link in HYPHENS or link in words.range_words):
        return Found(low)
    opener = next((low.first - k for k in (1, 2, 3) if lower(tokens, low.first - k) in words.openers), None)
    opened = opener is not None
    if conjunction and not opened:
        return Found(low)
    if link == words.to and left_from(tokens, words, low.first) and not opened:
        return Found(low, parted=True)
    at, approx = skip_hedge(tokens, words, i + 1)
    high = reader.amount(at) if at < len(tokens) else None
    if high is None or high.value is None or low.value is None or high.kind:
        return Found(low)
    share = of_number(reader, words.shares, high)
    if share.share:
        scaled = replace(low, value=low.value / 100, share=True, form="share")
        return Found(scaled, share, approx) if low.value / 100 < (share.value or 0) else Found(low)
    pair = scaled_pair(low, high, link)
    if pair is None or (link not in HYPHENS and not opened and pair[1] > WIDEST * max(pair[0], 1)):
        return Found(low)
    if link in HYPHENS and stands_apart(tokens, i) and (pair[0] < 100 or low.form == "words"):
        return Found(low)
    return Found(replace(low, value=pair[0]), replace(high, value=pair[1]), approx or high.approx, opener)


def stands_apart(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a dash has room on both sides, as between clauses."""
    return i + 1 < len(tokens) and tokens[i - 1].end < tokens[i].start and tokens[i].end < tokens[i + 1].start


def left_from(tokens: tuple[Token, ...], words: Vocabulary, i: int) -> bool:
    """Whether "from" or the "by" of a change stands before the number (past its hedges): no range then."""
    for k in range(i - 1, max(-1, i - 5), -1):
        word = tokens[k].lower
        if word in words.leavers:
            return lower(tokens, k - 1) not in words.ranging
        if word in words.by:
            return changes(tokens, words, k)
        if word not in words.hedges.before and word not in words.hedges.fillers:
            return False
    return False


def changes(tokens: tuple[Token, ...], words: Vocabulary, by: int) -> bool:
    """Whether a verb of change stands before "by" in the same sentence."""
    for token in reversed(tokens[max(0, by - GOVERNED) : by]):
        if token.lower in words.changing:
            return True
        if token.text in ".;!?":
            return False
    return False


def skip_hedge(tokens: tuple[Token, ...], words: Vocabulary, i: int) -> tuple[int, bool]:
    """The place of the second number behind a softening word: "3,000 to perhaps 4,000"."""
    held = words.hedges.before.get(lower(tokens, i), ())
    soft = any(len(phrase) == 1 and sense == "approx" for phrase, sense in held)
    return (i + 1, True) if soft else (i, False)


def scaled_pair(low: Amount, high: Amount, link: str) -> tuple[float, float] | None:
    """Both ends in persons, or None when they make no range: "two to three thousand", "10-12,000"."""
    first, second = low.value or 0.0, high.value or 0.0
    if high.scale > 1 and low.scale == 1 and first < (high.mantissa or 1):
        first *= high.scale
    elif second >= 1000 and second % 500 == 0 and first < 1000 and first * 1000 < second <= first * 2500:
        first *= 1000
    return (first, second) if first < second < LARGEST else None


def marked(sheet: Sheet, words: Vocabulary, found: list[Found]) -> list[Quantity]:
    """The quantities with their hedges and kinds; each knows the kind of the one before it."""
    marks: list[Quantity] = []
    for k, one in enumerate(found):
        floor = found[k - 1].last if k else 0
        before = marks[-1] if marks else None
        marks.append(quantity(sheet, words, one, floor, before))
    return marks


def quantity(sheet: Sheet, words: Vocabulary, found: Found, floor: int, before: Quantity | None) -> Quantity:
    """One mark: the bounds around it, and what kind of number it is."""
    tokens = sheet.tokens
    around = bounds(tokens, words.hedges, found.first, found.last)
    start = around.first if found.opener is None else min(around.first, found.opener)
    value, low, high = figures(found, around.senses)
    place = (found.first, found.last)
    kind = found.low.kind or kind_of(sheet, words.cues, place, found.low, found.high, before)
    kind = "" if kind == "score" and found.parted else kind
    return Quantity(
        span=Span(tokens[found.first].start, word_end(tokens[found.last - 1])),
        hedged=Span(tokens[max(start, floor)].start, word_end(tokens[max(around.last, found.last) - 1])),
        value=value,
        low=low,
        high=high,
        approx=found.approx or found.low.approx or "approx" in around.senses,
        form=found.low.form if found.high is None else form_of(found),
        kind=kind or "count",
        ends=found.low.ends,
    )


def word_end(token: Token) -> int:
    """Where a word ends without the hyphen that it keeps."""
    return token.end - (len(token.text) > 1 and token.text[-1] in HYPHENS)


def form_of(found: Found) -> str:
    """How a range is written."""
    forms = {found.low.form, found.high.form if found.high else found.low.form}
    return forms.pop() if len(forms) == 1 else "share" if "share" in forms else "mixed"


def figures(found: Found, senses: frozenset[str]) -> tuple[float | None, int | None, int | None]:
    """Its number with the bound that stands at it, or the ends of its range, or a share."""
    value = found.low.value
    if value is None:
        return None, None, None
    if found.high is not None:
        other = found.high.value or value
        return ((value + other) / 2, None, None) if found.low.share else (None, round(value), round(other))
    if found.low.share:
        return value, None, None
    if value >= LARGEST:
        return None, None, None
    person = round(value)
    whole = float(person) if abs(value - person) < 1e-6 else value
    if "low" in senses:
        return whole, person, None
    return whole, None, person if "high" in senses else None
