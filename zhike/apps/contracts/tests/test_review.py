"""合同审查: the department manager alone for what is small, discounted little and in the standard text; else the countersign."""

from decimal import Decimal

import pytest

from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.review import COUNTERSIGN, SMALL, Limits, Seat, open_seats, route
from zhike.apps.contracts.tests.conftest import contract_of
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.sales.authority import Discount
from zhike.testing.team import Team, added, done

LIMITS = Limits(Decimal(200000), Decimal("0.45"))


@pytest.mark.covers("V-50", "V-52")
@pytest.mark.parametrize(
    ("amount", "ratio", "standard", "expected"),
    [
        ("199999.99", "0.45", True, SMALL), ("200000", "0.45", True, SMALL), ("200000.01", "0.45", True, COUNTERSIGN),
        ("200000", "0.4499", True, COUNTERSIGN), ("200000", "0.4501", True, SMALL), ("200000", "0.45", False, COUNTERSIGN),
        ("200000", None, True, COUNTERSIGN),
    ],
)  # fmt: skip
def test_three_conditions_make_a_contract_small(amount: str, ratio: str | None, standard: bool, expected: str) -> None:
    discount = None if ratio is None else Discount(Decimal(ratio), Decimal(ratio))
    assert route(Decimal(amount), discount, standard, LIMITS) == expected


def test_the_stricter_of_worst_line_and_total_decides() -> None:
    uneven = Discount(total=Decimal("0.60"), worst=Decimal("0.44"))
    assert route(Decimal(1000), uneven, True, LIMITS) == COUNTERSIGN
    assert route(Decimal(1000), uneven, True, Limits(LIMITS.ceiling, LIMITS.least, "total")) == SMALL


def test_a_step_waits_for_all_of_the_step_before() -> None:
    seats = [Seat("初审", 1, frozenset({1})), Seat("研发", 2, frozenset({2})), Seat("总裁", 2, frozenset({3}))]
    turns = [
        [s.name for s in open_seats(seats, agreed)] for agreed in ((), ("初审",), ("初审", "总裁"), ("初审", "研发", "总裁"))
    ]
    assert turns == [["初审"], ["研发", "总裁"], ["研发"], []]


@pytest.mark.covers("V-50", "V-51")
def test_the_manager_alone_agrees_or_disagrees_to_a_small_one(team: Team, house: dict, customer: int) -> None:
    cheap = added(team.manager, "products", name="流程平台", list_price="400000")["id"]
    at = f"contracts/{contract_of(team, customer, cheap, '200000')['id']}"
    assert done(team.seller, f"{at}/submit")["waiting_for"] == "业务部门经理"
    assert house["president"].post(f"{at}/agree").json()["message"] == "现在等待业务部门经理的意见"
    assert house["manager"].post(f"{at}/disagree").status_code == 422
    assert done(house["manager"], f"{at}/disagree", opinion="付款太晚")["state"] == "draft"
    done(team.seller, f"{at}/submit")
    assert done(house["manager"], f"{at}/agree", opinion="同意")["state"] == "agreed"
    opinions = team.seller.get("contract-opinions", order="id").json()["rows"]
    assert [(o["seat"], o["decision"]) for o in opinions] == [("业务部门经理", "disagree"), ("业务部门经理", "agree")]


@pytest.mark.covers("V-52", "V-53")
def test_the_countersign_goes_in_its_order_and_needs_everybody(team: Team, house: dict, accepted: dict) -> None:
    contract = added(team.seller, "contracts", quote=accepted["id"])
    assert (contract["amount"], contract["price_ratio"], contract["customer"]) == ("470000.00", "0.4700", accepted["customer"])
    at = f"contracts/{contract['id']}"
    done(team.seller, f"{at}/submit")
    assert house["president"].post(f"{at}/agree").status_code == 409
    assert done(house["office"], f"{at}/agree")["waiting_for"] == "研发副总裁、实施服务副总裁、总裁"
    assert done(house["president"], f"{at}/agree")["waiting_for"] == "研发副总裁、实施服务副总裁"
    assert house["president"].post(f"{at}/agree").status_code == 409
    assert done(house["research"], f"{at}/agree")["state"] == "reviewing"
    assert done(house["service"], f"{at}/agree")["state"] == "agreed"


def test_what_is_under_review_stays_as_it_is(team: Team, house: dict, accepted: dict, product: int) -> None:
    at = f"contracts/{added(team.seller, 'contracts', quote=accepted['id'])['id']}"
    done(team.seller, f"{at}/submit")
    answer = team.seller.patch(at, {"items": [{"product": product, "price": "1"}]})
    assert (answer.status_code, answer.json()["fields"]) == (409, {"items": "定稿后不能修改"})
    assert Contract.objects.get().amount == Decimal(470000)
    own = house["manager"]
    done(team.seller, f"{at}/withdraw")
    done(own, f"{at}/submit")
    assert own.post(f"{at}/agree").json()["message"] == "不能审查自己提交的合同"


@pytest.mark.covers("V-12")
def test_a_contract_needs_a_customer_whose_registration_is_approved(team: Team, house: dict, accepted: dict) -> None:
    at = f"contracts/{added(team.seller, 'contracts', quote=accepted['id'])['id']}"
    Customer.objects.update(registration="pending")
    refused = team.seller.post(f"{at}/submit")
    assert (refused.status_code, refused.json()["fields"]) == (409, {"customer": "登记待审核"})
    assert Contract.objects.get().state == "draft"


def test_only_an_accepted_quote_of_the_customer_becomes_a_contract(team: Team, accepted: dict, product: int) -> None:
    other = added(team.seller, "customers", name="苏州启明电子有限公司")["id"]
    fresh = added(team.seller, "quotes", customer=other, items=[{"product": product}])["id"]
    answer = team.seller.post("contracts", {"quote": fresh, "customer": other})
    assert (answer.status_code, answer.json()["fields"]) == (409, {"quote": "客户尚未接受"})
    assert Contract.objects.count() == 0
