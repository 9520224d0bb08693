"""网络: from which address a request comes, and whether that lies in a network somebody has written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from django.conf import settings

Network = IPv4Network | IPv6Network
HOUSE = 64


def networks(written: Iterable[str]) -> list[Network]:
    """Networks from their CIDR notation; a single address is a network of one. Raises ValueError."""
    return [ip_network(one, strict=False) for one in written]


@lru_cache(maxsize=200)
def listed(text: str) -> tuple[Network, ...]:
    """Networks in one text, parted by blanks or commas of either script. Raises ValueError."""
    return tuple(networks(text.replace("，", " ").replace(",", " ").replace("、", " ").split()))


def inside(address: str, allowed: Sequence[Network]) -> bool:
    """Whether an address lies in one of the networks; what is no address lies in none."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any((getattr(parsed, "ipv4_mapped", None) or parsed) in network for network in allowed)


def caller(request: Any) -> str:
    """来源地址: who is at the other end, told by our own proxies (ZHIKE_PROXIES) and by nobody else.

    Each proxy adds whom it was asked by at the end; the first from the right that is no proxy of ours is the caller.
    """
    hops = [*request.headers.get("X-Forwarded-For", "").split(","), request.META.get("REMOTE_ADDR", "")]
    named = [hop.strip() for hop in hops if hop.strip()]
    proxies = listed(" ".join(settings.PROXIES))
    found = next((hop for hop in reversed(named) if not inside(hop, proxies)), named[0] if named else "")
    return found if _is_address(found) else ""


def counted(request: Any) -> str:
    """来源 as it is counted: of IPv6 the 64 bits of one connection, within which it has as many addresses as it likes."""
    address = caller(request)
    parsed = ip_address(address) if address else None
    if not isinstance(parsed, IPv6Address) or parsed.ipv4_mapped:
        return address
    return str(ip_network((parsed, HOUSE), strict=False))


def _is_address(hop: str) -> bool:
    try:
        return "%" not in str(ip_address(hop))
    except ValueError:
        return False


def on_this_machine(address: str) -> bool:
    """The server itself: whoever works there could change anything anyway, and lets those in whom a wrong list shut out."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
