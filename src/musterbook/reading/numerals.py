"""Number words add up by rules that refuse a word which cannot continue the number."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from musterbook.lexicon.pack import Pack
from musterbook.reading.sheet import TOKEN, Token

LARGEST = 10**15  # beyond it a number is a serial number or noise
HYPHENS = "-‐‑–"


class Amount(Struct, frozen=True, gc=False):
    """One figure as read: tokens ``first:last``, its value, and the magnitude word that ended it.

    ``share`` is set for a share of something; ``mantissa`` is the number before the magnitude word; ``ends`` for
    a word that leaves nobody ("completed its withdrawal").
    """

    first: int
    last: int
    value: float | None
    form: str = "digits"
    scale: float = 1
    mantissa: float = 0
    approx: bool = False
    share: bool = False
    kind: str = ""
    ends: bool = False


def phrase(words: str) -> tuple[str, ...]:
    """A phrase of the pack as the sheet would cut it."""
    return tuple(w.rstrip("-‐‑").casefold() or w for w in TOKEN.findall(words))


@dataclass(frozen=True)
class Numerals:
    """The number words of a pack, ready to be looked up."""

    units: dict[str, float]
    tens: dict[str, float]
    magnitudes: dict[str, float]
    letters: dict[str, float]
    bound: frozenset[str]
    plurals: frozenset[str]
    before_plural: frozenset[str]
    few: frozenset[str]
    weak: frozenset[str]
    couple: frozenset[str]
    half: frozenset[str]
    articles: frozenset[str]
    after: dict[str, float]
    months: frozenset[str]
    not_joined: frozenset[str]
    conjunction: str
    point: str
    of: str
    openers: frozenset[str]

    @classmethod
    def of_pack(cls, pack: Pack) -> Numerals:
        """Reads ``numbers.toml``."""
        get = pack.table("numbers").get
        letters = [
            (w, v)
            for n, v in (("thousand", 1e3), ("million", 1e6), ("billion", 1e9))
            for w in get(f"{n}_letters")
        ]
        vague = get("vague")
        return cls(
            units=dict(get("units")),
            tens=dict(get("tens")),
            magnitudes=dict(get("magnitudes")),
            letters=dict(letters),
            bound=frozenset(get("bound")["words"]),
            plurals=frozenset(vague["plurals"]),
            before_plural=frozenset(vague["before_plural"]),
            few=frozenset(vague["few"]),
            weak=frozenset(vague["weak"]),
            couple=frozenset(vague["couple"]),
            half=frozenset(get("half")),
            articles=frozenset(get("articles")),
            after=dict(get("magnitudes_after")),
            months=frozenset(pack.words("not_heads", "day", "months")),
            not_joined=frozenset(get("not_joined")),
            conjunction=get("and"),
            point=get("point"),
            of=get("of"),
            openers=frozenset(get("range_openers")),
        )


def glued(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether token ``i`` follows the one before it without a gap."""
    return 0 < i < len(tokens) and tokens[i - 1].end == tokens[i].start


def lower(tokens: tuple[Token, ...], i: int) -> str:
    """The folded word at a place, empty outside the text."""
    return tokens[i].lower if 0 <= i < len(tokens) else ""


class Sum:
    """A number in words as it adds up; ``take`` refuses a word that cannot continue it."""

    __slots__ = ("current", "mantissa", "numerals", "paired", "scale", "state", "total")

    def __init__(self, numerals: Numerals) -> None:
        self.numerals = numerals
        self.total = 0.0
        self.current: float | None = None
        self.state = ""
        self.scale = 1.0
        self.mantissa = 0.0
        self.paired = False

    @property
    def value(self) -> float:
        """What the words so far add up to."""
        return self.total + (self.current or 0)

    def take(self, word: str) -> bool:
        """Adds one word, or says that it belongs to no number or to the next one."""
        n = self.numerals
        if word in n.units:
            return self.small(n.units[word])
        if word in n.tens:
            return self.ten(n.tens[word])
        if word in n.magnitudes:
            return self.grow(n.magnitudes[word])
        return False

    def small(self, value: float) -> bool:
        """A word below twenty."""
        if self.state == "unit" or (self.state == "ten" and not 0 < value < 10):
            return False
        self.current, self.state, self.scale = (self.current or 0) + value, "unit", 1
        return True

    def ten(self, value: float) -> bool:
        """A full ten."""
        if self.state in ("unit", "ten"):
            return False
        self.current, self.state, self.scale = (self.current or 0) + value, "ten", 1
        return True

    def grow(self, magnitude: float) -> bool:
        """A magnitude word multiplies what stands before it."""
        base = 1.0 if self.current is None and not self.total else self.current
        if base is None:  # "thousand million": the whole so far
            base, self.total = self.total, 0.0
        self.mantissa = base if self.scale == 1 else self.mantissa
        self.scale = magnitude * (self.scale if self.state == "magnitude" else 1)
        self.state = "magnitude"
        if magnitude < 1000:
            self.current = base * magnitude
        else:
            self.total, self.current = self.total + base * magnitude, None
        return True

    def pair(self, value: float) -> bool:
        """What was said so far are hundreds: once, and only for a number below a hundred."""
        if self.paired or self.total or self.scale > 1 or not 0 < (self.current or 0) < 100:
            return False
        self.current, self.state, self.paired = (self.current or 0) * 100 + value, "unit", True
        return True

    def add_tenths(self, tenths: float) -> None:
        """ "Point five"."""
        self.current, self.state = (self.current or 0) + tenths / 10, "tenths"

    def add_half(self) -> None:
        """ "And a half": of the magnitude before, or of one."""
        if self.scale > 1:
            self.total += self.scale / 2
        else:
            self.current, self.state = (self.current or 0) + 0.5, ""
