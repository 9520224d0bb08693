"""联营与代理: whoever does not keep the data of its customers gets no special price, and how fresh they are is reported."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.features.packs import load_pack
from zhike.org.objects.department import Department
from zhike.testing.kit import Api
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db
REFUSED = "本单位 3 个客户中有 1 个超过 90 天没有维护，特价申请不予受理；请先更新资料或登记跟进"


def customers(api: Api, *names: str) -> list[int]:
    return [added(api, "customers", name=name)["id"] for name in names]


def grow_old(ids: list[int]) -> None:
    long_ago = timezone.now() - timedelta(days=91)
    Customer.objects.filter(pk__in=ids).update(updated_at=long_ago, tracked_at=long_ago)


def submitted(api: Api, customer: int, product: int, ratio: str) -> Any:
    quote = added(api, "quotes", customer=customer, items=[{"product": product, "price_ratio": ratio}])
    return api.post(f"quotes/{quote['id']}/submit")


@pytest.mark.covers("V-13")
@pytest.mark.parametrize("kind", ["agent", "affiliate"])
def test_a_special_price_is_refused_to_a_partner_whose_data_are_old(team: Team, kind: str) -> None:
    product = added(team.manager, "products", name="数据中台", list_price="100000")["id"]
    Department.objects.filter(pk=team.stranger.person.department_id).update(kind=kind)
    for api, names in ((team.stranger, ("深圳甲", "深圳乙", "深圳丙")), (team.seller, ("上海甲", "上海乙", "上海丙"))):
        first, *others = customers(api, *names)
        added(api, "interactions", channel="visit", content="到现场交流需求", customer=first)
        grow_old(others[:1])
    of = {a: Customer.objects.filter(owner=a.person.pk).order_by("pk") for a in (team.stranger, team.seller)}
    [theirs, old, _], [ours, *_] = (rows.values_list("pk", flat=True) for rows in of.values())
    refused = submitted(team.stranger, theirs, product, "0.4999")
    assert (refused.status_code, refused.json()["message"]) == (409, REFUSED)
    assert submitted(team.stranger, theirs, product, "0.5").status_code == 200  # no special price
    assert submitted(team.seller, ours, product, "0.4999").status_code == 200  # no partner
    assert team.stranger.patch(f"customers/{old}", {"notes": "已核对"}).status_code == 200
    assert submitted(team.stranger, theirs, product, "0.4999").status_code == 200


@pytest.mark.covers("V-14")
def test_how_fresh_the_data_of_partners_are_is_reported(team: Team) -> None:
    load_pack("company")
    Department.objects.filter(pk=team.stranger.person.department_id).update(kind="agent")
    grow_old(customers(team.stranger, "深圳甲", "深圳乙", "深圳丙", "深圳丁")[:1])
    customers(team.seller, "上海甲")
    name = {"field": "name", "op": "eq", "value": "联营与代理客户资料新鲜度"}
    [report] = team.stranger.get("reports", filter=name).json()["rows"]
    found = team.stranger.post(f"reports/{report['id']}/result", {}).json()
    assert [head["keys"][0]["label"] for head in found["rows"]] == ["深圳销售部"]
    assert [[Decimal(figure) for figure in row] for row in found["row_totals"]] == [[4, Decimal("0.75")]]
