"""Whatever a policy names waits for agreement, changes nothing until then, and then happens in the name of whoever asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhike.features.approval.tests.conftest import House, by, by_head, held, person, todo, told
from zhike.kernel.registry import find
from zhike.testing.team import added, done

pytestmark = pytest.mark.django_db


def count(collection: str) -> int:
    return int(find(collection)._base_manager.count())


def agreed(api: Any, request: Any, **more: Any) -> Any:
    return done(api, f"approvals/{request['id']}/approve", **more)


def test_a_creation_waits_and_is_then_made_in_the_name_of_whoever_asked(house: House) -> None:
    house.policy("customers", "add", by_head())
    request = held(house.seller.post("customers", {"name": "中石油四川", "phone": "028-86012345"}))
    assert (count("customers"), request["state"], request["deed"], request["object"]) == (0, "pending", "新建", "客户")
    told_changes = [(c["label"], c["old"], c["new"]) for c in request["changes"]]
    assert told_changes[0] == ("登记名称", "", "中石油四川")
    assert ("电话", "", "028-86012345") in told_changes
    assert (todo(house.head), todo(house.president)) == (["中石油四川"], [])
    assert told(house.head) == ["seller的申请等待您审批：特批“中石油四川”"]
    after = agreed(house.head, request, opinion="同意")
    made = house.seller.get(f"customers/{after['record']}").json()
    assert (after["state"], made["name"], made["created_by"]["label"], made["owner"]["label"]) == (
        "approved", "中石油四川", "seller", "seller",
    )  # fmt: skip
    assert todo(house.head) == []
    assert told(house.seller) == ["您的申请已同意并执行：特批“中石油四川”"]


def test_the_same_is_not_asked_for_twice(house: House) -> None:
    house.policy("customers", "add", by_head())
    held(house.seller.post("customers", {"name": "甲公司"}))
    again = house.seller.post("customers", {"name": "甲公司"})
    assert (again.status_code, again.json()["message"]) == (409, "同样的申请正在审批中，不必重复提交")
    held(house.seller.post("customers", {"name": "乙公司"}))
    assert todo(house.head) == ["甲公司", "乙公司"]


def test_protected_fields_wait_with_old_and_new_side_by_side_and_others_do_not(house: House) -> None:
    made = added(house.seller, "customers", name="甲公司", level="c", phone="028-86012345")
    house.policy("customers", "change", by_head(), fields=["level"])
    path = f"customers/{made['id']}"
    assert house.seller.patch(path, {"phone": "028-86054321"}).status_code == 200
    request = held(house.seller.patch(path, {"level": "a", "notes": "升级"}))
    told_changes = [(c["field"], c["old"], c["new"]) for c in request["changes"]]
    assert sorted(told_changes) == [("level", "C级", "A级"), ("notes", "", "升级")]
    now = house.seller.get(path).json()
    assert (now["level"], now["notes"], now["version"]) == ("c", "", 2)
    agreed(house.head, request)
    assert [house.seller.get(path).json()[n] for n in ("level", "notes")] == ["a", "升级"]
    assert house.seller.get(f"{path}/history").json()["rows"][0]["actor"]["label"] == "seller"


@pytest.mark.covers("T-12", "T-32", "T-31")
def test_a_protected_field_is_changed_by_a_request_with_its_reason_and_evidence(house: House) -> None:
    at = f"customers/{added(house.seller, 'customers', name='甲公司', level='c')['id']}"
    house.policy("customers", "change", by_head(), by_head(2), fields=["level"])
    path = f"approvals/{held(house.seller.patch(at, {'level': 'a'}))['id']}"
    proof = house.seller.client.post("/api/v1/files", {"file": SimpleUploadedFile("采购额.txt", b"1,200,000")}).json()["id"]
    assert house.seller.post(f"{path}/explain", {"opinion": " "}).json()["fields"] == {"opinion": "请写 1 到 2000 个字"}
    assert house.head.post(f"{path}/explain", {"opinion": "代为说明"}).status_code == 404
    done(house.seller, f"{path}/explain", opinion="年采购额已过百万", files=[proof])
    assert told(house.head)[0] == "seller补充说明了申请：特批“甲公司”"
    shown = house.head.get(path).json()
    assert [(c["label"], c["old"], c["new"]) for c in shown["changes"]] == [("客户级别", "C级", "A级")]
    said = [(line["opinion"], [file["name"] for file in line["files"]]) for line in shown["log"] if line["deed"] == "explain"]
    assert (said, house.head.get(f"files/{proof}").status_code) == ([("年采购额已过百万", ["采购额.txt"])], 200)
    assert done(house.head, f"{path}/return", opinion="请附合同")["state"] == "returned"
    assert house.seller.post(f"{path}/explain", {"opinion": "附上"}).status_code == 409
    again = held(house.seller.patch(at, {"level": "a"}))
    assert agreed(house.head, again)["state"] == "pending"
    assert house.seller.get(at).json()["level"] == "c"
    assert agreed(house.president, again)["state"] == "approved"
    assert house.seller.get(at).json()["level"] == "a"


def test_what_was_changed_meanwhile_is_not_written_over(house: House) -> None:
    made = added(house.seller, "customers", name="甲公司", level="c")
    house.policy("customers", "change", by_head(), fields=["level"], condition={"field": "level", "op": "eq", "value": "a"})
    request = held(house.seller.patch(f"customers/{made['id']}", {"level": "a"}))
    assert house.seller.patch(f"customers/{made['id']}", {"level": "b"}).status_code == 200
    after = agreed(house.head, request)
    assert (after["state"], after["reason"]) == ("failed", "审批期间客户级别已被改动，请核对后重新提交")
    assert house.seller.get(f"customers/{made['id']}").json()["level"] == "b"
    assert told(house.seller)[0] == "已同意但没有执行：特批“甲公司”，审批期间客户级别已被改动，请核对后重新提交"


@pytest.mark.parametrize(("revenue", "waits"), [("199999.99", False), ("200000.00", False), ("200000.01", True)])
def test_the_condition_is_asked_of_the_record_as_it_would_be(house: House, revenue: str, waits: bool) -> None:
    above = {"field": "annual_revenue", "op": "gt", "value": "200000"}
    house.policy("customers", "add", by_head(), condition=above)
    answer = house.seller.post("customers", {"name": "甲公司", "annual_revenue": revenue})
    assert (answer.status_code, count("customers")) == ((202, 0) if waits else (201, 1))


def test_an_action_and_a_deletion_wait_as_well(house: House) -> None:
    made = added(house.seller, "customers", name="甲公司")
    house.policy("customers", "develop", by_head())
    house.policy("customers", "delete", by_head())
    path = f"customers/{made['id']}"
    request = held(house.seller.post(f"{path}/develop"))
    assert [(c["label"], c["old"], c["new"]) for c in request["changes"]] == [("生命周期", "潜在", "意向")]
    assert house.seller.get(path).json()["lifecycle"] == "lead"
    agreed(house.head, request)
    assert house.seller.get(path).json()["lifecycle"] == "prospect"
    agreed(house.head, held(house.seller.delete(path)))
    assert house.seller.get(path).status_code == 404


def test_handing_over_waits_with_its_recipient(house: House) -> None:
    made = added(house.seller, "customers", name="甲公司")
    house.policy("customers", "transfer", by_head())
    request = held(house.seller.post(f"customers/{made['id']}/transfer", {"owner": house.peer.person.pk}))
    assert [(c["label"], c["old"], c["new"]) for c in request["changes"]] == [("负责人", "seller", "peer")]
    agreed(house.head, request)
    assert house.peer.get(f"customers/{made['id']}").json()["owner"]["label"] == "peer"


@pytest.mark.covers("T-11")
def test_of_many_those_that_must_wait_are_named_and_the_others_stand(house: House) -> None:
    small = added(house.seller, "customers", name="小公司", annual_revenue="1000")
    large = added(house.seller, "customers", name="大公司", annual_revenue="900000")
    house.policy("customers", "change", by_head(), condition={"field": "annual_revenue", "op": "gt", "value": "200000"})
    body = {"ids": [small["id"], large["id"]], "set": {"level": "b"}}
    assert house.seller.post("customers/bulk", body).json() == {
        "count": 2, "done": 1, "same": 0,
        "refused": [
            {"collection": "customers", "id": large["id"], "label": "大公司", "reason": "需要先审批（特批），请打开这条记录办理"},
        ],
    }  # fmt: skip
    now = [house.seller.get(f"customers/{c['id']}").json() for c in (small, large)]
    assert [(c["level"], c["version"]) for c in now] == [("b", 2), (large["level"], 1)]
    assert house.seller.patch(f"customers/{small['id']}", {"version": 2, "level": "a"}).status_code == 200


def test_nobody_agrees_to_her_own_request_and_a_step_without_anybody_is_refused(house: House) -> None:
    house.policy("customers", "add", by_head())
    request = held(house.head.post("customers", {"name": "主管的客户"}))
    assert (todo(house.head), todo(house.president)) == ([], ["主管的客户"])
    agreed(house.president, request)
    house.policy("contacts", "add", by(house.seller))
    refused = house.seller.post("contacts", {"name": "王五"})
    assert (refused.status_code, count("contacts")) == (409, 0)
    assert refused.json()["message"] == "“会签”这一步找不到审批人，请联系管理员调整审批规则"


@pytest.mark.covers("V-85")
def test_what_waits_keeps_the_policy_it_was_sent_under(house: House) -> None:
    policy = house.policy("customers", "add", by_head(), by(house.president))
    request = held(house.seller.post("customers", {"name": "甲公司"}))
    changed = house.administrator.patch(f"approval-policies/{policy['id']}", {"is_active": False, "version": policy["version"]})
    assert changed.status_code == 200
    assert house.seller.post("customers", {"name": "乙公司"}).status_code == 201
    assert agreed(house.head, request)["state"] == "pending"
    after = agreed(house.president, request)
    assert (after["state"], after["policy_version"], count("customers")) == ("approved", 1, 2)


def test_a_deed_that_is_not_allowed_any_more_says_so_when_its_turn_comes(house: House) -> None:
    made = added(house.seller, "customers", name="甲公司")
    house.policy("customers", "delete", by_head())
    request = held(house.seller.delete(f"customers/{made['id']}"))
    person(house.seller).roles.clear()
    after = agreed(house.head, request)
    assert (after["state"], after["reason"], count("customers")) == ("failed", "记录不存在，或您无权查看", 1)


def test_a_policy_holds_from_its_day_on(house: House) -> None:
    house.policy("customers", "add", by_head(), starts_on="2099-01-01")
    assert house.seller.post("customers", {"name": "甲公司"}).status_code == 201


@pytest.mark.parametrize(
    ("verb", "rules", "reason"),
    [
        ("add", {"steps": []}, "启用之前至少要有一个步骤"),
        ("add", {"steps": [{"name": "x", "who": []}]}, "第 1 步请选择审批人"),
        ("add", {"steps": [{"name": "", "who": [{"by": "chosen"}]}]}, "第 1 步需要 1 到 40 个字的名称"),
        ("add", {"fields": ["nope"], "steps": [{"name": "x", "who": [{"by": "chosen"}]}]}, "没有字段 nope"),
        ("add", {"steps": [{"name": "x", "who": [{"by": "field", "field": "name"}]}]}, "“x”：name 不是人员字段"),
        ("add", {"steps": [{"name": "x", "who": [{"by": "chosen"}], "limit": {"amount": 0, "unit": "day", "then": "agree"}}]},
         "第 1 步的时限应为 1 到 1000"),
        ("fly", {"steps": [{"name": "x", "who": [{"by": "chosen"}]}]}, "没有这个操作"),
    ],
)  # fmt: skip
def test_a_policy_that_could_not_be_followed_is_not_kept(house: House, verb: str, rules: Any, reason: str) -> None:
    body = {"name": "x", "collection": "customers", "verb": verb, "is_active": True, "definition": json.dumps(rules)}
    answer = house.administrator.post("approval-policies", body)
    assert (answer.status_code, [*answer.json()["fields"].values()]) == (422, [reason])
    assert count("approval-policies") == 0
