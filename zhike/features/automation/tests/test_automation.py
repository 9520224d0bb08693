"""自动化: when – if – do, as a job after the change stands; never in a circle, never at the cost of whoever saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.features.approval.tests.conftest import by_head, todo, told
from zhike.features.automation.models import Touch
from zhike.features.automation.objects.automation import Automation
from zhike.features.automation.rehearsing import REHEARSAL
from zhike.features.automation.rules import as_rule
from zhike.features.automation.running import carry_out
from zhike.features.automation.tests.conftest import House, Write, runs, work
from zhike.features.automation.timing import start_due
from zhike.features.clocks import running, sweep
from zhike.features.clocks.marks import ACT, days
from zhike.features.jobs.models import Job
from zhike.kernel.registry import find
from zhike.testing.kit import Api, make
from zhike.testing.team import added

pytestmark = pytest.mark.django_db(transaction=True)
IS_A = {"field": "level", "op": "eq", "value": "a"}
LEVEL = {"on": "changed", "fields": ["level"]}
TASK = {
    "do": "create", "collection": "tasks",
    "values": {"subject": {"text": "拜访{name}"}, "due_on": {"days": 3}, "customer": {"from": "id"}, "priority": "high"},
}  # fmt: skip


def customer(api: Api, name: str = "甲公司", **values: Any) -> Any:
    return added(api, "customers", name=name, **values)


def now(api: Api, made: Any) -> Any:
    return api.get(f"customers/{made['id']}").json()


@pytest.mark.covers("K-36")
def test_a_change_that_meets_the_condition_is_followed_by_what_the_rule_says(house: House, rule: Write) -> None:
    tell = {"do": "notify", "who": [{"by": "owner"}, {"by": "head"}], "text": "{name}升为{level}，负责人{owner}"}
    written = rule("customers", LEVEL, {"do": "set", "values": {"notes": "重点"}}, TASK, tell, condition=IS_A, name="重点客户")
    one, other = customer(house.seller, level="c"), customer(house.seller, "乙公司", level="c")
    for made, level in ((one, "a"), (other, "b")):
        assert house.seller.patch(f"customers/{made['id']}", {"level": level}).status_code == 200
    assert (now(house.seller, one)["notes"], find("tasks")._base_manager.count()) == ("", 0)  # only once the change stands
    assert work() == ["automation", "automation"]
    assert (now(house.seller, one)["notes"], now(house.seller, other)["notes"]) == ("重点", "")
    [task] = house.seller.get("tasks").json()["rows"]
    read = house.seller.get(f"tasks/{task['id']}").json()
    due = (timezone.localdate() + timedelta(3)).isoformat()
    assert [read[n] for n in ("subject", "due_on", "priority")] == ["拜访甲公司", due, "high"]
    assert (read["customer"]["id"], read["owner"]["label"], read["created_by"]) == (one["id"], "seller", None)
    assert told(house.seller)[0] == told(house.head)[0] == "甲公司升为A级，负责人seller"
    history = house.seller.get(f"customers/{one['id']}/history").json()["rows"][0]
    assert (history["actor"], history["through"], history["verb"]) == (None, f"automation:{written['id']}", "change")
    assert runs(house.administrator) == [("重点客户", "done", 1, 0, "设置备注：1 条\n新建任务：1 条\n通知：1 条")]


def test_a_rule_that_fails_changes_nothing_and_whoever_saved_never_notices(house: House, rule: Write) -> None:
    again = {"do": "create", "collection": "people", "values": {"name": "重名", "username": "seller"}}
    rule("customers", {"on": "created"}, {"do": "set", "values": {"notes": "先做的"}}, again)
    made = customer(house.seller)
    assert work() == ["automation"]
    assert (now(house.seller, made)["notes"], now(house.seller, made)["version"]) == ("", 1)
    assert runs(house.administrator) == [("规则", "failed", 0, 0, "登录名：“seller”已存在")]


def test_what_is_taken_already_is_left_alone_and_the_others_are_made(house: House, rule: Write) -> None:
    """Through COPY as through the interface: the refusal names the field."""
    tag = {"do": "create", "collection": "tags", "values": {"name": {"text": "{name}"}}}
    rule("customers", LEVEL, tag, name="贴标签")
    made = [customer(house.seller, name, level="c")["id"] for name in ("甲公司", "乙公司", "丙公司")]
    added(house.administrator, "tags", name="乙公司")
    refused = house.administrator.post("tags", {"name": "乙公司"}).json()["message"]
    assert house.seller.post("customers/bulk", {"ids": made, "set": {"level": "a"}}).json()["done"] == 3
    assert work() == ["automation"]
    assert runs(house.administrator) == [("贴标签", "partly", 3, 1, f"新建标签：2 条\n#{made[1]}：{refused}")]
    assert refused == "标签：“乙公司”已存在"
    assert sorted(row["name"] for row in house.administrator.get("tags").json()["rows"]) == sorted(["甲公司", "乙公司", "丙公司"])


def test_rules_that_call_each_other_end(house: House, rule: Write) -> None:
    rule("customers", LEVEL, {"do": "set", "values": {"notes": "一"}}, name="甲")
    rule("customers", {"on": "changed", "fields": ["notes"]}, {"do": "set", "values": {"level": "b"}}, name="乙")
    made = customer(house.seller, level="c")
    house.seller.patch(f"customers/{made['id']}", {"level": "a"})
    assert work() == ["automation", "automation"]
    after = now(house.seller, made)
    assert (after["level"], after["notes"], [r[0] for r in runs(house.administrator)]) == ("b", "一", ["乙", "甲"])


def test_a_chain_of_many_rules_is_cut_and_written_down(house: House, rule: Write) -> None:
    fields = ["notes", "website", "level", "phone", "short_name", "address", "name"]
    values = ["说明", "https://a.cn", "b", "028-86012345", "甲", {"code": "110101", "detail": "1号"}, "改名公司"]
    for before, after, value in zip(fields, fields[1:], values[1:], strict=False):
        rule(
            "customers", {"on": "changed", "fields": [before]}, {"do": "set", "values": {after: value}}, name=f"{before}→{after}"
        )
    made = customer(house.seller, level="c")
    house.seller.patch(f"customers/{made['id']}", {"notes": "说明"})
    assert work() == ["automation"] * 5
    assert now(house.seller, made)["name"] == "甲公司"
    cut = [run for run in runs(house.administrator) if run[1] == "stopped"]
    assert cut == [("address→name", "stopped", 1, 1, "一条规则引出另一条，已连续 5 条，到此为止")]


def test_one_that_comes_back_to_a_record_too_often_leaves_it_alone(house: House, rule: Write) -> None:
    written = rule("customers", LEVEL, {"do": "set", "values": {"notes": "动过"}})
    made = customer(house.seller, level="c")
    Touch.objects.bulk_create(Touch(rule_id=written["id"], record=made["id"]) for _ in range(20))
    house.seller.patch(f"customers/{made['id']}", {"level": "a"})
    work()
    assert now(house.seller, made)["notes"] == ""
    told_why = f"一小时内已处理 20 次，疑似循环，不再处理：#{made['id']}"
    assert runs(house.administrator)[0][1:] == ("partly", 0, 1, told_why)


def test_many_records_cost_no_more_statements_than_few(house: House, rule: Write) -> None:
    tell = {"do": "notify", "who": [{"by": "owner"}], "text": "{name} {owner}"}
    row = Automation.objects.get(pk=rule("customers", LEVEL, {"do": "set", "values": {"notes": "批"}}, TASK, tell)["id"])
    ids = [make(find("customers"), {"name": f"公司{n}"}, actor=house.seller.person).pk for n in range(24)]
    carry_out(as_rule(row), ids[:2], (), [])
    few, many = (statements(row, some) for some in (ids[2:4], ids[4:]))
    assert many <= few + 1  # the sequence of ids is drawn once more, if at all


def statements(row: Any, ids: list[int]) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert carry_out(as_rule(row), ids, (), []).found == len(ids)
    return len(queries)


def test_it_runs_at_its_hour_once_for_all_that_meet_the_condition(house: House, rule: Write, monkeypatch: Any) -> None:
    time = {"on": "time", "rhythm": "day", "hour": 8}
    written = rule("customers", time, {"do": "set", "values": {"notes": "巡检"}}, condition=IS_A)
    Automation.objects.filter(pk=written["id"]).update(updated_at=timezone.now() - timedelta(9))
    a, b = customer(house.seller, level="a"), customer(house.peer, "乙公司", level="b")
    start_due()
    start_due()
    assert work() == ["automation"]
    assert (now(house.administrator, a)["notes"], now(house.administrator, b)["notes"]) == ("巡检", "")
    tomorrow = timezone.localtime() + timedelta(1)
    monkeypatch.setattr(timezone, "localtime", lambda *_: tomorrow)
    start_due()
    assert work() == ["automation"]


@pytest.mark.covers("K-37")
def test_who_has_long_been_left_alone_is_followed_up_every_week(house: House, rule: Write, monkeypatch: Any) -> None:
    silent = {"field": "last_contact_at", "op": "lt", "value": {"days": -30}}
    written = rule("customers", {"on": "time", "rhythm": "week", "day": 1, "hour": 8}, TASK, condition=silent)
    Automation.objects.filter(pk=written["id"]).update(updated_at=timezone.now() - timedelta(9))
    for name, days_ago in (("甲公司", 40), ("乙公司", 20)):
        home = customer(house.seller, name)["id"]
        happened = (timezone.now() - timedelta(days_ago)).isoformat()
        added(house.seller, "interactions", customer=home, content="谈", happened_at=happened)
    due = []
    for week in (0, 1):
        at = timezone.localtime() + timedelta(7 * week)
        with monkeypatch.context() as then:
            then.setattr(timezone, "localtime", lambda *_, at=at: at)
            start_due()
        work()
        due.append([row["subject"] for row in house.seller.get("tasks").json()["rows"]])
    assert due == [["拜访甲公司"], ["拜访甲公司"] * 2]


def test_it_runs_when_a_clock_strikes(house: House, rule: Write) -> None:
    kind = running.kind("test_automation", "试验时限")
    assert {"value": kind, "label": "试验时限"} in house.administrator.get("automations/vocabulary").json()["clocks"]
    rule("customers", {"on": "clock", "clock": kind, "mark": "act"}, {"do": "assign", "to": {"by": "head"}})
    made = customer(house.seller)
    began = timezone.now() - timedelta(5)
    running.start(kind, [find("customers").objects.get(pk=made["id"])], {ACT: days(2)}, since=lambda _: began)
    sweep.sweep(timezone.now())
    assert work() == ["automation"]
    assert now(house.administrator, made)["owner"]["label"] == "head"


def test_an_approval_begins_in_the_owners_name_and_without_a_policy_nothing_happens(house: House, rule: Write) -> None:
    rule("customers", LEVEL, {"do": "approve", "action": "develop"}, condition=IS_A)
    free = customer(house.seller, level="c")
    house.seller.patch(f"customers/{free['id']}", {"level": "a"})
    work()
    assert now(house.seller, free)["lifecycle"] == "lead"
    assert runs(house.administrator)[0][4] == f"发起审批“转为意向”：0 条\n#{free['id']}：没有适用的审批规则，没有执行"
    house.policy("customers", "develop", by_head())
    asked = customer(house.seller, "乙公司", level="c")
    house.seller.patch(f"customers/{asked['id']}", {"level": "a"})
    work()
    assert (todo(house.head), now(house.seller, asked)["lifecycle"]) == (["乙公司"], "lead")
    [request] = house.seller.get("approvals", mine="sent").json()["rows"]
    assert (request["requester"]["label"], request["deed"]) == ("seller", "转为意向")


@pytest.mark.covers("K-36")
def test_in_turn_each_gets_her_share_and_an_action_is_an_occasion(house: House, rule: Write) -> None:
    people = [house.seller.person.pk, house.peer.person.pk]
    rule("customers", {"on": "action", "action": "develop"}, {"do": "assign", "to": {"by": "turn", "people": people}})
    made = [customer(house.administrator, f"公司{n}") for n in range(4)]
    ids = [m["id"] for m in made]
    assert house.administrator.post("customers/bulk", {"ids": ids, "action": "develop"}).json()["done"] == 4
    assert work() == ["automation"]
    owners = [now(house.administrator, m)["owner"]["id"] for m in made]
    assert owners == [people[pk % 2] for pk in ids]


def test_a_trial_tells_what_would_happen_and_leaves_no_trace(house: House, monkeypatch: Any) -> None:
    one, two = customer(house.seller, level="c"), customer(house.seller, "乙公司", level="c")
    for made in (one, two):
        house.seller.patch(f"customers/{made['id']}", {"level": "a"})
    definition = {
        "when": LEVEL,
        "if": IS_A,
        "do": [TASK, {"do": "act", "action": "develop"}, {"do": "set", "values": {"notes": "x"}}],
    }
    find("customers")._base_manager.filter(pk=one["id"]).update(lifecycle="customer")
    before = [now(house.seller, m) for m in (one, two)]
    tried = house.administrator.post("automations/rehearse", {"collection": "customers", "definition": definition}).json()
    assert (tried["count"], [e["label"] for e in tried["examples"]], tried["error"]) == (2, ["乙公司", "甲公司"], "")
    assert [(s["label"], s["done"], [r["id"] for r in s["refused"]]) for s in tried["steps"]] == [
        ("新建任务", 2, []), ("执行“转为意向”", 1, [one["id"]]), ("设置备注", 2, []),
    ]  # fmt: skip
    assert [now(house.seller, m) for m in (one, two)] == before
    left = (find("tasks")._base_manager.count(), Job.objects.count(), Touch.objects.count(), runs(house.administrator))
    assert left == (0, 0, 0, [])
    monkeypatch.setattr("zhike.api.automation.REHEARSAL", replace(REHEARSAL, at_once=1))
    begun = house.administrator.post("automations/rehearse", {"collection": "customers", "definition": definition})
    assert (begun.status_code, begun.json()["label"]) == (202, "试运行自动化：客户")
    assert (work(), Job.objects.get().result) == (["automation_rehearsal"], tried)
    assert [now(house.seller, m) for m in (one, two)] == before


def test_whoever_may_not_write_rules_neither_tries_nor_reads_them(house: House) -> None:
    body = {"collection": "customers", "definition": {"when": {"on": "created"}, "do": []}}
    clerk = house.finance  # granted nothing at all
    assert clerk.post("automations/rehearse", body).status_code == 403
    assert clerk.get("automations/vocabulary").status_code == 403
    assert clerk.post("automations", {"name": "x", "collection": "customers"}).status_code == 403


def test_switched_off_it_neither_starts_nor_shows(house: House, rule: Write) -> None:
    rule("customers", {"on": "created"}, {"do": "set", "values": {"notes": "动过"}})
    assert house.administrator.post("modules/automation", {"enabled": False}).status_code == 200
    customer(house.seller)
    assert (work(), house.administrator.get("automations").status_code) == ([], 404)
    assert house.administrator.post("modules/automation", {"enabled": True}).status_code == 200
    customer(house.seller, "乙公司")
    assert work() == ["automation"]


@pytest.mark.parametrize(
    ("definition", "reason"),
    [
        ("{", "不是正确的 JSON"),
        ('{"when": {"on": "created"}}', "启用之前至少要有一件要做的事"),
        ('{"when": {"on": "sometimes"}}', "“什么时候”的格式不正确"),
        ('{"when": {"on": "changed", "fields": ["nope"]}, "do": []}', "没有字段 nope"),
        ('{"when": {"on": "time", "rhythm": "week", "day": 8}}', "请选择每天、每周或每月的几点"),
        ('{"when": {"on": "created"}, "do": [{"do": "fly"}]}', "第 1 件事：不认识“fly”"),
        ('{"when": {"on": "created"}, "do": [{"do": "set", "values": {"level": "z"}}]}', "第 1 件事：客户级别：不认识的选项“z”"),
        ('{"when": {"on": "created"}, "do": [{"do": "notify", "who": [{"by": "owner"}], "text": "{nope}"}]}', "没有这个字段"),
        ('{"when": {"on": "created"}, "do": [{"do": "create", "collection": "tasks", "values": {}}]}', "任务：必填"),
        ('{"when": {"on": "created"}, "do": [{"do": "call", "channels": [7]}]}', "第 1 件事：没有这个外部通道"),
        ('{"when": {"on": "deleted"}, "do": [{"do": "set", "values": {"level": "a"}}]}', "只能通知或调用 Webhook"),
    ],
)  # fmt: skip
def test_a_rule_that_could_not_be_followed_is_not_kept(house: House, definition: str, reason: str) -> None:
    body = {"name": "x", "collection": "customers", "is_active": True, "definition": definition}
    answer = house.administrator.post("automations", body)
    assert (answer.status_code, Automation.objects.count()) == (422, 0)
    assert reason in answer.json()["fields"]["definition"]


def test_a_rule_and_its_versions_are_in_its_history(house: House, rule: Write) -> None:
    made = rule("customers", LEVEL, TASK)
    house.administrator.patch(f"automations/{made['id']}", {"is_active": False})
    rows = house.administrator.get(f"automations/{made['id']}/history").json()["rows"]
    assert [(c["field"], c["old"], c["new"]) for c in rows[0]["changes"]] == [("is_active", True, False)]
