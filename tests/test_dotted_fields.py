"""穿过引用的字段: "customer.level" shows what the customer says, and only to those who may see the customer."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.apps.catalog.objects.product import Product
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.task import Task
from zhike.apps.sales.objects.lead import Lead
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make, make_department, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(db: Any) -> Api:
    return Api(make_user("director", Reach.ALL))


def row(api: Api, collection: str, fields: str, **asked: Any) -> dict[str, Any]:
    answer = api.get(collection, fields=fields, **asked)
    assert answer.status_code == 200, answer.content.decode()
    (only,) = answer.json()["rows"]
    return dict(only)


def test_links_and_lines_behind_a_reference_are_those_of_the_record_pointed_to(director: Api) -> None:
    actor = director.person
    wanted, other = make(Product, {"name": "软件"}, actor=actor), make(Product, {"name": "硬件"}, actor=actor)
    for product in (other, wanted):  # so that ids of tasks and of what they point to differ
        lead = make(Lead, {"products": [product.pk]}, actor=actor)
        deal = make(Opportunity, {"products": [{"product": product.pk, "quantity": "2"}]}, actor=actor)
    make(Task, {"lead": lead.pk, "opportunity": deal.pk}, actor=actor)
    found = row(director, "tasks", "lead.products,opportunity.products,opportunity.owner,lead.number")
    assert found["lead.products"] == [{"id": wanted.pk, "label": "软件"}]
    assert [line["product"]["label"] for line in found["opportunity.products"]] == ["软件"]
    assert found["opportunity.owner"] == {"id": actor.pk, "label": "director"}
    assert found["lead.number"] == lead.number


def test_what_stands_behind_a_record_out_of_sight_is_neither_shown_nor_sorted_nor_counted_by(director: Api) -> None:
    seller = make_user("seller", {"opportunities": {"view": "all"}, "customers": {"view": "self"}}, make_department("一部"))
    hidden = make(Customer, {"phone": "13800000001", "level": "a"}, actor=director.person)
    mine = make(Customer, {"phone": "13800000002", "level": "b"}, actor=seller_with_all(seller))
    for customer in (hidden, mine):
        make(Opportunity, {"customer": customer.pk}, actor=director.person)
    api = Api(seller)
    rows = api.get("opportunities", fields="id,customer.phone", order="-id").json()["rows"]
    assert [r["customer.phone"] for r in rows] == ["13800000002", None]
    assert api.get("opportunities", order="customer.phone").json()["fields"] == {"customer.phone": "不能按此列排序"}
    counted = api.get("opportunities/aggregate", group="customer.level").json()["rows"]
    assert sorted(counted, key=str) == [{"customer.level": "b", "count": 1}, {"customer.level": None, "count": 1}]
    for tree in (
        {"field": "customer.phone", "op": "eq", "value": "13800000001"},
        {"not": {"field": "customer.level", "op": "eq", "value": "b"}},
    ):
        found = api.get("opportunities", filter=tree, total=1).json()["total"]["count"]
        assert found == (0 if "field" in tree else 1)


def seller_with_all(seller: Any) -> Any:
    """The seller, as the director makes a customer hers."""
    seller.reach = lambda verb, model: Reach.ALL
    return seller


def test_a_field_asked_for_twice_is_shown_once(director: Api) -> None:
    customer = make(Customer, {"name": "四川石化"}, actor=director.person)
    answer = director.get("customers", fields="id,name,name", order="name")
    assert answer.json()["rows"] == [{"id": customer.pk, "name": "四川石化"}], answer.content.decode()
