"""Learns the reader's three scorers (roles of numbers, links between them, force and place) from the labelled texts.

usage: python bench/learn_reader.py [--folds N]

Only documents that are not put aside are used. With --folds the figures are cross-validated by document and
nothing is written; without, the weights are fitted on all and written into the language pack.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass

from align import Alignment, align
from learn import Choice, Example, as_weights, fit_choice, fit_classes, save
from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.register import load_register
from musterbook.lexicon.weights import Weights
from musterbook.reading.binding import Earlier, choices_for, options_of, pair_features
from musterbook.reading.context import Context
from musterbook.reading.links import FURTHEST, Found, link_features
from musterbook.reading.look import look
from musterbook.reading.options import Option
from musterbook.reading.roles import role_features
from texts import Document, same_party, teaching


@dataclass
class Lesson:
    """A labelled document made ready: its context, and which numbers carry which statement."""

    document: Document
    context: Context
    alignment: Alignment


def lessons() -> list[Lesson]:
    """Every document that may be learned from."""
    pack, register = load_pack("en"), load_register()
    found = []
    for _, document in teaching():
        context = look(document["text"], document.get("title") or "", pack, register)
        found.append(Lesson(document, context, align(context, document["statements"])))
    return found


def role_examples(lesson: Lesson) -> list[Example]:
    """A line a candidate; numbers of debatable statements teach nothing."""
    statements = lesson.document["statements"]
    found = []
    for index, role in enumerate(lesson.alignment.roles):
        owners = lesson.alignment.owners[index]
        if owners and all(statements[n].get("optional") for n in owners):
            continue
        found.append((role_features(lesson.context, index, lesson.alignment.roles), role))
    return found


def link_examples(lesson: Lesson) -> list[Example]:
    """Pairs of neighbouring numbers that are ours: of one statement or not."""
    ours = [Found(i, r, 1.0) for i, r in enumerate(lesson.alignment.roles) if r != "none"]
    found = []
    for place, other in enumerate(ours):
        for one in ours[max(0, place - 2) : place]:
            apart = (
                lesson.context.candidates[other.index].sentence
                - lesson.context.candidates[one.index].sentence
            )
            if apart <= FURTHEST:
                same = lesson.alignment.owners[one.index] & lesson.alignment.owners[other.index]
                found.append((link_features(lesson.context, one, other), "yes" if same else "no"))
    return found


def binding_choices(lesson: Lesson) -> list[Choice]:
    """For every statement the pairs that could be meant, and which one was."""
    context, found, earlier = lesson.context, [], Earlier()
    forces, places = options_of(context)
    bound = sorted((members[0], number) for number, members in lesson.alignment.bound.items() if members)
    seen: set[int] = set()
    for index, number in bound:
        statement = lesson.document["statements"][number]
        candidate = context.candidates[index]
        f, p = option_of(forces, statement.get("force")), option_of(places, statement.get("place"))
        if f and p and index not in seen:
            choices = choices_for(context, forces, places, candidate, earlier, lesson.alignment.roles[index])
            bags, right = [], 0
            for i, force in enumerate(forces):
                for j, place in enumerate(places):
                    if (force, place) == (f, p):
                        right = len(bags)
                    bags.append(
                        [
                            *choices.force_features[i],
                            *choices.place_features[j],
                            *pair_features(force, place, earlier),
                        ]
                    )
            if len(bags) > 1:
                found.append((bags, right))
        seen.add(index)
        if f and p:
            earlier = Earlier(f.code, p.code, candidate.sentence)
    return found


def option_of(options: tuple[Option, ...], code: str | None) -> Option | None:
    """The option of that code: the same code first, a lenient match otherwise."""
    if not code:
        return None
    joint = "+".join(sorted(code.split("+")))
    return next((o for o in options if o.code == joint), None) or next(
        (o for o in options if same_party(code, o.code)), None
    )


def fit(taught: list[Lesson], *, links: bool = True) -> dict[str, dict[str, object]]:
    """All three scorers, or only those of roles and of forces and places."""
    found = {
        "roles": fit_classes([e for x in taught for e in role_examples(x)], least=3, strength=0.15),
        "binding": fit_choice([c for x in taught for c in binding_choices(x)], least=3, penalty=1.5),
    }
    if links:
        found["links"] = fit_classes([e for x in taught for e in link_examples(x)], least=3, strength=0.2)
    return found


def cross_validate(all_lessons: list[Lesson], folds: int) -> None:
    """Accuracy of each scorer on documents it has not seen."""
    tally: Counter[str] = Counter()
    for fold in range(folds):
        taught = [x for i, x in enumerate(all_lessons) if i % folds != fold]
        fitted = {name: as_weights(f) for name, f in fit(taught).items()}
        for lesson in all_lessons[fold::folds]:
            measure(lesson, fitted, tally)
    print({k: v for k, v in sorted(tally.items()) if not k.startswith("role ")})
    ours, right, read = tally["roles ours"], tally["roles hit"], tally["roles read"]
    print(
        f"roles: P {right / read:.3f} R {right / ours:.3f}; links {tally['links right'] / tally['links']:.3f}; "
        f"pairs {tally['pairs right'] / tally['pairs']:.3f}"
    )


def measure(lesson: Lesson, fitted: dict[str, Weights], tally: Counter[str]) -> None:
    """Counts what the scorers get right in one document."""
    for features, role in role_examples(lesson):
        chances = fitted["roles"].chances(features)
        ours = 1 - chances["none"] >= 0.5
        guess = max((r for r in chances if r != "none"), key=chances.__getitem__) if ours else "none"
        tally["roles ours"] += role != "none"
        tally["roles read"] += guess != "none"
        tally["roles hit"] += guess == role != "none"
        tally["roles seen"] += guess != "none" and role != "none"
    for features, same in link_examples(lesson):
        tally["links"] += 1
        tally["links right"] += (fitted["links"].chances(features)["yes"] > 0.5) == (same == "yes")
    for bags, right in binding_choices(lesson):
        scores = [fitted["binding"].scores(b)[0] for b in bags]
        tally["pairs"] += 1
        tally["pairs right"] += max(range(len(bags)), key=scores.__getitem__) == right


def main() -> None:
    """Fits or cross-validates."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--folds", type=int, default=0)
    folds = ask.parse_args().folds
    taught = lessons()
    lost = sum(len(x.alignment.lost) for x in taught)
    stated = sum(len(x.document["statements"]) for x in taught)
    print(f"{len(taught)} documents, {stated} statements, {lost} without a number found")
    if folds:
        cross_validate(taught, folds)
        return
    for name, fitted in fit(taught).items():
        save(fitted, name)
        print(f"{name}: {len(fitted['rows'])} features")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
