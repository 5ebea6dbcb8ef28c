"""Nobody but our own pages sends our forms: each carries a mark made for this browser, and browsers say where from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request
from starlette.types import Message, Receive

from musterbook.desk.web.accounts.marks import fits
from musterbook.desk.web.errors import WrongError

FIELD = "form"  # the hidden field of the mark
MOST = 256_000  # bytes of a form
FIELDS = 1_000
ENCODED = "application/x-www-form-urlencoded"
FOREIGN = "This form was not sent from a page of this desk, so nothing was done."
STALE = "This form was made before you signed in or out, so nothing was done. Load its page again."


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form; the ones that were left out are empty."""

    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """A field, without blanks around it."""
        return self.raw(name).strip()

    def raw(self, name: str) -> str:
        """A field as it was typed: a password."""
        return next(iter(self.held.get(name, ())), "")

    def all(self, name: str) -> tuple[str, ...]:
        """A field that may be there several times."""
        return self.held.get(name, ())


def check_mark(mark: str, seed: str, secret: bytes) -> None:
    """WrongError unless the mark was made for this browser."""
    if not fits(mark, seed, secret):
        raise WrongError(403, STALE)


def check_origin(request: Request) -> None:
    """WrongError unless the browser says that the request comes from a page of ours."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        is_ours = site == "same-origin"
    else:
        is_ours = origin is not None and _host_of(origin) == request.headers.get("host", "").lower()
    if not is_ours:
        raise WrongError(403, FOREIGN)


async def read_form(request: Request, receive: Receive) -> tuple[Form, bytes]:
    """The fields of a request, and its bytes; WrongError for what is no form or too large."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("", ENCODED):
        raise WrongError(415, f"Forms of this desk are sent as {ENCODED}.")
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MOST:
            raise WrongError(413, f"A form may have {MOST:,} bytes.")
        if message["type"] != "http.request" or not message.get("more_body"):
            return _fields(body), body


def again(body: bytes, receive: Receive) -> Receive:
    """The bytes that were read, for whoever reads them next."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return waiting.pop() if waiting else await receive()

    return give


def _fields(body: bytes) -> Form:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS, errors="strict")
    except ValueError:
        raise WrongError(400, "The form cannot be read.") from None
    held: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        held[name] = (*held.get(name, ()), value.replace("\r\n", "\n"))
    return Form(held)


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
