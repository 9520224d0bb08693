"""令牌: how programs sign in, how far a token goes and when it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.kernel.reach import Reach
from zhike.org.tokens import Token, issue
from zhike.testing.kit import PASSWORD, Api, make, make_user

pytestmark = pytest.mark.django_db


class Program(Api):
    """A program with a token and no cookie."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def wang() -> Any:
    return make_user("wang", Reach.ALL)


@pytest.fixture
def api(wang: Any) -> Api:
    return Api(wang)


def made(api: Api, **wanted: Any) -> Program:
    answer = api.post("tokens", {"name": "对接", "password": PASSWORD, **wanted})
    assert answer.status_code == 201, answer.content.decode()
    return Program(answer.json()["token"])


def test_a_token_is_told_once_and_its_use_is_written_down_once_a_minute(api: Api) -> None:
    program = made(api, name="ERP 对接", days=30)
    assert program.get("ping").status_code == 200
    row = api.get("tokens").json()["rows"][0]
    assert (row["name"], row["reads_only"], row["collections"], row["over"]) == ("ERP 对接", False, [], False)
    assert row["used_at"] is not None and "digest" not in row and "token" not in row
    with CaptureQueriesContext(connection) as queries:
        program.get("ping")
    assert len(queries) == 1


def test_a_token_that_only_reads_changes_nothing_at_any_door(api: Api, wang: Any) -> None:
    record = make(Customer, {"name": "四川石化"}, actor=wang)
    program = made(api, reads_only=True)
    assert program.get(f"customers/{record.pk}").json()["name"] == "四川石化"
    figures = {"collection": "customers", "definition": {"rows": ["level"], "measures": ["count"]}}
    assert program.post("report-figures", figures).status_code != 403
    tried = [
        program.post("customers", {"name": "新的"}), program.patch(f"customers/{record.pk}", {"name": "别的", "version": 1}),
        program.delete(f"customers/{record.pk}"), program.post("customers/bulk", {"ids": [record.pk], "delete": True}),
        program.post("files"), program.post("notifications/read", {"ids": "all"}),
    ]  # fmt: skip
    assert [answer.status_code for answer in tried] == [403] * 6
    assert list(Customer.objects.values_list("name", "version")) == [("四川石化", 1)]


def test_a_token_kept_to_some_objects_meets_no_other(api: Api, wang: Any) -> None:
    record = make(Customer, {"name": "四川石化"}, actor=wang)
    program = made(api, collections=["products", "tags"])
    assert program.post("tags", {"name": "重点"}).status_code == 201
    assert set(program.get("meta").json()["objects"]) == {"products", "tags"}
    assert program.get("search", q="石化").json()["groups"] == []
    assert program.post("tags/export").status_code == 403
    places = ("customers", f"customers/{record.pk}", "customers/aggregate", "notifications", "jobs", "approvals", "changes")
    assert [program.get(place).status_code for place in places] == [403] * len(places)
    assert program.patch(f"customers/{record.pk}", {"name": "别的", "version": 1}).status_code == 403
    assert Customer.objects.get().name == "四川石化"


def test_the_answer_kept_for_one_way_in_is_given_to_no_other(api: Api) -> None:
    sent, key = {"name": "四川石化"}, {"Idempotency-Key": "one"}
    first = api.post("customers", sent, **key)
    refused = made(api, collections=["customers"]).post("customers", sent, **key)
    assert (first.status_code, refused.status_code) == (201, 422)
    assert refused.json()["fields"] == {"Idempotency-Key": "已用于另一个请求"}
    assert api.post("customers", sent, **key).json() == first.json()


def test_no_token_makes_tokens_or_touches_how_one_signs_in(api: Api) -> None:
    program = made(api)
    tried = [
        program.get("tokens"), program.post("tokens", {"name": "另一个"}), program.get("sessions"), program.delete("sessions"),
        program.post("session/password", {"old": "x", "new": "y"}),
    ]  # fmt: skip
    assert [answer.status_code for answer in tried] == [403] * 5
    assert Token.objects.count() == 1


def test_a_rotated_token_works_on_for_a_day_beside_the_new_one(api: Api) -> None:
    before = made(api)
    number = api.get("tokens").json()["rows"][0]["id"]
    after = Program(api.post(f"tokens/{number}/rotate", {"password": PASSWORD}).json()["token"])
    assert [before.get("ping").status_code, after.get("ping").status_code] == [200, 200]
    Token.objects.update(earlier_until=timezone.now() - timedelta(seconds=1))
    assert [before.get("ping").status_code, after.get("ping").status_code] == [401, 200]


def test_whoever_finds_a_session_open_makes_no_token_without_the_password(api: Api) -> None:
    for given in ({}, {"password": "wrong"}, {"password": 7}):
        answer = api.post("tokens", {"name": "门", **given})
        assert (answer.status_code, list(answer.json()["fields"])) == (422, ["password"])
    assert not Token.objects.exists()


def test_a_token_ends_at_its_hour_and_when_it_is_revoked(api: Api) -> None:
    program, other = made(api, days=1), made(api)
    Token.objects.filter(pk=Token.objects.earliest("pk").pk).update(expires_at=timezone.now())
    assert [program.get("ping").status_code, other.get("ping").status_code] == [401, 200]
    assert api.delete(f"tokens/{Token.objects.latest('pk').pk}").status_code == 204
    assert other.get("ping").status_code == 401


def test_nobody_reaches_the_token_of_another_and_an_administrator_revokes_all(api: Api, wang: Any) -> None:
    zhang = make_user("zhang", {"*": {"view": "all"}})
    hers, number = Program(issue(wang, "命令行")), Token.objects.get().pk
    other = Api(zhang)
    assert [
        other.delete(f"tokens/{number}").status_code,
        other.post(f"tokens/{number}/rotate", {"password": PASSWORD}).status_code,
    ] == [404, 404]
    assert hers.get("ping").status_code == 200
    program = made(other)
    assert [row["name"] for row in api.get(f"people/{zhang.pk}/sessions").json()["tokens"]] == ["对接"]
    assert api.post(f"people/{zhang.pk}/revoke_tokens").status_code == 200
    assert [program.get("ping").status_code, hers.get("ping").status_code] == [401, 200]
    assert api.get(f"people/{zhang.pk}/history").json()["rows"][0]["verb"] == "revoke_tokens"


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"name": " "}, "name"), ({"name": "x" * 81}, "name"), ({"name": "a", "days": 366}, "days"),
        ({"name": "a", "days": 0}, "days"),
        ({"name": "a", "days": True}, "days"), ({"name": "a", "collections": ["nothing"]}, "collections"),
        ({"name": "a", "reads_only": "no"}, "reads_only"), ({"name": "a", "scope": "all"}, "scope"),
    ],
)  # fmt: skip
def test_a_token_nobody_can_mean_is_not_made(api: Api, wanted: dict[str, Any], field: str) -> None:
    answer = api.post("tokens", {**wanted, "password": PASSWORD})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert not Token.objects.exists()


def test_whoever_asks_too_often_is_told_when_to_ask_again_and_others_are_not_held_up(settings: Any, wang: Any) -> None:
    settings.REQUESTS_A_MINUTE = 6
    program, colleague = Program(issue(wang, "快")), Api(make_user("zhang", Reach.SELF))
    answers = [program.get("ping") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429]
    assert (answers[6].json()["code"], 1 <= int(answers[6]["Retry-After"]) <= 10) == ("too_many", True)
    assert program.post("tags", {"name": "重点"}).status_code == 429
    assert [colleague.get("ping").status_code, Api(wang).get("ping").status_code] == [200, 200]
    assert Api(wang).get("tags").json()["rows"] == []
