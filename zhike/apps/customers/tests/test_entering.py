"""录入分工: direct customers, agents and agents' customers are entered by those whose work it is; 商机 by others."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.apps.customers.objects.customer import Customer
from zhike.features.packs import load_pack
from zhike.org.objects.person import Person
from zhike.org.objects.role import Role
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import added, done

pytestmark = pytest.mark.django_db
NOT_HERS = {"channel": "不在您的录入分工内"}


@pytest.fixture
def house() -> dict[str, Api]:
    load_pack("company")
    department = make_department("华中分公司")
    codes = ("salesperson", "channel-sales", "business-manager", "presales")
    return {code: holding(code, department) for code in codes}


def holding(code: str, department: Any) -> Api:
    """Somebody who holds this ready-made role and no other."""
    person = make_user(code, {}, department)
    person.roles.set([Role.objects.get(code=code)])
    return Api(Person.objects.acting().get(pk=person.pk))


def entered(api: Api, name: str, **values: Any) -> Any:
    return api.post("customers", {"name": name, **values})


@pytest.mark.covers("V-15")
def test_each_role_enters_its_own_customers_and_no_others(house: dict[str, Api]) -> None:
    direct, channel = house["salesperson"], house["channel-sales"]
    allowed = [
        entered(direct, "武汉甲机械"),
        entered(channel, "宜昌乙软件", channel="agent"),
        entered(channel, "荆州丙电气", channel="end"),
    ]
    assert [a.json()["channel"] for a in allowed] == ["direct", "agent", "end"]
    refused = [entered(direct, "黄石丁", channel="agent"), entered(direct, "黄石丁", channel="end"), entered(channel, "黄石丁")]
    assert [(a.status_code, a.json()["fields"]) for a in refused] == [(409, NOT_HERS)] * 3
    assert [a.json()["message"] for a in refused[1:]] == [
        "按录入分工，您只能录入直销客户", "按录入分工，您只能录入代理商、代理终端客户",
    ]  # fmt: skip
    assert Customer.objects.count() == 3
    assert added(house["business-manager"], "leads", name="襄阳戊", source="phone", contact_name="王五")["channel"] == "direct"
    assert house["presales"].post("leads", {"name": "襄阳己", "source": "phone"}).status_code == 403


def test_no_change_of_kind_leads_around_it_and_another_rule_says_otherwise(house: dict[str, Api]) -> None:
    direct, office = house["salesperson"], holding("administrator", None)
    made = entered(direct, "武汉甲机械").json()["id"]
    changes = [
        direct.patch(f"customers/{made}", {"channel": "agent"}),
        direct.post("customers/bulk", {"ids": [made], "set": {"channel": "agent"}}),
    ]
    assert [(a.status_code, a.json()["fields"]) for a in changes] == [(409, NOT_HERS)] * 2
    assert direct.get(f"customers/{made}").json()["channel"] == "direct"
    assert done_by(office, f"customers/{made}", channel="agent")["channel"] == "agent"  # no line speaks of her
    role = Role.objects.get(code="salesperson").pk
    added(office, "registration-rules", name="不录客户", starts_on="2026-01-01", entries=[{"role": role, "channels": []}])
    assert entered(direct, "武汉庚").status_code == 201  # the one that began last holds
    office.post("registration-rules", {"name": "自今日", "entries": [{"role": role, "channels": []}]})
    assert entered(direct, "武汉辛").json()["message"] == "按录入分工，您只能录入商机"


def done_by(api: Api, path: str, **values: Any) -> Any:
    answer = api.patch(path, values)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_an_enquiry_of_an_agents_customer_becomes_one(house: dict[str, Api]) -> None:
    channel = house["channel-sales"]
    lead = added(channel, "leads", name="荆门壬电气", source="partner", contact_name="李四", phone="13800001234", channel="end")
    done(channel, f"leads/{lead['id']}/qualify")
    made = done(channel, f"leads/{lead['id']}/convert")["made"]
    customer = next(m["id"] for m in made if m["collection"] == "customers")
    assert channel.get(f"customers/{customer}").json()["channel"] == "end"
