"""离职交接: the account is closed at once, everything goes to colleagues with its stages and history."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from zhike.apps.contracts.objects.monthly_figure import MonthlyFigure
from zhike.features.jobs.run import run_now
from zhike.kernel.reach import Reach
from zhike.org.closing import close_those_over
from zhike.org.objects.person import Person
from zhike.org.tokens import issue
from zhike.testing.kit import PASSWORD, Api, make, make_department, make_user
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(team: Team) -> Api:
    return Api(make_user("admin", Reach.ALL, make_department("信息部")))


def owners(api: Api, collection: str) -> list[tuple[str, str]]:
    rows = api.get(collection, fields="name,owner", order="name").json()["rows"]
    return [(row["name"], row["owner"]["label"]) for row in rows]


def handed_over(admin: Api, person: Any, **wanted: Any) -> Any:
    answer = admin.post(f"people/{person.pk}/leaving", wanted)
    assert answer.status_code == 202, answer.content.decode()
    assert run_now(answer.json()["id"]).state == "done"
    return admin.get(f"jobs/{answer.json()['id']}").json()["result"]


def test_everything_goes_to_colleagues_and_keeps_its_stage_and_history(team: Team, admin: Api) -> None:
    seller, peer, manager = team.seller.person, team.peer.person, team.manager.person
    made = [added(team.seller, "customers", name=f"公司{n}") for n in range(4)]
    deal = added(team.seller, "opportunities", name="项目", customer=made[0]["id"])
    figure = make(MonthlyFigure, actor=seller)
    team.seller.post(f"opportunities/{deal['id']}/advance", {"to": "proposal"})
    added(team.peer, "customers", name="同事的公司")
    admin.patch(f"people/{peer.pk}", {"manager": seller.pk})
    rows = {row["key"]: row["count"] for row in admin.get(f"people/{seller.pk}/leaving").json()["rows"]}
    assert rows == {"customers": 4, "opportunities": 1, "people.manager": 1}

    result = handed_over(admin, seller, to=[manager.pk], collections={"customers": [peer.pk, manager.pk]})
    assert result == {"done": {"customers": 4, "opportunities": 1, "people.manager": 1}, "left": {}}
    assert owners(admin, "customers") == [
        ("公司0", "peer"), ("公司1", "manager"), ("公司2", "peer"), ("公司3", "manager"), ("同事的公司", "peer"),
    ]  # fmt: skip
    seen = admin.get(f"opportunities/{deal['id']}").json()
    assert (seen["owner"]["label"], seen["stage"]) == ("manager", "proposal")
    verbs = [row["verb"] for row in admin.get(f"opportunities/{deal['id']}/history").json()["rows"]]
    assert verbs == ["transfer", "advance", "add"]
    assert admin.get(f"people/{peer.pk}").json()["manager"]["label"] == "manager"
    assert admin.get(f"monthly-figures/{figure.pk}").json()["owner"]["label"] == "seller"  # what she sold, she sold


def test_who_works_beside_her_goes_on_and_she_is_taken_out_of_what_others_have(team: Team, admin: Api) -> None:
    seller, stranger = team.seller.person, team.stranger.person
    hers = added(team.seller, "customers", name="她的", collaborators=[stranger.pk])
    others = added(team.peer, "customers", name="同事的", collaborators=[seller.pk, stranger.pk])
    rows = {row["key"]: row["count"] for row in admin.get(f"people/{seller.pk}/leaving").json()["rows"]}
    assert rows == {"customers": 1, "customers.collaborators": 1}
    assert handed_over(admin, seller, to=[team.manager.person.pk])["done"] == {"customers": 1, "customers.collaborators": 1}
    for one in (hers, others):
        assert [p["label"] for p in admin.get(f"customers/{one['id']}").json()["collaborators"]] == ["stranger"]
    left = next(r for r in admin.get(f"customers/{others['id']}/history").json()["rows"] if r["part"] == "collaborators")
    assert (left["actor"]["label"], left["changes"][0]["old"]["label"]) == ("admin", "seller")


def test_every_way_in_is_shut_before_the_work_is_handed_over(team: Team, admin: Api) -> None:
    seller = team.seller.person
    token = issue(seller, "程序")
    bearer = {"Authorization": f"Bearer {token}"}
    assert Client().get("/api/v1/ping", headers=bearer).status_code == 200
    assert admin.post(f"people/{seller.pk}/leaving", {"to": [team.peer.person.pk]}).status_code == 202
    assert team.seller.get("ping").status_code == 401
    assert Client().get("/api/v1/ping", headers=bearer).status_code == 401
    admin.patch(f"people/{seller.pk}", {"is_active": True})
    assert (team.seller.get("ping").status_code, Client().get("/api/v1/ping", headers=bearer).status_code) == (401, 401)


def test_nothing_happens_without_the_right_or_a_colleague_to_take_over(team: Team, admin: Api) -> None:
    seller = team.seller.person
    plain = Api(make_user("plain", {"people": {"view": "all", "change": "all"}, "customers": {"*": "all"}}))
    assert plain.post(f"people/{seller.pk}/leaving", {"to": [plain.person.pk]}).status_code == 403
    wrong: dict[str, Any]
    for wrong in ({}, {"to": []}, {"to": [seller.pk]}, {"to": [10**9]}, {"to": [admin.person.pk], "collections": {"odd": [1]}}):
        assert admin.post(f"people/{seller.pk}/leaving", wrong).status_code == 422, wrong
    assert admin.post(f"people/{admin.person.pk}/leaving", {"to": [seller.pk]}).status_code == 409
    assert team.seller.get("ping").status_code == 200


def signs_in(person: Any) -> bool:
    body = {"username": person.username, "password": PASSWORD}
    return Client().post("/api/v1/session", body, content_type="application/json").status_code == 200


def test_an_outside_person_comes_in_until_her_last_day_and_no_longer(team: Team, admin: Api) -> None:
    guest, today = team.stranger.person, timezone.localdate()
    admin.patch(f"people/{guest.pk}", {"valid_until": today.isoformat()})
    assert (signs_in(guest), team.stranger.get("ping").status_code) == (True, 200)
    admin.patch(f"people/{guest.pk}", {"valid_until": (today - timedelta(1)).isoformat()})
    assert (signs_in(guest), team.stranger.get("ping").status_code) == (False, 401)
    assert Person.objects.get(pk=guest.pk).is_active
    assert close_those_over() == 1
    assert not Person.objects.get(pk=guest.pk).is_active
    assert admin.get(f"people/{guest.pk}/history").json()["rows"][0]["verb"] == "leave"
    assert close_those_over() == 0
