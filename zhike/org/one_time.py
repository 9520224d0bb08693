"""One-time codes 动态验证码: HOTP and TOTP as RFC 4226 and RFC 6238 lay them down, the way every authenticator app reckons."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from time import time
from urllib.parse import quote

SECONDS, DIGITS = 30, 6
DRIFT = 1
"""Steps a telephone's clock may be off, either way."""


def new_secret() -> str:
    """A secret of 160 bits in base 32, as apps take it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code(secret: str, step: int) -> str:
    """The code of one step of thirty seconds."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1)
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(secret: str, given: str, now: float | None = None) -> int | None:
    """The step whose code was given, within the drift; None when it is none of them."""
    present = int((time() if now is None else now) // SECONDS)
    steps = range(present - DRIFT, present + DRIFT + 1)
    return next((step for step in steps if hmac.compare_digest(code(secret, step).encode(), given.encode())), None)


def address(secret: str, account: str, issuer: str) -> str:
    """What an app reads from the QR code."""
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?secret={secret}&issuer={quote(issuer)}"
