"""越权访问: whoever may not see something learns nothing by its number, at any address there is.

The addresses are those of the interface itself; one that is added is tried without a word here, and one that names something
else than a record by its number must be told what to try it with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.every_object.company import Company, every, sees, stored
from zhike.api.urls import collections, fixed
from zhike.kernel.registry import objects
from zhike.testing.kit import Api, make

pytestmark = pytest.mark.django_db
ABSENT = 2**40
"""No record has this number."""


def doors(patterns: list[Any]) -> Iterator[tuple[str, str]]:
    """Every method and address that names something by its number."""
    for pattern in patterns:
        route = str(pattern.pattern)
        if "<int:" in route:
            yield from ((method, route) for method in pattern.callback.methods)


def address(route: str, pk: int, model: Any = None, action: str = "") -> str:
    """The route with its parts filled in; further numbers are one that may well exist."""
    parts = {"slug:collection": model.spec.collection if model else "", "int:pk": pk, "int:role": pk, "slug:action": action}
    return re.sub(
        r"<([^>]+)>", lambda part: str(parts.get(part[1], {"int:share_id": 1, "slug:deed": "approve"}.get(part[1], "x"))), route
    )


def asked(api: Api, method: str, path: str) -> Any:
    return getattr(api, method)(path, *([{}] if method in ("post", "patch") else []))


def tried(model: Any) -> Iterator[tuple[str, str, str]]:
    """Method, route and action: the last route stands for each action of the object."""
    for method, route in doors(collections):
        for action in sorted(model.actions()) if "<slug:action>" in route else [""]:
            yield method, route, action


@every
def test_a_record_out_of_sight_answers_like_one_that_does_not_exist(model: Any, company: Company) -> None:
    if sees(model, "elsewhere"):
        return
    record, outsider = make(model, actor=company.owner.person), company.elsewhere
    before = stored(model, record.pk)
    for method, route, action in tried(model):
        answers = []
        for pk in (record.pk, ABSENT):
            answer = asked(outsider, method, address(route, pk, model, action))
            answers.append((answer.status_code, answer.content.replace(str(pk).encode(), b"")))
        assert answers[0] == answers[1], (method, route, action)
        assert answers[0][0] in (403, 404, 422), (method, route, action, answers[0])
    assert stored(model, record.pk) == before


@every
def test_what_an_outsider_asks_for_by_number_in_a_body_is_not_there_either(model: Any, company: Company) -> None:
    if sees(model, "elsewhere"):
        return
    records, outsider = [make(model, actor=company.owner.person) for _ in range(2)], company.elsewhere
    ids, before = [record.pk for record in records], [stored(model, record.pk) for record in records]
    collection = model.spec.collection
    for body in ({"delete": True}, {"transfer": outsider.person.pk}, {"set": {}}, {"tag": {"add": ["x"]}}):
        answer = outsider.post(f"{collection}/bulk", {"ids": ids, **body})
        assert answer.status_code in (403, 422) or answer.json().get("done") == 0, (body, answer.content.decode())
    merged = outsider.post(f"{collection}/merge", {"keep": ids[0], "merge": [ids[1]], "choices": {}})
    assert merged.status_code in (403, 404, 409, 422), merged.content.decode()
    assert [stored(model, pk) for pk in ids] == before


def job(company: Company) -> int:
    return int(company.owner.post("customers/export", {}).json()["id"])


def upload(company: Company) -> int:
    return int(company.owner.client.post("/api/v1/files", {"file": SimpleUploadedFile("a.txt", b"x")}).json()["id"])


def load(company: Company) -> int:
    sent = {"collection": "customers", "file": SimpleUploadedFile("a.csv", "登记名称\n甲公司\n".encode())}
    return int(company.owner.client.post("/api/v1/imports", sent).json()["id"])


def mapping(company: Company) -> int:
    sent = {"name": "我的", "collection": "customers", "mapping": {"columns": {}}}
    return int(company.owner.post("import-mappings", sent).json()["id"])


def changeset(company: Company) -> int:
    from zhike.features.undo.models import Changeset

    company.owner.delete(f"customers/{make(objects()['customers'], actor=company.owner.person).pk}")
    return int(Changeset.objects.latest("pk").pk)


def recycled(company: Company) -> int:
    from zhike.features.undo.models import Recycled

    changeset(company)
    return int(Recycled.objects.latest("pk").pk)


def report(company: Company) -> int:
    return int(make(objects()["reports"], actor=company.owner.person).pk)


def delegation(company: Company) -> int:
    today = timezone.localdate().isoformat()
    sent = {"delegate": company.manager.person.pk, "starts_on": today, "ends_on": today}
    return int(company.owner.post("session/delegations", sent).json()["given"][0]["id"])


def session(company: Company) -> int:
    from zhike.org.sessions import Session

    return int(Session.objects.filter(person=company.owner.person).latest("pk").pk)


def token(company: Company) -> int:
    from zhike.org.tokens import Token, issue

    issue(company.owner.person, "对接")
    return int(Token.objects.latest("pk").pk)


def approval(company: Company) -> int:
    import orjson

    rules = {"steps": [{"name": "主管", "who": [{"by": "person", "person": company.manager.person.pk}]}]}
    about = {"name": "规则", "collection": "customers", "verb": "export", "is_active": True}
    company.director.post("approval-policies", {**about, "definition": orjson.dumps(rules).decode()})
    make(objects()["customers"], actor=company.owner.person)
    return int(company.owner.post("customers/export", {}).json()["approval"]["id"])


def person(company: Company) -> int:
    return int(company.owner.person.pk)


def role(company: Company) -> int:
    return int(company.owner.person.roles.get().pk)


def alarm(company: Company) -> int:
    return int(make(objects()["alarms"], actor=company.owner.person).pk)


def clock(company: Company) -> int:
    from zhike.features.clocks.marks import ACT, days
    from zhike.features.clocks.running import start

    [begun] = start("tried", [make(objects()["customers"], actor=company.owner.person)], {ACT: days(1)})
    return int(begun.pk)


THINGS: dict[str, Callable[[Company], int]] = {
    "jobs": job, "files": upload, "imports": load, "import-mappings": mapping, "changesets": changeset, "recycled": recycled,
    "clocks": clock, "reports": report, "session": delegation, "sessions": session, "tokens": token, "approvals": approval,
    "people": person,
    "roles": role, "layouts": role, "alarms": alarm,
}  # fmt: skip


@pytest.mark.parametrize(("method", "route"), sorted(doors(fixed)))
def test_what_belongs_to_somebody_else_answers_like_what_does_not_exist(
    method: str, route: str, company: Company, settings: Any, tmp_path: Any
) -> None:
    settings.FILES_FOLDER = tmp_path
    pk = THINGS[route.split("/")[0]](company)
    answers = []
    for number in (pk, ABSENT):
        answer = asked(company.nobody, method, address(route, number))
        answers.append((answer.status_code, answer.content.replace(str(number).encode(), b"")))
    assert answers[0] == answers[1]
    assert answers[0][0] in (403, 404, 422)
