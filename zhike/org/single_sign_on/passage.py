"""There and back 往返: to the provider with a riddle of our own, back with a code; and out again."""

from __future__ import annotations

import hmac
import logging
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from time import time
from typing import Any

from django.conf import settings
from django.utils import timezone

from zhike.kernel.errors import Problem, Refused
from zhike.org.entering import refuse_elsewhere
from zhike.org.sessions import Session
from zhike.org.sign_in import enter
from zhike.org.single_sign_on import provider
from zhike.org.single_sign_on.identities import Identity, known, link

log = logging.getLogger("zhike.sign_in")
KEPT, PROBLEM, ID_TOKEN = "single_sign_on", "single_sign_on_problem", "id_token"
BACK = "/api/v1/session/single-sign-on/back"
SECONDS = 600
FAILED = "单点登录没有成功，请再试一次；仍不行请联系管理员"
UNKNOWN = "您的统一身份还没有关联本系统的账号：请先用密码登录，在“登录与安全”中关联，或联系管理员"


def begin(request: Any, *, linking: Any = None, onward: str = "") -> str:
    """Where to send the browser; what must come back unchanged is kept in the session. Raises Refused."""
    if not provider.configured():
        raise Refused("没有设置单点登录")
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    try:
        place = provider.authorization(
            _back(request), state=state, nonce=nonce, code_challenge=challenge, code_challenge_method="S256"
        )
    except provider.ProviderFailed as failed:
        log.warning("single sign-on: %s", failed)
        raise Refused("连不上身份提供方，请稍后再试") from None
    request.session[KEPT] = {
        "state": state, "nonce": nonce, "verifier": verifier, "at": time(), "linking": linking and linking.pk,
        "onward": _ours(onward),
    }  # fmt: skip
    return place


def come_back(request: Any) -> str:
    """What the browser brings from the provider; answers with where to go on. A failure is told on the page it goes to."""
    kept = request.session.pop(KEPT, None) or {}
    place = "/account/security" if kept.get("linking") else kept.get("onward") or "/"
    try:
        token, claims = _answered(request, kept)
        if kept["linking"]:
            _link(request, kept["linking"], claims)
        else:
            _enter(request, token, claims)
    except provider.ProviderFailed as failed:
        log.warning("single sign-on: %s", failed)
        request.session[PROBLEM] = FAILED
    except Problem as problem:
        request.session[PROBLEM] = problem.message
    return place


def _answered(request: Any, kept: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The identity the provider vouches for, in answer to our own question. Raises ProviderFailed."""
    given = request.GET
    fresh = bool(kept) and time() - kept["at"] < SECONDS
    if not fresh or not hmac.compare_digest(kept["state"].encode(), given.get("state", "").encode()):
        raise provider.ProviderFailed("nobody here had asked")
    if "code" not in given:
        raise provider.ProviderFailed(f"the provider said {given.get('error', '')[:80]!r}")
    token, claims = provider.exchanged(given["code"], kept["verifier"], _back(request))
    if not hmac.compare_digest(kept["nonce"].encode(), str(claims.get("nonce", "")).encode()):
        raise provider.ProviderFailed("the token answers another question")
    return token, claims


def _enter(request: Any, token: str, claims: dict[str, Any]) -> None:
    identity = known(claims)
    if identity is None:
        raise Refused(UNKNOWN)
    refuse_elsewhere(identity.person, request)
    enter(request, identity.person, "single_sign_on")
    request.session[ID_TOKEN] = token
    request.session.facts |= {"identity_id": identity.pk, "provider_session": str(claims.get("sid", ""))[:255]}
    Identity.objects.filter(pk=identity.pk).update(used_at=timezone.now())


def _link(request: Any, asker: int, claims: dict[str, Any]) -> None:
    """Only for whoever asked, still signed in with the same browser. Raises Refused."""
    person: Any = request.user
    if not person.is_authenticated or person.pk != asker:
        raise Refused("登录已变化，没有关联")
    link(person, claims, by=person)


def end_by_provider(token: str) -> int:
    """Back-channel logout 中央退出: the provider ends what it has opened; answers how many sessions. Raises ProviderFailed."""
    claims = provider.ended(token)
    ended = Session.objects.filter(identity__issuer=claims["iss"])
    if claims.get("sid"):
        ended = ended.filter(provider_session=str(claims["sid"]))
    if claims.get("sub"):
        ended = ended.filter(identity__subject=str(claims["sub"]))
    return ended.delete()[0]


def way_out(request: Any) -> str | None:
    """Where to go on after signing out here, so that one is signed out there as well; asked before the session is gone."""
    token = request.session.get(ID_TOKEN)
    return provider.leaving(token, _root(request) + "/") if token and provider.configured() else None


def _root(request: Any) -> str:
    return settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")


def _back(request: Any) -> str:
    return _root(request) + BACK


def _ours(place: str) -> str:
    """Only our own pages are gone on to."""
    return place if place.startswith("/") and not place.startswith(("//", "/\\")) and "\n" not in place else ""
