"""Signed tokens (RFC 7519) of the provider, checked by its keys. Loaded when the first one comes in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jwt

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY, TIMEOUT = 60, 10


class Unsound(Exception):
    """The token does not hold."""


def verified(token: str, keys: str, *, issuer: str, audience: str, required: list[str]) -> dict[str, Any]:
    """What a token claims, if it is signed by one of the keys at this address, for us and still good. Raises Unsound."""
    options: Any = {"require": required}
    try:
        key = _key(token, _keys(keys))
        return jwt.decode(token, key, ALGORITHMS, options, audience=audience, issuer=issuer, leeway=LEEWAY)
    except jwt.PyJWTError as error:
        raise Unsound(str(error)) from error


@lru_cache(maxsize=4)
def _keys(address: str) -> jwt.PyJWKClient:
    """The keys there; one it has not shown yet is asked for anew."""
    return jwt.PyJWKClient(address, timeout=TIMEOUT)


def _key(token: str, keys: jwt.PyJWKClient) -> jwt.PyJWK:
    """The key a token names; a provider with a single key may leave it unnamed."""
    if "kid" in jwt.get_unverified_header(token):
        return keys.get_signing_key_from_jwt(token)
    only = keys.get_signing_keys()
    if len(only) != 1:
        raise Unsound("the token does not say which key signed it")
    return only[0]
