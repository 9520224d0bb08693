"""允许的网络: whether a request comes from where an operator may look from."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.http import HttpRequest


def networks(written: Sequence[str]) -> list[IPv4Network | IPv6Network]:
    return [ip_network(one, strict=False) for one in written]


def within(request: HttpRequest, allowed: Sequence[IPv4Network | IPv6Network]) -> bool:
    """Every hop the request names must be allowed: neither a proxy beside us nor a forged header opens the door."""
    hops = [request.META.get("REMOTE_ADDR", ""), *request.headers.get("X-Forwarded-For", "").split(",")]
    return all(_inside(hop.strip(), allowed) for hop in hops if hop.strip())


def _inside(hop: str, allowed: Sequence[IPv4Network | IPv6Network]) -> bool:
    try:
        address = ip_address(hop)
    except ValueError:
        return False
    return any(address in network for network in allowed)


def carries(request: HttpRequest, token: str) -> bool:
    """Whether the request shows the token, if there is one."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    return bool(token) and kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())
