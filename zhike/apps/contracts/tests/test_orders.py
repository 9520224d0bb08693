"""订单: what was sold, ordered without typing it again, and what must be agreed before anybody reviews it."""

from typing import Any

import pytest
from django.utils import timezone

from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.objects.order import Order
from zhike.apps.sales.objects.quote import Quote
from zhike.testing.team import Team, added, done

TODAY = str(timezone.localdate())


@pytest.fixture
def deal(team: Team, customer: int) -> int:
    return int(added(team.seller, "opportunities", name="数据中台二期", customer=customer)["id"])


@pytest.fixture
def ordered(team: Team, house: dict, customer: int, product: int, deal: int) -> dict[str, Any]:
    """From the quote the customer accepted, at 4.7折 of 1,000,000.00, over the signed contract to the order."""
    team.manager.patch(f"products/{product}", {"specification": "企业版 64 核"})
    items = [{"product": product, "quantity": "2", "price": "470000"}]
    quote = added(team.seller, "quotes", customer=customer, opportunity=deal, items=items)
    Quote.objects.filter(pk=quote["id"]).update(state="accepted")
    contract = added(team.seller, "contracts", quote=quote["id"])
    Contract.objects.filter(pk=contract["id"]).update(state="agreed")
    done(team.seller, f"contracts/{contract['id']}/sign", signed_on=TODAY)
    return dict(added(team.seller, "orders", contract=contract["id"]))


@pytest.mark.covers("P-10", "K-26")
def test_an_order_has_the_lines_of_the_quote_without_typing_them_again(team: Team, ordered: dict, product: int) -> None:
    [line] = ordered["items"]
    told = {n: line[n] for n in ("specification", "quantity", "price_ratio", "price", "amount", "wanted_on")}
    assert (line["product"]["id"], told) == (
        product,
        {
            "specification": "企业版 64 核", "quantity": "2.00", "price_ratio": "0.4700", "price": "470000.00",
            "amount": "940000.00", "wanted_on": None,
        },
    )  # fmt: skip
    lines = [{**{n: line[n] for n in ("specification", "quantity", "price")}, "product": product, "wanted_on": TODAY}]
    assert team.seller.patch(f"orders/{ordered['id']}", {"items": lines}).json()["items"][0]["wanted_on"] == TODAY


@pytest.mark.covers("P-11")
def test_deal_contract_and_order_show_each_other(team: Team, ordered: dict, deal: int) -> None:
    contract = ordered["contract"]["id"]
    assert ordered["opportunity"]["id"] == deal
    assert team.seller.get(f"contracts/{contract}").json()["opportunity"]["id"] == deal
    pages = {("opportunities", deal): {("contracts", contract), ("orders", ordered["id"])}}
    pages["contracts", contract] = {("orders", ordered["id"])}
    for (collection, pk), others in pages.items():
        lists = team.seller.get(f"{collection}/{pk}/page").json()["related"]
        shown = {(key.split(".")[0], row["id"]) for key, found in lists.items() for row in found["rows"]}
        assert others <= shown, collection


@pytest.mark.covers("K-28")
def test_no_order_is_submitted_before_delivery_and_payment_are_agreed(team: Team, ordered: dict) -> None:
    at = f"orders/{ordered['id']}"
    refused = team.seller.post(f"{at}/submit")
    assert (refused.status_code, refused.json()["fields"]) == (
        409, {"wanted_on": "提交审核前必填", "payment_method": "提交审核前必填"},
    )  # fmt: skip
    team.seller.patch(at, {"wanted_on": TODAY})
    assert team.seller.post(f"{at}/submit").json()["fields"] == {"payment_method": "提交审核前必填"}
    assert Order.objects.get(pk=ordered["id"]).state == "draft"
    team.seller.patch(at, {"payment_method": "draft"})
    assert done(team.seller, f"{at}/submit")["state"] == "reviewing"


def test_whoever_sold_it_follows_its_execution_though_the_business_manager_starts_it(
    team: Team, house: dict, ordered: dict
) -> None:
    at = f"orders/{ordered['id']}"
    team.seller.patch(at, {"wanted_on": TODAY, "payment_method": "transfer"})
    done(team.seller, f"{at}/submit")
    done(house["business"], f"{at}/confirm")
    people = dict.fromkeys(("deliverer", "collector", "implementer"), team.peer.person.pk)
    [execution] = done(house["business"], f"{at}/execute", due_on=TODAY, **people)["made"]
    shown = team.seller.get(f"execution-orders/{execution['id']}").json()
    assert (shown["owner"]["label"], shown["created_by"]["label"]) == ("seller", house["business"].person.name)
