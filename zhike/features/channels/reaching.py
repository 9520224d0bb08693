"""Reaching other machines: only public addresses, and those networks an installation allows.

The name is resolved once, every address it has is looked at, and the connection goes to the very address that was looked at, so
that a name leading elsewhere a moment later (DNS rebinding) gains nothing. A redirect is not followed, and so leads
nowhere either.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS, MOST_SECONDS, MOST_BYTES = 10, 30, 4096
NAT64 = IPv6Network("64:ff9b::/96")
Address = IPv4Address | IPv6Address


class NotSent(Exception):
    """It was not taken. `final`: trying again would change nothing."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.final = reason, final


def send(url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """POST the body and return the beginning of the answer. Raises NotSent with a reason that tells neither address nor key."""
    parts = urlsplit(url)
    connection = _Pinned(parts, _resolved(parts))
    try:
        status, answer = _asked(connection, parts, body, headers)
    except ssl.SSLError as error:
        raise NotSent(f"加密连接失败（{error.reason or type(error).__name__}）") from None
    except (OSError, HTTPException) as error:
        raise NotSent(f"连接失败（{type(error).__name__}）") from None
    if 300 <= status < 400:
        raise NotSent(f"对方要求转到别处（HTTP {status}），没有跟随；请改成最终的地址")
    if not 200 <= status < 300:
        raise NotSent(f"对方没有接受（HTTP {status}）", final=status == 410)
    return answer


def _asked(connection: _Pinned, parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """One request within a time that holds however slowly the other side drips."""
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    limit = Timer(MOST_SECONDS, connection.give_up)
    limit.start()
    try:
        connection.request("POST", target, body, dict(headers))
        answer: HTTPResponse = connection.getresponse()
        return answer.status, answer.read(MOST_BYTES)
    finally:
        limit.cancel()
        connection.close()


class _Pinned(HTTPConnection):
    """A connection to the address that was looked at; name and certificate are those of the address as it was written."""

    def __init__(self, parts: SplitResult, address: Address) -> None:
        self.secure, self.address = parts.scheme == "https", address
        super().__init__(parts.hostname or "", port_of(parts), timeout=SECONDS)
        if self.secure:
            self.default_port = 443

    def connect(self) -> None:
        self.sock = socket.create_connection((str(self.address), self.port), SECONDS)
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def give_up(self) -> None:
        if self.sock:
            self.sock.shutdown(socket.SHUT_RDWR)


def port_of(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _resolved(parts: SplitResult) -> Address:
    """The address to connect to. Raises NotSent when the name leads, even if only among others, where nothing may be sent."""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotSent("地址应以 https:// 开头", final=True)
    try:
        found = socket.getaddrinfo(parts.hostname, port_of(parts), type=socket.SOCK_STREAM)
    except (OSError, ValueError):
        raise NotSent("找不到这台主机") from None
    addresses = [ip_address(str(address[0]).partition("%")[0]) for *_, address in found]
    if not all(public(a) or within(a) for a in addresses):
        raise NotSent("地址指向内部网络，不允许发送；确有需要请管理员设置 ZHIKE_OUTBOUND_NETWORKS", final=True)
    if parts.scheme == "http" and not all(map(within, addresses)):
        raise NotSent("发往外部的地址必须用 https", final=True)
    return addresses[0]


def within(address: Address) -> bool:
    """Whether it lies in a network this installation allows."""
    return any(address in ip_network(network) for network in settings.OUTBOUND_NETWORKS)


def public(address: Address) -> bool:
    """Whether it lies outside: nothing private, loopback, link-local, multicast or reserved, however it is wrapped."""
    inner = _carried(address)
    inside = address.is_multicast or address.is_reserved or (isinstance(address, IPv6Address) and address.is_site_local)
    return address.is_global and not inside and (inner is None or public(inner))


def _carried(address: Address) -> IPv4Address | None:
    """The IPv4 address that one of IPv6 stands for."""
    if isinstance(address, IPv4Address):
        return None
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
