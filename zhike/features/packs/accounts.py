"""Demo sign-ins 演示账号: one for each role, with a password that only this installation knows."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from zhike.features.packs.pack import data

LETTERS = "abcdefghjkmnpqrstuvwxyz"
GROUPS, GROUP_LENGTH = 3, 4


@dataclass(frozen=True)
class Account:
    """Who may sign in to the demo, and with what."""

    role: str
    name: str
    username: str
    password: str


def accounts(pack: str) -> list[Account]:
    """The sign-ins a demo shows, one for each role. Raises NotFound."""
    roles = {r["code"]: r["name"] for r in data(pack, "roles")}
    shown = (p for p in data(pack, "organisation")["people"] if p.get("shown"))
    return [Account(roles[p["role"]], p["name"], p["username"], password(p)) for p in shown]


def password(person: dict[str, Any]) -> str:
    """Follows from the secret key: the same at every start, another on every installation."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"demo:{person['username']}".encode(), hashlib.sha256).digest()
    letters = "".join(LETTERS[b % len(LETTERS)] for b in digest[: GROUPS * GROUP_LENGTH])
    return "-".join(letters[i : i + GROUP_LENGTH] for i in range(0, len(letters), GROUP_LENGTH))
