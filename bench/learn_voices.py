"""Fits who stands behind a claim, from the labelled statements that are not put aside, and measures it."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from learn import as_weights, fit_choice, save
from musterbook.lexicon.pack import Pack, load_pack
from musterbook.lexicon.register import load_register
from musterbook.lexicon.weights import Weights
from musterbook.reading.attribution import Option, options, score
from musterbook.reading.marks import Claim
from musterbook.reading.names import find_names
from musterbook.reading.people import find_people
from musterbook.reading.quotations import find_quotations
from musterbook.reading.sayings import find_voices
from musterbook.reading.sheet import cut_up
from musterbook.values import Figures, Mention, Span
from texts import labelled, scorer_module

FOLDS, PENALTY, LEAST = 5, 12.0, 4
NUMBER = re.compile(
    r"\d[\d,. ]*|\b(?:hundred|thousand|hundreds|dozen|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"|\b(?:all|half|every)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Case:
    """A labelled statement with its options: the text's name, the document, the label and the evidence."""

    file: str
    document: str
    gold: str | None
    context: str
    options: list[Option]


SCORE = scorer_module()


def claims_of(document: dict[str, Any]) -> list[tuple[Claim, dict[str, Any]]]:
    """A claim for each labelled statement: its evidence and the number inside it."""
    found = []
    for statement in document["statements"]:
        start = document["text"].find(statement["evidence"])
        if start < 0:
            continue
        clause = Span(start, start + len(statement["evidence"]))
        number = number_in(statement, document["text"], clause)
        keys = ("level", "before", "after", "delta", "ratio")
        figures = Figures(
            **{
                k: statement[k]
                for k in keys
                if statement.get(k) is not None and (k in ("delta", "ratio") or statement[k] >= 0)
            }
        )
        found.append(
            (
                Claim(
                    0,
                    clause,
                    (number,) if number else (),
                    figures,
                    Mention(statement.get("force") or ""),
                    None,
                ),
                statement,
            )
        )
    return found


def number_in(statement: dict[str, Any], text: str, clause: Span) -> Span | None:
    """The first number of the evidence that is one of the statement's, else its first number."""
    values = {
        str(abs(int(v)))
        for k in ("level", "before", "after", "delta", "low", "high")
        if (v := statement.get(k)) is not None
    }
    hits = list(NUMBER.finditer(text, clause.start, clause.end))
    exact = [m for m in hits if re.sub(r"\D", "", m.group()) in values]
    picked = (exact or hits or [None])[0]
    return Span(picked.start(), picked.end()) if picked else None


def cases(aside: bool, pack: Pack, only: str = "") -> list[Case]:
    """All labelled statements of one part."""
    found, offices = [], load_register().offices
    for name, document in labelled(aside):
        if not name.startswith(only):
            continue
        sheet = cut_up(document["text"], pack)
        people, quotations = find_people(sheet, names_of(sheet, pack), pack), find_quotations(sheet, pack)
        names = names_of(sheet, pack)
        day = date.fromisoformat(document["published"][:10]) if document.get("published") else None
        title = document.get("title") or ""
        voices = find_voices(sheet, names, people, quotations, pack, title, day, offices)
        for claim, statement in claims_of(document):
            found.append(
                Case(
                    name,
                    document.get("origin") or document["id"],
                    statement.get("speaker"),
                    context(document["text"], claim),
                    options(claim, sheet, voices, pack, names),
                )
            )
    return found


def context(text: str, claim: Claim) -> str:
    """The evidence between its neighbours, for people who look at errors."""
    start, end = claim.clause.start, claim.clause.end
    cut = f"{text[max(0, start - 220) : start]}[[{text[start:end]}]]{text[end : end + 130]}"
    return cut.replace("\n", "/")


def names_of(sheet: Any, pack: Pack) -> Any:  # noqa: ANN401
    """Names of the register when the finder is there; none otherwise."""
    return find_names(sheet, load_register(), pack)


def right(case: Case) -> int | None:
    """The option that the label means: most words shared, nearest first; None where none fits."""
    if not case.gold:
        return 0
    gold = set(SCORE.fold(case.gold).split())
    fits = [
        (overlap(gold, set(SCORE.fold(o.voice.speaker.words).split())), -i)
        for i, o in enumerate(case.options)
        if o.voice and SCORE.same_speaker(case.gold, o.voice.speaker.words)
    ]
    return -max(fits)[1] if fits else None


def overlap(gold: set[str], read: set[str]) -> float:
    """The share of words that two wordings have in common, the telling ones counted again."""
    telling = (gold & read) - SCORE.TITLES
    return round(
        (len(gold & read) + 2 * len(telling)) / (len(gold | read) + 2 * len((gold | read) - SCORE.TITLES)), 2
    )


def train(held: list[Case]) -> Weights:
    """Weights from the cases whose right option is among the candidates."""
    choices = [([o.features for o in c.options], answer) for c in held if (answer := right(c)) is not None]
    return as_weights(fit_choice(choices, penalty=PENALTY, least=LEAST))


def pick(case: Case, weights: Weights) -> Option:
    """The option the reader would take."""
    return max(case.options, key=lambda o: score(o, weights))


def is_right(case: Case, weights: Weights) -> bool:
    """Whether the scorer accepts the pick."""
    voice = pick(case, weights).voice
    return bool(SCORE.same_speaker(case.gold, voice.speaker.words if voice else None))


def crossvalidated(held: list[Case], shown: int = 0) -> None:
    """Accuracy by file, each document judged by weights that never saw it."""
    fold = {d: i % FOLDS for i, d in enumerate(sorted({c.document for c in held}))}
    results: list[tuple[Case, Weights]] = []
    for number in range(FOLDS):
        weights = train([c for c in held if fold[c.document] != number])
        results += [(c, weights) for c in held if fold[c.document] == number]
    report([(c, is_right(c, w)) for c, w in results])
    wrong = [(c, w) for c, w in results if not is_right(c, w)]
    kinds = Counter((bool(c.gold), pick(c, w).voice is not None, right(c) is not None) for c, w in wrong)
    print("wrong (label, read, among options):", dict(kinds))
    wrong = [(c, w) for c, w in wrong if c.file == sys.argv[3]] if len(sys.argv) > 3 else wrong
    for case, weights in wrong[:: max(1, len(wrong) // shown)] if shown else []:
        voice = pick(case, weights).voice
        among = [o.voice.speaker.words for o in case.options if o.voice]
        print(
            f"## {case.document} GOLD {case.gold} READ {voice and voice.speaker.words} OF {among}"
            f"\n     {case.context}"
        )


def report(results: list[tuple[Case, bool]]) -> None:
    """Overall, where the label is nobody, where it is somebody, the ceiling, and by file."""
    table: dict[str, list[bool]] = defaultdict(list)
    ceiling = Counter(right(c) is not None for c, _ in results)
    for case, ok in results:
        for key in ("all", "somebody" if case.gold else "nobody", case.file):
            table[key].append(ok)
    print(
        " ".join(f"{k}={sum(v) / len(v):.3f}({len(v)})" for k, v in table.items()),
        f"ceiling={ceiling[True] / len(results):.3f}",
    )


def main() -> None:
    """``learn_voices.py [save|check|aside] [errors]``: writes the weights, cross-validates, or measures them."""
    pack, act = load_pack("en"), sys.argv[1] if len(sys.argv) > 1 else "save"
    held = cases(False, pack)
    if act == "check":
        crossvalidated(held, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
        return
    choices = [([o.features for o in c.options], answer) for c in held if (answer := right(c)) is not None]
    fitted = fit_choice(choices, penalty=PENALTY, least=LEAST)
    if act == "save":
        save(fitted, "voices")
    weights = as_weights(fitted)
    report([(c, is_right(c, weights)) for c in (cases(True, pack) if act == "aside" else held)])


if __name__ == "__main__":
    main()
