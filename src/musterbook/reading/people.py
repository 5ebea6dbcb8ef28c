"""A person is named in full once and in short afterwards; both are one, with every rank and office given."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from musterbook.lexicon.pack import Pack
from musterbook.reading.capitals import calmed
from musterbook.reading.marks import Name
from musterbook.reading.sheet import Sheet, Token
from musterbook.values import Attribution, Span

LONGEST_TITLE, LONGEST_OFFICE, LONGEST_NAME = 8, 16, 5
OWNERS = frozenset(("state", "adjective", "people", "mission", "organisation", "group", "forces"))
PARTS = "-‐‑"
NAME_CUT = re.compile(r"(\w{2,})\.\s+")
STOPS = frozenset('.;:!?“”"«»()—–\n')


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names a person: tokens of title and name, and the office given beside it."""

    first: int
    name: int  # token where the name itself begins
    last: int  # one past the name
    office: tuple[int, int] | None
    given: str = ""  # a first name that stands apart in a broken text


class Nouns(dict[str, frozenset[str]]):
    """The pack's word lists as sets, made once; a plain dictionary, since every word of a report asks it."""

    def __missing__(self, name: str) -> frozenset[str]:
        """Lists put together ("openers|times") or without others ("no_names-bodies"), kept once made."""
        first, *others = re.split(r"[|-]", name)
        made = self[first]
        for other in others:
            made = made | self[other] if "|" in name else made - self[other]
        self[name] = made
        return made


@cache
def _nouns(language: str, held: tuple[tuple[str, tuple[str, ...]], ...]) -> Nouns:
    lists = {name: frozenset(words) for name, words in held}
    lists["titles"] = lists["ranks"] | lists["addresses"] | lists["offices"] | lists["title_parts"]
    lists["heads"] = lists["rank_heads"] | lists["addresses"] | lists["offices"]
    lists["saying"] = frozenset(w for name, words in held if name.startswith("verbs.") for w in words)
    return Nouns(lists)


_READY: dict[int, tuple[Pack, Nouns]] = {}


def nouns(pack: Pack) -> Nouns:
    """The word sets of a pack."""
    held = _READY.get(id(pack))
    if held is None or held[0] is not pack:
        table = pack.table("voices")
        flat = [(k, tuple(v)) for k, v in table.items() if isinstance(v, list)]
        flat += [
            (f"{k}.{n}", tuple(v))
            for k, t in table.items()
            if isinstance(t, dict)
            for n, v in t.items()
            if isinstance(v, list)
        ]
        held = _READY[id(pack)] = (pack, _nouns(pack.language, tuple(flat)))
    return held[1]


def find_people(sheet: Sheet, names: tuple[Name, ...], pack: Pack) -> tuple[Attribution, ...]:
    """Everyone named with a rank or office anywhere in the report, in the order of first mention."""
    words = nouns(pack)
    parties = frozenset(n.span.start for n in names)
    mentions = [m for run in name_runs(sheet, words) for m in mentions_of(sheet, run, words, parties)]
    return merge(sheet, mentions, words)


def is_capital(token: Token) -> bool:
    """A word that starts with a capital letter."""
    return token.text[0].isupper()


def name_runs(sheet: Sheet, words: Nouns) -> list[tuple[int, int]]:
    """Stretches of capitalised words with the small words and full stops that belong inside names."""
    found, at = [], 0
    tokens = sheet.tokens
    while at < len(tokens):
        glued = at > 0 and tokens[at - 1].text[-1] in PARTS and tokens[at - 1].end == tokens[at].start
        if not is_capital(tokens[at]) or glued:
            at += 1
            continue
        end = run_end(tokens, at, words)
        found.append((at, end))
        at = end
    return found


def run_end(tokens: tuple[Token, ...], at: int, words: Nouns) -> int:
    """One past the run that starts here."""
    end = at + 1
    while end < len(tokens):
        token, before = tokens[end], tokens[end - 1]
        if (
            is_capital(token)
            or before.text[-1] in PARTS
            or (
                token.text == "."
                and (len(before.text) == 1 or before.lower in words["stops"] or is_cut(tokens, end, words))
                and follows(tokens, end)
            )
            or (
                token.text == "'"
                and end + 1 < len(tokens)
                and is_capital(tokens[end + 1])
                and token.start == before.end
            )
            or (token.text == "-" and before.text == "." and follows(tokens, end))
            or (
                token.lower in words["particles"]
                and end + 1 < len(tokens)
                and is_capital_or_particle(tokens, end + 1, words)
            )
        ):
            end += 1
        else:
            return end
    return end


def is_cut(tokens: tuple[Token, ...], stop: int, words: Nouns) -> bool:
    """Whether a machine's full stop cuts a name in two: "Leon. Panetta"."""
    if tokens[stop - 1].lower not in words["given"] or not follows(tokens, stop):
        return False
    return tokens[stop + 1].lower not in words["no_names"] and tokens[stop].start == tokens[stop - 1].end


def follows(tokens: tuple[Token, ...], stop: int) -> bool:
    """Whether the next word goes on with a capital after this full stop."""
    return stop + 1 < len(tokens) and is_capital(tokens[stop + 1])


def is_capital_or_particle(tokens: tuple[Token, ...], at: int, words: Nouns) -> bool:
    """Whether a name goes on here, past one more small word at most."""
    if is_capital(tokens[at]):
        return True
    return tokens[at].lower in words["particles"] and at + 1 < len(tokens) and is_capital(tokens[at + 1])


def mentions_of(
    sheet: Sheet, run: tuple[int, int], words: Nouns, parties: frozenset[int]
) -> Iterable[Mention]:
    """The person that a run of capitals names, if it carries a title or an office stands beside it."""
    tokens, (first, last) = sheet.tokens, run
    while first < last - 1 and is_before_title(tokens[first], words):
        first += 1
    name = name_start(tokens, first, last, words)
    broken = broken_name(tokens, name, last, words)
    if broken is not None:
        yield broken
        return
    start = title_start(tokens, first, words) if name < last or first == name else first
    if name >= last:
        return
    last = min(last, name + LONGEST_NAME)
    if tokens[name].lower in words["no_names"] or tokens[last - 1].lower in words["no_names"]:
        return
    titled = any(t.lower in words["heads"] for t in tokens[start:name])
    if not titled and tokens[name].start in parties:
        return
    office = office_after(tokens, last, words)
    if office is None and last - name >= 1:
        office = office_before(tokens, start, words)
    if titled or (office is not None and last - name >= 2):
        yield Mention(start, name, last, office)


def is_before_title(token: Token, words: Nouns) -> bool:
    """Whether a capital in front of a title is no part of it: "When President X", "In November Minister Y"."""
    if (
        token.lower in words["title_parts"]
        or token.lower in words["bodies"]
        or token.lower in words["portfolios"]
    ):
        return token.lower in words["determiners"]
    return any(token.lower in words[k] for k in ("no_names", "times", "openers", "breaks", "helpers"))


def name_start(tokens: tuple[Token, ...], first: int, last: int, words: Nouns) -> int:
    """Where titles end and the name begins, inside a run."""
    at = first
    for i in range(first, last):
        if tokens[i].lower in words["heads"] or (
            tokens[i].text == "." and tokens[i - 1].lower in words["titles"]
        ):
            at = i + 1
    while (
        at < last
        and at > first
        and tokens[at].lower in words["titles"]
        and tokens[at].lower not in words["particles"]
    ):
        at += 1
    return at


def title_start(tokens: tuple[Token, ...], first: int, words: Nouns) -> int:
    """Lower-case offices before a capital name belong to it: "base spokesman", "secretary of state"."""
    at = first
    while at > 0 and first - at < LONGEST_TITLE:
        word = tokens[at - 1]
        if (
            word.lower in words["titles"]
            or (
                word.lower in words["shapes.belonging"]
                and at - 2 >= 0
                and tokens[at - 2].lower in words["heads"]
            )
            or (word.text[-1] in PARTS and len(word.text) > 1)
            or (word.lower in words["portfolios"] and tokens[at - 2].lower in words["shapes.belonging"])
            or (at < first and is_capital(word) and word.lower not in words["no_names-title_parts-bodies"])
        ):
            at -= 1
        else:
            break
    return at


def office_after(tokens: tuple[Token, ...], last: int, words: Nouns) -> tuple[int, int] | None:
    """The apposition behind a name: ", commander of U.S. Central Command,"."""
    at = last
    if at >= len(tokens) or tokens[at].text not in (",", "("):
        return None
    at += 1
    end = at
    while end < min(len(tokens), at + LONGEST_OFFICE) and tokens[end].text != ",":
        if tokens[end].text in STOPS and not (
            tokens[end].text == "." and tokens[end - 1].lower in words["stops"]
        ):
            break
        if end > at and tokens[end].lower in words["saying"]:
            return None
        end += 1
    head = next((i for i in range(at, min(end, at + 7)) if tokens[i].lower in words["offices"]), None)
    if head is None or tokens[at].lower in words["pronouns|breaks|openers"]:
        return None
    return at, end


def office_before(tokens: tuple[Token, ...], start: int, words: Nouns) -> tuple[int, int] | None:
    """The apposition before a name: "the new commander of the coalition, General Paul Calvert"."""
    if start < 3 or tokens[start - 1].text != ",":
        return None
    for at in range(start - 2, max(-1, start - 2 - LONGEST_OFFICE), -1):
        if tokens[at].text in STOPS or tokens[at].text == "," or tokens[at].lower in words["saying"]:
            return None
        if tokens[at].lower in words["determiners"]:
            heads = [i for i in range(at, min(at + 6, start - 1)) if tokens[i].lower in words["offices"]]
            if heads:
                return at, start - 1
    return None


def broken_name(tokens: tuple[Token, ...], at: int, last: int, words: Nouns) -> Mention | None:
    """``Kenneth said. McKenzie, commander of``: a verb of saying that a machine put inside a name."""
    if at < 3 or at >= last or tokens[at - 1].text != "." or tokens[at - 2].lower not in words["verbs.say"]:
        return None
    given = tokens[at - 3]
    if not is_capital(given) or given.lower in words["no_names|titles"]:
        return None
    if last - at > 1 or (at >= 4 and (is_capital(tokens[at - 4]) or tokens[at - 4].text == ".")):
        return None
    office = office_after(tokens, last, words)
    return Mention(at, at, last, office, given.text) if office is not None else None


def merge(sheet: Sheet, mentions: list[Mention], words: Nouns) -> tuple[Attribution, ...]:
    """Mentions with the same last word of the name are one person; the fullest form is kept."""
    people: dict[str, Attribution] = {}
    for mention in mentions:
        person = person_of(sheet, mention, words)
        key = surname(person.name or "")
        people[key] = joined(people[key], person) if key in people else person
    return tuple(replace(p, words=wording(p)) for p in people.values())


@lru_cache(4096)
def surname(name: str) -> str:
    """The last word of a name, folded."""
    return name.split()[-1].casefold() if name.split() else ""


def first_name(name: str) -> str:
    """The first word of a name, folded."""
    return name.split()[0].casefold() if name.split() else ""


def person_of(sheet: Sheet, mention: Mention, words: Nouns) -> Attribution:
    """The attribution that one mention alone supports."""
    tokens, text = sheet.tokens, sheet.text
    name = NAME_CUT.sub(r"\1 ", text[tokens[mention.name].start : tokens[mention.last - 1].end])
    title = (
        text[tokens[mention.first].start : tokens[mention.name].start].strip()
        if mention.first < mention.name
        else ""
    )
    office = (
        text[tokens[mention.office[0]].start : tokens[mention.office[1] - 1].end] if mention.office else None
    )
    span = Span(tokens[mention.first].start, tokens[mention.last - 1].end)
    full = calmed(" ".join(f"{mention.given} {name}".split()))
    return Attribution(
        full, full, calmed(title) or None, " ".join(office.split()) if office else None, span=span
    )


def joined(first: Attribution, second: Attribution) -> Attribution:
    """One person of two mentions: the longest name, the first rank, the first office."""
    name = max((first.name or "", second.name or ""), key=lambda n: len(n.split()))
    rank = max((first.rank or "", second.rank or ""), key=len) or None
    return replace(first, name=name, rank=rank, office=first.office or second.office)


def wording(person: Attribution) -> str:
    """Rank or title, name, office: "Gen. Kenneth McKenzie, commander of U.S. Central Command"."""
    head = " ".join(p for p in (person.rank, person.name) if p)
    return f"{head}, {person.office}" if person.office else head


class People:
    """The report's people by surname, with the places where each is named."""

    def __init__(
        self, sheet: Sheet, people: tuple[Attribution, ...], pack: Pack, names: tuple[Name, ...] = ()
    ) -> None:
        self.words = nouns(pack)
        self.parties = [n for n in names if n.force is not None and n.form in OWNERS]
        self.party_starts = [n.span.start for n in self.parties]
        self.spelled: dict[str, str] = pack.table("voices", "spelled")
        self.tokens, self.token_starts = sheet.tokens, sheet.starts
        self.everybody = people
        self.by_name = {
            first_name(p.name): p
            for p in people
            if p.name and len(p.name.split()) > 1 and first_name(p.name) in self.words["given"]
        }
        self.by_name |= {surname(p.name): p for p in people if p.name}
        self.places: list[tuple[int, Attribution]] = [
            (t.start, self.by_name[t.lower])
            for t in sheet.tokens
            if t.lower in self.by_name and is_capital(t)
        ]
        self.starts = [at for at, _ in self.places]

    def named_in(self, tokens: Iterable[Token]) -> Attribution | None:
        """The last person whose surname stands among these tokens."""
        hits = [self.by_name[t.lower] for t in tokens if t.lower in self.by_name and is_capital(t)]
        return hits[-1] if hits else None

    def styles(self, person: Attribution) -> frozenset[str]:
        """The words of a person's rank and office, short ranks spelled out as well."""
        parts = (
            f"{person.rank or ''} {person.office or ''} {'' if person.name else person.words}".casefold()
            .replace(".", " ")
            .replace(",", " ")
            .split()
        )
        return frozenset(parts) | {self.spelled[p] for p in parts if p in self.spelled}

    def called(self, word: str) -> Attribution | None:
        """The one person with this word in the name, however it is printed."""
        hits = [
            p
            for p in dict.fromkeys(self.by_name.values())
            if word.casefold() in (p.name or "").casefold().split()
        ]
        return hits[0] if len(hits) == 1 else None

    def before(self, offset: int) -> Attribution | None:
        """The person named last before this place."""
        at = bisect_right(self.starts, offset - 1)
        return self.places[at - 1][1] if at else None

    def holding(self, noun: str) -> Attribution | None:
        """The one person whose title or office has this noun; None where nobody or several fit."""
        hits = [p for p in dict.fromkeys(self.by_name.values()) if noun in self.styles(p)]
        return hits[0] if len(hits) == 1 else None
