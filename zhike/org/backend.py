"""How a session becomes a person who acts."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from zhike.kernel.query.compiled import ANY_RECORD
from zhike.org.objects.person import Person


class PersonBackend(BaseBackend):
    """Loads the person of a session, with roles and revision, in one query."""

    def authenticate(self, request: Any, username: str = "", password: str = "", **_: Any) -> Any | None:
        person = Person.objects.filter(username=username).first() if username else None
        if person is None or not person.has_usable_sign_in():
            make_password(password)  # as slow as a real check, so that time does not tell which names exist
            return None
        return person if person.check_password(password) else None

    def get_user(self, user_id: int) -> Any | None:
        statement, parameters = _loading()
        asked = [user_id if one == ANY_RECORD else one for one in parameters]
        for person in Person.objects.raw(statement, asked):
            person.through = "web"
            return None if person.gone else person
        return None


@cache
def _loading() -> tuple[str, tuple[Any, ...]]:
    """The statement that loads one active person ready to act; every request sends it, so it is put into SQL only once."""
    statement: tuple[str, tuple[Any, ...]] = Person.objects.acting().filter(pk=ANY_RECORD, is_active=True).query.sql_with_params()
    return statement
