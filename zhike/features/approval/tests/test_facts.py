"""Whoever is to agree sees what the record is about, as far as she may open it."""

from __future__ import annotations

import pytest

from zhike.features.approval.inbox import what
from zhike.features.approval.tests.conftest import House, by
from zhike.testing.kit import Api
from zhike.testing.team import added

pytestmark = pytest.mark.django_db


def test_an_approver_sees_how_much_a_deal_is_about_and_whoever_may_not_open_it_sees_nothing(house: House) -> None:
    house.policy("opportunities", "win", by(house.head, house.stranger))
    customer = added(house.seller, "customers", name="华泰公司")
    deal = added(house.seller, "opportunities", name="数据平台", customer=customer["id"], amount="765400")
    assert house.seller.post(f"opportunities/{deal['id']}/win", {}).status_code == 202

    def facts(api: Api) -> dict[str, str]:
        [row] = api.get("approvals").json()["rows"]
        return {fact["label"]: fact["text"] for fact in row["facts"]}

    told = facts(house.head)
    assert (told["客户"], told["金额"], facts(house.stranger)) == ("华泰公司", "¥765,400", {})


def test_what_waits_for_somebody_is_counted_with_what_is_new_until_she_has_answered(house: House) -> None:
    house.policy("opportunities", "win", by(house.head))
    customer = added(house.seller, "customers", name="华泰公司")
    deal = added(house.seller, "opportunities", name="数据平台", customer=customer["id"])
    assert house.seller.post(f"opportunities/{deal['id']}/win", {}).status_code == 202
    [asked] = house.head.get("approvals").json()["rows"]

    def waiting() -> list[int]:
        return [api.get("changes").json()["waiting"] for api in (house.head, house.seller)]

    before = waiting()
    answer = house.head.post(f"approvals/{asked['id']}/approve", {})
    assert (before, answer.status_code, waiting()) == ([1, 0], 200, [0, 0])


def test_a_deed_that_names_its_object_is_not_named_after_it_again() -> None:
    assert [what(*told) for told in (("提交报销", "费用报销"), ("修改", "数据修改"), ("赢单", "销售机会"))] == [
        "提交报销",
        "修改数据修改",
        "销售机会赢单",
    ]


def test_whoever_agrees_to_a_win_is_not_told_when_the_stage_will_have_been_entered(house: House) -> None:
    house.policy("opportunities", "win", by(house.head))
    customer = added(house.seller, "customers", name="华泰公司")
    deal = added(house.seller, "opportunities", name="数据平台", customer=customer["id"], amount="765400")
    assert house.seller.post(f"opportunities/{deal['id']}/win", {}).status_code == 202
    [row] = house.head.get("approvals").json()["rows"]
    told = {change["field"]: (change["old"], change["new"]) for change in row["changes"]}
    assert told["stage"] == ("初步接触", "赢单")
    assert not {"stage_since", "stale", "past_due", "probability", "weighted_amount"} & told.keys()
