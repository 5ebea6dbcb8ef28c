"""Passwords: long rather than odd; kept as argon2id, and slow to try on purpose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from musterbook.desk.web.errors import WrongError
from musterbook.errors import UsageError
from musterbook.safe import UNSAFE

LEAST, MOST = 12, 256  # signs of a password
DIFFERENT = 5  # signs of it that differ
ROUNDS, KIB = 2, 47_104  # of argon2id: some 80 ms and 46 MB a try
AT_ONCE = BoundedSemaphore(2)  # tries that may be reckoned side by side, so that no crowd fills the memory
PATIENCE = 5.0  # seconds to wait for one's turn
KNOWN = ("passwordpassword", "password1234", "password12345", "correcthorsebatterystaple", "letmeinletmein")
ROWS = (
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "1234567890" * 2,
)
NAME = re.compile(r"\w(?:[\w .'@+-]{0,58}[\w.])?")
SIGNERS = ("guard", "reader", "editor")  # who else signs entries


def checked_name(words: str) -> str:
    """A name that a person may sign with; UsageError saying how one is written."""
    name = unicodedata.normalize("NFC", " ".join(words.split()))
    if not NAME.fullmatch(name) or UNSAFE.search(name):
        raise UsageError("a name has 1 to 60 letters, digits, blanks, or any of . ' @ + -")
    if name.casefold() in SIGNERS:
        raise UsageError(f"{name} is what Musterbook itself signs with; choose another name")
    return name


def checked_password(password: str, name: str) -> str:
    """A password that is not the first thing to try; UsageError saying what is wrong with it."""
    same = normal(password)
    plain = same.casefold()
    if len(same) < LEAST:
        raise UsageError(f"the password needs {LEAST} signs or more; a few words in a row are fine")
    if len(same) > MOST:
        raise UsageError(f"the password has more than {MOST} signs")
    if len(set(plain)) < DIFFERENT or plain in KNOWN or any(plain in row for row in ROWS):
        raise UsageError("that password is among the first that are tried; take a few words of your own")
    if len(plain.replace(name.casefold(), "")) < LEAST // 2:
        raise UsageError("the password is hardly more than the name; take a few words of your own")
    return same


def normal(password: str) -> str:
    """The same signs, however a keyboard puts them together."""
    return unicodedata.normalize("NFKC", password)


def make_hash(password: str) -> str:
    """What is kept of a password."""
    with _turn():
        return _hasher().hash(normal(password).encode("utf-8", "surrogatepass"))


def fits(password: str, kept: str | None) -> bool:
    """Whether it is the password; takes as long where there is none."""
    with _turn():
        said = normal(password[: MOST + 1]).encode("utf-8", "surrogatepass")
        is_same = _hasher().verify(said, kept or _nobodys())
    return is_same and kept is not None


@contextmanager
def _turn() -> Iterator[None]:
    """One's turn to reckon; 503 where too many wait."""
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise WrongError(503, "Many people are signing in; try again in a moment.", Retry_After="5")
    try:
        yield
    finally:
        AT_ONCE.release()


@cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(time_cost=ROUNDS, memory_cost=KIB, parallelism=1),))


@cache
def _nobodys() -> str:
    """A hash that no password fits, to be tried where nobody has the name."""
    return _hasher().hash(b"\xff nobody's")
