"""Whoever answers twice, too late, for others or nonsense; who has left meanwhile; and a clock that knows no countersign."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from zhike.features.approval.tests.conftest import House, by, by_head, held, told
from zhike.features.approval.tests.test_steps import asked_for, made, waiting
from zhike.features.clocks import sweep
from zhike.org.objects.department import Department
from zhike.org.objects.person import Person
from zhike.testing.kit import Api
from zhike.testing.team import added, done

pytestmark = pytest.mark.django_db
TOO_LARGE = 10**30


def leaves(house: House, who: Api) -> None:
    """Her account is closed as an administrator closes it."""
    done(house.administrator, f"people/{who.person.pk}/leave")


def log(house: House, path: str) -> list[tuple[str, str]]:
    return [(line["actor"]["label"], line["deed"]) for line in house.seller.get(path).json()["log"]]


def test_an_answer_counts_once_and_only_from_whoever_is_asked_while_it_is_asked(house: House) -> None:
    house.policy("customers", "add", by(house.president, house.finance, rule="all"))
    path = asked_for(house)
    done(house.president, f"{path}/approve")
    again = house.president.post(f"{path}/approve")
    assert (again.status_code, waiting(house, path), made()) == (409, ["finance"], 0)
    for stranger in (house.seller, house.head, house.administrator):
        assert stranger.post(f"{path}/approve").status_code == 404
    done(house.seller, f"{path}/withdraw")
    answers = [house.finance.post(f"{path}/{deed}", {"opinion": "晚了"}) for deed in ("approve", "disagree", "return")]
    assert ([a.status_code for a in answers], made()) == ([409] * 3, 0)
    assert house.seller.post(f"{path}/withdraw").status_code == 409


@pytest.mark.parametrize(
    ("deed", "body", "field"),
    [
        ("approve", {"opinion": 5}, "opinion"), ("approve", {"opinion": "x" * 2001}, "opinion"),
        ("approve", {"opinion": "a\u0000b"}, "opinion"), ("approve", {"files": [TOO_LARGE]}, "files"),
        ("approve", {"files": "1"}, "files"), ("approve", {"to": 0}, "to"), ("return", {"opinion": "x", "to": True}, "to"),
        ("return", {"opinion": "x", "to": -1}, "to"), ("delegate", {"person": TOO_LARGE}, "person"),
        ("delegate", {"person": "1"}, "person"), ("delegate", {"person": [1]}, "person"), ("delegate", {}, "person"),
        ("add-signer", {"people": [TOO_LARGE], "where": "after"}, "people"), ("add-signer", {"people": []}, "people"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_beside_its_field_and_changes_nothing(house: House, deed: str, body: Any, field: str) -> None:
    house.policy("customers", "add", by_head())
    path = asked_for(house)
    answer = house.head.post(f"{path}/{deed}", body)
    assert (answer.status_code, [*answer.json()["fields"]]) == (422, [field])
    assert (waiting(house, path), len(log(house, path)), made()) == (["head"], 1, 0)
    assert house.head.post("approvals/batch", {"ids": [TOO_LARGE], "deed": "approve"}).status_code == 422


def test_handed_round_in_a_circle_it_is_asked_of_one_and_answered_once(house: House) -> None:
    house.policy("customers", "add", by_head())
    path = asked_for(house)
    for giver, taker in ((house.head, house.finance), (house.finance, house.president), (house.president, house.head)):
        done(giver, f"{path}/delegate", person=taker.person.pk)
        assert giver.post(f"{path}/approve").status_code == 409
    assert waiting(house, path) == ["head"]
    assert done(house.head, f"{path}/approve")["state"] == "approved"
    assert made() == 1


def test_what_waits_for_somebody_who_leaves_waits_for_her_superior(house: House) -> None:
    house.policy("customers", "add", by_head(), by(house.finance))
    path = asked_for(house)
    leaves(house, house.head)
    assert (waiting(house, path), told(house.president)) == (["president"], ["seller的申请等待您审批：特批“甲公司”"])
    leaves(house, house.finance)  # before it is her turn
    done(house.president, f"{path}/approve")
    assert waiting(house, path) == ["president"]
    assert done(house.president, f"{path}/approve")["state"] == "approved"
    assert log(house, path) == [
        ("seller", "submit"), ("系统", "replace"), ("president", "approve"), ("系统", "replace"), ("president", "approve"),
    ]  # fmt: skip


def test_a_step_whose_people_have_all_left_is_given_back_and_never_passed(house: House) -> None:
    house.policy("customers", "add", by(house.president), by(house.finance))
    path = asked_for(house)
    leaves(house, house.president)
    after = house.seller.get(path).json()
    assert (after["state"], made()) == ("returned", 0)
    assert after["log"][-1]["opinion"] == "“会签”这一步的审批人已经离职，请重新提交"


def test_a_department_without_a_head_or_whose_head_has_left_is_answered_for_by_the_one_above(house: House) -> None:
    house.policy("customers", "add", by_head())
    leaves(house, house.head)
    path = asked_for(house)
    assert waiting(house, path) == ["president"]
    Department.objects.update(manager=None)
    refused = house.seller.post("customers", {"name": "乙公司"})
    assert (refused.status_code, refused.json()["message"]) == (
        409, "“1级主管”这一步找不到审批人，请联系管理员调整审批规则",
    )  # fmt: skip
    assert made() == 0


def test_nothing_is_done_in_the_name_of_somebody_who_has_left_nor_handed_to_her(house: House) -> None:
    record = added(house.seller, "customers", name="丙公司")
    house.policy("customers", "transfer", by_head())
    house.policy("customers", "add", by_head())
    handed = held(house.seller.post(f"customers/{record['id']}/transfer", {"owner": house.peer.person.pk}))
    leaves(house, house.peer)
    after = done(house.head, f"approvals/{handed['id']}/approve")
    assert (after["state"], after["reason"]) == ("failed", "接收人已经离职")
    path = asked_for(house)
    leaves(house, house.seller)
    after = done(house.head, f"{path}/approve")
    assert (after["state"], after["reason"], made()) == ("failed", "申请人已经离职", 1)


def test_lines_that_others_have_changed_meanwhile_are_not_written_over(house: House) -> None:
    company = added(house.seller, "customers", name="甲公司")["id"]
    contact = added(house.seller, "contacts", name="王五", companies=[{"customer": company, "position": "经理"}])
    path, row = f"contacts/{contact['id']}", contact["companies"][0]["id"]
    house.policy("contacts", "change", by_head(), fields=["companies"])
    request = held(house.seller.patch(path, {"companies": [{"id": row, "customer": company, "position": "总监"}]}))
    assert house.seller.patch(path, {"wechat": "w5"}).status_code == 200
    after = done(house.head, f"approvals/{request['id']}/approve")
    assert (after["state"], after["reason"]) == ("failed", "审批期间这条记录已被改动，请核对后重新提交")
    assert house.seller.get(path).json()["companies"][0]["position"] == "经理"


def test_who_agrees_by_silence_agrees_to_her_own_step_only(house: House) -> None:
    limit = {"amount": 2, "unit": "day", "then": "agree"}
    house.policy("customers", "add", by(house.head, house.finance, limit=limit), by(house.president))
    path = asked_for(house)
    sweep.sweep(timezone.now() + timedelta(days=3))
    assert (waiting(house, path), made()) == (["president"], 0)


def test_of_a_countersign_that_is_late_the_superior_answers_for_one_and_the_others_are_still_asked(house: House) -> None:
    limit = {"amount": 2, "unit": "day", "then": "escalate"}
    house.policy("customers", "add", by(house.head, house.finance, rule="all", limit=limit))
    Person.objects.filter(pk=house.finance.person.pk).update(manager=house.peer.person.pk)
    first, second = asked_for(house), asked_for(house, "乙公司")
    sweep.sweep(timezone.now() + timedelta(days=3))
    assert waiting(house, first) == ["head", "finance", "president", "peer"]
    done(house.president, f"{first}/approve")
    assert (waiting(house, first), made()) == (["finance", "peer"], 0)
    assert done(house.finance, f"{first}/approve")["state"] == "approved"
    done(house.head, f"{second}/approve")
    assert waiting(house, second) == ["finance", "peer"]
    assert done(house.peer, f"{second}/approve")["state"] == "approved"


def test_a_signer_asked_first_stops_the_clock_of_the_step_that_waits_for_her(house: House) -> None:
    house.policy("customers", "add", by_head(limit={"amount": 2, "unit": "day", "then": "agree"}))
    path = asked_for(house)
    done(house.head, f"{path}/add-signer", people=[house.finance.person.pk], where="before")
    assert sweep.sweep(timezone.now() + timedelta(days=9)) == 0
    done(house.finance, f"{path}/approve")
    assert sweep.sweep(timezone.now() + timedelta(days=3)) == 1
    assert house.seller.get(path).json()["state"] == "approved"


@pytest.mark.parametrize("who", [*({"by": "person", "person": p} for p in ("abc", TOO_LARGE, 0, True)), {"by": ["person"]}])
def test_a_policy_that_names_nobody_there_could_be_is_not_kept(house: House, who: Any) -> None:
    rules = json.dumps({"steps": [{"name": "x", "who": [who]}]})
    body = {"name": "x", "collection": "customers", "verb": "add", "is_active": True, "definition": rules}
    assert house.administrator.post("approval-policies", body).status_code == 422
    assert house.seller.post("customers", {"name": "甲公司"}).status_code == 201
