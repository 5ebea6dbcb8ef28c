"""Makes varied copies of labelled texts: other states in the same sentences, other figures in the same roles.

What is learned of one country's troops should hold for another's; the copies keep the grammar and change who and
how many. Only names that are a state, its adjective, people or capital are exchanged, and only where no other
name of the report (a city, a base, a mission) belongs to the same state.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from align import FIELDS
from musterbook.lexicon.register import Phrase, Register
from musterbook.reading.context import Context
from musterbook.reading.marks import Name, Quantity
from texts import Document

SWAPPED = ("state", "adjective", "people", "capital")
BOUNDS = ("low", "high")
COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SAME = ("troops", "soldiers", "military personnel", "servicemen", "service members", "troops", "soldiers")
Forms = dict[str, dict[str, str]]  # code -> form -> the first name of that form


def forms_of(register: Register) -> Forms:
    """Of every state the first phrase of each form; states that lack one are left out."""
    found: Forms = {}
    for phrase in register.phrases:
        code = usual(phrase)
        if code and phrase.form in SWAPPED and phrase.words[:1].isupper():
            found.setdefault(code, {}).setdefault(phrase.form, phrase.words)
    return {code: forms for code, forms in found.items() if len(forms) == len(SWAPPED)}


def usual(phrase: Phrase) -> str | None:
    """The code of a plain state name."""
    code = phrase.force or phrase.place
    return code if code and len(code) == 3 and "[" not in phrase.words else None


def varied(document: Document, context: Context, forms: Forms, chance: random.Random) -> Document | None:
    """A copy with other states and figures; None where nothing could be exchanged."""
    swaps = state_swaps(context, forms, chance)
    cuts = [
        (n.span.start, n.span.end, forms[swaps[c]][n.form])
        for n in context.names
        for c in [code_of(n)]
        if c in swaps
    ]
    numbers = number_swaps(document, context, chance)
    taken = [(a, b) for a, b, _ in cuts]
    others = [*numbers.cuts, *noun_swaps(context, chance)]
    cuts += [cut for cut in others if not any(a < cut[1] and cut[0] < b for a, b in taken)]
    if not cuts:
        return None
    text, where = replaced(document["text"], sorted(cuts))
    statements = [
        relabelled(s, document["text"], text, where, swaps, numbers.values) for s in document["statements"]
    ]
    if any(s is None for s in statements):
        return None
    title = document.get("title") or ""
    return {
        **document,
        "text": text,
        "title": retitled(title, context.title_names, swaps, forms),
        "statements": statements,
    }


def code_of(name: Name) -> str:
    """The state of a name that may be exchanged, else nothing."""
    return (name.force or name.place or "") if name.form in SWAPPED else ""


def state_swaps(context: Context, forms: Forms, chance: random.Random) -> dict[str, str]:
    """Which state takes whose place."""
    everything = [*context.names, *context.title_names]
    fixed = {c for n in everything if n.form not in SWAPPED for c in (n.force, n.place, *n.hosts) if c}
    fixed |= {c for code in fixed for c in code.split("+")}
    present = sorted({code_of(n) for n in everything} - {""})
    free = [c for c in present if c not in fixed and c in forms and chance.random() < 0.7]
    others = sorted(set(forms) - set(present) - fixed)
    return dict(zip(free, chance.sample(others, len(free)), strict=True))


class NumberSwaps:
    """Exchanged figures: where they stand, and which value became which."""

    def __init__(self) -> None:
        self.cuts: list[tuple[int, int, str]] = []
        self.values: dict[float, float] = {}


def number_swaps(document: Document, context: Context, chance: random.Random) -> NumberSwaps:
    """New figures; where a report's labels hold sums of them, all are multiplied alike so that the sums still hold."""
    found = NumberSwaps()
    sums = any(sum(s.get(f) is not None for f in FIELDS) > 1 for s in document["statements"])
    plain = [c.quantity for c in context.candidates if is_plain(c.quantity, context.sheet.text)]
    if sums and len(plain) < sum(c.quantity.form not in ("share", "all") for c in context.candidates):
        return found
    factor = chance.choice((1, 2, 3, 4, 6)) if sums else 0
    for q in plain:
        value = found.values.get(q.value)
        if value is None:
            value = q.value * factor if factor else float(like(int(q.value), chance))
            found.values[q.value] = value
        words = q.span.cut(context.sheet.text)
        found.cuts.append((q.span.start, q.span.end, written(int(value), "," in words, chance)))
    return found


def is_plain(quantity: Quantity, text: str) -> bool:
    """Whether a number stands in digits alone and is no small one."""
    if quantity.form != "digits" or quantity.value is None or quantity.value < 20:
        return False
    return not set(quantity.span.cut(text)) - set("0123456789,")


def written(value: int, commas: bool, chance: random.Random) -> str:
    """The number in figures as before; now and then, where it is round, in words."""
    if chance.random() < 0.15:
        for size, name in ((1000, "thousand"), (100, "hundred")):
            if value % size == 0 and 1 <= value // size <= 12:
                return f"{COUNTED[value // size - 1]} {name}"
    return f"{value:,}" if commas else str(value)


def noun_swaps(context: Context, chance: random.Random) -> list[tuple[int, int, str]]:
    """Other nouns of the same meaning in place of some that are counted."""
    cuts = []
    for candidate in context.candidates:
        head = candidate.head
        if head is None or candidate.quantity.form in ("share", "all") or chance.random() < 0.6:
            continue
        tokens = context.sheet.tokens[head.first : head.last]
        words = context.sheet.text[tokens[0].start : tokens[-1].end] if tokens else ""
        if words.lower() in SAME:
            cuts.append((tokens[0].start, tokens[-1].end, chance.choice(SAME)))
    return cuts


def like(value: int, chance: random.Random) -> int:
    """Another number with as many digits and as many noughts at its end."""
    digits = str(value)
    core = digits.rstrip("0")
    low, high = 10 ** (len(core) - 1), 10 ** len(core) - 1
    new = chance.randint(low, high)
    new = new if new % 10 else min(high, new + 1)
    made = int(str(new) + "0" * (len(digits) - len(core)))
    return made if not 1900 <= made <= 2049 else value


def replaced(text: str, cuts: Sequence[tuple[int, int, str]]) -> tuple[str, list[tuple[int, int]]]:
    """The text with its cuts filled, and for every old cut edge the new offset."""
    parts, at, edges, length = [], 0, [(0, 0)], 0
    for start, end, words in cuts:
        if start < at:
            continue
        parts += [text[at:start], words]
        length += start - at
        edges.append((start, length))
        length += len(words)
        edges.append((end, length))
        at = end
    parts.append(text[at:])
    return "".join(parts), edges


def moved(offset: int, edges: Sequence[tuple[int, int]]) -> int:
    """Where an old offset stands now."""
    old, new = max((e for e in edges if e[0] <= offset), key=lambda e: e[0])
    return new + offset - old


def relabelled(
    statement: Document,
    old: str,
    new: str,
    edges: Sequence[tuple[int, int]],
    swaps: dict[str, str],
    values: dict[float, float],
) -> Document | None:
    """A label for the varied text; None where its evidence cannot be found again."""
    start = old.find(statement["evidence"])
    if start < 0:
        return None
    made = dict(statement)
    made["evidence"] = new[moved(start, edges) : moved(start + len(statement["evidence"]), edges)]
    for side in ("force", "place"):
        if made.get(side):
            made[side] = "+".join(swaps.get(c, c) for c in str(made[side]).split("+"))
    for name in (*FIELDS, *BOUNDS):
        value = made.get(name)
        if value is not None and abs(float(value)) in values:
            made[name] = values[abs(float(value))] * (-1 if value < 0 else 1)
    return made if made["evidence"] and new.find(made["evidence"]) == moved(start, edges) else None


def retitled(title: str, names: Sequence[Name], swaps: dict[str, str], forms: Forms) -> str:
    """The title with the same states exchanged."""
    cuts = [
        (n.span.start, n.span.end, forms[swaps[code_of(n)]][n.form]) for n in names if code_of(n) in swaps
    ]
    return replaced(title, sorted(cuts))[0]
