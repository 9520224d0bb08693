"""What stands behind a reference is shown only to those who may open the record it points to."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.kernel.reach import Reach
from zhike.kernel.registry import find
from zhike.testing.kit import Api, make, make_department, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger() -> Any:
    """A salesperson who owns an opportunity with a customer that is somebody else's."""
    holder = make_user("holder", Reach.ALL, make_department("销售一部"))
    seller = make_user("seller", Reach.SELF, make_department("销售二部"))
    customer = make(find("customers"), {"name": "北方电力", "phone": "13812345678"}, actor=holder)
    deal = make(find("opportunities"), {"name": "大单", "customer": customer.pk, "amount": "10.00"}, actor=holder)
    assert Api(holder).post(f"opportunities/{deal.pk}/transfer", {"owner": seller.pk}).status_code == 200
    return seller


def test_its_fields_stay_empty_in_a_list(stranger: Any) -> None:
    rows = Api(stranger).get("opportunities", fields="name,customer,customer.phone").json()["rows"]
    assert [(r["name"], r["customer"]["label"], r["customer.phone"]) for r in rows] == [("大单", "北方电力", None)]


def test_it_cannot_be_found_by_filtering_sorting_or_grouping(stranger: Any) -> None:
    api = Api(stranger)
    wanted = {"field": "customer.phone", "op": "eq", "value": "13812345678"}
    assert api.get("opportunities", filter=wanted).json()["rows"] == []
    assert api.get("opportunities", order="customer.phone").status_code == 422
    grouped = api.get("opportunities/aggregate", group="customer.phone", measures="count").json()["rows"]
    assert grouped == [{"customer.phone": None, "count": 1}]


def test_those_who_may_see_the_customer_see_its_fields(stranger: Any) -> None:
    boss = make_user("boss", Reach.ALL)
    rows = Api(boss).get("opportunities", fields="customer.phone", order="customer.phone").json()["rows"]
    assert rows == [{"customer.phone": "13812345678"}]
