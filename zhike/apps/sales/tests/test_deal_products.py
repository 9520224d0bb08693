"""销售机会的产品: lines with quantity and price, and the amount that follows them until somebody types another."""

import pytest

from zhike.apps.sales.objects.opportunity import OpportunityProduct
from zhike.testing.team import Team, added


@pytest.fixture
def product(team: Team) -> dict:
    return added(team.manager, "products", name="数据中台", list_price="280000")


@pytest.fixture
def deal(team: Team, product: dict) -> dict:
    customer = added(team.seller, "customers", name="上海恒泰机械制造有限公司")
    lines = [{"product": product["id"]}, {"product": product["id"], "quantity": "2.5", "price": "1000.00"}]
    return added(team.seller, "opportunities", name="一期项目", customer=customer["id"], products=lines)


def amounts(team: Team, deal: dict, **change: object) -> tuple[str | None, str | None]:
    answer = team.seller.patch(f"opportunities/{deal['id']}", change)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()["products_amount"], answer.json()["amount"]


def test_lines_without_a_price_take_the_list_price_and_make_the_amount(deal: dict) -> None:
    assert [(p["quantity"], p["price"], p["amount"]) for p in deal["products"]] == [
        ("1.00", "280000.00", "280000.00"), ("2.50", "1000.00", "2500.00"),
    ]  # fmt: skip
    assert (deal["products_amount"], deal["amount"], deal["weighted_amount"]) == ("282500.00", "282500.00", "28250.00")


def test_the_amount_follows_the_lines_until_another_is_typed_and_again_when_emptied(
    team: Team, deal: dict, product: dict
) -> None:
    first = {"id": deal["products"][0]["id"], "product": product["id"]}
    assert amounts(team, deal, products=[first]) == ("280000.00", "280000.00")
    assert amounts(team, deal, amount="250000") == ("280000.00", "250000.00")
    more = [first | {"quantity": "2"}]
    assert amounts(team, deal, products=more) == ("560000.00", "250000.00")
    assert amounts(team, deal, amount=None) == ("560000.00", "560000.00")


def test_a_line_keeps_what_is_not_mentioned(team: Team, deal: dict, product: dict) -> None:
    kept = [{"id": p["id"], "product": product["id"]} for p in deal["products"]]
    assert amounts(team, deal, products=kept) == ("282500.00", "282500.00")
    assert amounts(team, deal, products=[]) == (None, None)
    assert OpportunityProduct.objects.count() == 0


def test_a_line_of_another_deal_is_refused(team: Team, deal: dict, product: dict) -> None:
    other = added(team.seller, "opportunities", name="二期", customer=deal["customer"]["id"])
    stolen = [{"id": deal["products"][0]["id"], "product": product["id"]}]
    answer = team.seller.patch(f"opportunities/{other['id']}", {"products": stolen})
    assert answer.status_code == 422
    assert OpportunityProduct.objects.filter(opportunity=deal["id"]).count() == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [({}, "第 1 行 product：必填"), ({"quantity": "-1"}, "不能小于 0"), ({"gift": True}, "没有这个字段")],
)
def test_a_wrong_line_is_named_and_nothing_changes(team: Team, deal: dict, product: dict, line: dict, reason: str) -> None:
    sent = line if not line else {"product": product["id"], **line}
    answer = team.seller.patch(f"opportunities/{deal['id']}", {"products": [sent]})
    assert answer.status_code == 422
    assert reason in answer.json()["fields"]["products"]
    assert OpportunityProduct.objects.count() == 2
