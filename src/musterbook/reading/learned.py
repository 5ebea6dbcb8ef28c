"""The document reader's answers: its heads over the encoder's vectors, in plain matrix arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from musterbook.lexicon.encoder import Encoder
from musterbook.lexicon.weights import load_weights
from musterbook.reading.attribution import Option as Speaker
from musterbook.reading.binding import Earlier
from musterbook.reading.context import Context
from musterbook.reading.encoder import Choice as NameChoice
from musterbook.reading.encoder import Prepared, prepare_document
from musterbook.reading.encoder_features import FEATURES, STATUSES
from musterbook.reading.judges import RuleJudge
from musterbook.reading.links import Found
from musterbook.reading.options import Option
from musterbook.reading.pointers import Pointer, day_pointers, voice_pointers
from musterbook.reading.roles import ROLES, difference, without_level
from musterbook.reading.timing import Choice

if TYPE_CHECKING:
    import numpy as np

UNSEEN = -12.0  # the score of an option that the encoder has no name for
RULES = 0.3  # what the rules' scores of forces and places weigh beside the encoder's log probabilities
ROWS = 16  # numbers that meet all names at once: memory stays small, whatever the report
PAIRS = 1.0  # what they weigh of a force and a place together
TRUST = 0.6  # the encoder's part in the chances of roles; the rules have the rest


class LearnedJudge(RuleJudge):
    """Answers from one pass of the encoder over the report; the rules' tables go into it."""

    name = "learned"
    sure = 0.3  # core F1 on the watched texts is flat from 0.25 to 0.4; figures gain by reading more

    def __init__(self, context: Context, title: str, encoder: Encoder) -> None:
        super().__init__(context)
        roles = load_weights(context.pack.language, "roles")
        document = prepare_document(context, title, encoder.tokenizer, roles, self.binding)
        self.answers = Answers(encoder, document) if document else None

    def roles(self) -> list[dict[str, float]]:
        """From the role head and the table of roles, multiplied at their weights."""
        if not self.answers:
            return []
        by_rule = [dict(zip(ROLES, row, strict=True)) for row in self.answers.document.rules]
        blends = map(blended, self.answers.roles(), by_rule)
        return [without_level(b, difference(self.context, i)) for i, b in enumerate(blends)]

    def linked(self, one: Found, other: Found) -> float:
        """From the link head."""
        return self.answers.linked(one.index, other.index) if self.answers else 0.0

    def options(
        self, index: int, role: str, forces: Sequence[Option], places: Sequence[Option], earlier: Earlier
    ) -> tuple[list[float], list[float]]:
        """From the two pointer heads and the table of bindings."""
        if not self.answers:
            return [], []
        by_rule = super().options(index, role, forces, places, earlier)
        found = []
        for side, options, rule in zip(
            self.answers.option_scores(index), (forces, places), by_rule, strict=True
        ):
            found.append(
                [side.get(o.code, UNSEEN) + RULES * score for o, score in zip(options, rule, strict=True)]
            )
        return found[0], found[1]

    def pair(self, force: Option, place: Option, earlier: Earlier) -> float:
        """From the table of bindings, as far as it counts here."""
        return PAIRS * super().pair(force, place, earlier)

    def status(self, index: int) -> dict[str, float] | None:
        """From the status head."""
        return self.answers.status(index) if self.answers else None

    def speaker(self, index: int, options: Sequence[Speaker]) -> list[float] | None:
        """From the pointer head over speakers."""
        if not self.answers or index < 0:
            return None
        pointers = voice_pointers(self.context, self.answers.document.spots, index, options)
        return self.answers.pointed("voice", index, pointers)

    def day(self, index: int, choices: Sequence[Choice]) -> list[float] | None:
        """From the pointer head over days."""
        if not self.answers or index < 0:
            return None
        pointers = day_pointers(self.context, self.answers.document.spots, index, choices)
        return self.answers.pointed("day", index, pointers)


def blended(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    """Two views of a number's role as one: the product of their chances at their weights, made to add up to 1."""
    mixed = {
        role: max(one[role], 1e-6) ** TRUST * max(other.get(role, 0.0), 1e-6) ** (1 - TRUST) for role in one
    }
    whole = sum(mixed.values())
    return {role: chance / whole for role, chance in mixed.items()}


class Answers:
    """The heads' outputs for one report; made once, asked often."""

    def __init__(self, encoder: Encoder, document: Prepared) -> None:
        import numpy as np

        self.heads, self.document = encoder.heads, document
        states = self.states = encoder.states(document.ids)
        heads = self.heads
        spots = np.asarray(document.number_spots)
        joined = np.concatenate([states[spots[:, k]] for k in range(3)], axis=1)
        marks = np.asarray(document.number_features)
        table = heads["number_features.weight"] * (np.arange(len(FEATURES) + 1) < len(FEATURES))[:, None]
        rules = np.asarray(document.rules, dtype=np.float32)
        self.numbers = gelu(
            self.through("number", joined) + table[marks].sum(1) + self.through("number_rules", rules)
        )
        self.role_chances = softmax_rows(self.through("role", self.numbers))
        self.names = self.named(states)
        self.chosen = (self.choose(0), self.choose(1))

    def through(self, layer: str, values: np.ndarray) -> np.ndarray:
        """One linear layer."""
        made: np.ndarray = values @ self.heads[f"{layer}.weight"].T + self.heads[f"{layer}.bias"]
        return made

    def named(self, states: np.ndarray) -> np.ndarray:
        """A vector a name."""
        import numpy as np

        spots = np.asarray(self.document.name_spots, dtype=np.int64).reshape(-1, 2)
        joined = np.concatenate([states[spots[:, 0]], states[spots[:, 1]]], axis=1)
        forms = self.heads["name_forms.weight"][np.asarray(self.document.name_forms, dtype=np.int64)]
        return gelu(self.through("name", joined) + forms)

    def choose(self, side: int) -> np.ndarray:
        """Scores number x option of one side, as log probabilities."""
        import numpy as np

        options: list[NameChoice] = self.document.options[side]
        if not options:
            return np.zeros((len(self.numbers), 0), dtype=np.float32)
        ask = self.through(("ask_force", "ask_place")[side], self.numbers)
        steps = np.asarray(self.document.steps, dtype=np.int64)
        met = self.met(steps)[..., side]
        near = self.heads["steps.weight"][steps][..., side]
        scores = ask @ self.names.T / self.numbers.shape[1] ** 0.5 + near + met
        kinds = self.heads["kinds.weight"]
        columns = [
            np.logaddexp.reduce(scores[:, list(o.names)], axis=1) + kinds[o.kind, side] for o in options
        ]
        unary = np.asarray(self.document.unary[side], dtype=np.float32)
        summed = np.stack(columns, axis=1) + self.heads["trust"][side] * unary
        made: np.ndarray = summed - np.logaddexp.reduce(summed, axis=1, keepdims=True)
        return made

    def met(self, steps: np.ndarray) -> np.ndarray:
        """What every number and every name have to do with each other, number x name x side; some rows at a time."""
        import numpy as np

        asked, named = self.through("pair_number", self.numbers), self.through("pair_name", self.names)
        far, rows = self.heads["pair_step.weight"], range(0, len(asked), ROWS)
        made = [
            self.through("pair", gelu(asked[i : i + ROWS, None] + named[None] + far[steps[i : i + ROWS]]))
            for i in rows
        ]
        return np.concatenate(made)

    def option_scores(self, index: int) -> tuple[dict[str, float], dict[str, float]]:
        """Log probability of every force and place for a candidate, by code."""
        found = []
        for side in (0, 1):
            codes = (o.option.code for o in self.document.options[side])
            found.append(dict(zip(codes, map(float, self.chosen[side][index]), strict=True)))
        return found[0], found[1]

    def roles(self) -> list[dict[str, float]]:
        """Probabilities of the roles, candidate by candidate."""
        return [dict(zip(ROLES, map(float, row), strict=True)) for row in self.role_chances]

    def status(self, index: int) -> dict[str, float]:
        """Probabilities of the statuses of a candidate, its roles being known."""
        import numpy as np

        seen = np.concatenate([self.numbers[index], self.role_chances[index]])[None, :]
        row = softmax_rows(self.through("status", seen))[0]
        return dict(zip(STATUSES, map(float, row), strict=True))

    def pointed(self, what: str, index: int, pointers: Sequence[Pointer]) -> list[float]:
        """Log probabilities of the speakers ("voice") or days ("day") that may belong to a candidate."""
        import numpy as np

        spots = np.asarray([p.spots for p in pointers], dtype=np.int64)
        held = self.states[np.maximum(spots, 0)] * (spots >= 0)[..., None]
        seen = self.through(f"{what}_face", held.reshape(len(pointers), -1))
        for name, classes in (("kind", [p.kind for p in pointers]), ("gap", [p.gap for p in pointers])):
            seen = seen + self.heads[f"{what}_{name}.weight"][classes]
        seen = seen + self.heads[f"{what}_lies.weight"][[p.lies for p in pointers]]
        asked = self.through(f"{what}_ask", self.numbers[index])
        scores = self.through(f"{what}_out", gelu(seen + asked))[:, 0]
        made: list[float] = (scores - np.logaddexp.reduce(scores)).tolist()
        return made

    def linked(self, one: int, other: int) -> float:
        """The probability that two numbers are of one statement."""
        import numpy as np

        a, b = self.numbers[one], self.numbers[other]
        joined = np.concatenate([a, b, a * b])[None, :]
        score = float(self.through("linked", gelu(self.through("link", joined)))[0, 0])
        return 1 / (1 + float(np.exp(-score)))


def softmax_rows(scores: np.ndarray) -> np.ndarray:
    """Scores as probabilities, row by row."""
    import numpy as np

    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    made: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
    return made


def gelu(values: np.ndarray) -> np.ndarray:
    """The activation of the heads; the error function by Abramowitz and Stegun 7.1.26, exact to 1.5e-7."""
    import numpy as np

    x = np.abs(values) / np.sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * x)
    series = ((((1.061405429 * t - 1.453152027) * t) + 1.421413741) * t - 0.284496736) * t + 0.254829592
    erf = np.sign(values) * (1.0 - series * t * np.exp(-x * x))
    made: np.ndarray = 0.5 * values * (1.0 + erf)
    return made
