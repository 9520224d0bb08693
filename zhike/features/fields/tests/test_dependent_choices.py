"""依赖的选项: 细分行业 goes with 行业, at every door; administrators say which go with which."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhike.apps.customers.objects.customer import Customer
from zhike.features.jobs.run import run_now
from zhike.testing.kit import Api
from zhike.testing.team import added

pytestmark = pytest.mark.django_db
SEGMENT = "customers.segment"
WRONG = {"segment": "“银行”与所选的“行业”不符"}


def described(admin: Api) -> Any:
    fields = admin.get("meta").json()["objects"]["customers"]["fields"]
    return next(f for f in fields if f["name"] == "segment")


def whens(admin: Api) -> dict[str, list[str]]:
    return {o["value"]: o.get("when", []) for o in described(admin)["options"]}


def test_the_description_says_what_goes_with_what(admin: Api) -> None:
    assert described(admin)["depends"] == "industry"
    assert (whens(admin)["banking"], whens(admin)["refining"]) == (["finance"], ["manufacturing", "energy"])


def test_a_pair_that_does_not_go_together_is_refused_and_nothing_changes(admin: Api) -> None:
    refused = admin.post("customers", {"name": "四川石化", "industry": "manufacturing", "segment": "banking"})
    assert (refused.status_code, refused.json()["fields"]) == (422, WRONG)
    alone = admin.post("customers", {"name": "四川石化", "segment": "banking"})
    assert alone.json()["fields"] == {"segment": "请先选择“行业”"}
    kept = added(admin, "customers", name="四川石化", industry="manufacturing", segment="refining")
    assert admin.patch(f"customers/{kept['id']}", {"segment": "banking"}).json()["fields"] == WRONG
    assert admin.patch(f"customers/{kept['id']}", {"industry": "finance"}).json()["fields"] == {
        "segment": "“炼油与石化”与所选的“行业”不符"
    }
    assert admin.patch(f"customers/{kept['id']}", {"industry": "finance", "segment": "banking"}).status_code == 200
    bulk = admin.post("customers/bulk", {"ids": [kept["id"]], "set": {"segment": "water"}}).json()
    assert (bulk["done"], bulk["refused"][0]["reason"]) == (0, "细分行业：“水务”与所选的“行业”不符")
    assert admin.get(f"customers/{kept['id']}").json()["segment"] == "banking"


def test_an_import_refuses_the_row_and_takes_the_others(admin: Api) -> None:
    rows = "登记名称,行业,细分行业\n甲公司,制造业,银行\n乙公司,金融业,银行\n"
    upload = {"collection": "customers", "file": SimpleUploadedFile("客户.csv", rows.encode())}
    begun = admin.client.post("/api/v1/imports", upload).json()
    run_now(admin.post(f"imports/{begun['id']}/run").json()["id"])
    result = admin.get(f"imports/{begun['id']}").json()["result"]
    assert (result["created"], result["refused"]) == (1, 1)
    assert list(Customer.objects.values_list("name", "segment")) == [("乙公司", "banking")]


def test_what_stood_there_before_a_pair_was_parted_stays_until_it_is_touched(admin: Api) -> None:
    kept = added(admin, "customers", name="四川石化", industry="energy", segment="refining")
    laid = {"field": SEGMENT, "value": "refining", "label": "炼油与石化", "parents": "manufacturing"}
    assert admin.post("choice-options", laid).status_code == 201
    assert whens(admin)["refining"] == ["manufacturing"]
    assert admin.patch(f"customers/{kept['id']}", {"phone": "13812345678", "segment": "refining"}).status_code == 200
    assert admin.patch(f"customers/{kept['id']}", {"segment": "power"}).status_code == 200
    assert admin.patch(f"customers/{kept['id']}", {"segment": "refining"}).status_code == 422


def test_administrators_say_what_goes_with_what_and_a_typo_is_refused(admin: Api) -> None:
    made = added(admin, "choice-options", field=SEGMENT, label="新能源", value="renewables", parents="energy, technology")
    assert whens(admin)["renewables"] == ["energy", "technology"]
    assert added(admin, "customers", name="光伏公司", industry="technology", segment="renewables")["segment"] == "renewables"
    wrong = admin.patch(f"choice-options/{made['id']}", {"parents": "energy,nothing"})
    assert (wrong.status_code, wrong.json()["fields"]) == (422, {"parents": "“行业”没有选项：nothing"})
    assert admin.patch(f"choice-options/{made['id']}", {"parents": "*"}).status_code == 200
    assert whens(admin)["renewables"] == []
    elsewhere = admin.post("choice-options", {"field": "customers.level", "label": "战略级", "parents": "energy"})
    assert elsewhere.json()["fields"] == {"parents": "这组选项不依赖别的字段"}
    shown = next(s for s in admin.get("option-sets").json()["rows"] if s["key"] == SEGMENT)
    assert shown["deciding"]["label"] == "行业"
    assert next(o for o in shown["options"] if o["value"] == "banking")["when"] == ["finance"]
