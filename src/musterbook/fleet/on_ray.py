"""A crew on a Ray cluster: every archive is a task; Ray is asked for nothing but to run it and to bring its parcel."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from musterbook.errors import UsageError
from musterbook.fleet.crew import Answer, Errand
from musterbook.fleet.parcel import packed

WAIT = 0.5  # seconds for the next answer
STORE = 200_000_000  # bytes that Ray may keep of parcels on this machine
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",  # it would report its use over the network
    "RAY_USAGE_STATS_REPORT_URL": "http://127.0.0.1:9",  # even to say that it does not report
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",  # it would look for another program's environments
}
# Its processes on this machine would ask a cloud's own address which cloud this is; nobody listens there.
NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")


class RayCrew:
    """See ``Crew``. Without an address a cluster of this machine alone is begun, and ended with ``close``."""

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        _settle(QUIET if address else QUIET | _own_key())
        self._ray = _ray()
        here = {"num_cpus": workers, "include_dashboard": False, "object_store_memory": STORE}
        given = {"address": address} if address else {"address": "local", **here}
        try:
            with _surroundings({} if address else NOWHERE):
                self._ray.init(log_to_driver=False, logging_level="ERROR", **given)
        except (ConnectionError, ValueError, RuntimeError) as broken:
            raise UsageError(f"no Ray cluster answers at {address or 'this machine'}: {broken}") from broken
        self._read = self._ray.remote(num_cpus=1, max_retries=0)(packed)
        self._out: dict[Any, Errand] = {}  # what Ray gave for each errand

    @property
    def size(self) -> int:
        """See ``Crew.size``: the processors of the cluster as it is now."""
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def begin(self, errand: Errand) -> None:
        """See ``Crew.begin``."""
        self._out[self._read.remote(str(errand.path), errand.learned)] = errand

    def answers(self) -> Iterator[Answer]:
        """See ``Crew.answers``."""
        ready, _ = self._ray.wait(list(self._out), num_returns=1, timeout=WAIT) if self._out else ([], [])
        for one in ready:
            errand = self._out.pop(one)
            try:
                yield Answer(errand.turn, errand.attempt, self._ray.get(one))
            except self._ray.exceptions.RayError as lost:
                yield Answer(errand.turn, errand.attempt, why=type(lost).__name__)

    def drop(self, errand: Errand) -> None:
        """See ``Crew.drop``: its process is ended."""
        for one in [one for one, held in self._out.items() if held == errand]:
            del self._out[one]
            self._ray.cancel(one, force=True)

    def close(self) -> None:
        """See ``Crew.close``."""
        for errand in list(self._out.values()):
            self.drop(errand)
        self._ray.shutdown()


def _settle(wishes: Mapping[str, str]) -> None:
    """Tell Ray, before it is loaded, what nobody has told it otherwise."""
    for name, value in wishes.items():
        os.environ.setdefault(name, value)


@contextmanager
def _surroundings(wishes: Mapping[str, str]) -> Iterator[None]:
    """What processes that are started meanwhile find in their environment."""
    before = {name: os.environ.get(name) for name in wishes}
    os.environ.update(wishes)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _own_key() -> dict[str, str]:
    """Ray listens on every address of the machine: only who has the key of this run may give it orders."""
    if "RAY_AUTH_MODE" in os.environ:
        return {}
    return {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}


def _ray() -> Any:  # noqa: ANN401 -- the package is there or not
    """Ray, which takes seconds to load; UsageError where it is not installed."""
    try:
        import ray
        import ray.exceptions
    except ImportError as missing:
        raise UsageError("Ray is not installed: pip install 'musterbook[ray]'") from missing
    return ray
