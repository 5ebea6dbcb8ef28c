"""A share is said of something already known: half, two thirds, one in five, 40 percent, all, none, twice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace

from musterbook.lexicon.pack import Pack
from musterbook.reading.completions import Finished, finished_of, finishes, leaves_nobody
from musterbook.reading.number_words import Reader
from musterbook.reading.numerals import HYPHENS, Amount, lower
from musterbook.reading.sheet import Token

REACH = 5  # tokens between "last", "no", "complete" and the noun that they stand to


@dataclass(frozen=True)
class Shares:
    """The share words of a pack, ready to be looked up."""

    named: dict[str, float]
    times: dict[str, float]
    percent: frozenset[str]
    per: str
    of: str
    cent: frozenset[str]
    most: frozenset[str]
    after: frozenset[str]
    half_not: frozenset[str]
    before_half_not: frozenset[str]
    most_not_before: frozenset[str]
    most_never_before: frozenset[str]
    most_after: frozenset[str]
    whole: frozenset[str]
    near: dict[str, float]
    withdrawal: frozenset[str]
    all_not_before: frozenset[str]
    all_not_after: frozenset[str]
    nouns: frozenset[str]
    withdrawals: frozenset[str]
    out_of: tuple[tuple[str, ...], ...]
    multiple: frozenset[str]
    multiple_after: frozenset[str]
    alone: frozenset[str]
    not_one: dict[str, tuple[tuple[str, ...], ...]]
    finished: Finished

    @classmethod
    def of_pack(cls, pack: Pack) -> Shares:
        """Reads the tables ``shares`` and ``all`` of ``numbers.toml``."""
        shares, whole = pack.table("numbers", "shares"), pack.table("numbers", "all")
        near = dict.fromkeys((*whole["every"], *whole["last"]), 1.0) | dict.fromkeys(whole["none"], 0.0)
        not_one = tuple(tuple(p) for p in whole["not_one"])
        sets = (
            "multiple",
            "multiple_after",
            "after",
            "half_not",
            "before_half_not",
            "most",
            "most_not_before",
            "most_never_before",
            "most_after",
            "percent",
            "cent",
        )
        return cls(
            named=shares["named"],
            times=shares["times"],
            per=pack.table("numbers", "per"),
            of=pack.table("numbers", "of"),
            whole=frozenset(whole["all"]),
            near=near,
            withdrawal=frozenset(whole["complete"]),
            alone=frozenset(whole["alone"]),
            not_one={p[0]: not_one for p in not_one},
            finished=finished_of(pack),
            out_of=tuple(tuple(p) for p in pack.table("numbers", "out_of")),
            **{name: frozenset(shares[name]) for name in sets},
            **{
                name: frozenset(whole[name])
                for name in ("all_not_before", "all_not_after", "nouns", "withdrawals")
            },
        )

    def starts(self) -> frozenset[str]:
        """Words that may begin a share."""
        ended = self.finished
        near = {*self.near, *self.withdrawal, *self.not_one, *self.whole}
        last = ended.verbs | ended.predicates | ended.left | ended.gone
        return frozenset({*self.named, *self.times, *self.most, *near, *last})


def read_share(reader: Reader, shares: Shares, i: int) -> Amount | None:
    """The share that begins at a token without a number before it, or None."""
    tokens, word = reader.tokens, reader.tokens[i].lower
    if word in reader.numerals.articles:
        return after_article(reader, shares, i)
    if word in shares.times:
        return Amount(i, i + 1, shares.times[word], "share", share=True)
    if word in reader.numerals.half:
        return half(tokens, shares, i)
    if word in shares.most:
        return most(tokens, shares, i)
    return all_or_none(reader, shares, i) or ending(reader, shares, i)


def all_or_none(reader: Reader, shares: Shares, i: int) -> Amount | None:
    """All or none of a force; "none" with the mark that nobody remains, where it is said so."""
    tokens, words = reader.tokens, shares.finished
    found = wholes(tokens, shares, i)
    if found is None or found.value != 0 or found.kind:
        return found
    ends = leaves_nobody(tokens, (i, found.last), words, shares.nouns, partial(is_counted, reader, shares))
    return replace(found, ends=ends)


def ending(reader: Reader, shares: Shares, i: int) -> Amount | None:
    """The word that tells of a withdrawal that nobody is left, where no number and no "all" says so."""
    counted, whole = partial(is_counted, reader, shares), partial(is_whole, reader, shares)
    told = finishes(reader.tokens, i, shares.finished, counted, whole)
    return Amount(i, i + 1, 1.0, "all", share=True, ends=True) if told else None


def is_counted(reader: Reader, shares: Shares, i: int) -> bool:
    """Whether a number, or a word that means all, begins at a token."""
    return reader.amount(i) is not None or is_whole(reader, shares, i)


def is_whole(reader: Reader, shares: Shares, i: int) -> bool:
    """Whether a word that means all, or none, of a force begins at a token."""
    return wholes(reader.tokens, shares, i) is not None


def after_article(reader: Reader, shares: Shares, i: int) -> Amount | None:
    """ "A third", "a quarter of", "a half"; before a noun the word is an ordinal."""
    word = lower(reader.tokens, i + 1)
    if word not in shares.named or not ends_share(reader.tokens, shares, i + 2):
        return None
    return Amount(i, i + 2, 1 / shares.named[word], "share", share=True)


def ends_share(tokens: tuple[Token, ...], shares: Shares, i: int) -> bool:
    """Whether what follows shows that the word before was a share."""
    following = lower(tokens, i)
    return not following or following in shares.after or not following[0].isalpha()


def half(tokens: tuple[Token, ...], shares: Shares, i: int) -> Amount:
    """Bare "half"; half an hour and the second half of a game are something else."""
    following = [lower(tokens, i + k) for k in (1, 2)]
    found = Amount(i, i + 1, 0.5, "share", share=True)
    if any(w in shares.half_not for w in following) or tokens[i].text[-1] in HYPHENS:
        return replace(found, kind="other")
    third = lower(tokens, i + 3)
    timed = following[0] == shares.of and (not third or third in shares.half_not or following[1].isdecimal())
    return replace(found, kind="other") if lower(tokens, i - 1) in shares.before_half_not and timed else found


def most(tokens: tuple[Token, ...], shares: Shares, i: int) -> Amount | None:
    """ "Most of", "the majority": more than half, and no figure."""
    if lower(tokens, i - 1) in shares.most_never_before:
        return None
    if lower(tokens, i - 1) in shares.most_not_before and lower(tokens, i + 1) not in shares.most_after:
        return None
    return Amount(i, i + 1, None, "share", share=True)


def wholes(tokens: tuple[Token, ...], shares: Shares, i: int) -> Amount | None:
    """All or none of a force."""
    word = tokens[i].lower
    if word in shares.whole:
        before = lower(tokens, i - 1)
        odd = before in shares.all_not_before or lower(tokens, i + 1) in shares.all_not_after
        odd = odd or (before == shares.of and not stands_to(tokens, i, shares.nouns, numbers=True))
        return part(i, 1.0, kind="other" if odd else "")
    for words in shares.not_one.get(word, ()):
        if tuple(t.lower for t in tokens[i : i + len(words)]) == words:
            end = i + len(words)
            return part(i, 0.0, end) if none_left(tokens, shares, end) else None
    if word in shares.alone:
        return part(i, 0.0)
    if word in shares.near and stands_to(tokens, i, shares.nouns, numbers=shares.near[word] > 0):
        return part(i, shares.near[word])
    if word in shares.withdrawal and stands_to(tokens, i, shares.withdrawals, numbers=False):
        return part(i, 1.0)
    return None


def part(i: int, value: float, end: int = 0, kind: str = "") -> Amount:
    """All (1) or none (0) of a force, told from token ``i`` up to ``end``, or by that word alone."""
    return Amount(i, end or i + 1, value, "all", share=True, kind=kind)


def none_left(tokens: tuple[Token, ...], shares: Shares, i: int) -> bool:
    """Whether a noun of a force stands at ``i`` or right after it."""
    return any(lower(tokens, k) in shares.nouns for k in (i, i + 1))


def stands_to(tokens: tuple[Token, ...], i: int, nouns: frozenset[str], *, numbers: bool) -> bool:
    """Whether one of the nouns (or a number) follows in the same stretch of words."""
    for token in tokens[i + 1 : i + 1 + REACH]:
        if token.lower in nouns or (numbers and token.text[0].isdecimal()):
            return True
        if not token.text[0].isalpha() and token.text[0] not in "'’\"“”":
            return False
    return False


def of_number(reader: Reader, shares: Shares, amount: Amount) -> Amount:
    """The amount as a share, if what follows makes it one: "40 percent", "two thirds", "one in five"."""
    tokens, last = reader.tokens, amount.last
    if amount.value is None:
        return amount
    end = percent_end(tokens, shares, last)
    if end:
        return replace(amount, last=end, value=amount.value / 100, form="share", share=True, scale=1)
    if lower(tokens, last) in shares.multiple and lower(tokens, last + 1) in shares.multiple_after:
        return replace(amount, last=last + 1, form="share", share=True)
    if lower(tokens, last) in HYPHENS and lower(tokens, last + 1) in shares.named:
        last += 1
    word = lower(tokens, last)
    if word in shares.named and amount.form == "words" and amount.value < 10:
        parts = shares.named[word]
        if amount.value < parts and (
            amount.value > 1 or ends_share(tokens, shares, last + 1) or word not in reader.numerals.half
        ):
            return replace(amount, last=last + 1, value=amount.value / parts, form="share", share=True)
    return proportion(reader, shares, amount)


def percent_end(tokens: tuple[Token, ...], shares: Shares, i: int) -> int:
    """The place after "percent", "%" or "per cent" at ``i``; 0 where there is none."""
    if lower(tokens, i) in HYPHENS and lower(tokens, i):
        i += 1
    word = lower(tokens, i)
    if word == "%" or word in shares.percent:
        return i + 1
    return i + 2 if word == shares.per and lower(tokens, i + 1) in shares.cent else 0


def proportion(reader: Reader, shares: Shares, amount: Amount) -> Amount:
    """ "One in five", "two out of three"; "3/4 of"."""
    tokens, last = reader.tokens, amount.last
    if amount.value is None or not 0 < amount.value < 10 or amount.approx:
        return amount
    for words in shares.out_of:
        end = last + len(words)
        if tuple(lower(tokens, k) for k in range(last, end)) == words and end < len(tokens):
            whole = reader.amount(end)
            if whole and whole.value and amount.value < whole.value <= 20 and whole.form == amount.form:
                return replace(
                    amount, last=whole.last, value=amount.value / whole.value, form="share", share=True
                )
    return amount
