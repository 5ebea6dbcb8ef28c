"""Asks the provider: one request, one JSON object, within the time and the size allowed; no redirect is followed.

The way of ``fetching`` is for strangers' servers and leads to public addresses alone; a provider is named by whoever
keeps the desk and often stands in the house, so it is asked as the second reader is, through httpx.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

from musterbook.desk.web.provider.troubles import Trouble

LARGEST = 256 * 1024  # bytes of an answer
PATIENT = 3  # times the patience for one byte is the patience for all of them


def ask(
    address: str, patience: float, heads: Mapping[str, str], form: str | None = None
) -> tuple[int, dict[str, Any]]:
    """The status and the object that was answered; an empty one for an error without any. Trouble."""
    import httpx

    given = {"Accept": "application/json", "Accept-Encoding": "identity", **heads}
    end, raw = time.monotonic() + PATIENT * patience, bytearray()
    try:
        with (
            httpx.Client(verify=_tls(), trust_env=False, timeout=patience) as client,
            client.stream("GET" if form is None else "POST", address, content=form, headers=given) as answer,
        ):
            for part in answer.iter_raw():
                raw += part
                if len(raw) > LARGEST:
                    raise Trouble("odd-answer", f"more than {LARGEST:,} bytes")
                if time.monotonic() > end:
                    raise Trouble("too-slow", f"more than {PATIENT * patience:g} s")
            return answer.status_code, _object(answer.status_code, bytes(raw))
    except httpx.TimeoutException as slow:
        raise Trouble("too-slow", type(slow).__name__) from None
    except (httpx.HTTPError, httpx.InvalidURL) as broken:
        raise Trouble("unreachable", f"{type(broken).__name__}: {broken}") from None


def asked_for(address: str, patience: float, heads: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The object at an address; Trouble where there is none."""
    status, found = ask(address, patience, heads or {})
    if status >= 500:
        raise Trouble("unreachable", f"status {status}")
    if status != 200:
        raise Trouble("odd-answer", f"status {status}")
    return found


def _object(status: int, raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    if status == 200:
        raise Trouble("odd-answer", "no JSON object")
    return {}


@cache
def _tls() -> ssl.SSLContext:
    """Certificates that the world trusts, and those that this machine was told to trust."""
    import httpx

    made = httpx.create_ssl_context(trust_env=False)
    made.load_default_certs()
    return made
