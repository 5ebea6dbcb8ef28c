"""The noun phrase beside a verb of saying is its speaker; short forms are traced to the full one."""

from __future__ import annotations

from musterbook.reading.people import PARTS, STOPS, Nouns, People, is_capital
from musterbook.reading.sheet import Sentence, Sheet, Token

LONGEST = 14
DASHES = frozenset((",", "…", "*", "•", "-", "–", "—", "/"))
NOUNS = ("unnamed", "bodies", "papers", "particles")
QUOTES = frozenset("\"“”„«»‘’'")


def owner_before(sheet: Sheet, sentence: Sentence, mark: int, people: People) -> tuple[int, int] | None:
    """The tokens of the owner in front of a possessive ending: "by the ministry" -> "the ministry"."""
    tokens, words = sheet.tokens, people.words
    first = phrase_start(tokens, sentence.first, mark - 1, people)
    for at in range(mark - 1, first - 1, -1):
        if tokens[at].lower in words["openers"] and tokens[at].lower not in words["shapes.belonging"]:
            first = at + 1
            break
    return (first, mark) if first < mark else None


def subject_before(sheet: Sheet, sentence: Sentence, verb: int, people: People) -> tuple[int, int] | None:
    """The noun phrase that ends before the verb; an apposition between commas is stepped over."""
    tokens, words = sheet.tokens, people.words
    at = verb - 1
    while at >= sentence.first and (tokens[at].lower in words["helpers"] or tokens[at].lower.endswith("ly")):
        at -= 1
    if at > sentence.first and tokens[at].lower in words["saying"] and not is_capital(tokens[at]):
        at -= tokens[at].lower not in words["papers"]  # "Congo said will send"
    if at > sentence.first and tokens[at].lower in words["shapes.joined"]:
        return shared_subject(sheet, sentence, at, people)
    if at >= sentence.first and tokens[at].lower in words["relatives"]:
        at -= 1
    if at >= sentence.first and tokens[at].text in (",", ")", "—", "–", "-"):
        stepped = before_apposition(tokens, sentence.first, at)
        if stepped is None:
            return None
        if people.named_in(tokens[stepped + 2 : at]) is not None and tokens[at].text == ",":
            return stepped + 2, at
        at = stepped
    if (
        at < sentence.first
        or tokens[at].text in QUOTES
        or (not tokens[at].text[-1].isalnum() and tokens[at].text != ".")
    ):
        return None
    first = phrase_start(tokens, sentence.first, at, people)
    for _ in range(2):  # "an official who saw the general who led it": two clauses deep at most
        relative = relative_before(tokens, first, people) if first > sentence.first + 1 else 0
        if not relative:
            break
        first = relative + 1
        at = first - 2 - (tokens[first - 2].text == ",")
        if at < sentence.first:
            return None
        first = phrase_start(tokens, sentence.first, at, people)
    return trimmed(tokens, first, at + 1, people)


def shared_subject(sheet: Sheet, sentence: Sentence, joint: int, people: People) -> tuple[int, int] | None:
    """The subject of the first verb, where a second is tied to it: "the minister has come and said"."""
    words = people.words
    for at in range(sentence.first + 1, min(joint, sentence.first + LONGEST)):
        if sheet.tokens[at].lower in words["shapes.finite"]:
            part = Sentence(sentence.span, sentence.first, at, sentence.paragraph)
            return subject_before(sheet, part, at, people)
    return None


def relative_before(tokens: tuple[Token, ...], first: int, people: People) -> int:
    """The "who" before a phrase, with at most a verb between; 0 where there is none."""
    words = people.words["relative"]
    for at in (first - 1, first - 2):
        if at > 0 and tokens[at].lower in words:
            return at
    return 0


def before_apposition(tokens: tuple[Token, ...], least: int, comma: int) -> int | None:
    """The token before the matching sign that opened the apposition ending here."""
    opener = "(" if tokens[comma].text == ")" else tokens[comma].text
    for at in range(comma - 1, max(least, comma - 26), -1):
        if tokens[at].text == opener:
            return at - 1
        if tokens[at].text in '"“”;:':
            return None
    return None


def phrase_start(tokens: tuple[Token, ...], least: int, last: int, people: People) -> int:
    """The first token of the noun phrase that ends at ``last``; "of X" belongs to it, "in X" behind a noun."""
    at = chunk_start(tokens, least, last, people)
    while at - 2 >= least and last - at < LONGEST:
        link, before = tokens[at - 1].lower, tokens[at - 2]
        if is_joined(tokens, at, people):
            pass
        elif link not in people.words["shapes.attached"] or not is_head(before, people):
            break
        at = chunk_start(tokens, least, at - 2, people)
    return at


def is_joined(tokens: tuple[Token, ...], at: int, people: People) -> bool:
    """Whether "and" ties two names here."""
    return (
        tokens[at - 1].lower in people.words["shapes.and"]
        and is_capital(tokens[at])
        and is_capital(tokens[at - 2])
    )


def is_head(token: Token, people: People) -> bool:
    """Whether a preposition behind this word belongs to somebody or something that speaks."""
    words = people.words
    nouns = (words["unnamed"], words["offices"], words["bodies"], words["papers"])
    return any(token.lower in w or token.lower.removesuffix("s") in w for w in nouns) or (
        is_capital(token) and token.lower not in words["times|openers"]
    )


def chunk_start(tokens: tuple[Token, ...], least: int, last: int, people: People) -> int:
    """The first token of determiner, adjectives and nouns that end at ``last``; an owner goes with them."""
    words, at = people.words, last
    if tokens[last].lower in words["pronouns"]:
        return last
    while at > least and last - at < LONGEST and belongs(tokens, at, least, people):
        at -= 1
        if tokens[at].lower in words["determiners"] and not is_capital(tokens[at]):
            break
    return at


def belongs(tokens: tuple[Token, ...], at: int, least: int, people: People) -> bool:
    """Whether the word before ``at`` is part of the noun phrase that goes on there."""
    words, token, after = people.words, tokens[at - 1], tokens[at]
    if token.text == ".":
        return at - 2 >= least and is_stopped(tokens[at - 2], people)
    if token.text in STOPS or token.text in QUOTES or token.text in DASHES:
        return token.text in "'’" and at - 2 >= least and is_capital(after) and is_capital(tokens[at - 2])
    if token.lower in words["determiners"]:
        return True
    if token.text[0].isdigit():
        return not is_capital(after) and ":" not in token.text
    if token.lower in words["titles"] or token.text in ("'s", "’s"):
        return True
    if any(
        token.lower in words[k]
        for k in ("breaks", "openers", "shapes.finite", "times", "helpers", "pronouns")
    ):
        return False
    if token.lower in words["saying"] and token.lower not in words["papers"] and not is_capital(token):
        return False
    if is_capital(token):
        return True
    if token.lower.endswith("ly"):
        return False
    return not is_capital(after) or token.text[-1] in PARTS or any(token.lower in words[k] for k in NOUNS)


def goes_on(tokens: tuple[Token, ...], stop: int) -> bool:
    """Whether a name goes on behind this full stop ("Col.-Gen. X")."""
    return stop + 1 < len(tokens) and (is_capital(tokens[stop + 1]) or tokens[stop + 1].text == "-")


def is_stopped(token: Token, people: People) -> bool:
    """Whether a full stop behind this word belongs to it: a short title or an initial."""
    return token.lower in people.words["stops"] or (len(token.text) == 1 and token.text.isalpha())


def trimmed(tokens: tuple[Token, ...], first: int, end: int, people: People) -> tuple[int, int] | None:
    """The phrase without a place or time in front ("On Tuesday the Pentagon", "In London Mr. Fallon")."""
    words = people.words
    if first < end and tokens[first].lower in words["openers|times"]:
        at = first + 1
        while at < end and (
            tokens[at].lower in words["times"]
            or tokens[at].text[0].isdigit()
            or tokens[at].lower in words["openers"]
        ):
            at += 1
        starts = [
            i for i in range(at + (at == first + 1), end) if tokens[i].lower in words["determiners|pronouns"]
        ]
        if starts:
            first = starts[0]
        elif at > first + 1:
            first = at
        else:
            first = min(at + 1, end)
    return (first, end) if first < end else None


def speaker_after(sheet: Sheet, sentence: Sentence, at: int, people: People) -> tuple[int, int] | None:
    """The tokens of the noun phrase that starts here ("said Gen. X", "according to the ministry")."""
    tokens, words = sheet.tokens, people.words
    first, end = at, at
    while end < sentence.last and end - first < LONGEST:
        token = tokens[end]
        if token.text == "." and end > first and is_stopped(tokens[end - 1], people) and goes_on(tokens, end):
            end += 1
            continue
        stops = token.text in STOPS or token.text in QUOTES or token.text in (",", "…")
        if stops and not (token.text in "'’" and end > first and is_capital(tokens[end - 1])):
            break
        if end > first and is_from(tokens, first, end, sentence.last, people):
            end += 2
            continue
        if end > first and (token.lower in words["enders"] or token.lower in words["times"]):
            break
        if (
            token.lower in words["shapes.placed"]
            and end > first
            and not (end + 1 < sentence.last and keeps_place(tokens, first, end, people))
        ):
            break
        end += 1
    return (first, end) if end > first else None


def is_from(tokens: tuple[Token, ...], first: int, at: int, limit: int, people: People) -> bool:
    """Whether a place tells which of the unnamed speaks: "a deputy from Liepaja", "diplomats at the UN"."""
    words = people.words
    if tokens[at].lower not in words["shapes.attached"] or at + 1 >= limit:
        return False
    head, place = tokens[at - 1], tokens[at + 1]
    common = head.lower in words["unnamed|offices"] and not is_capital(head)
    return common and is_capital(place) and place.lower not in words["times"]


def keeps_place(tokens: tuple[Token, ...], first: int, at: int, people: People) -> bool:
    """Whether "in X" or "of X" belongs to the speaker: behind common nouns, not behind a name."""
    if tokens[at].lower in people.words["shapes.belonging"]:
        return True
    named = people.named_in(tokens[first:at]) is not None
    return not named and (is_capital(tokens[at + 1]) or tokens[at + 1].lower in people.words["determiners"])


def can_speak(
    tokens: tuple[Token, ...],
    first: int,
    end: int,
    people: People,
    parties: frozenset[int],
    plainly: bool = False,
) -> bool:
    """Whether the phrase names somebody or something that speaks; any short subject may plainly say so."""
    words = people.words
    phrase = tokens[first:end]
    if not phrase or is_clause(phrase, words):
        return False
    if plainly and 1 < len(phrase) < 6 and phrase[0].lower in words["determiners"]:
        return phrase[-1].text[0].isalpha() and phrase[-1].lower not in words["times"]
    if any(t.lower in words["pronouns"] for t in phrase[:1]):
        return len(phrase) == 1
    if phrase[0].lower in words["first_speakers"] or all(not t.text[0].isalpha() for t in phrase):
        return False
    if any(
        t.start in parties
        or t.lower in words["unnamed"]
        or t.lower in words["bodies"]
        or t.lower in words["papers"]
        for t in phrase
    ):
        return True
    return any(
        is_capital(t) and t.lower not in words["no_names-bodies"] and t.lower not in words["times"]
        for t in phrase
    )


def is_clause(phrase: tuple[Token, ...], words: Nouns) -> bool:
    """Whether the words hold a verb and so are no name of anybody: "deploying 400 men", "the embassy corrected"."""
    first = phrase[0]
    if first.lower.endswith("ing") and len(phrase) > 1 and not is_capital(phrase[1]):
        return first.lower not in words["titles|unnamed"]
    inner = [t for t in phrase if not is_capital(t)]
    return any(t.lower in words["shapes.finite"] for t in inner)
