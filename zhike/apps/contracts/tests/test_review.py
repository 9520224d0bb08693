"""合同审查: the department manager alone for what is small, discounted little and in the standard text; else the countersign."""

from decimal import Decimal
from itertools import product as combinations
from typing import Any

import pytest

from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.review import COUNTERSIGN, SMALL, Limits, route
from zhike.apps.contracts.tests.conftest import contract_of
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.sales.authority import Discount
from zhike.org.objects.department import Department
from zhike.testing.kit import Api
from zhike.testing.team import Team, added, done

LIMITS = Limits(Decimal(200000), Decimal("0.45"))
WITHIN = {"199999.99": True, "200000": True, "200000.01": False}
CONCEDED = {"0.4499": False, "0.45": True, "0.4501": True, "0.4999": True, "0.50": True, "0.5001": True}


@pytest.mark.covers("V-50", "V-52")
@pytest.mark.parametrize(("amount", "ratio", "standard"), [*combinations(WITHIN, CONCEDED, (True, False))])
def test_three_conditions_make_a_contract_small(amount: str, ratio: str, standard: bool) -> None:
    discount = Discount(Decimal(ratio), Decimal(ratio))
    small = WITHIN[amount] and CONCEDED[ratio] and standard
    assert route(Decimal(amount), discount, standard, LIMITS) == (SMALL if small else COUNTERSIGN)


def test_a_discount_that_cannot_be_told_is_no_small_one() -> None:
    assert route(Decimal(1000), None, True, LIMITS) == COUNTERSIGN


def test_the_stricter_of_worst_line_and_total_decides() -> None:
    uneven = Discount(total=Decimal("0.60"), worst=Decimal("0.44"))
    assert route(Decimal(1000), uneven, True, LIMITS) == COUNTERSIGN
    assert route(Decimal(1000), uneven, True, Limits(LIMITS.ceiling, LIMITS.least, "total")) == SMALL


def asked(api: Api, at: str) -> str:
    """The review that handing in a contract has become."""
    answer = api.post(f"{at}/submit")
    assert answer.status_code == 202, answer.content.decode()
    return f"approvals/{answer.json()['approval']['id']}"


def waiting(api: Api, path: str) -> list[str]:
    return [person["label"] for person in api.get(path).json()["asked"]]


@pytest.fixture
def small(team: Team, house: dict, customer: int) -> str:
    """The path of a contract over exactly 200,000 at 5折 in the standard text."""
    cheap = added(team.manager, "products", name="流程平台", list_price="400000")["id"]
    return f"contracts/{contract_of(team, customer, cheap, '200000')['id']}"


@pytest.mark.covers("V-50", "V-51")
def test_the_manager_alone_agrees_or_disagrees_to_a_small_one(team: Team, house: dict, small: str) -> None:
    path = asked(team.seller, small)
    assert waiting(team.seller, path) == ["the-manager"]
    assert house["manager"].get(path).json()["may"] == ["approve", "disagree"]
    other = {"return": {}, "delegate": {"person": house["office"].person.pk}, "add-signer": {}}
    refused = [house["manager"].post(f"{path}/{deed}", {"opinion": "再看", **more}) for deed, more in other.items()]
    assert [(r.status_code, r.json()["message"]) for r in refused] == [(409, "这一步只能同意或不同意")] * 3
    assert house["president"].post(f"{path}/approve").status_code == 404
    assert house["manager"].post(f"{path}/disagree").status_code == 422
    assert done(house["manager"], f"{path}/disagree", opinion="付款太晚")["state"] == "disagreed"
    assert team.seller.get(small).json()["state"] == "draft"
    assert done(house["manager"], f"{asked(team.seller, small)}/approve", opinion="同意")["state"] == "approved"
    assert team.seller.get(small).json()["state"] == "agreed"


def test_what_was_agreed_is_changed_only_by_being_reviewed_anew(team: Team, house: dict, small: str) -> None:
    done(house["manager"], f"{asked(team.seller, small)}/approve", opinion="同意")
    assert team.seller.patch(small, {"discount": "1"}).status_code == 409
    anew = done(team.seller, f"{small}/redraft")
    assert (anew["state"], anew["agreed_at"]) == ("draft", None)
    assert team.seller.patch(small, {"discount": "1"}).json()["amount"] == "199999.00"
    assert waiting(team.seller, asked(team.seller, small)) == ["the-manager"]


@pytest.mark.covers("V-52", "V-53")
def test_the_countersign_goes_in_its_order_and_needs_everybody(team: Team, house: dict, accepted: dict) -> None:
    contract = added(team.seller, "contracts", quote=accepted["id"])
    shown = {n: contract[n] for n in ("amount", "price_ratio", "route", "needed")}
    assert shown == {"amount": "470000.00", "price_ratio": "0.4700", "route": "countersign", "needed": "总裁助理"}
    at = f"contracts/{contract['id']}"
    path = asked(team.seller, at)
    assert house["president"].post(f"{path}/approve").status_code == 404
    done(house["office"], f"{path}/approve", opinion="条款可以")
    assert waiting(team.seller, path) == ["the-research", "the-service", "the-president"]
    done(house["president"], f"{path}/approve")
    assert house["president"].post(f"{path}/approve").status_code == 409
    assert done(house["research"], f"{path}/approve")["state"] == "pending"
    assert done(house["service"], f"{path}/approve")["state"] == "approved"
    assert team.seller.get(at).json()["state"] == "agreed"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"price": "199999.99"}, SMALL), ({"price": "200000"}, SMALL), ({"price": "200000.01"}, COUNTERSIGN),
        ({"price": "180000"}, SMALL), ({"price": "179990"}, COUNTERSIGN), ({"price": "200000", "text": "own"}, COUNTERSIGN),
    ],
)  # fmt: skip
def test_a_contract_says_which_way_it_will_go_and_changes_with_its_content(
    team: Team, house: dict, customer: int, values: dict[str, Any], expected: str
) -> None:
    listed = added(team.manager, "products", name="流程平台", list_price="400000")["id"]
    contract = contract_of(team, customer, listed, "1", text="own")
    items = [{"product": listed, "price": values["price"]}]
    changed = {"items": items, "text": values.get("text", "standard")}
    assert team.seller.patch(f"contracts/{contract['id']}", changed).json()["route"] == expected


@pytest.mark.covers("V-50", "V-52")
def test_a_line_without_a_list_price_hides_no_concession(team: Team, house: dict, customer: int, product: int) -> None:
    made_to_order = added(team.manager, "products", name="定制开发")["id"]
    own = {"product": made_to_order, "price": "100000"}
    for items in ([own], [own, {"product": product, "quantity": "0.1", "price_ratio": "0.9"}]):
        shown = added(team.seller, "contracts", customer=customer, items=items)
        assert (shown["price_ratio"], shown["worst_ratio"], shown["route"]) == (None, None, COUNTERSIGN)


@pytest.mark.parametrize(("price", "expected"), [("50000", SMALL), ("50000.01", COUNTERSIGN)])
def test_a_supplement_is_as_large_as_the_contract_will_be_with_it(
    team: Team, house: dict, customer: int, price: str, expected: str
) -> None:
    listed = [added(team.manager, "products", name=f"平台{worth}", list_price=worth)["id"] for worth in ("300000", "100000")]
    main = contract_of(team, customer, listed[0], "150000")
    more = contract_of(team, customer, listed[1], price, kind="supplement", parent=main["id"])
    assert (main["route"], more["route"]) == (SMALL, expected)
    moved = team.seller.patch(f"contracts/{more['id']}", {"name": "补充协议一"})
    assert (moved.status_code, moved.json()["route"]) == (200, expected)


def test_what_is_agreed_beside_it_makes_a_supplement_larger_and_no_chain_makes_it_smaller(
    team: Team, house: dict, customer: int
) -> None:
    """150,000 and twice 50,000: the second half goes the long way though the first is not signed yet."""
    listed = [added(team.manager, "products", name=f"平台{worth}", list_price=worth)["id"] for worth in ("300000", "100000")]
    main = contract_of(team, customer, listed[0], "150000")
    both = [contract_of(team, customer, listed[1], "50000", kind="supplement", parent=main["id"]) for _ in range(2)]
    paths = [asked(team.seller, f"contracts/{one['id']}") for one in both]
    assert done(house["manager"], f"{paths[0]}/approve")["state"] == "approved"
    late = done(house["manager"], f"{paths[1]}/approve")
    assert (late["state"], late["reason"]) == ("failed", "需要先审批（合同审查会签）")
    assert waiting(team.seller, asked(team.seller, f"contracts/{both[1]['id']}")) == ["the-office"]
    other = added(team.seller, "customers", name="苏州启明电子有限公司")["id"]
    for parent, whose, field in (
        (both[0]["id"], customer, "补充和变更协议不能再作主合同"),
        (main["id"], other, "不是这个客户的合同"),
    ):
        values = {"customer": whose, "kind": "supplement", "parent": parent, "stated_amount": "1"}
        answer = team.seller.post("contracts", values)
        assert (answer.status_code, answer.json()["fields"]) == (409, {"parent": field})
    assert Contract.objects.count() == 3


@pytest.mark.covers("V-91")
@pytest.mark.parametrize("kind", ["branch", "affiliate", "agent"])
def test_whoever_signs_is_on_record_and_the_same_rules_hold(team: Team, house: dict, customer: int, kind: str) -> None:
    Department.objects.filter(name="总部").update(kind="headquarters")
    Department.objects.filter(name="华东分公司").update(kind=kind)
    listed = added(team.manager, "products", name="流程平台", list_price="400000")["id"]
    own = contract_of(team, customer, listed, "200000.01")
    headquarters = Department.objects.get(name="总部").pk
    in_its_name = contract_of(team, customer, listed, "200000.01", entity=headquarters)
    assert [c["entity"]["label"] for c in (own, in_its_name)] == ["华东分公司", "总部"]
    assert [c["route"] for c in (own, in_its_name)] == [COUNTERSIGN] * 2
    paths = [asked(team.seller, f"contracts/{c['id']}") for c in (own, in_its_name)]
    assert [waiting(team.seller, path) for path in paths] == [["the-office"]] * 2


def test_what_is_under_review_stays_as_it_is(team: Team, house: dict, accepted: dict, product: int) -> None:
    at = f"contracts/{added(team.seller, 'contracts', quote=accepted['id'])['id']}"
    path = asked(team.seller, at)
    answer = team.seller.patch(at, {"items": [{"product": product, "price": "1"}]})
    assert (answer.status_code, answer.json()["fields"]) == (409, {"items": "定稿后不能修改"})
    assert Contract.objects.get().amount == Decimal(470000)
    done(team.seller, f"{path}/withdraw")
    assert team.seller.patch(at, {"items": [{"product": product, "price": "500000"}]}).json()["amount"] == "500000.00"


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
