"""The kit for our tests: people with a reach, the smallest valid body of any object, a client that speaks JSON."""

from __future__ import annotations

import json
from copy import copy, deepcopy
from itertools import count
from typing import Any, Self

from django.test import Client
from django.test.client import ClientHandler

from zhike.kernel.kinds import Ref
from zhike.kernel.reach import Reach
from zhike.kernel.writes.one import born
from zhike.org.objects.department import Department
from zhike.org.objects.person import Person, System
from zhike.org.objects.role import Role

SAMPLES: dict[str, Any] = {
    "text": "样例", "longtext": "样例内容", "integer": 7, "decimal": "1.5", "money": "100.00", "ratio": "0.4500",
    "date": "2026-03-01", "datetime": "2026-03-01T09:30:00+08:00", "boolean": True, "choices": [], "refs": [],
    "phone": "13812345678", "email": "a@example.com", "url": "https://example.com", "file": [], "tags": ["重点"],
    "address": {"code": "110101", "detail": "1号"}, "lines": [],
}  # fmt: skip
PASSWORD = "correct-horse-battery"
SERVER = ClientHandler(enforce_csrf_checks=False)
"""One for all, as in real life: each of its own would look through the files of the web client again."""
_numbers = count(1)


def sample(model: Any, *, actor: Any) -> dict[str, Any]:
    """The smallest valid body of any declared object; what it must point to is made first."""
    known = {n: k for n, k in model.kinds().items() if (k.editable or model.spec.arises) and not k.system}
    needed = {n: k for n, k in known.items() if k.required or n in model.spec.one_of[:1]}
    return {n: sample_value(k, actor) for n, k in needed.items()}


def sample_value(kind: Any, actor: Any) -> Any:
    """A valid value of a kind, different each time where it must be unique."""
    if isinstance(kind, Ref):
        return actor.pk if kind.kind == "person" else make(kind.target, actor=actor).pk
    if getattr(kind, "options", None):
        return next(iter(kind.options))
    value = max(SAMPLES["integer"], kind.least) if kind.kind == "integer" else SAMPLES[kind.kind]
    return f"{value}{next(_numbers)}" if kind.kind == "text" else value


def make(model: Any, data: dict[str, Any] | None = None, *, actor: Any) -> Any:
    """A saved record of any object; one that the program records follows from something the actor has done."""
    from zhike.apps.consequence import Consequence
    from zhike.kernel import writes

    values = {**sample(model, actor=actor), **(data or {})}
    if model.spec.arises:
        stored = {name: model.stored()[name].parse(value) for name, value in values.items()}
        return writes.create_many(model, [stored], actor=Consequence(actor))[0]
    return writes.create(model, values, actor=actor, allow_duplicates=True)


def make_department(name: str, parent: Any = None) -> Any:
    return make(Department, {"name": name, "parent": parent.pk if parent else None}, actor=System("test"))


def make_user(name: str, reach: Reach | dict[str, Any] = Reach.SELF, department: Any = None) -> Any:
    """A person with one role that grants every verb on every object as far as `reach`, or exactly the grants given."""
    grants = {"*": {"*": reach.key}} if isinstance(reach, Reach) else reach
    role = born(Role, {"name": f"角色{next(_numbers)}"}, System("test"))
    role.grants = grants
    role.save()
    person = born(Person, {"username": name, "name": name, "is_active": True}, System("test"))
    person.department = department
    person.set_password(PASSWORD)
    person.save()
    person.roles.add(role)
    return Person.objects.acting().get(pk=person.pk)


class Api:
    """Somebody at the interface."""

    def __init__(self, person: Any = None) -> None:
        self.client, self.person = Client(), person
        self.client.handler = SERVER
        if person:
            self.client.force_login(person, backend="zhike.org.backend.PersonBackend")

    def again(self) -> Api:
        """The same person, signed in as she was: what a test does to her is not there in the next."""
        fresh = Api()
        fresh.person, fresh.client.cookies = copy(self.person), deepcopy(self.client.cookies)
        return fresh

    def get(self, path: str, **query: Any) -> Any:
        asked = {k: json.dumps(v) if isinstance(v, dict) else v for k, v in query.items()}
        return self.client.get(f"/api/v1/{path}", asked)

    def post(self, path: str, data: Any = None, **headers: str) -> Any:
        return self._send("post", path, data, headers)

    def patch(self, path: str, data: Any, **headers: str) -> Any:
        return self._send("patch", path, data, headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self._send("delete", path, None, headers)

    def _send(self, method: str, path: str, data: Any, headers: dict[str, str]) -> Any:
        body = json.dumps(data if data is not None else {}, default=str)
        send = getattr(self.client, method)
        return send(f"/api/v1/{path}", body, content_type="application/json", headers=headers or None)


class Staff:
    """People who are signed in, each under a name of her own; for a dataclass of them."""

    def again(self) -> Self:
        """All of them as they were, for the next test."""
        return type(self)(**{name: api.again() for name, api in vars(self).items()})
