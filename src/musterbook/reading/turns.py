"""In a transcript the label speaks until the next label; a speech or letter has one voice throughout."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

from musterbook.lexicon.pack import Pack
from musterbook.lexicon.register import Office
from musterbook.reading.capitals import calmed
from musterbook.reading.marks import Voice
from musterbook.reading.people import Nouns, People, joined, nouns, surname, wording
from musterbook.reading.sheet import Sheet
from musterbook.reading.signatures import signature
from musterbook.values import Attribution, Span

NOTE = r"(?P<note>[ \t]*[(\[][^()\n]{1,60}[)\]])?"
COLON = re.compile(
    r"^[ \t]*(?:[-*>\[]+[ \t]*|\d{1,3}[.)][ \t]+|Q\d+ |\([^()\n]{1,40}\)[ \t]*)?"
    rf"(?P<label>[^\W\d_][^\n:()]{{0,90}}?){NOTE}(?: to the [^\n:]{{1,40}})?[ \t]*(?P<end>:)[ \t]*",
    re.MULTILINE,
)
STOP = re.compile(
    r"^[ \t]*(?P<label>(?:[^\W\d_][^\W\d_]*\.? ){1,4}"
    r"(?:[A-Z][a-z]{0,2})?[^\W\d_a-z]{2,}(?:[-'][^\W\d_a-z]+)*(?: [A-Z]{2,})?)(?P<end>\.)[-–—]*[ \t]+",
    re.MULTILINE,
)
DASH = re.compile(r"^[ \t]*(?P<label>[A-Z][^\n:–—-]{2,50}?)[ \t](?P<end>[-–—])[ \t]+", re.MULTILINE)
QUESTION = re.compile(r"^[ \t]*(?P<label>Q|A)[.:]?[ \t]+(?=\S)", re.MULTILINE)
LONGEST_LABEL = 11


def find_turns(sheet: Sheet, people: People, pack: Pack, title: str) -> list[Voice]:
    """Each turn of a transcript, with its label as cue; none where the text is no transcript."""
    labels = label_spans(sheet.text, people)
    if not labels:
        return []
    others = fullest(labels)
    ends = [start for start, _, _ in labels[1:]] + [len(sheet.text)]
    turns: list[Voice] = []
    known: dict[str, Attribution] = {}
    for (start, content, label), end in zip(labels, ends, strict=True):
        speaker = known.get(label.casefold()) or labelled(label, sheet.text, title, people, pack, others)
        known[label.casefold()] = speaker
        turns.append(
            Voice(
                replace(speaker, span=Span(start, start + len(label))),
                Span(start, content),
                Span(content, end),
            )
        )
    return turns


def fullest(labels: list[tuple[int, int, str]]) -> dict[str, str]:
    """The longest label of each last name, by that name."""
    found: dict[str, str] = {}
    for _, _, label in labels:
        key = surname(label.rstrip(". "))
        if len(label) > len(found.get(key, "")):
            found[key] = label
    return found


def label_spans(text: str, people: People) -> list[tuple[int, int, str]]:
    """Start, end and words of every line's label that names a speaker."""
    found: dict[int, tuple[int, int, str]] = {}
    for form in (COLON, STOP, DASH):
        for match in form.finditer(text):
            if is_label(match, people):
                found.setdefault(
                    match.start("label"), (match.start("label"), match.end(), match["label"].strip())
                )
    for match in QUESTION.finditer(text):
        found.setdefault(match.start("label"), (match.start("label"), match.end(), match["label"]))
    labels = [found[k] for k in sorted(found)]
    shouts = Counter(x[2] for x in labels if is_shout(x[2]))
    sure = [x for x in labels if is_question(x[2], people) or titled(x[2], people) or shouts[x[2]] > 1]
    sure = (
        sure
        if len({x[2] for x in labels}) > 1
        else [x for x in sure if is_question(x[2], people) or titled(x[2], people)]
    )
    if not sure or (len(labels) == 1 and is_question(labels[0][2], people)):
        return []
    held = {x[0] for x in sure}
    known = {surname(x[2].strip(". ")) for x in sure}
    counts: dict[str, int] = {}
    for _, _, label in labels:
        counts[label.casefold()] = counts.get(label.casefold(), 0) + 1
    return [
        x
        for x in labels
        if x[0] in held or surname(x[2]) in known or counts[x[2].casefold()] > 1 or is_shout(x[2])
    ]


def is_shout(label: str) -> bool:
    """Two or three words all in capitals, as press offices print names."""
    return label.isupper() and len(label) > 3 and len(label.split()) <= 3


def is_label(match: re.Match[str], people: People) -> bool:
    """Whether a line's beginning has the form of a label."""
    label, end = match["label"].strip(), match["end"].strip()
    words = label.split()
    if not words or len(words) > LONGEST_LABEL or not label[0].isupper():
        return False
    if words[0].casefold() in people.words["transcripts.salutations"]:
        return False
    if end == ":":
        return (
            not any(w.casefold() in people.words["saying"] for w in words) and words[-1][0].isupper()
        ) or is_question(label, people)
    if end == ".":
        return (titled(label, people) and words[-1].isupper() and len(words[-1]) > 2) or (
            label.isupper() and is_question(label, people)
        )
    return titled(label, people) and len(words) <= 5


def titled(label: str, people: People) -> bool:
    """Whether the label carries a title, an office or a form of address."""
    return any(
        w.strip(".,()").casefold() in people.words["heads"]
        or w.strip(".,()").casefold() in people.words["ranks"]
        for w in label.split()
    )


def is_question(label: str, people: People) -> bool:
    """Whether the label is that of somebody who only asks or steers."""
    return label.casefold().strip(" .") in people.words["transcripts.questions"]


def labelled(
    label: str, text: str, title: str, people: People, pack: Pack, others: dict[str, str]
) -> Attribution:
    """Who a label stands for: a known person, an office that title or text spells out, or itself."""
    if is_question(label, people):
        return Attribution(pack.table("voices", "transcripts", "reporter"), named=False)
    if label.casefold() in people.words["transcripts.bare"]:
        return addressed(text, title, label, people)
    bare = label.split(",")[0].rstrip(". ")
    person = people.by_name.get(surname(bare)) or people.called(bare.split()[-1])
    if person is not None:
        return person
    words = " ".join(others.get(surname(bare), label).split())
    office = words.removeprefix("THE ").removeprefix("The ")
    if office.split()[-1].strip(".,").casefold() in people.words["offices"]:
        return officer(office, words, text, title, people)
    return plain_label(words, people)


def officer(office: str, words: str, text: str, title: str, people: People) -> Attribution:
    """Whoever holds the office that a label names: the person of the title, or the office in full."""
    holders = [p for p in people.everybody if (p.rank or "").casefold() == office.casefold()]
    if holders:
        low = f"{title} {text}".casefold()
        return min(holders, key=lambda p: low.find(surname(p.name or "")))
    full = spelled_out(office, title) or spelled_out(office, text)
    return Attribution(full or words, office=full or words)


def plain_label(words: str, people: People) -> Attribution:
    """A label as a name with its titles, no longer in capitals: "Mr. Biden" for "Mr. BIDEN"."""
    parts = words.split()
    if not titled(words, people) or len(parts) < 2:
        return Attribution(words, name=words)
    neat = calmed(words).split()
    heads = 0
    while heads < len(neat) - 1 and neat[heads].strip(".,").casefold() in people.words["titles"]:
        heads += 1
    name = " ".join(neat[heads:])
    return Attribution(" ".join(neat), name=name, rank=" ".join(neat[:heads]) or None)


def spelled_out(office: str, text: str) -> str:
    """The office with what it is over or of, as a text gives it: "Minister of Foreign Affairs"."""
    full = re.search(
        rf"\b(?:[\w-]{{1,40}} )?{re.escape(office)} (?:of|for|to) (?:the )?"
        r"[A-Z][\w-]+(?:(?: and| of| the|,)* [A-Z][\w-]+)*",
        text,
        re.IGNORECASE,
    )
    if full is None:
        full = re.search(rf"\b[a-z]{{1,40}} [a-z]{{1,40}} {re.escape(office.lower())}\b", text)
    return full.group() if full else ""


def addressed(text: str, title: str, label: str, people: People) -> Attribution:
    """Who answers where the label only says "A": the title that the first question calls out to."""
    call = re.search(r"^[ \t]*\w+[:.]?[ \t]+(?P<who>[A-Z][\w.]*(?: [A-Z][\w.]*){0,3}),", text, re.MULTILINE)
    if call and titled(call["who"], people):
        return people.by_name.get(surname(call["who"])) or Attribution(call["who"], office=call["who"])
    office = author_words(title, people.words) or office_in(title, people)
    alone = (
        next(iter(people.by_name.values())) if len({id(p) for p in people.by_name.values()}) == 1 else None
    )
    return alone or Attribution(office or label, office=office or None)


def find_author(sheet: Sheet, title: str, people: People, holder: Attribution | None) -> list[Voice]:
    """The voices that may carry a whole speech, letter or answer: named by the title or signed at the end."""
    found = [named(w, people) for w in authors_in(title, people)]
    if not found and holder:
        found = [holder]
    elif not found and is_first_person(sheet, people):
        found = [who for who in (signed(sheet.text, people),) if who]
        office = office_in(title, people)
        found += [named(office, people)] if office and not found else []
    whole = Span(0, len(sheet.text))
    return [Voice(replace(who, span=None), Span(0, 0), whole) for who in {w.words: w for w in found}.values()]


def named(words: str, people: People) -> Attribution:
    """The person whom these words name, or the words as they stand."""
    made = person_of_words(words, people.words) or Attribution(words, name=words)
    return people.by_name.get(surname(made.name or "")) or made


def holder_of(title: str, day: date | None, offices: tuple[Office, ...], pack: Pack) -> Attribution | None:
    """Who held the office that a kind of paper comes from ("A Proclamation on ...") on its day."""
    low = title.casefold()
    if not low or not any(opening in low for opening in pack.words("voices", "transcripts", "letters")):
        return None
    office = pack.table("voices", "transcripts", "writer")
    rank = office.split()[0]
    for one in offices:
        if (
            day
            and one.office == office
            and (one.first or day) <= day
            and (one.last is None or day < one.last)
        ):
            return Attribution(f"{rank} {one.holder}", one.holder, rank, office)
    return Attribution(office, office=office)


def completed(person: Attribution, day: date | None, offices: tuple[Office, ...]) -> Attribution:
    """ "President Biden" with the first name of the one holder of that office whom the register knows."""
    if not person.name or not person.rank or " " in person.name:
        return person
    key, rank = person.name.casefold(), person.rank.casefold()
    hits = {
        o.holder
        for o in by_surname(offices).get(key, ())
        if o.office.casefold().startswith(rank) and (day is None or o.first is None or o.first <= day)
    }
    return worded(replace(person, name=hits.pop())) if len(hits) == 1 else person


_HELD: dict[
    int, tuple[tuple[Office, ...], dict[str, list[Office]]]
] = {}  # by identity: to hash thousands takes long


def by_surname(offices: tuple[Office, ...]) -> dict[str, list[Office]]:
    """Who held an office, by surname; made once for a register."""
    held = _HELD.get(id(offices))
    if held is None:
        found: dict[str, list[Office]] = {}
        for one in offices:
            found.setdefault(surname(one.holder), []).append(one)
        held = _HELD[id(offices)] = offices, found
    return held[1]


def worded(person: Attribution) -> Attribution:
    """The same person with the wording that all parts make."""
    return replace(person, words=wording(person))


def title_people(
    title: str, people: tuple[Attribution, ...], day: date | None, offices: tuple[Office, ...], pack: Pack
) -> tuple[Attribution, ...]:
    """The report's people and those of its title; a title gives names and offices in full."""
    found = {surname(p.name or ""): p for p in people}
    words = nouns(pack)
    for segment in segments(title, words):
        made = person_of_words(segment, words)
        key = surname(made.name or "") if made else ""
        if made and key and key in found:
            found[key] = worded(joined(found[key], made))
        elif made and key:
            found[key] = made
    return tuple(completed(p, day, offices) for p in found.values())


def person_of_words(segment: str, words: Nouns) -> Attribution | None:
    """A title's "Press Secretary Jen Psaki" as a person: the name stands behind the last word of office."""
    parts = segment.split()
    heads = [i for i, p in enumerate(parts) if p.strip(".,").casefold() in words["heads|rank_heads"]]
    if not heads or len(parts) < 2:
        return None
    rest = parts[heads[-1] + 1 :]
    if rest and rest[0].casefold() in words["shapes.belonging"]:
        rest = rest[-2:] if len(rest) > 3 else []
    cut = next((i for i, p in enumerate(rest) if p.casefold() in words["shapes.belonging"]), len(rest))
    parts, rest = parts[: len(parts) - len(rest) + cut], rest[:cut]
    if not 0 < len(rest) <= 4 or not all(p[0].isupper() for p in rest[-1:]):
        return None
    if any(p.casefold() in words["no_names|portfolios"] for p in rest):
        return None
    rank, name = " ".join(parts[: len(parts) - len(rest)]), " ".join(rest)
    return Attribution(f"{rank} {name}", name, rank)


def segments(title: str, words: Nouns) -> list[str]:
    """The people of "Remarks by A, B and C", each by itself; an apposition stays with its name."""
    rest = author_words(title, words)
    if not rest:
        return []
    listed = re.search(r", and\b", rest)
    cut = re.split(r",? and (?=[A-Z])|, (?=[A-Z])" if listed else r" and (?=[A-Z])", rest)
    found: list[str] = []
    for part in cut:
        if found and not any(w.strip(".,").casefold() in words["heads"] for w in part.split()):
            found[-1] += f" and {part}"
        else:
            found.append(part)
    return found


def authors_in(title: str, people: People) -> list[str]:
    """The words for each author of a title."""
    return segments(title, people.words)


def is_first_person(sheet: Sheet, people: People) -> bool:
    """Whether somebody speaks for himself: several words like "I" and "our"."""
    words = people.words["first_person"]
    return sum(1 for t in sheet.tokens if t.lower in words) >= 2


def signed(text: str, people: People) -> Attribution | None:
    """Who signs a text at its foot, with the office that stands under the name."""
    name, office = signature(text, people.words)
    if not name:
        return None
    shown = calmed(name)
    who = named(shown, people)
    return worded(replace(who, name=who.name or shown, office=office)) if office else who


def office_in(title: str, people: People) -> str:
    """The office that a title names ("Prime Minister's doorstep on arrival"), without what surrounds it."""
    parts = re.findall(r"[\w.-]+|[^\w\s]", title)
    heads = [i for i, p in enumerate(parts) if p.casefold() in people.words["offices"]]
    if not heads:
        return ""
    first = last = heads[0]
    while first > 0 and (
        parts[first - 1].casefold() in people.words["titles"]
        or (parts[first - 1][0].isupper() and parts[first - 1].casefold() not in people.words["no_names"])
    ):
        first -= 1
    while (
        last + 1 < len(parts)
        and (parts[last + 1][0].isupper() or parts[last + 1] in ("of", "for", "and"))
        and parts[last + 1].casefold() not in people.words["transcripts.title_ends"] - {"for"}
    ):
        last += 1
    return " ".join(parts[first : last + 1]).replace(" '", "'")


def author_words(title: str, words: Nouns) -> str:
    """The authors' names and offices as the title gives them; empty where it names none."""
    if not title:
        return ""
    low = title.casefold()
    for opening in words["transcripts.authors"]:
        at = low.find(opening)
        if at >= 0 and (at == 0 or not low[at - 1].isalnum()):
            return until_end(title[at + len(opening) :], words)
    return ""


def until_end(rest: str, words: Nouns) -> str:
    """The words up to the occasion, the place or the day."""
    kept: list[str] = []
    for word in rest.split():
        bare = word.strip(",:;—–-").casefold()
        held = bool(kept) and bare in words["shapes.belonging"] and kept[-1].casefold() in words["offices"]
        if (
            (kept and not held and bare in words["transcripts.title_ends"])
            or bare in ("—", "–", "")
            or word[0].isdigit()
        ):
            break
        kept.append(word)
        if word[-1] in ":;":
            break
    while len(kept) > 2 and kept[-1].strip(",").casefold() in words["times"] and kept[-2][-1] == ",":
        kept.pop()
    return " ".join(kept).strip(" ,:;—–-")
