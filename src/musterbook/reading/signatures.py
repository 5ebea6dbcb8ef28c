"""Who signs a letter speaks in all of it: a name at its foot, alone or with an office under it."""

from __future__ import annotations

from musterbook.lexicon.pack import Pack
from musterbook.reading.marks import Voice
from musterbook.reading.people import Nouns, nouns
from musterbook.values import Attribution

FOOT = 5  # lines at the end in which a letter is signed
HEAD = 2_000  # characters at the beginning in which it says what it is
NAME = (2, 8)  # words of a signature


def signature(text: str, words: Nouns) -> tuple[str, str]:
    """The name at the foot and the office under it; empty where the last lines are no signature."""
    lines = [line.strip(" .\t") for line in text.rstrip().splitlines() if line.strip()]
    if len(lines) < 2:
        return "", ""
    foot = [line for line in (unclosed(one, words) for one in lines[-FOOT:]) if not is_place(line, words)]
    while foot and not foot[-1]:
        foot.pop()
    if not foot or not is_signature(foot[-1], words):
        return "", ""
    office = foot[-1] if holds_office(foot[-1], words) else ""
    above = foot[-2] if len(foot) > 1 else ""
    if office and is_signature(above, words) and not holds_office(above, words):
        return above, office
    return foot[-1], ""


def unclosed(line: str, words: Nouns) -> str:
    """A line without the closing words before the name: "Sincerely, Jane Roe"."""
    first, comma, rest = line.partition(",")
    closes = all(w.casefold() in words["transcripts.closings"] for w in first.split())
    return rest.strip() if closes and (comma or not rest) else line


def is_place(line: str, words: Nouns) -> bool:
    """Whether a line of the foot tells where or when: "The White House," or "Washington, May 21, 2014"."""
    return line.casefold().strip(" ,") in words["transcripts.feet"] or any(c.isdigit() for c in line)


def is_signature(line: str, words: Nouns) -> bool:
    """Whether a line holds a name or an office and nothing else."""
    parts = line.split()
    fits = NAME[0] <= len(parts) <= NAME[1] and not any(c.isdigit() for c in line)
    small = words["particles|shapes.belonging|determiners"]
    return fits and all(p[0].isupper() or p.casefold() in small for p in parts)


def holds_office(line: str, words: Nouns) -> bool:
    """Whether a line names an office."""
    return any(p.strip(",").casefold() in words["offices|rank_heads"] for p in line.split())


def writer_of(voices: tuple[Voice, ...], text: str, pack: Pack) -> Attribution | None:
    """Who wrote a letter to an office ("Dear Mr. Speaker"), where its foot or title tells; None for other texts."""
    author = voices[0] if voices and voices[0].cue.end == 0 else None
    if author is None or not signature(text, nouns(pack))[0]:
        return None
    greetings = nouns(pack)["transcripts.salutations"]
    marks = tuple(m for m in pack.words("letters", "marks") if m.split()[0] in greetings)
    lines = text[:HEAD].casefold().splitlines()
    return author.speaker if any(line.strip().startswith(marks) for line in lines) else None
