"""Taking an import back: everything it wrote, unless somebody has touched it since."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from zhike.features.audit.models import Entry
from zhike.features.transfer.models import Import
from zhike.features.transfer.tests.conftest import Importer

CUSTOMERS = [["客户编号", "登记名称", "上级单位"], ["K1", "甲公司", ""], ["K2", "乙公司", "甲公司"], ["K3", "丙公司", "乙公司"]]


def undone(boss: Importer, found: Any) -> dict[str, Any]:
    job = boss.worked(f"imports/{found['id']}/undo")
    assert job["state"] == "done", job["error"]
    result: dict[str, Any] = job["result"]
    assert (result.pop("import"), boss.get(f"imports/{found['id']}").json()["result"]["undone"]) == (found["id"], result)
    return result


def customer(boss: Importer, name: str) -> int:
    rows = boss.get("customers", fields="id,name", filter={"field": "name", "op": "eq", "value": name}).json()["rows"]
    pk: int = rows[0]["id"]
    return pk


@pytest.mark.covers("K-91")
def test_every_record_it_made_goes_children_and_made_references_included(boss: Importer) -> None:
    found = boss.imported("customers", CUSTOMERS)
    assert found["undo"]["possible"] is True
    columns = {"机会名称": {"field": "name"}, "客户": {"field": "customer", "unknown": "create"}}
    deals = boss.imported("opportunities", [["机会名称", "客户"], ["第一单", "新客户"]], columns=columns)
    assert undone(boss, deals) == {"removed": 2, "restored": 0, "kept": 0, "records": []}
    assert boss.rows("opportunities", "name") == []
    assert undone(boss, found) == {"removed": 3, "restored": 0, "kept": 0, "records": []}
    assert boss.rows("customers", "name") == []
    after = boss.get(f"imports/{found['id']}").json()
    assert (after["state"], after["undo"]["possible"]) == ("undone", False)


def test_records_it_changed_have_their_earlier_values_again(boss: Importer) -> None:
    boss.imported("customers", [["客户编号", "登记名称", "年营业额", "标签"], ["K1", "甲公司", "1234.56", "重点、老友"]])
    before = boss.rows("customers", "number", "name", "annual_revenue", "tags", "address", "year_established", "created_at")
    changed = [
        ["客户编号", "登记名称", "年营业额", "标签", "地址", "成立年份"],
        ["K1", "乙公司", "9万", "新", "某地 5 号", "1999"],
    ]
    found = boss.imported("customers", changed, on_duplicate="update")
    assert found["result"]["updated"] == 1
    assert boss.rows("customers", "name", "annual_revenue") == [{"name": "乙公司", "annual_revenue": "90000.00"}]
    assert undone(boss, found) == {"removed": 0, "restored": 1, "kept": 0, "records": []}
    after = boss.rows("customers", "number", "name", "annual_revenue", "tags", "address", "year_established", "created_at")
    assert after == before
    history = boss.get(f"customers/{customer(boss, '甲公司')}/history").json()["rows"]
    assert [entry["label"] for entry in history] == ["撤销导入", "修改", "新建"]
    assert boss.get("search", q="乙公司").json()["groups"] == []


def test_lines_and_links_it_replaced_come_back(boss: Importer) -> None:
    boss.imported("products", [["产品名称", "标准价"], ["甲型", "100"], ["乙型", "200"]])
    boss.imported("competitors", [["名称"], ["对手甲"], ["对手乙"]])
    boss.imported(
        "opportunities", [["机会编号", "产品", "数量", "竞争对手"], ["J1", "甲型", "2", "对手甲"], ["J1", "乙型", "1", "对手甲"]]
    )
    before = boss.rows("opportunities", "number", "amount", "competitors")
    found = boss.imported(
        "opportunities", [["机会编号", "产品", "数量", "竞争对手"], ["J1", "乙型", "9", "对手乙"]], on_duplicate="update"
    )
    changed = boss.rows("opportunities", "number", "amount", "competitors")
    assert (changed[0]["amount"], [each["label"] for each in changed[0]["competitors"]]) == ("1800.00", ["对手乙"])
    assert undone(boss, found) == {"removed": 0, "restored": 1, "kept": 0, "records": []}
    assert boss.rows("opportunities", "number", "amount", "competitors") == before
    (deal,) = boss.rows("opportunities", "number", "products")
    assert [(line["product"]["label"], line["quantity"], line["amount"]) for line in deal["products"]] == [
        ("甲型", "2.00", "200.00"),
        ("乙型", "1.00", "200.00"),
    ]


def test_what_somebody_touched_since_stays_and_is_named(boss: Importer) -> None:
    found = boss.imported("customers", CUSTOMERS)
    touched, pointed = customer(boss, "丙公司"), customer(boss, "甲公司")
    record = boss.get(f"customers/{touched}").json()
    assert boss.patch(f"customers/{touched}", {"version": record["version"], "notes": "很重要"}).status_code == 200
    assert boss.post("opportunities", {"name": "一单", "customer": pointed}).status_code == 201
    result = undone(boss, found)
    assert (result["removed"], result["restored"], result["kept"]) == (0, 0, 3)
    assert {(each["label"], each["reason"]) for each in result["records"]} == {
        ("丙公司", "导入之后被修改过"),
        ("乙公司", "还有其他记录引用它"),
        ("甲公司", "导入之后被修改过"),
    }
    assert {row["name"] for row in boss.rows("customers", "name")} == {"甲公司", "乙公司", "丙公司"}
    assert boss.get(f"customers/{touched}").json()["notes"] == "很重要"


def test_a_consequence_of_the_import_is_taken_back_with_it(boss: Importer) -> None:
    boss.imported("customers", [["登记名称"], ["甲公司"]])
    found = boss.imported("opportunities", [["机会名称", "客户", "阶段", "金额"], ["一单", "甲公司", "赢单", "5"]])
    assert boss.rows("customers", "name", "lifecycle", "category") == [
        {"name": "甲公司", "lifecycle": "active", "category": "existing"}
    ]
    assert undone(boss, found) == {"removed": 1, "restored": 1, "kept": 0, "records": []}
    assert boss.rows("customers", "name", "lifecycle", "category") == [
        {"name": "甲公司", "lifecycle": "lead", "category": "potential"}
    ]


def test_an_import_is_taken_back_once_and_only_in_time(boss: Importer) -> None:
    found = boss.imported("customers", CUSTOMERS)
    Import.objects.filter(pk=found["id"]).update(finished_at="2020-01-01T00:00:00Z")
    assert boss.get(f"imports/{found['id']}").json()["undo"]["possible"] is False
    refused = boss.post(f"imports/{found['id']}/undo")
    assert (refused.status_code, refused.json()["message"]) == (
        409,
        "这次导入没有完成、已经撤销，或者已过了可以撤销的期限",
    )
    draft = boss.begun("customers", CUSTOMERS)
    assert boss.post(f"imports/{draft['id']}/undo").status_code == 409
    assert len(boss.rows("customers", "name")) == 3


def test_taking_back_is_written_down_in_the_name_of_who_did_it(boss: Importer) -> None:
    found = boss.imported("customers", CUSTOMERS)
    undone(boss, found)
    entries = Entry.objects.filter(through=f"undo:{found['id']}", collection="customers")
    assert {(entry.verb, entry.actor_id) for entry in entries} == {("delete", boss.person.pk)}
    assert entries.count() == 3


@pytest.mark.parametrize(("days", "possible"), [(3, False), (5, True)])
def test_how_long_an_import_may_be_taken_back_is_the_administrators(
    boss: Importer, settings: Any, days: int, possible: bool
) -> None:
    settings.UNDO_DAYS = days
    found = boss.imported("customers", CUSTOMERS)
    Import.objects.filter(pk=found["id"]).update(finished_at=timezone.now() - timedelta(days=4))
    assert boss.get(f"imports/{found['id']}").json()["undo"]["possible"] is possible
    assert boss.post(f"imports/{found['id']}/undo").status_code == (202 if possible else 409)
    assert len(boss.rows("customers", "name")) == 3
