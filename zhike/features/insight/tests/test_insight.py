"""为什么能看到、谁看过: reasons in sentences, and everybody who opened, exported or revealed a record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from zhike.features.audit.models import Entry
from zhike.features.insight.models import Exported, Viewed
from zhike.features.insight.noting import forget, store
from zhike.features.jobs.run import run_now
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(team: Team, settings: Any, tmp_path: Any) -> Api:
    settings.FILES_FOLDER = tmp_path
    forget()
    return Api(make_user("admin", Reach.ALL, make_department("信息部")))


@pytest.fixture
def customer(team: Team) -> Any:
    return added(team.seller, "customers", name="四川石化", phone="13800138000")


def reasons(admin: Api, customer: Any, person: Any, verb: str = "view") -> list[str]:
    """The reasons with the name of the person's only role left out."""
    told = admin.get(f"customers/{customer['id']}/why", person=person.pk).json()
    [found] = [one for one in told["verbs"] if one["verb"] == verb]
    assert found["may"] is bool(found["reasons"])
    return [reason.replace(f"角色“{person.roles.get().name}”", "角色") for reason in found["reasons"]]


def test_every_way_to_a_record_is_told(team: Team, admin: Api, customer: Any) -> None:
    assert reasons(admin, customer, team.seller.person) == ["角色给了本人的权限：她是负责人"]
    assert reasons(admin, customer, team.manager.person) == ["角色给了本部门及下级的权限：记录属于部门“上海销售部”"]
    assert reasons(admin, customer, admin.person, "delete") == ["角色给了全部的权限：全部记录"]
    assert reasons(admin, customer, team.stranger.person) == []
    role, shanghai = team.stranger.person.roles.get(), team.seller.person.department
    admin.patch(f"roles/{role.pk}/grants", {"grants": {"customers": {"view": [shanghai.pk]}}})
    chosen = f"角色给了指定部门（{shanghai.name}）的权限：记录属于部门“{shanghai.name}”"
    assert reasons(admin, customer, team.stranger.person) == [chosen]
    admin.patch(f"roles/{role.pk}/grants", {"grants": {"customers": {"view": None}}})
    share = {"person": team.stranger.person.pk}
    team.seller.post(f"customers/{customer['id']}/shares", share)
    assert reasons(admin, customer, team.stranger.person) == ["seller把它共享给了她"]
    assert reasons(admin, customer, team.stranger.person, "change") == []
    team.seller.post(f"customers/{customer['id']}/shares", {**share, "change": True})
    assert reasons(admin, customer, team.stranger.person, "change") == ["seller把它共享给了她"]
    team.seller.patch(f"customers/{customer['id']}", {"collaborators": [team.stranger.person.pk]})
    assert reasons(admin, customer, team.stranger.person, "change") == ["seller把它共享给了她", "她是它的协作人"]


def test_closed_fields_are_told_too(team: Team, admin: Api, customer: Any) -> None:
    role = team.seller.person.roles.get()
    admin.patch(f"roles/{role.pk}/grants", {"fields": {"customers": {"phone": "masked"}}})
    told = admin.get(f"customers/{customer['id']}/why", person=team.seller.person.pk).json()
    assert (told["person"]["label"], told["gone"], told["fields"]) == ("seller", False, [{"field": "电话", "rule": "掩码"}])


@pytest.mark.covers("E-83", "K-63")
def test_who_opened_exported_or_revealed_is_told_newest_first(team: Team, admin: Api, customer: Any) -> None:
    other = added(team.seller, "customers", name="别的公司")
    one = customer["id"]
    admin.patch(f"roles/{team.manager.person.roles.get().pk}/grants", {"fields": {"customers": {"phone": "masked"}}})
    team.seller.get(f"customers/{one}/page")
    team.seller.get(f"customers/{one}")
    assert team.stranger.get(f"customers/{one}").status_code == 404
    team.manager.post(f"customers/{one}/reveal", {"field": "phone"})
    job = team.manager.post("customers/export", {"filter": {"field": "name", "op": "eq", "value": "四川石化"}}).json()
    assert run_now(job["id"]).state == "done"

    rows = admin.get(f"customers/{one}/seen").json()["rows"]
    assert [(r["how"], r["person"]["label"], r["what"]) for r in rows] == [
        ("export", "manager", ""), ("reveal", "manager", "电话"), ("view", "seller", ""),
    ]  # fmt: skip
    assert admin.get(f"customers/{other['id']}/seen").json()["rows"] == []


@pytest.mark.covers("V-84")
def test_an_investigation_lists_who_viewed_exported_or_shared_it_in_a_period(team: Team, admin: Api, customer: Any) -> None:
    one, today = customer["id"], timezone.localdate()
    path = f"customers/{one}"
    team.seller.get(path)
    team.seller.post(f"{path}/shares", {"person": team.stranger.person.pk})
    team.stranger.get(path)
    assert run_now(team.manager.post("customers/export", {}).json()["id"]).state == "done"
    store()
    for model, days in ((Viewed, 40), (Exported, 20), (Entry, 10)):
        model.objects.update(at=timezone.now() - timedelta(days))

    def told(first: int, last: int) -> list[tuple[str, str, str]]:
        period = {"from": str(today - timedelta(first)), "to": str(today - timedelta(last))}
        rows = admin.get(f"{path}/seen", **period).json()["rows"]
        return sorted((row["how"], row["person"]["label"], row["what"]) for row in rows)

    views = [("view", "seller", ""), ("view", "stranger", "")]
    assert told(40, 40) == views
    assert told(39, 0) == [("export", "manager", ""), ("share", "seller", "stranger")]
    assert (told(20, 11), told(10, 10)) == ([("export", "manager", "")], [("share", "seller", "stranger")])
    assert told(60, 0) == [("export", "manager", ""), ("share", "seller", "stranger"), *views]
    wrong = admin.get(f"{path}/seen", **{"from": "上个月"})
    assert (wrong.status_code, wrong.json()["fields"]) == (422, {"from": "日期格式不正确，应如 2026-03-01"})


def test_only_whoever_looks_after_permissions_is_told(team: Team, customer: Any) -> None:
    plain = Api(make_user("plain", {"customers": {"*": "all"}, "roles": {"view": "all", "change": "all"}}))
    assert plain.get(f"customers/{customer['id']}/why").status_code == 403
    assert plain.get(f"customers/{customer['id']}/seen").status_code == 403
    assert plain.get("meta").json()["insight"] == {"why": False, "seen": False}


def test_an_auditor_is_told_who_saw_it_without_ruling_over_permissions(team: Team, admin: Api, customer: Any) -> None:
    one, auditor = (
        f"customers/{customer['id']}",
        Api(make_user("auditor", {"customers": {"view": "all"}, "alarms": {"view": "all"}})),
    )
    assert team.manager.get(one).status_code == 200
    assert [row["person"]["label"] for row in auditor.get(f"{one}/seen").json()["rows"]] == ["manager"]
    assert (auditor.get(f"{one}/why", person=team.manager.person.pk).status_code, auditor.get("roles").status_code) == (403, 403)
    assert auditor.get("meta").json()["insight"] == {"why": False, "seen": True}
    assert admin.get("meta").json()["insight"] == {"why": True, "seen": True}
    narrow = Api(make_user("narrow", {"customers": {"view": "self"}, "alarms": {"view": "all"}}))
    assert narrow.get(f"{one}/seen").status_code == 404  # of a record she may not see herself she learns nothing
