"""Scores the reader with ../shared/eval/score.py, file by file, on the part tuned on and the part put aside.

usage: python bench/score.py [--freeze] [--part aside|tune] [--errors FILE N]

--freeze writes bench/accuracy.json, so that a change of reading shows as a diff.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from musterbook.model import Reading, Report, Statement
from musterbook.reading.reader import read
from musterbook.values import Period
from texts import Document, documents, files, scorer_module

FROZEN = Path(__file__).with_name("accuracy.json")
PARTS = {"tune": False, "aside": True}
SHOWN = ("core", "figures", "full")


def report_of(document: Document) -> Report:
    """A labelled document as a report, labels unseen."""
    day = document.get("published")
    return Report(
        document["text"], document.get("title") or "", published=Period.parse(day).first if day else None
    )


def reading_of(document: Document, learned: bool = True) -> Reading:
    """The document read afresh."""
    return read(report_of(document), learned=learned)


def read_document(document: Document, learned: bool = True) -> Document:
    """The same in the interchange form."""
    reading = reading_of(document, learned)
    return {"id": document["id"], "statements": [interchange(reading, s) for s in reading.statements]}


def interchange(reading: Reading, statement: Statement) -> dict[str, Any]:
    """A statement as the scorer takes it."""
    f = statement.figures
    text = reading.report.text
    return {
        "force": statement.force.code,
        "place": statement.place.code if statement.place else None,
        **{n: getattr(f, n) for n in ("level", "before", "after", "delta", "ratio", "low", "high", "approx")},
        "status": statement.status.value,
        "date": statement.period.iso() if statement.period else None,
        "speaker": statement.speaker.words if statement.speaker else None,
        "evidence": text[statement.evidence[0].start : statement.evidence[-1].end],
    }


def measure(part: str) -> dict[str, Any]:
    """The figures of every file, of train as a whole, and of everything."""
    scorer, found = scorer_module(), {}
    every: dict[str, Document] = {}
    train: dict[str, Document] = {}
    answers: dict[str, Document] = {}
    for name in files():
        gold = {d["id"]: d for d in documents(name, aside=PARTS[part])}
        if not gold:
            continue
        read_now = {i: read_document(d) for i, d in gold.items()}
        found[name] = scorer.score(gold, read_now)[0]
        answers |= read_now
        every |= gold
        if name not in ("dev_real", "chronicle"):
            train |= gold
    found["train, English"] = scorer.score(train, answers)[0]
    found["all"] = scorer.score(every, answers)[0]
    return found


def show(part: str, figures: dict[str, Any]) -> None:
    """A line a file."""
    print(f"{part:>22}  docs  gold  core (P R)           figures  full   status date   speaker alarms/100")
    for name, r in figures.items():
        core = r["core"]
        print(
            f"{name:>22} {r['documents']:>5} {r['gold_statements']:>5}"
            f"  {core['f1']:.3f} ({core['precision']:.3f} {core['recall']:.3f})"
            f"  {r['figures']['f1']:.3f}    {r['full']['f1']:.3f}  {r['status']:.3f}"
            f"  {r['date']:.3f}  {r['speaker']:.3f}   {r['false_alarms_per_100']}"
        )


def show_errors(name: str, most: int) -> None:
    """The first errors in the part tuned on; the part put aside is never shown."""
    gold = {d["id"]: d for d in documents(name, aside=False)}
    _, misses = scorer_module().score(gold, {i: read_document(d) for i, d in gold.items()}, 10_000)
    for i, what, g, p in misses[:most]:
        for who, s in (("gold", g), ("read", p)):
            if s:
                print(
                    f"{i} {what} {who}: "
                    + json.dumps(
                        {k: v for k, v in s.items() if v is not None and k != "unit"}, ensure_ascii=False
                    )
                )


def main() -> None:
    """Scores, shows, freezes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--freeze", action="store_true")
    ask.add_argument("--part", choices=PARTS)
    ask.add_argument("--errors", nargs=2, metavar=("FILE", "N"))
    args = ask.parse_args()
    if args.errors:
        show_errors(args.errors[0], int(args.errors[1]))
        return
    measured = {part: measure(part) for part in ([args.part] if args.part else PARTS)}
    for part, figures in measured.items():
        show(part, figures)
    if args.freeze:
        FROZEN.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
        print(f"frozen in {FROZEN.name}")


if __name__ == "__main__":
    main()
