"""退货: goods come back at exactly their price; what is still owed is lowered first, what was paid already is refunded."""

from typing import Any

import pytest
from django.utils import timezone

from zhike.apps.contracts.objects.contract import Contract
from zhike.testing.team import Team, added, done

TODAY = timezone.localdate()


@pytest.fixture
def order(team: Team, house: dict, customer: int) -> dict[str, Any]:
    """Three gateways at 33.33 each less 0.10 on the whole: 99.89, half of it due today."""
    gateway = added(team.manager, "products", name="采集网关", list_price="33.33")["id"]
    items = [{"product": gateway, "quantity": "3", "price": "33.33"}]
    terms = [{"name": "首付", "percent": "50", "days": 0}, {"name": "尾款", "percent": "50", "days": 30}]
    contract = added(team.seller, "contracts", customer=customer, items=items, discount="0.10", terms_of_payment=terms)
    Contract.objects.update(state="agreed")
    done(team.seller, f"contracts/{contract['id']}/sign", signed_on=str(TODAY))
    return dict(added(team.seller, "orders", contract=contract["id"]))


def back(team: Team, order: dict, quantity: str) -> Any:
    item = {"product": order["items"][0]["product"]["id"], "quantity": quantity}
    return team.seller.post("order-returns", {"order": order["id"], "reason": "型号不符", "items": [item]})


def settled(team: Team, house: dict, order: dict, quantity: str) -> Any:
    at = f"order-returns/{back(team, order, quantity).json()['id']}"
    done(house["business"], f"{at}/accept")
    return done(house["business"], f"{at}/settle")


def owed(team: Team) -> list[tuple[str, str, str]]:
    rows = team.manager.get("receivables", order="due_on").json()["rows"]
    return [(row["amount"], row["received"], row["outstanding"]) for row in rows]


def test_an_order_keeps_its_part_of_the_discount(team: Team, order: dict) -> None:
    assert (order["amount"], order["items"][0]["amount"], order["items"][0]["share"]) == ("99.89", "99.99", "0.10")


def test_single_pieces_make_up_the_whole_to_the_cent(team: Team, house: dict, order: dict) -> None:
    pieces = [settled(team, house, order, "1")["amount"] for _ in range(3)]
    assert pieces == ["33.30", "33.29", "33.30"]
    assert owed(team) == [("0.00", "0.00", "0.00")] * 2
    after = team.seller.get(f"orders/{order['id']}").json()
    assert (after["returned"], after["outstanding"]) == ("99.89", "0.00")
    contract = team.seller.get(f"contracts/{order['contract']['id']}").json()
    assert {n: contract[n] for n in ("amount", "returned", "changed_amount", "outstanding")} == {
        "amount": "99.89", "returned": "99.89", "changed_amount": "0.00", "outstanding": "0.00",
    }  # fmt: skip


def test_what_is_owed_is_lowered_first_and_only_what_was_paid_is_refunded(
    team: Team, house: dict, order: dict, customer: int
) -> None:
    added(team.manager, "receipts", customer=customer, amount="60")
    assert owed(team) == [("49.95", "49.95", "0.00"), ("49.94", "10.05", "39.89")]
    gone = settled(team, house, order, "2")
    assert {n: gone[n] for n in ("amount", "lowered", "refunded", "state")} == {
        "amount": "66.59", "lowered": "39.89", "refunded": "26.70", "state": "settled",
    }  # fmt: skip
    assert owed(team) == [("33.30", "33.30", "0.00"), ("0.00", "0.00", "0.00")]
    refund = team.manager.get("receipts", filter={"field": "kind", "op": "eq", "value": "refund"}).json()["rows"]
    assert [(row["amount"], row["allocated"]) for row in refund] == [("26.70", "26.70")]


def test_no_more_comes_back_than_was_ordered(team: Team, house: dict, order: dict) -> None:
    settled(team, house, order, "2")
    refused = back(team, order, "1.01")
    assert (refused.status_code, refused.json()["message"]) == (409, "最多还能退 1.00")
    first, second = (f"order-returns/{back(team, order, '1').json()['id']}" for _ in range(2))
    done(house["business"], f"{first}/accept")
    assert house["business"].post(f"{second}/accept").json()["message"] == "最多还能退 0.00"
    assert team.seller.get(second).json()["state"] == "draft"
