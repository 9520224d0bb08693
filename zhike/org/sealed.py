"""Sealed texts 密封: what must be read again but not from a backup – encrypted under the installation's own key.

The library is loaded when something is first sealed or unsealed.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from django.conf import settings


def seal(text: str) -> str:
    return str(_box().encrypt(text.encode()).decode())


def unseal(sealed: str) -> str | None:
    """The text, or None when it was sealed under another key."""
    from cryptography.fernet import InvalidToken

    try:
        return str(_box().decrypt(sealed.encode()).decode())
    except InvalidToken:
        return None


def _box() -> Any:
    from cryptography.fernet import Fernet

    key = hashlib.sha256(b"zhike.org.sealed:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
