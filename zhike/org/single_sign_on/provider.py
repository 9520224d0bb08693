"""The provider 身份提供方: what it says of itself, what it gives for a code, and which of its words count.

OpenID Connect Core, Discovery, RP-Initiated Logout and Back-Channel Logout 1.0.
"""

from __future__ import annotations

import json
from base64 import b64encode
from functools import lru_cache
from time import time
from typing import Any
from urllib.error import URLError
from urllib.parse import quote_plus, urlencode
from urllib.request import Request, urlopen

from django.conf import settings

WELL_KNOWN = "/.well-known/openid-configuration"
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
TIMEOUT, LARGEST, KEPT_FOR = 10, 1_000_000, 3600


class ProviderFailed(Exception):
    """It could not be asked, or what it said does not hold; the reason is for the log, not for whoever signs in."""


def configured() -> bool:
    return bool(settings.SINGLE_SIGN_ON["issuer"] and settings.SINGLE_SIGN_ON["client_id"])


def metadata() -> dict[str, Any]:
    """What the provider says of itself, asked once an hour. Raises ProviderFailed."""
    return _metadata(settings.SINGLE_SIGN_ON["issuer"], int(time() // KEPT_FOR))


@lru_cache(maxsize=4)
def _metadata(issuer: str, hour: int) -> dict[str, Any]:
    told = _asked(Request(issuer.rstrip("/") + WELL_KNOWN))
    if str(told.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise ProviderFailed(f"the provider calls itself {told.get('issuer')!r}")
    return told


def authorization(redirect_uri: str, **asked: str) -> str:
    """Where to send somebody to sign in. Raises ProviderFailed."""
    ours = settings.SINGLE_SIGN_ON
    query = {
        "response_type": "code",
        "client_id": ours["client_id"],
        "scope": ours["scopes"],
        "redirect_uri": redirect_uri,
        **asked,
    }
    return _with(_place("authorization_endpoint"), query)


def exchanged(code: str, verifier: str, redirect_uri: str) -> tuple[str, dict[str, Any]]:
    """The identity token for a code, and what it claims. Raises ProviderFailed."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri, "code_verifier": verifier}
    headers, form = _as_ourselves(form)
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    told = _asked(Request(_place("token_endpoint"), urlencode(form).encode(), headers))
    token = told.get("id_token")
    if not isinstance(token, str):
        raise ProviderFailed("no identity token was given")
    claims = claimed(token, ["exp", "iat", "iss", "aud", "sub"])
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != settings.SINGLE_SIGN_ON["client_id"]:
        raise ProviderFailed("the token was made for another")
    return token, claims


def claimed(token: str, required: list[str]) -> dict[str, Any]:
    """What a token of the provider claims, if it is signed by it, for us and still good. Raises ProviderFailed."""
    from zhike.org.single_sign_on.signatures import Unsound, verified

    ours = settings.SINGLE_SIGN_ON["client_id"]
    try:
        return verified(token, _place("jwks_uri"), issuer=metadata()["issuer"], audience=ours, required=required)
    except Unsound as unsound:
        raise ProviderFailed(str(unsound)) from unsound


def ended(token: str) -> dict[str, Any]:
    """Whose sessions a logout token ends: its `sub` or `sid`. Raises ProviderFailed."""
    claims = claimed(token, ["iat", "iss", "aud", "jti"])
    events = claims.get("events")
    if not isinstance(events, dict) or LOGOUT not in events or "nonce" in claims or not (claims.get("sub") or claims.get("sid")):
        raise ProviderFailed("this is no logout token")
    return claims


def leaving(id_token: str, back_to: str) -> str | None:
    """Where to go to end the session at the provider as well; None when it offers no such place or cannot be asked."""
    try:
        place = metadata().get("end_session_endpoint")
    except ProviderFailed:
        return None
    client = settings.SINGLE_SIGN_ON["client_id"]
    query = {"id_token_hint": id_token, "client_id": client, "post_logout_redirect_uri": back_to}
    return _with(str(place), query) if _is_address(place) else None


def _as_ourselves(form: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Headers and form that say which client we are, the way the provider takes it."""
    name, secret = settings.SINGLE_SIGN_ON["client_id"], settings.SINGLE_SIGN_ON["client_secret"]
    ways = metadata().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if not secret:
        return {}, {**form, "client_id": name}
    if "client_secret_basic" in ways:
        pair = b64encode(f"{quote_plus(name)}:{quote_plus(secret)}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}, form
    return {}, {**form, "client_id": name, "client_secret": secret}


def _place(name: str) -> str:
    place = metadata().get(name)
    if not _is_address(place):
        raise ProviderFailed(f"the provider names no {name}")
    return str(place)


def _is_address(place: Any) -> bool:
    return isinstance(place, str) and place.startswith(("https://", "http://"))


def _with(place: str, query: dict[str, str]) -> str:
    return f"{place}{'&' if '?' in place else '?'}{urlencode(query)}"


def _asked(request: Request) -> dict[str, Any]:
    """The provider's answer to one question. Only the addresses of our own settings and of its metadata are asked."""
    request.add_header("Accept", "application/json")
    try:
        with urlopen(request, timeout=TIMEOUT) as answer:
            told = json.loads(answer.read(LARGEST))
    except (URLError, OSError, ValueError) as error:
        raise ProviderFailed(f"{request.full_url}: {error}") from error
    if not isinstance(told, dict):
        raise ProviderFailed(f"{request.full_url}: no object")
    return told
