"""Loads the learned document reader that ships with a language pack: an encoder, its heads, its tokenizer.

The three files stand in ``packs/<language>/reader/``. They need the extra ``encoder`` (numpy, onnxruntime,
threadpoolctl, tokenizers); without it, or where a language ships none, the rules read alone.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from musterbook.errors import LexiconError

if TYPE_CHECKING:
    import numpy as np

NEEDED = ("numpy", "onnxruntime", "threadpoolctl", "tokenizers")
FILES = ("encoder.onnx", "heads.npz", "tokenizer.json")
WINDOW, STRIDE = 512, 256  # pieces of one pass, and how far the next one starts behind it


@dataclass(frozen=True, eq=False)
class Encoder:
    """The encoder as a session of onnxruntime, the heads as matrices by name, the tokenizer."""

    session: Any
    heads: dict[str, np.ndarray]
    tokenizer: Any

    def states(self, ids: list[int]) -> np.ndarray:
        """A vector a piece; long reports in overlapping windows, each piece from the one it stands deepest in."""
        import numpy as np

        if len(ids) <= WINDOW:
            alone: np.ndarray = self._run([ids])[0]
            return alone
        starts = range(0, len(ids) - WINDOW + STRIDE, STRIDE)
        windows = [ids[start : start + WINDOW] for start in starts]
        found = np.zeros((len(ids), self.heads["name.weight"].shape[1] // 2), dtype=np.float32)
        for start, window in zip(starts, windows, strict=True):
            states = self._run([window])[0]
            first = 0 if start == 0 else STRIDE // 2
            found[start + first : start + len(window)] = states[first:]
        return found

    def _run(self, rows: list[list[int]]) -> np.ndarray:
        import numpy as np

        ids = np.asarray(rows, dtype=np.int64)
        states: np.ndarray = self.session.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0]
        return states


@cache
def load_encoder(language: str) -> Encoder | None:
    """The reader of a language; None where it or what it needs is not installed."""
    folder = resources.files("musterbook").joinpath("packs", language, "reader")
    if not all(folder.joinpath(name).is_file() for name in FILES):
        return None
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        return None
    try:
        return opened(*(str(folder.joinpath(name)) for name in FILES))
    except (OSError, ValueError, RuntimeError) as error:
        raise LexiconError(
            f"packs/{language}/reader: a file is broken or from another version: {error}"
        ) from error


def opened(model: str, heads: str, tokenizer: str) -> Encoder:
    """The three files, opened; one thread, so that the same bytes come out on any number of cores.

    That holds for numpy's products in the whole process from here on: the heads are small, and threads, which wait for
    each other in every product, took as long again as the encoder.
    """
    import numpy as np
    import onnxruntime
    from threadpoolctl import threadpool_limits
    from tokenizers import Tokenizer

    threadpool_limits(1, user_api="blas")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    with np.load(heads) as held:
        matrices = {name: held[name].astype(np.float32) for name in held.files}
    cutter = Tokenizer.from_file(tokenizer)
    cutter.no_padding()
    cutter.no_truncation()
    return Encoder(session, matrices, cutter)
