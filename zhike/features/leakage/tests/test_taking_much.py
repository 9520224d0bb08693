"""限额、审批与告警: nobody takes much along alone, and unusual viewing and exporting is told to whoever may read all alarms."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.features.insight.models import Viewed
from zhike.features.insight.noting import forget, store
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.features.leakage.alarms import look_for_unusual
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import Team, added, done

pytestmark = pytest.mark.django_db


@pytest.fixture
def guard(team: Team, settings: Any, tmp_path: Any) -> Api:
    """Somebody who may grant permissions, beside four customers of the seller."""
    settings.FILES_FOLDER = tmp_path
    forget()
    for name in ("甲公司", "乙公司", "丙公司", "丁公司"):
        added(team.seller, "customers", name=name, level="a" if name == "甲公司" else "c")
    return Api(make_user("guard", Reach.ALL, make_department("信息安全部")))


def told(api: Api) -> list[str]:
    return [row["text"] for row in api.get("notifications").json()["rows"]]


def exported(api: Api) -> int:
    """How many rows an export holds that was allowed."""
    answer = api.post("customers/export", {"fields": ["name"]})
    assert answer.status_code == 202, answer.content.decode()
    return int(run_now(answer.json()["id"]).result["rows"])


def test_a_days_limit_holds_over_several_exports_and_says_what_is_left(team: Team, guard: Api) -> None:
    added(guard, "parameters", key="export_rows_a_day", value="6")
    assert exported(team.seller) == 4
    refused = team.seller.post("customers/export", {"fields": ["name"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "refused")
    assert refused.json()["message"] == "每人每天最多导出 6 条，今天还可以导出 2 条，这次有 4 条；请缩小范围或联系管理员"
    some = {"filter": {"field": "level", "op": "eq", "value": "a"}}
    assert team.seller.post("customers/export", some).status_code == 202
    assert exported(team.manager) == 4  # each has a limit of her own


def test_two_exports_begun_at_once_do_not_slip_through_side_by_side(team: Team, guard: Api) -> None:
    added(guard, "parameters", key="export_rows_a_day", value="6")
    first, second = (team.seller.post("customers/export", {"fields": ["name"]}).json()["id"] for _ in range(2))
    assert (run_now(first).state, run_now(second).state) == ("done", "failed")
    assert Job.objects.get(pk=second).error.startswith("每人每天最多导出 6 条，今天还可以导出 2 条")


def policy(guard: Api, person: Any, **more: Any) -> None:
    rules = {"steps": [{"name": "主管", "who": [{"by": "person", "person": person.pk}]}], **more}
    kept = {"name": "大量导出", "collection": "customers", "verb": "export", "is_active": True}
    assert guard.post("approval-policies", {**kept, "definition": orjson.dumps(rules).decode()}).status_code == 201


def test_an_export_above_a_size_waits_until_somebody_has_agreed(team: Team, guard: Api) -> None:
    policy(guard, team.manager.person, above=3)
    added(guard, "parameters", key="export_rows_a_day", value="3")
    few = {"fields": ["name"], "filter": {"field": "level", "op": "eq", "value": "c"}}
    assert "id" in team.seller.post("customers/export", few).json()
    held = team.seller.post("customers/export", {"fields": ["name"]})
    asked = held.json()["approval"]
    assert (held.status_code, asked["title"], asked["changes"][0]["new"]) == (202, "导出客户 4 条", "4")
    before = Job.objects.filter(kind="export").count()
    assert team.manager.post(f"approvals/{asked['id']}/approve", {}).status_code == 200
    made = Job.objects.filter(kind="export").latest("pk")
    assert (Job.objects.filter(kind="export").count(), made.owner_id) == (before + 1, team.seller.person.pk)
    assert run_now(made.pk).result["rows"] == 4  # what was agreed to is free of the day's limit


def test_an_export_of_certain_records_waits_however_small_it_is(team: Team, guard: Api) -> None:
    policy(guard, team.manager.person, condition={"field": "level", "op": "eq", "value": "a"})
    assert "approval" in team.seller.post("customers/export", {}).json()
    assert "id" in team.seller.post("customers/export", {"filter": {"field": "level", "op": "eq", "value": "c"}}).json()


@pytest.mark.covers("E-27")
def test_unusual_viewing_and_exporting_is_told_once_to_whoever_may_read_all_alarms(team: Team, guard: Api) -> None:
    plain = Api(make_user("plain", {"customers": {"*": "all"}, "roles": {"view": "all"}}))
    for key in ("alarm_views", "alarm_exports"):
        added(guard, "parameters", key=key, value="3")
    for row in team.seller.get("customers").json()["rows"]:
        team.seller.get(f"customers/{row['id']}")
    assert exported(team.manager) == 4
    store()
    look_for_unusual()
    look_for_unusual()
    assert sorted(told(guard)) == ["异常导出：manager 在一天内导出了 4 条记录", "异常查看：seller 在一小时内打开了 4 条记录"]
    assert told(plain) == []


def test_an_alarm_names_what_was_looked_at_and_stays_open_until_an_auditor_has_judged_it(team: Team, guard: Api) -> None:
    added(guard, "parameters", key="alarm_views", value="3")
    rows = team.seller.get("customers").json()["rows"]
    for row in rows:
        team.seller.get(f"customers/{row['id']}")
    store()
    look_for_unusual()
    [alarm] = guard.get("alarms").json()["rows"]
    path = f"alarms/{alarm['id']}"
    assert (alarm["name"], alarm["person"]["label"], alarm["state"]) == (
        "异常查看：seller 在一小时内打开了 4 条记录", "seller", "raised",
    )  # fmt: skip
    seen = guard.get(f"{path}/evidence").json()["rows"]
    assert {(row["object"], row["title"]) for row in seen} == {("客户", row["name"]) for row in rows}
    assert len(seen) == 4
    blind = Api(make_user("auditor", {"alarms": {"*": "all"}}))
    assert [row["title"] for row in blind.get(f"{path}/evidence").json()["rows"]] == [""] * 4
    assert done(blind, f"{path}/acknowledge")["state"] == "acknowledged"
    settled = done(blind, f"{path}/settle", verdict="work", finding="季度盘点，已与部门经理核实")
    assert (settled["state"], settled["verdict"], settled["finding"]) == ("settled", "work", "季度盘点，已与部门经理核实")
    latest = guard.get(f"{path}/history").json()["rows"][0]
    assert (latest["label"], latest["actor"]["label"]) == ("核查完毕", "auditor")
    look_for_unusual()
    assert len(guard.get("alarms").json()["rows"]) == 1


def test_many_alarms_cost_no_more_statements_than_one(team: Team, guard: Api) -> None:
    added(guard, "parameters", key="alarm_views", value="1")
    asked = []
    for count in (1, 4):
        people = [make_user(f"p{count}{n}", {}) for n in range(count)]
        seen = {"at": timezone.now(), "through": "http", "collection": "customers", "record": 1}
        Viewed.objects.bulk_create(Viewed(person=person, **seen) for person in people for _ in range(2))
        with CaptureQueriesContext(connection) as queries:
            look_for_unusual()
        asked.append(len(queries))
    assert (asked[0], len(told(guard))) == (asked[1], 5)


def test_nobody_judges_an_alarm_about_herself_and_others_do_not_see_it(team: Team, guard: Api) -> None:
    added(guard, "parameters", key="alarm_exports", value="3")
    assert exported(guard) == 4
    look_for_unusual()
    [alarm] = guard.get("alarms").json()["rows"]
    for deed, said in (("acknowledge", {}), ("settle", {"verdict": "work", "finding": "正常"})):
        answer = guard.post(f"alarms/{alarm['id']}/{deed}", said)
        assert (answer.status_code, answer.json()["message"]) == (409, "不能核查关于自己的告警，请交给别的管理员")
    assert guard.get(f"alarms/{alarm['id']}").json()["state"] == "raised"
    assert [row["count"] for row in guard.get(f"alarms/{alarm['id']}/evidence").json()["rows"]] == [4]
    plain = Api(make_user("plain", {"customers": {"*": "all"}}))
    assert plain.get(f"alarms/{alarm['id']}/evidence").status_code == 404
    assert plain.get("alarms").status_code == 403


def test_unusual_revealing_is_told_too(team: Team, guard: Api) -> None:
    customer = added(team.seller, "customers", name="戊公司", phone="13800138000")
    guard.patch(f"roles/{team.seller.person.roles.get().pk}/grants", {"fields": {"customers": {"phone": "masked"}}})
    added(guard, "parameters", key="alarm_reveals", value="1")
    for _ in range(2):
        team.seller.post(f"customers/{customer['id']}/reveal", {"field": "phone"})
    look_for_unusual()
    assert [text for text in told(guard) if text.startswith("异常")] == ["异常查看：seller 在一小时内显示了 2 次掩码内容"]
