"""References by name, number or code; values nobody knows are refused, made, left empty or mapped, as the person chooses."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.transfer.tests.conftest import Importer

DEALS = [
    ["机会名称", "客户", "阶段"],
    ["第一单", "深圳知客科技", "赢单"],
    ["第二单", "深圳知客科级", "输单"],
    ["第三单", "", "需求确认"],
]


@pytest.fixture
def customer(boss: Importer) -> Any:
    boss.imported("customers", [["登记名称", "客户编号"], ["深圳知客科技", "K-001"]])


def test_a_misspelt_value_is_offered_as_the_one_that_is_known(boss: Importer, customer: Any) -> None:
    found = boss.begun("opportunities", DEALS)
    pk = boss.get("customers", fields="id").json()["rows"][0]["id"]
    assert found["unknown"] == {
        "customer": [{"value": "深圳知客科级", "count": 1, "suggestion": {"id": pk, "label": "深圳知客科技"}}]
    }
    assert boss.rows("opportunities", "name") == []


def test_an_unknown_reference_refuses_its_row_and_says_what_it_may_mean(boss: Importer, customer: Any) -> None:
    rows = [["机会名称", "客户"], ["第一单", "深圳知客科技公司"], ["第二单", "深圳知客科技"]]
    found = boss.imported("opportunities", rows)
    assert boss.refused(found) == [
        {
            "机会名称": "第一单",
            "客户": "深圳知客科技公司",
            "原因": "第 2 行：客户：没有名为“深圳知客科技公司”的客户，是否指“深圳知客科技”？",
        }
    ]
    assert boss.rows("opportunities", "name") == [{"name": "第二单"}]


def test_an_unknown_reference_may_be_left_empty_and_the_record_is_incomplete(boss: Importer, customer: Any) -> None:
    columns = {"机会名称": {"field": "name"}, "客户": {"field": "customer", "unknown": "empty"}, "阶段": {"field": "stage"}}
    assert boss.imported("opportunities", DEALS, columns=columns)["result"]["created"] == 3
    shown = [(row["name"], row["customer"] and row["customer"]["label"], row["incomplete"])
             for row in boss.rows("opportunities", "name", "customer", "incomplete")]  # fmt: skip
    assert sorted(shown) == [("第一单", "深圳知客科技", False), ("第三单", None, True), ("第二单", None, True)]


def test_an_unknown_reference_may_be_made(boss: Importer, customer: Any) -> None:
    columns = {"机会名称": {"field": "name"}, "客户": {"field": "customer", "unknown": "create"}}
    assert boss.imported("opportunities", DEALS, columns=columns)["result"]["created"] == 3
    assert {row["name"] for row in boss.rows("customers", "name")} == {"深圳知客科技", "深圳知客科级"}


def test_a_value_may_be_mapped_to_what_it_means(boss: Importer, customer: Any) -> None:
    values = {"customer": {"深圳知客科级": "深圳知客科技"}, "stage": {"输单": "lost"}}
    found = boss.begun("opportunities", DEALS, values=values)
    assert found["unknown"] == {}
    boss.worked(f"imports/{found['id']}/run")
    shown = {row["name"]: (row["customer"] and row["customer"]["label"], row["stage"])
             for row in boss.rows("opportunities", "name", "customer", "stage")}  # fmt: skip
    assert shown == {"第一单": ("深圳知客科技", "won"), "第二单": ("深圳知客科技", "lost"), "第三单": (None, "engaging")}


def test_a_reference_may_be_found_by_its_number(boss: Importer, customer: Any) -> None:
    columns = {"机会名称": {"field": "name"}, "客户": {"field": "customer", "by": "number"}}
    found = boss.imported(
        "opportunities", [["机会名称", "客户"], ["第一单", "K-001"], ["第二单", "深圳知客科技"]], columns=columns
    )
    assert (found["result"]["created"], found["result"]["refused"]) == (1, 1)
    assert boss.rows("opportunities", "customer", "name")[0]["customer"]["label"] == "深圳知客科技"


def test_a_name_that_several_records_have_is_refused(boss: Importer) -> None:
    boss.imported("customers", [["登记名称"], ["同名"], ["同名"]], on_duplicate="create")
    found = boss.imported("opportunities", [["机会名称", "客户"], ["第一单", "同名"]])
    assert boss.refused(found)[0]["原因"] == "第 2 行：客户：有多条客户叫“同名”，请改用编号"


def test_several_references_stand_in_one_cell(boss: Importer) -> None:
    boss.imported("competitors", [["名称"], ["对手甲"], ["对手乙"]])
    found = boss.imported("opportunities", [["机会名称", "竞争对手"], ["第一单", "对手甲、对手乙"], ["第二单", "对手甲；对手丙"]])
    assert boss.refused(found)[0]["原因"].startswith("第 3 行：竞争对手：没有名为“对手丙”的竞争对手")
    (deal,) = boss.rows("opportunities", "name", "competitors")
    assert {each["label"] for each in deal["competitors"]} == {"对手甲", "对手乙"}


def test_nobody_links_to_a_record_she_may_not_see(boss: Importer, seller: Importer, customer: Any) -> None:
    found = seller.imported("opportunities", DEALS[:2])
    assert seller.refused(found)[0]["原因"] == "第 2 行：客户：没有名为“深圳知客科技”的客户"
    assert boss.rows("opportunities", "name") == []


def test_an_option_is_known_by_label_in_either_language_or_name_in_any_case_and_offered_when_misspelt(boss: Importer) -> None:
    rows = [["登记名称", "行业"], ["甲", "Technology"], ["乙", "technolgy"], ["丙", "高新技术"], ["丁", "high tech"]]
    found = boss.begun("customers", rows)
    suggestion = {"id": "technology", "label": "高新技术"}
    assert found["unknown"] == {"industry": [{"value": "technolgy", "count": 1, "suggestion": suggestion}]}
    boss.worked(f"imports/{found['id']}/run")
    assert {row["name"]: row["industry"] for row in boss.rows("customers", "name", "industry")} == {
        "甲": "technology",
        "丙": "technology",
        "丁": "technology",
    }
