"""Labelled texts as arrays for the document reader: its own view of a report, and what it should answer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from tokenizers import Tokenizer

import learn_reader
import vary
from align import align
from learn import as_weights
from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.register import load_register
from musterbook.lexicon.weights import Weights, load_weights
from musterbook.model import Status
from musterbook.reading import attribution, timing
from musterbook.reading.encoder import MOST, Prepared, prepare_document
from musterbook.reading.encoder_features import STATUSES
from musterbook.reading.look import look
from musterbook.reading.marks import Claim
from musterbook.reading.pointers import day_pointers, voice_pointers
from musterbook.reading.reader import survey
from musterbook.reading.roles import ROLES
from musterbook.values import Figures, Mention, Span
from score import report_of
from stencils import filled_stencils
from texts import scorer_module

STENCIL_COPIES = 4  # stencils that take turns, one an epoch


def out_of_fold(
    lessons: list[learn_reader.Lesson], folds: int = 3
) -> Iterator[tuple[learn_reader.Lesson, dict[str, Weights]]]:
    """Every lesson with rule weights that have not seen it."""
    for fold in range(folds):
        fitted = learn_reader.fit([x for i, x in enumerate(lessons) if i % folds != fold], links=False)
        weights = {name: as_weights(f) for name, f in fitted.items()}
        for lesson in lessons[fold::folds]:
            yield lesson, weights


def copies_of(
    lesson: learn_reader.Lesson, forms: vary.Forms, chance: random.Random, count: int
) -> Iterator[learn_reader.Lesson]:
    """Varied copies of a lesson that still hold all its numbers."""
    pack, register = load_pack("en"), load_register()
    for _ in range(count):
        document = vary.varied(lesson.document, lesson.context, forms, chance)
        if document is None:
            continue
        context = look(document["text"], document.get("title") or "", pack, register)
        alignment = align(context, document["statements"])
        if len(alignment.lost) <= len(lesson.alignment.lost):
            yield learn_reader.Lesson(document, context, alignment)


def item_of(
    lesson: learn_reader.Lesson, tokenizer: Tokenizer, weights: dict[str, Weights], pointing: bool = True
) -> tuple[Prepared, dict[str, Any]] | None:
    """A lesson as arrays with what should come out; None where it holds no number or is too long.

    ``pointing`` where its labels tell speakers and days.
    """
    title = lesson.document.get("title") or ""
    doc = prepare_document(lesson.context, title, tokenizer, weights["roles"], weights["binding"])
    if doc is None or len(doc.ids) > MOST:
        return None
    wanted = labels_of(lesson, doc)
    wanted |= pointer_labels(lesson, doc) if pointing else {"voice": [], "day": []}
    return doc, wanted


def stencil_items(
    forms: vary.Forms, chance: random.Random, count: int, tokenizer: Tokenizer
) -> list[list[tuple[Prepared, dict[str, Any]]]]:
    """Filled stencils as items, each with copies that say the same of others; the shipped tables are the rules."""
    pack, register, weights = (
        load_pack("en"),
        load_register(),
        {n: load_weights("en", n) for n in ("roles", "binding")},
    )
    made = []
    for document in filled_stencils(forms, chance, count):
        context = look(document["text"], "", pack, register)
        alignment = align(context, document["statements"])
        item = item_of(learn_reader.Lesson(document, context, alignment), tokenizer, weights, pointing=False)
        if item and not alignment.lost:
            made.append(item)
    return [made[i : i + STENCIL_COPIES] for i in range(0, len(made), STENCIL_COPIES)]


def pointer_labels(lesson: learn_reader.Lesson, doc: Prepared) -> dict[str, Any]:
    """For every labelled statement the speakers and days that may be meant, and which of them are."""
    context, document = lesson.context, lesson.document
    sheet, pack, scorer = context.sheet, context.pack, scorer_module()
    scene = survey(report_of(document), context, load_register())
    asked: dict[str, Any] = {"voice": [], "day": []}
    for number, members in lesson.alignment.bound.items():
        statement = document["statements"][number]
        if not members or statement.get("optional"):
            continue
        claim, index = claim_of(lesson, number, members), members[0]
        options = attribution.options(claim, sheet, scene.voices, pack, context.names)
        speakers = [o.voice.speaker.words if o.voice else None for o in options]
        said = [bool(scorer.same_speaker(statement.get("speaker"), words)) for words in speakers]
        choices = timing.choices_of(
            claim, Status(statement["status"]), sheet, scene.days, scene.report.published, pack
        )
        periods = [c.period.iso() if c.period else None for c in choices]
        dated = [bool(scorer.same_date(statement.get("date"), period)) for period in periods]
        for what, right, pointers in (
            ("voice", said, voice_pointers(context, doc.spots, index, options)),
            ("day", dated, day_pointers(context, doc.spots, index, choices)),
        ):
            if any(right) and not all(right):
                asked[what].append((index, pointers, right))
    return asked


def claim_of(lesson: learn_reader.Lesson, number: int, members: list[int]) -> Claim:
    """A labelled statement as the binder would hand it over."""
    statement, context = lesson.document["statements"][number], lesson.context
    start = context.sheet.text.find(statement["evidence"])
    clause = Span(start, start + len(statement["evidence"]))
    spans = tuple(context.candidates[i].quantity.span for i in members)
    figures = Figures(
        **{
            k: statement[k]
            for k in ("level", "before", "after", "delta", "ratio")
            if statement.get(k) is not None and (k == "delta" or statement[k] >= 0)
        }
    )
    sentence = context.sheet.sentence_at(start)
    return Claim(sentence, clause, spans, figures, Mention(statement.get("force") or ""), None)


def labels_of(lesson: learn_reader.Lesson, doc: Prepared) -> dict[str, Any]:
    """What the heads should say of one document."""
    statements, alignment = lesson.document["statements"], lesson.alignment
    count = len(lesson.context.candidates)
    wanted: dict[str, Any] = {
        "role": [],
        "status": [-1] * count,
        "options": ([-1] * count, [-1] * count),
        "links": [],
    }
    for index in range(count):
        owners = sorted(alignment.owners[index])
        optional = bool(owners) and all(statements[n].get("optional") for n in owners)
        wanted["role"].append(-1 if optional else ROLES.index(alignment.roles[index]))
        if not owners:
            continue
        statement = statements[owners[0]]
        wanted["status"][index] = STATUSES.index(statement["status"])
        for side, code in ((0, statement.get("force")), (1, statement.get("place"))):
            sides = [o.option for o in doc.options[side]]
            found = learn_reader.option_of(tuple(sides), code)
            if found is not None and len(owners) == 1:
                wanted["options"][side][index] = sides.index(found)
    ours = [i for i, owners in enumerate(alignment.owners) if owners]
    for place, other in enumerate(ours):
        for one in ours[max(0, place - 3) : place]:
            if lesson.context.candidates[other].sentence - lesson.context.candidates[one].sentence <= 1:
                wanted["links"].append((one, other, bool(alignment.owners[one] & alignment.owners[other])))
    return wanted
