"""Importing customers: what arrives, what is kept of an earlier life, what happens to those that are there already."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.transfer.tests.conftest import Importer, as_csv, workbook
from zhike.kernel.reach import Reach
from zhike.testing.kit import make_department, make_user

HEADER = ["客户名称", "联系电话", "行业", "负责人", "创建日期", "生命周期", "年营业额"]
ROWS = [
    HEADER,
    ["深圳知客科技有限公司", "0755-86012345", "软件和信息技术", "李雷", "2017/3/1", "合作中", "￥1.2万"],
    ["北京云山贸易有限公司", "", "", "", "42795", "", '"$7,450,000.00 "'],
]


@pytest.fixture
def owner(boss: Importer) -> Any:
    return make_user("李雷", Reach.SELF, make_department("华南"))


def test_a_new_file_comes_back_with_a_proposal_and_a_look_into_it(boss: Importer, owner: Any) -> None:
    found = boss.upload("customers", ROWS, "客户.csv").json()
    assert {header: to["field"] for header, to in found["mapping"]["columns"].items()} == {
        "客户名称": "name",
        "联系电话": "phone",
        "行业": "industry",
        "负责人": "owner",
        "创建日期": "created_at",
        "生命周期": "lifecycle",
        "年营业额": "annual_revenue",
    }
    assert (found["filename"], found["encoding"], found["delimiter"], found["state"]) == ("客户.csv", "UTF-8", ",", "draft")
    assert found["columns"][1] == {"index": 1, "header": "联系电话", "samples": ["0755-86012345", ""]}
    assert found["preview"][0]["row"] == 2
    assert found["preview"][0]["errors"] == {}
    assert found["preview"][0]["values"]["annual_revenue"] == "12000.00"
    assert found["preview"][1]["values"]["name"] == "北京云山贸易有限公司"
    assert (found["unknown"], found["undo"]) == ({}, {"possible": False, "until": None})
    assert boss.rows("customers", "name") == []


@pytest.mark.covers("K-48")
def test_rows_become_records_and_keep_owner_dates_and_state(boss: Importer, owner: Any) -> None:
    found = boss.imported("customers", ROWS)
    assert found["result"] == {
        "created": 2,
        "updated": 0,
        "skipped": 0,
        "refused": 0,
        "reasons": [],
        "refused_file": None,
        "undone": None,
    }
    beijing, shenzhen = boss.rows(
        "customers", "name", "phone", "industry", "owner", "department", "created_at", "lifecycle", "annual_revenue"
    )
    assert shenzhen["phone"] == "0755-86012345"
    assert (shenzhen["industry"], shenzhen["lifecycle"], shenzhen["annual_revenue"]) == ("software", "active", "12000.00")
    assert (shenzhen["owner"]["label"], shenzhen["department"]["label"]) == ("李雷", "华南")
    assert shenzhen["created_at"].startswith("2017-02-28T16:00:00")
    assert (beijing["owner"]["label"], beijing["department"]["label"]) == ("boss", "总部")
    assert beijing["created_at"].startswith("2017-02-28T16:00:00")
    assert (beijing["annual_revenue"], beijing["lifecycle"]) == ("7450000.00", "lead")


def test_ones_own_imports_are_listed_newest_first(boss: Importer, seller: Importer) -> None:
    first = boss.imported("customers", [["登记名称"], ["甲"]], "一.csv")
    second = boss.begun("customers", [["登记名称"], ["乙"]], "二.csv")
    listed = boss.get("imports").json()["rows"]
    assert [(each["id"], each["filename"], each["state"]) for each in listed] == [
        (second["id"], "二.csv", "draft"),
        (first["id"], "一.csv", "done"),
    ]
    assert [each["id"] for each in boss.get("imports", after=second["id"]).json()["rows"]] == [first["id"]]
    assert seller.get("imports").json() == {"rows": []}


def test_the_history_of_a_record_names_the_import(boss: Importer, owner: Any) -> None:
    found = boss.imported("customers", ROWS)
    pk = boss.get("customers", fields="id,name").json()["rows"][0]["id"]
    (entry,) = boss.get(f"customers/{pk}/history").json()["rows"]
    assert (entry["verb"], entry["through"], entry["actor"]["label"]) == ("add", f"import:{found['id']}", "boss")


@pytest.mark.covers("K-48")
def test_a_workbook_and_gb18030_give_the_same_records(boss: Importer, owner: Any) -> None:
    boss.imported("customers", workbook(ROWS), "客户.xlsx")
    first = boss.rows("customers", "name", "phone", "annual_revenue")
    assert boss.imported("customers", as_csv(ROWS).decode().encode("gb18030"))["result"]["skipped"] == 2
    assert boss.rows("customers", "name", "phone", "annual_revenue") == first


@pytest.mark.parametrize(
    ("policy", "result", "names"),
    [
        ("skip", (0, 0, 1), ["深圳知客科技有限公司"]),
        ("update", (0, 1, 0), ["深圳知客科技股份有限公司"]),
        ("create", (1, 0, 0), ["深圳知客科技有限公司", "深圳知客科技股份有限公司"]),
    ],
)
def test_a_likely_duplicate_is_skipped_updated_or_created(
    policy: str, result: tuple[int, ...], names: list[str], boss: Importer
) -> None:
    boss.imported("customers", [["客户名称", "简称"], ["深圳知客科技有限公司", "知客"]])
    again = [["客户名称", "简称"], ["深圳知客科技股份有限公司", ""]]
    counts = boss.imported("customers", again, on_duplicate=policy)["result"]
    assert (counts["created"], counts["updated"], counts["skipped"]) == result
    assert [row["name"] for row in boss.rows("customers", "name", "short_name")] == sorted(names)
    if policy == "update":
        assert boss.rows("customers", "short_name") == [{"short_name": "知客"}]


def test_rows_that_repeat_each_other_in_one_file_are_one_record(boss: Importer) -> None:
    rows = [["客户名称", "联系电话", "简称"], ["甲公司", "13800138000", "甲"], ["甲", "", "乙"], ["丙公司", "13800138000", "丙"]]
    counts = boss.imported("customers", rows, on_duplicate="update")["result"]
    assert (counts["created"], counts["updated"]) == (1, 1)
    assert boss.rows("customers", "name", "short_name") == [{"name": "丙公司", "short_name": "丙"}]


def test_an_import_that_changes_nothing_updates_nothing(boss: Importer, owner: Any) -> None:
    boss.imported("customers", ROWS)
    versions = boss.rows("customers", "name", "version")
    counts = boss.imported("customers", [[*row[:3], *row[4:5], row[6]] for row in ROWS], on_duplicate="update")["result"]
    assert (counts["created"], counts["updated"], counts["skipped"]) == (0, 0, 2)
    assert boss.rows("customers", "name", "version") == versions


def test_a_record_known_by_its_number_is_updated_and_its_state_is_not(boss: Importer) -> None:
    boss.imported("customers", [["客户编号", "登记名称", "生命周期"], ["K1", "甲", "意向"], ["K2", "乙", "意向"]])
    changed = [["客户编号", "登记名称", "生命周期", "备注"], ["K1", "甲甲", "意向", "改名"], ["K2", "乙", "流失", ""]]
    found = boss.imported("customers", changed, on_duplicate="update")
    assert found["mapping"]["match"] == ["number"]
    assert (found["result"]["updated"], found["result"]["refused"]) == (1, 1)
    assert boss.refused(found)[0]["原因"] == "第 3 行：生命周期：只能通过操作改变，现为“意向”"
    assert boss.rows("customers", "number", "name", "lifecycle", "notes") == [
        {"number": "K1", "name": "甲甲", "lifecycle": "prospect", "notes": "改名"},
        {"number": "K2", "name": "乙", "lifecycle": "prospect", "notes": ""},
    ]


def test_a_parent_may_stand_further_down_in_the_same_file(boss: Importer) -> None:
    rows = [["登记名称", "上级单位"], ["孙公司", "子公司一"], ["子公司一", "母公司"], ["母公司", ""]]
    found = boss.begun("customers", rows)
    assert found["unknown"] == {}
    boss.worked(f"imports/{found['id']}/run")
    shown = {row["name"]: row["parent"] and row["parent"]["label"] for row in boss.rows("customers", "name", "parent")}
    assert shown == {"孙公司": "子公司一", "子公司一": "母公司", "母公司": None}


def test_a_cell_may_fill_two_fields_and_defaults_fill_the_rest(boss: Importer) -> None:
    columns = {"登记名称": {"field": "name", "also": ["short_name"]}}
    boss.imported("customers", [["登记名称"], ["甲公司"]], columns=columns, defaults={"level": "A级", "origin": "dispatched"})
    assert boss.rows("customers", "name", "short_name", "level", "origin") == [
        {"name": "甲公司", "short_name": "甲公司", "level": "a", "origin": "dispatched"}
    ]


def test_neighbouring_rows_with_one_number_are_one_deal_with_several_products(boss: Importer) -> None:
    boss.imported("products", [["产品名称", "标准价"], ["甲型", "100"], ["乙型", "200"]])
    rows = [
        ["机会编号", "机会名称", "产品", "数量"],
        ["J1", "第一单", "甲型", "2"],
        ["J1", "第一单", "乙型", "3"],
        ["J2", "第二单", "甲型", "1"],
    ]
    found = boss.imported("opportunities", rows)
    assert (found["result"]["created"], found["result"]["refused"]) == (2, 0)
    first, second = boss.rows("opportunities", "number", "amount", "products")
    assert [(line["product"]["label"], line["quantity"]) for line in first["products"]] == [("甲型", "2.00"), ("乙型", "3.00")]
    assert (first["amount"], second["amount"]) == ("800.00", "100.00")
    counts = boss.imported("opportunities", rows, on_duplicate="update")["result"]
    assert (counts["updated"], counts["skipped"]) == (0, 2)


def test_a_record_handed_over_by_a_file_goes_to_the_new_owners_department(boss: Importer, owner: Any) -> None:
    boss.imported("customers", [["客户编号", "登记名称"], ["K1", "甲"], ["K2", "乙"]])
    found = boss.imported("customers", [["客户编号", "负责人"], ["K1", "李雷"], ["K2", "boss"]], on_duplicate="update")
    assert (found["result"]["updated"], found["result"]["skipped"]) == (1, 1)
    shown = [(row["number"], row["owner"]["label"], row["department"]["label"])
             for row in boss.rows("customers", "number", "owner", "department")]  # fmt: skip
    assert shown == [("K1", "李雷", "华南"), ("K2", "boss", "总部")]
