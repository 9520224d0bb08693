"""密码散列: how a password is kept."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with what the OWASP Password Storage Cheat Sheet asks for at least: 19 MiB of memory, gone through twice.

    It is memory that makes guessing dear; Django's own 100 MiB each would let a hundred people who sign in at nine take 10 GiB.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
