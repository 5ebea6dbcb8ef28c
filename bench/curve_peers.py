"""The same state-space model by us and by statsmodels: how near the numbers are, and what each takes.

usage: python bench/curve_peers.py [--freeze]   (--freeze writes bench/curve_peers.json; needs statsmodels, which is no
dependency of ours: pip install --target /tmp/peers statsmodels, then PYTHONPATH=/tmp/peers)

What both can do is a Gaussian local level on the logarithm: a drift alone, exact errors, days without reports. Ours is
run on its grid with drift only and Gaussian likelihoods; statsmodels smooths with its Kalman filter at the same fixed
variances. Jumps, bounds, doubt and the state "nobody" are ours alone, so they are not compared.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from statistics import median

import numpy as np

from musterbook.reckoning.curve.grid import STEP, Array, Grid, grid_for
from musterbook.reckoning.curve.motion import YEAR, Motion
from musterbook.reckoning.curve.passes import Passes

FROZEN = Path(__file__).with_name("curve_peers.json")
DRIFT, ERROR = 0.25, 0.05  # of the logarithm: a year's drift, and a report's error
DAYS, REPORTS, SERIES = 1500, 60, 12


class Drifting(Motion):
    """Drift alone, and nobody ever comes or goes."""

    def _drift(self, rows: Array, days: Array) -> Array:
        length = 2 * self.grid.size
        turns = np.fft.rfftfreq(length) * 2 * np.pi
        kept = np.exp(-(DRIFT**2 / STEP**2) * (1 - np.cos(turns)) * days[..., None] / YEAR)
        spread = np.fft.irfft(np.fft.rfft(rows[..., 1:], length, axis=-1) * kept, length, axis=-1)
        there = np.maximum(spread[..., : self.grid.size], 0.0)
        return np.concatenate([np.zeros_like(rows[..., :1]), there], axis=-1)

    def forward(self, states: Array, days: Array) -> Array:
        """Only the drift."""
        return self._drift(states, days)

    def backward(self, likelihoods: Array, days: Array) -> Array:
        """The drift is its own mirror."""
        return self._drift(likelihoods, days)


def series(seed: int) -> tuple[Array, Array]:
    """Days and logarithms of reports of a drifting strength."""
    luck = np.random.default_rng(seed)
    level = np.log(5000) + np.cumsum(luck.normal(0, DRIFT / np.sqrt(YEAR), DAYS))
    days = np.sort(luck.choice(DAYS, REPORTS, replace=False))
    return days, level[days] + luck.normal(0, ERROR, REPORTS)


def ours(days: Array, logs: Array) -> tuple[Array, Array, float]:
    """Mean and deviation of every day, and the seconds."""
    began = time.process_time()
    grid = wide(logs)
    rows = np.exp(-0.5 * ((grid.logs - logs[:, None]) / ERROR) ** 2) + 1e-300
    rows = np.concatenate([np.full((len(logs), 1), 1e-300), rows], axis=1)
    passes = Passes(Drifting(grid), [int(day) for day in days], lambda: rows, range(len(days)))
    chances = passes.on(np.arange(DAYS, dtype=float))[:, 1:]
    mean = chances @ grid.logs
    deviation = np.sqrt(np.maximum(chances @ grid.logs**2 - mean**2, 0.0))
    return mean, deviation, time.process_time() - began


def wide(logs: Array) -> Grid:
    """The grid of a curve of such numbers."""
    return grid_for(np.exp(logs).tolist())


def theirs(days: Array, logs: Array) -> tuple[Array, Array, float]:
    """The same by statsmodels."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    began = time.process_time()
    told = np.full(DAYS, np.nan)
    told[days] = logs
    model = UnobservedComponents(told, "local level")
    found = model.smooth([ERROR**2, DRIFT**2 / YEAR])
    mean, variance = found.smoothed_state[0], found.smoothed_state_cov[0, 0]
    return mean, np.sqrt(variance), time.process_time() - began


def main() -> None:
    """Compares, shows, freezes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--freeze", action="store_true")
    given = ask.parse_args()
    means, deviations, seconds = [], [], ([], [])
    for seed in range(SERIES):
        told = series(seed)
        (mean, deviation, own), (other_mean, other_deviation, other) = ours(*told), theirs(*told)
        means.append(float(np.abs(mean - other_mean).max()))
        deviations.append(float(np.abs(deviation / other_deviation - 1).max()))
        seconds[0].append(own)
        seconds[1].append(other)
    figures = {
        "series": SERIES,
        "days": DAYS,
        "reports": REPORTS,
        "largest difference of means, of the logarithm": round(max(means), 5),
        "largest difference of deviations, share": round(max(deviations), 4),
        "ours, ms": round(1000 * median(seconds[0]), 1),
        "statsmodels, ms": round(1000 * median(seconds[1]), 1),
    }
    print(json.dumps(figures, indent=1))
    if given.freeze:
        FROZEN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        print(f"frozen in {FROZEN.name}")


if __name__ == "__main__":
    main()
