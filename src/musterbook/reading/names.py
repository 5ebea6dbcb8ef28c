"""Parties, places, missions and groups that a text names: the longest name wins, capitals decide.

Names come from the registers, the words of borders and ranks from the pack; this file only walks the tokens.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from musterbook.lexicon.pack import Pack
from musterbook.lexicon.register import Phrase, Register, plain
from musterbook.reading.marks import Name
from musterbook.reading.sheet import TOKEN, Sheet, Token
from musterbook.values import Span

HYPHENS = frozenset("-‐‑–")
PLACED = frozenset(("state", "adjective", "capital", "city", "province"))
SETS = ("borders", "sides", "joints", "titles", "first_names", "shouted")
STATELY = frozenset(("state", "adjective", "people", "capital", "government", "forces"))


class Entry(NamedTuple):
    """A phrase at the end of its path through the tree: its words as spelled and those that must follow."""

    phrase: Phrase
    spelled: tuple[str, ...]
    beside: tuple[frozenset[str], ...]


class Node:
    """A place in the tree of names: the tokens that may come next, and the names that end here."""

    __slots__ = ("entries", "following")

    def __init__(self) -> None:
        self.following: dict[str, Node] = {}
        self.entries: list[Entry] = []


class Hit(NamedTuple):
    """A name over ``tokens[first:last]``."""

    first: int
    last: int
    phrase: Phrase


class Words(NamedTuple):
    """What the finder asks of a pack."""

    borders: frozenset[str]
    sides: frozenset[str]
    joints: frozenset[str]
    titles: frozenset[str]
    first_names: frozenset[str]
    shouted: frozenset[str]
    fixed: dict[str, str]
    bare: dict[str, tuple[frozenset[str], ...]]
    against: dict[str, tuple[frozenset[str], frozenset[str]]]


_HELD: dict[int, tuple[Pack, Words]] = {}  # by identity, as a pack cannot be hashed; keeps the pack alive


def words_of(pack: Pack) -> Words:
    """The pack's words for names, as sets, made once for each pack."""
    held = _HELD.get(id(pack))
    if held is None:
        held = _HELD[id(pack)] = pack, read_words(pack)
    return held[1]


def read_words(pack: Pack) -> Words:
    """The pack's words for names, as sets."""
    sets = {name: frozenset(pack.words("names", name)) for name in SETS}
    doubtful = pack.table("names", "doubtful")
    against = {name: (frozenset(d["against"]), frozenset(d["for"])) for name, d in doubtful.items()}
    bare = {
        p: tuple(frozenset(d[key]) for key in ("need", "only", "cues"))
        for p, d in pack.table("names", "bare_borders").items()
    }
    return Words(**sets, fixed=pack.table("names", "fixed_borders"), bare=bare, against=against)


@cache
def tree_of(register: Register) -> Node:
    """All names of the register as one tree over folded tokens; hyphens are left out."""
    root = Node()
    for phrase in register.phrases:
        texts = pieces(phrase.words)
        node = root
        for text in texts:
            node = node.following.setdefault(folded(text.rstrip("-‐‑").casefold()), Node())
        beside = tuple(frozenset(word.split("/")) for word in phrase.beside.casefold().split())
        node.entries.append(Entry(phrase, tuple(text.rstrip("-‐‑") for text in texts), beside))
    spread_dots(root)
    return root


def pieces(words: str) -> list[str]:
    """The tokens of a name, as a sheet would cut them, without hyphens that stand alone."""
    plainly = words.split()
    if all(word.isalpha() for word in plainly):
        return plainly
    return [text for text in TOKEN.findall(words) if text not in HYPHENS]


def spread_dots(root: Node) -> None:
    """Makes "U.S." findable as "U.S", "U. S." and "U S" too, whatever the tokens are."""
    for word, node in list(root.following.items()):
        letters = word.split(".")
        if len(letters) < 3 or any(len(letter) != 1 for letter in letters[:-1]):
            continue
        path = [sign for letter in letters[:-1] for sign in (letter, ".")]
        for end in (path, path[:-1]):
            graft(root, end, node)


def graft(root: Node, path: list[str], node: Node) -> None:
    """Lets a path of tokens end where the node's names end."""
    for word in path:
        root = root.following.setdefault(word, Node())
    root.entries.extend(node.entries)
    for word, child in node.following.items():
        root.following.setdefault(word, child)


@cache
def accented(word: str) -> str:
    """A word that is not plain ASCII without its accents."""
    return plain(word)


def folded(word: str) -> str:
    """The key of a token in the tree."""
    return word if word.isascii() else accented(word) if len(word) < 40 else word


def find_names(sheet: Sheet, register: Register, pack: Pack) -> tuple[Name, ...]:
    """All names of the text in order, none overlapping; a border swallows the state it belongs to."""
    words = words_of(pack)
    hits = [
        hit for hit in hits_of(sheet, tree_of(register), words) if not is_person(sheet.tokens, hit, words)
    ]
    hits = without_doubtful(sheet.tokens, hits, words)
    names = [name for name in with_borders(sheet.tokens, hits, register, words) if name.form != "none"]
    bare = bare_borders(sheet.tokens, names, words)
    return tuple(sorted((*names, *bare), key=lambda name: name.span.start) if bare else names)


def hits_of(sheet: Sheet, root: Node, words: Words) -> list[Hit]:
    """The longest names from left to right."""
    hits, after, first = [], 0, root.following
    for at, lower in enumerate(sheet.lowers):
        start = first.get(lower if lower.isascii() else folded(lower))
        if start is None or at < after:
            continue
        hit = longest(sheet.tokens, at, start, words)
        if hit:
            hits.append(hit)
            after = hit.last
    return hits


def longest(tokens: tuple[Token, ...], at: int, node: Node | None, words: Words) -> Hit | None:
    """The longest name that starts at this token, None where spelling speaks against all of them."""
    hit, last = None, at + 1
    while node is not None:
        for entry in node.entries:
            if fits(tokens, at, last, entry, words):
                hit = Hit(at, last, entry.phrase)
                break
        while last < len(tokens) and tokens[last].text in HYPHENS and last > at:
            last += 1
        node = node.following.get(folded(tokens[last].lower)) if last < len(tokens) else None
        last += 1
    return hit


def fits(tokens: tuple[Token, ...], at: int, last: int, entry: Entry, words: Words) -> bool:
    """Whether the tokens are spelled as the name demands and the words beside it are there."""
    rule = entry.phrase.rule
    if rule == "capital" and not tokens[at].text[0].isupper():
        return False
    if rule == "exact" and not as_spelled(tokens, at, last, entry.spelled, words):
        return False
    if last + len(entry.beside) > len(tokens):
        return False
    return all(tokens[last + i].lower in wanted for i, wanted in enumerate(entry.beside))


def as_spelled(tokens: tuple[Token, ...], at: int, last: int, spelled: tuple[str, ...], words: Words) -> bool:
    """Whether the tokens are the words as spelled or in capitals, and none only shouts ("CAR PARK")."""
    found = [t.text.rstrip("-‐‑") for t in tokens[at:last] if t.text not in HYPHENS]
    if not all(a == b or a == b.upper() for a, b in zip(found, spelled, strict=False)):
        return False
    return tokens[at].lower not in words.shouted or not (shouts(tokens, at - 1) or shouts(tokens, last))


def shouts(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a word of four and more capitals stands there."""
    return 0 <= at < len(tokens) and len(tokens[at].text) > 3 and tokens[at].text.isupper()


def is_person(tokens: tuple[Token, ...], hit: Hit, words: Words) -> bool:
    """Whether a rank, title or first name makes it a surname: "Gen. Jordan", "Michael Jordan"."""
    if hit.phrase.form not in PLACED or hit.first == 0 or hit.phrase.form == "adjective":
        return False
    before = hit.first - 1
    if tokens[before].text == "." and before:
        before -= 1
    token = tokens[before]
    if not token.text[0].isupper():
        return False
    return token.lower in words.titles or (token.lower in words.first_names and before == hit.first - 1)


def without_doubtful(tokens: tuple[Token, ...], hits: list[Hit], words: Words) -> list[Hit]:
    """Leaves out names that mean something else in this text, such as the U.S. state of Georgia."""
    doubtful = {
        t for hit in hits if (t := tokens[hit.first].lower) in words.against and hit.last == hit.first + 1
    }
    if not doubtful:
        return hits
    present = {token.lower for token in tokens}
    dropped = {n for n in doubtful if present & words.against[n][0] and not present & words.against[n][1]}
    return [h for h in hits if not (h.last == h.first + 1 and tokens[h.first].lower in dropped)]


def with_borders(tokens: tuple[Token, ...], hits: list[Hit], register: Register, words: Words) -> list[Name]:
    """The hits as names, with borders made of the states around the word "border"."""
    found: list[Name] = []
    index, taken = 0, 0
    for number, hit in enumerate(hits):
        if number < index:
            continue
        border = border_at(tokens, hits, number, taken, words)
        if border is None:
            found.append(name_of(tokens, hit))
            taken = hit.last
            continue
        first, last, index, owners = border
        found.append(border_name(tokens, first, last, owners, register, words))
        taken = last
    return found


def border_at(
    tokens: tuple[Token, ...], hits: list[Hit], number: int, taken: int, words: Words
) -> tuple[int, int, int, list[str]] | None:
    """A border at this hit or just before it: first and last token, next hit, codes of its states."""
    hit = hits[number]
    if hit.phrase.place is None or hit.phrase.form not in ("state", "adjective", "province"):
        return None
    owners, upto, last = [hit.phrase.place], number + 1, hit.last
    if upto < len(hits) and is_paired(tokens, hit, hits[upto], words):
        owners.append(str(hits[upto].phrase.place))
        last, upto = hits[upto].last, upto + 1
    end = border_after(tokens, last, words)
    if end is not None:
        return hit.first, end, upto, owners
    start = border_before(tokens, hit.first, taken, words)
    return (start, last, upto, owners) if start is not None else None


def is_paired(tokens: tuple[Token, ...], one: Hit, other: Hit, words: Words) -> bool:
    """Whether two states are joined as "U.S.-Mexico", "Turkish-Syrian" or "Chad and Sudan"."""
    if (
        other.phrase.place is None
        or other.phrase.form not in ("state", "adjective")
        or other.phrase.place == one.phrase.place
    ):
        return False
    between = tokens[one.last : other.first]
    if not between:
        return tokens[one.last - 1].text[-1] in HYPHENS
    return len(between) == 1 and between[0].text in HYPHENS


def border_after(tokens: tuple[Token, ...], at: int, words: Words) -> int | None:
    """The end of "'s eastern borders" after a state."""
    if at < len(tokens) and tokens[at].lower in ("'s", "’s", "'", "’"):
        at += 1
    for token in tokens[at : at + 3]:
        at += 1
        if token.lower in words.borders:
            return at
        if token.lower not in words.sides:
            return None
    return None


def border_before(tokens: tuple[Token, ...], at: int, taken: int, words: Words) -> int | None:
    """The start of "border with" or "eastern borders of" before a state."""
    at -= 1
    while at > taken and tokens[at].lower in words.sides:
        at -= 1
    if at <= taken or tokens[at].lower not in words.joints:
        return None
    at -= 1
    return at if at >= taken and tokens[at].lower in words.borders else None


def border_name(
    tokens: tuple[Token, ...], first: int, last: int, owners: list[str], register: Register, words: Words
) -> Name:
    """The name of a border; some have a settled form of their own."""
    label = "-".join(register.label(code) for code in owners)
    place = words.fixed.get(f"{label} border", f"{label} border")
    return Name(Span(tokens[first].start, tokens[last - 1].end), "border", None, place, tuple(owners))


def bare_borders(tokens: tuple[Token, ...], names: list[Name], words: Words) -> list[Name]:
    """The words "the border" without a state: the one named elsewhere, or the one its parties mean."""
    spots = [
        at
        for at in range(1, len(tokens))
        if tokens[at].lower in words.borders and tokens[at - 1].lower in words.sides
    ]
    if not spots:
        return []
    starts = [name.span.start for name in names]
    spots = [at for at in spots if not is_named(tokens[at].start, starts, names)]
    meant = meant_border(tokens, names, words) if spots else None
    return [Name(tokens[at].span, "border", None, meant[0], meant[1]) for at in spots] if meant else []


def is_named(offset: int, starts: list[int], names: list[Name]) -> bool:
    """Whether a name covers that place of the text; the names stand in order and apart."""
    before = bisect_right(starts, offset) - 1
    return before >= 0 and offset < names[before].span.end


def meant_border(
    tokens: tuple[Token, ...], names: list[Name], words: Words
) -> tuple[str, tuple[str, ...]] | None:
    """The border that a text means by "the border", None where it could be any."""
    for name in names:
        if name.form == "border" and name.place:
            return name.place, name.hosts
    present = {code for name in names if name.form in STATELY for code in (name.force, name.place) if code}
    for place, (need, only, cues) in words.bare.items():
        if need <= present and (present <= only or any(token.lower in cues for token in tokens)):
            return place, tuple(sorted(need))
    return None


def name_of(tokens: tuple[Token, ...], hit: Hit) -> Name:
    """The hit as a name with its span."""
    phrase = hit.phrase
    end = tokens[hit.last - 1]
    span = Span(
        tokens[hit.first].start, end.start + len(end.text.rstrip("-‐‑")) if len(end.text) > 1 else end.end
    )
    return Name(span, phrase.form, phrase.force, phrase.place, phrase.hosts)
