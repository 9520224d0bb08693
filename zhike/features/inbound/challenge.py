"""Challenge 防护: what a browser must have done before a form is believed, without asking anybody outside.

A token says which form was opened and when; it is used once. It must be a few seconds old, as a person's is, and the browser
must have spent some of its time: find a number that, hashed with the token, begins with so many zero bits.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from zhike.kernel.errors import Refused

BITS = 14
LEAST_SECONDS, MOST_SECONDS = 3, 2 * 3600
_signer = signing.Signer(salt="zhike.inbound")


@dataclass(frozen=True)
class Solved:
    """A token whose task was done; `nonce` may be used once."""

    nonce: str


def issue(key: str, at: float | None = None) -> str:
    """A token for whoever opened this form at a moment, in seconds since 1970; now, where none is named."""
    opened = time.time() if at is None else at
    return _signer.sign(f"{key}.{secrets.token_urlsafe(12)}.{int(opened * 1000)}")


def solved(key: str, token: str, answer: str) -> Solved:
    """Raises Refused for a foreign, old or hasty token, and for work not done."""
    try:
        form, nonce, at = _signer.unsign(token).split(".")
        age = time.time() - int(at) / 1000
    except (signing.BadSignature, ValueError):
        raise Refused("页面已过期，请刷新后再提交") from None
    if form != key or age > MOST_SECONDS:
        raise Refused("页面已过期，请刷新后再提交")
    if age < LEAST_SECONDS:
        raise Refused("提交得太快，请稍候再试")
    if len(answer) > 20 or zero_bits(f"{token}:{answer}") < BITS:
        raise Refused("浏览器没有通过校验，请刷新后再提交")
    return Solved(nonce)


def zero_bits(text: str) -> int:
    """With how many zero bits the hash of a text begins."""
    found = int.from_bytes(hashlib.sha256(text.encode()).digest())
    return 256 - found.bit_length()


def digest(address: str) -> str:
    """A network address as it is kept: enough to count by, not to know it by."""
    return hmac.new(settings.SECRET_KEY.encode(), f"visit:{address}".encode(), hashlib.sha256).hexdigest()
