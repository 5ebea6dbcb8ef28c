"""The mark of a form: made for one browser, and anew for every page, so that packed pages give nothing away."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def mark_for(seed: str, secret: bytes) -> str:
    """A mark for a form of the browser that has this seed in a cookie."""
    salt = secrets.token_hex(8)
    return f"{salt}.{_sealed(seed, salt, secret)}"


def fits(mark: str, seed: str, secret: bytes) -> bool:
    """Whether the mark was made for the browser that has this seed."""
    salt, _, seal = mark.partition(".")
    good = _sealed(seed, salt, secret).encode()
    return bool(seed) and hmac.compare_digest(good, seal.encode("utf-8", "replace"))


def _sealed(seed: str, salt: str, secret: bytes) -> str:
    return hmac.new(secret, f"{salt}.{seed}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()
