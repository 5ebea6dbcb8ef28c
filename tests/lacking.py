"""What a test needs and a machine may lack: skipped, but never quietly."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

NOT_TESTED = pytest.StashKey[dict[str, None]]()


def go_without(config: pytest.Config, why: str) -> NoReturn:
    """Skip, and say so at the end of the run; but where all is to be tested, fail."""
    if os.environ.get("CI") or os.environ.get("MUSTERBOOK_NO_SKIPS"):
        pytest.fail(why, pytrace=False)
    config.stash.setdefault(NOT_TESTED, {})[why] = None
    pytest.skip(why)
