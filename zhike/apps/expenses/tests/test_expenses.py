"""费用报销: each line cites its customer, deal or visit and what it brought; nothing else reaches whoever must agree."""

from typing import Any

import pytest

from zhike.apps.expenses.objects.expense_claim import ExpenseClaim
from zhike.features.packs import load_pack
from zhike.org.objects.department import Department
from zhike.testing.team import Team, added, done

WORTH = {"progress": "客户已立项，预算 80 万", "value": "拿到技术评分办法"}


@pytest.fixture
def customer(team: Team) -> int:
    return int(added(team.seller, "customers", name="上海恒泰机械制造有限公司")["id"])


@pytest.fixture
def visit(team: Team, customer: int) -> int:
    return int(added(team.seller, "interactions", channel="visit", content="到现场交流需求", customer=customer)["id"])


def claimed(team: Team, **item: Any) -> str:
    """The path of a claim with one line."""
    line = {"spent_on": "2026-11-02", "category": "other", "amount": "120.50", **item}
    return f"expense-claims/{added(team.seller, 'expense-claims', name='拜访恒泰', items=[line])['id']}"


@pytest.mark.covers("V-07", "V-08", "V-09")
@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({}, "第 1 行须关联客户、销售机会或行动"),
        ({"customer": True}, "第 1 行须写明客户的真实进展、须写明关键价值"),
        ({"customer": True, "progress": " ", "value": "x"}, "第 1 行须写明客户的真实进展"),
        ({"customer": True, "progress": "x"}, "第 1 行须写明关键价值"),
        ({"visit": True}, "第 1 行须写明客户的真实进展、须写明关键价值"),
        ({"customer": True, "category": "travel", **WORTH}, "第 1 行属于销售行动，须关联对应的拜访、会议等行动"),
    ],
)
def test_what_rests_on_nothing_is_not_paid(team: Team, customer: int, visit: int, item: dict[str, Any], reason: str) -> None:
    told = {n: v for n, v in item.items() if n not in ("customer", "visit")}
    told |= {"customer": customer} if "customer" in item else {"interaction": visit} if "visit" in item else {}
    path = claimed(team, **told)
    refused = team.seller.post(f"{path}/submit")
    assert (refused.status_code, refused.json()["message"]) == (409, f"不予报销：{reason}")
    assert refused.json()["fields"] == {"items": reason}
    assert team.seller.get(path).json()["state"] == "draft"


def test_a_visit_to_another_customer_is_no_ground(team: Team, visit: int) -> None:
    other = added(team.seller, "customers", name="苏州启明电子有限公司")["id"]
    refused = team.seller.post(f"{claimed(team, interaction=visit, customer=other, **WORTH)}/submit")
    assert refused.json()["message"] == "不予报销：第 1 行关联的行动属于另一个客户"


@pytest.mark.covers("V-07", "V-08", "V-09")
def test_a_grounded_claim_is_approved_by_the_head_and_paid(team: Team, customer: int, visit: int) -> None:
    load_pack("company")
    Department.objects.filter(pk=team.seller.person.department_id).update(manager=team.manager.person)
    path = claimed(team, category="travel", interaction=visit, **WORTH)
    assert team.seller.get(path).json()["items"][0]["customer"]["id"] == customer
    asked = team.seller.post(f"{path}/submit")
    assert (asked.status_code, ExpenseClaim.objects.get().state) == (202, "draft")
    changed = team.seller.patch(path, {"items": []})
    assert (changed.status_code, changed.json()["fields"]) == (409, {"items": "定稿后不能修改"})
    done(team.manager, f"approvals/{asked.json()['approval']['id']}/approve", opinion="同意")
    assert team.seller.get(path).json()["state"] == "approved"
    assert done(team.manager, f"{path}/pay", paid_on="2026-11-20")["paid_on"] == "2026-11-20"
    shown = team.seller.get(f"customers/{customer}/page").json()["related"]["expense-claims"]["rows"]
    assert [(row["name"], row["amount"]) for row in shown] == [("拜访恒泰", "120.50")]
