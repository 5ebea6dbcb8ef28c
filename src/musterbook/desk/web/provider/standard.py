"""What the standard asks for is done by Authlib, and signatures by its joserfc; nothing of either is our own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import (
    BadSignatureError,
    ExpiredTokenError,
    InvalidClaimError,
    InvalidKeyIdError,
    JoseError,
)
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from musterbook.desk.web.provider.setup import Provider
from musterbook.desk.web.provider.troubles import Trouble

SCOPE = "openid email profile"
ALGORITHMS = (  # signatures by a key that the provider alone has; no shared secrets, and never "none"
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
PUBLIC = ("RSA", "EC", "OKP")  # kinds of such keys
LEEWAY = 60  # seconds that two clocks may differ
MALFORMED = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
)  # of joserfc, for what is no token or no key at all


class StrangeKeyError(Exception):
    """None of the keys made this signature: they may have been changed."""


def card_address(issuer: str) -> str:
    """Where a provider tells of itself."""
    return str(get_well_known_url(issuer, external=True))


def way_there(provider: Provider, endpoint: str, state: str, nonce: str, verifier: str) -> str:
    """The address that a browser is sent to."""
    return str(
        prepare_grant_uri(
            endpoint,
            provider.client,
            "code",
            provider.back,
            SCOPE,
            state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
    )


def token_request(
    provider: Provider, endpoint: str, way: str, code: str, verifier: str
) -> tuple[str, dict[str, str], str]:
    """Address, heads and form of the request that changes a code for a token."""
    heads = {"Content-Type": "application/x-www-form-urlencoded"}
    form = prepare_token_request("authorization_code", "", provider.back, code=code, code_verifier=verifier)
    client = ClientAuth(provider.client, provider.secret, way if provider.secret else "none")
    address, heads, form = client.prepare("POST", endpoint, heads, form)
    return str(address), heads, str(form)


def key_set(held: Mapping[str, Any]) -> KeySet:
    """The provider's public keys; Trouble where there are none."""
    keys = held.get("keys")
    listed = [one for one in keys if isinstance(one, dict)] if isinstance(keys, list) else []
    public: Any = {"keys": [one for one in listed if one.get("kty") in PUBLIC and one.get("use") != "enc"]}
    try:
        return KeySet.import_key_set(public)
    except (JoseError, *MALFORMED) as wrong:
        raise Trouble("odd-answer", f"keys: {type(wrong).__name__}") from None


def proven_claims(
    provider: Provider,
    algorithms: tuple[str, ...],
    keys: KeySet,
    answer: Mapping[str, Any],
    nonce: str,
    now: float,
) -> dict[str, Any]:
    """What an ID token says, all of it checked; Trouble, or StrangeKeyError where other keys may prove it."""
    registry = JWSRegistry(algorithms=algorithms, strict_check_header=False)
    must = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client},
        "sub": {"essential": True},
    }
    told = {"nonce": nonce, "client_id": provider.client, "access_token": answer.get("access_token")}
    try:
        token = jwt.decode(str(answer.get("id_token", "")), keys, registry=registry)
        claims = CodeIDToken(token.claims, token.header, must, told)
        claims.validate(now=int(now), leeway=LEEWAY)
    except (InvalidKeyIdError, BadSignatureError):
        raise StrangeKeyError from None
    except ExpiredTokenError:
        raise Trouble("clock", "expired") from None
    except InvalidClaimError as wrong:
        raise Trouble("clock" if wrong.claim in ("nbf", "iat") else "unproven", wrong.claim) from None
    except (JoseError, *MALFORMED) as wrong:
        raise Trouble("unproven", f"{type(wrong).__name__}: {getattr(wrong, 'description', '')}") from None
    return dict(claims)
