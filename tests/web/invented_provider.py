"""An OpenID Connect provider of our own on this machine, which keeps to the standard until a test spoils it."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

from musterbook.desk.web.provider.setup import Provider

CLIENT, SECRET = "the-desk", "a-secret-of-nobody-real"
HOME = "http://testserver"
BOB = {"sub": "bob-1", "email": "bob@example.org", "email_verified": True}
Answer = tuple[int, object]


@cache
def first_key() -> Key:
    """The key of every provider that has not changed it; slow to make."""
    return RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})


@dataclass
class Invented:
    """Who signs in there, what it signs with, and what it does wrong."""

    now: Callable[[], float] = lambda: 0.0
    issuer: str = ""
    key: Key = field(default_factory=first_key)
    algorithm: str = "RS256"
    person: dict[str, object] = field(default_factory=lambda: dict(BOB))
    claims: dict[str, object] = field(
        default_factory=dict
    )  # put over those of a good token; None leaves one out
    card: dict[str, object] = field(default_factory=dict)  # the same, over a good card
    besides: dict[str, object] = field(default_factory=dict)  # what /userinfo says
    keys: list[dict[str, object]] | None = None  # published; None: the public half of the key
    instead: dict[str, Callable[[], Answer]] = field(default_factory=dict)  # of the answer of a path
    sign: Callable[[Invented, dict[str, object]], str] | None = None  # instead of a good signature
    is_lax: bool = False  # takes a code twice
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def provider(self, **settings: object) -> Provider:
        """How a desk is set up with it."""
        given: dict[str, object] = {"secret": SECRET, "home": HOME, "patience": 5.0} | settings
        return Provider("Example Login", self.issuer, CLIENT, **given)  # type: ignore[arg-type] -- by name

    def agree(self, address: str) -> dict[str, str]:
        """What a browser brings back after its owner agreed to what the address asks for."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert (asked["code_challenge_method"], asked["redirect_uri"][-17:]) == ("S256", "/signin/oidc/back")
        code = secrets.token_urlsafe(12)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def told(self, path: str, form: dict[str, str], authorization: str) -> Answer:
        """The answer of a path."""
        if path in self.instead:
            return self.instead[path]()
        if path == "/.well-known/openid-configuration":
            return 200, {name: value for name, value in (_card(self.issuer) | self.card).items() if value}
        if path == "/keys":
            public = [self.key.as_dict(private=False)] if self.keys is None else self.keys
            return 200, {"keys": public}
        if path == "/token":
            return self._token(form, authorization)
        if path == "/userinfo" and authorization == "Bearer access":
            return 200, self.besides
        return 404, {}

    def _token(self, form: dict[str, str], authorization: str) -> Answer:
        asked = self.codes.get(form.get("code", ""))
        if authorization != "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode():
            return 401, {"error": "invalid_client"}
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (
            asked is None
            or base64.urlsafe_b64encode(challenge).rstrip(b"=").decode() != asked["code_challenge"]
            or form.get("redirect_uri") != asked["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        if not self.is_lax:
            del self.codes[form["code"]]
        return 200, {
            "access_token": "access",
            "token_type": "Bearer",
            "id_token": self._id_token(asked["nonce"]),
        }

    def _id_token(self, nonce: str) -> str:
        now = int(self.now())
        good = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        said = {n: v for n, v in (good | self.person | self.claims).items() if v is not None}
        if self.sign:
            return self.sign(self, said)
        return signed(self.key, self.algorithm, said)


def signed(key: Key, algorithm: str, claims: dict[str, object]) -> str:
    """A token by this key."""
    header = {"alg": algorithm} | ({"kid": key.kid} if key.kid else {})
    return jwt.encode(header, claims, key, algorithms=[algorithm])


def another_key(kind: str = "RSA", kid: str = "second") -> Key:
    """A key that the provider did not have before."""
    if kind == "EC":
        return ECKey.generate_key("P-256", {"kid": kid})
    if kind == "OKP":
        return OKPKey.generate_key("Ed25519", {"kid": kid})
    return RSAKey.generate_key(2048, {"kid": kid})


def _card(issuer: str) -> dict[str, object]:
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/keys",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "EdDSA", "HS256", "none"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
    }


@contextmanager
def invented() -> Iterator[Invented]:
    """The provider, listening on a free port of this machine."""
    held = Invented()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            if path == "/authorize":
                self._page(query)
            else:
                self._tell(path, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            self._tell(self.path, dict(parse_qsl(body)))

        def log_message(self, *_: object) -> None:
            pass

        def _tell(self, path: str, form: dict[str, str]) -> None:
            held.asked.append(path)
            status, said = held.told(path, form, self.headers.get("authorization", ""))
            self._send(
                status, said if isinstance(said, bytes) else json.dumps(said).encode(), "application/json"
            )

        def _page(self, query: str) -> None:
            """Where a person in a browser agrees."""
            address = f"{held.issuer}/authorize?{query}"
            asked = dict(parse_qsl(query))
            back = asked["redirect_uri"] + "?" + urlencode(held.agree(address))
            no = asked["redirect_uri"] + "?" + urlencode({"error": "access_denied", "state": asked["state"]})
            links = f"<a href='{back}'>Agree</a> <a href='{no}'>Refuse</a>".replace("&", "&amp;")
            icon = "<link rel='icon' href='data:,'>"
            self._send(200, f"<!doctype html>{icon}<title>Login</title>{links}".encode(), "text/html")

        def _send(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            if status in (301, 302):
                self.send_header("location", body.decode().strip('"'))
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    held.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield held
    finally:
        held.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
