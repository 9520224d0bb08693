"""允许的网络: whether a request comes from where an operator may look from."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from django.http import HttpRequest

from zhike.org.networks import Network, inside


def within(request: HttpRequest, allowed: Sequence[Network]) -> bool:
    """Every hop the request names must be allowed: neither a proxy beside us nor a forged header opens the door."""
    hops = [request.META.get("REMOTE_ADDR", ""), *request.headers.get("X-Forwarded-For", "").split(",")]
    return all(inside(hop.strip(), allowed) for hop in hops if hop.strip())


def carries(request: HttpRequest, token: str) -> bool:
    """Whether the request shows the token, if there is one."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    return bool(token) and kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())
