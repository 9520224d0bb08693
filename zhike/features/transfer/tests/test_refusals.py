"""What is refused: wrong cells, wrong files, wrong mappings, missing rights. Each with its reason, and nothing changed."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.transfer.tests.conftest import Importer, as_csv
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user


@pytest.mark.covers("K-07")
def test_every_wrong_cell_is_named_and_the_mended_file_is_taken(boss: Importer) -> None:
    header = ["登记名称", "联系电话", "统一社会信用代码", "客户级别", "成立年份", "年营业额", "创建日期", "简称"]

    rows = [
        header,
        ["甲公司", "13800138000", "", "A级", "1999", "1万", "2017-03-01", "甲"],
        ["乙公司", "12", "", "", "", "", "", ""],
        ["丙公司", "", "123", "", "", "", "", ""],
        ["丁公司", "", "", "特级", "", "", "", ""],
        ["戊公司", "", "", "", "很久", "", "", ""],
        ["己公司", "", "", "", "9999", "", "", ""],
        ["庚公司", "", "", "", "", "很多", "", ""],
        ["辛公司", "", "", "", "", "", "2017-02-30", ""],
        ["壬" * 201, "", "", "", "", "", "", ""],
        ["", "", "", "", "", "", "", "没有名称"],
        ["癸公司", "", "", "", "", "", "", "", "多余"],
    ]
    found = boss.imported("customers", rows)
    assert (found["result"]["created"], found["result"]["refused"]) == (1, 10)
    reasons = [row["原因"] for row in boss.refused(found)]
    starts = [
        "第 3 行：电话：",
        "第 4 行：统一社会信用代码：",
        "第 5 行：客户级别：不认识的选项“特级”",
        "第 6 行：成立年份：",
        "第 7 行：成立年份：应在 1000 与 2200 之间",
        "第 8 行：年营业额：看不懂数字“很多”",
        "第 9 行：创建时间：",
        "第 10 行：登记名称：最多 200 个字，现有 201 个",
        "第 11 行：登记名称：必填",
        "第 12 行：比表头多出 1 格，可能是引号或分隔符有误",
    ]
    assert [reason[: len(start)] for reason, start in zip(reasons, starts, strict=True)] == starts
    assert [row["name"] for row in boss.rows("customers", "name")] == ["甲公司"]
    assert boss.refused(found)[2]["客户级别"] == "特级"
    mended = boss.fetched(found["result"]["refused_file"]["id"]).decode("utf-8-sig")
    mended = mended.replace("特级", "B级").replace("很久", "1990").replace("很多", "3亿")
    again = boss.imported("customers", mended.encode("utf-8-sig"), "退回的行.csv")
    assert again["mapping"] == found["mapping"]
    assert (again["result"]["created"], again["result"]["refused"]) == (3, 7)


def test_the_result_says_why_the_commonest_first_and_where_they_stand(boss: Importer) -> None:
    named = [[f"公司{n}", "特级", ""] for n in range(4)]
    found = boss.imported(
        "customers", [["登记名称", "客户级别", "电话"], *named, ["好公司", "A级", "12"], ["又一", "特级", "", "多"]]
    )
    phone = boss.refused(found)[4]["原因"].removeprefix("第 6 行：电话：")
    assert [(each["field"], each["count"], each["rows"]) for each in found["result"]["reasons"]] == [
        ("level", 4, [2, 3, 4]), ("phone", 1, [6]), ("", 1, [7]),
    ]  # fmt: skip
    assert [each["reason"] for each in found["result"]["reasons"]][1:] == [phone, "比表头多出 1 格，可能是引号或分隔符有误"]


def test_a_value_that_must_be_unique_is_refused_when_it_is_taken(boss: Importer) -> None:
    boss.imported("posts", [["岗位名称"], ["客户经理"]])
    found = boss.imported("posts", [["岗位名称", "职责"], ["客户经理", "x"], ["商务经理", ""], ["商务经理", "y"]], match=[])
    assert [row["原因"] for row in boss.refused(found)] == [
        "第 2 行：岗位名称：“客户经理”已存在",
        "第 4 行：岗位名称：“商务经理”已存在",
    ]
    assert {row["name"] for row in boss.rows("posts", "name")} == {"客户经理", "商务经理"}


def test_a_row_that_breaks_a_rule_of_the_object_is_refused_alone(boss: Importer) -> None:
    rows = [
        ["机会名称", "阶段", "关闭日期"],
        *([f"好{n}", "赢单", "2017-03-01"] for n in range(20)),
        ["坏", "需求确认", "2017-03-01"],
    ]
    found = boss.imported("opportunities", rows)
    assert (found["result"]["created"], found["result"]["refused"]) == (20, 1)
    assert boss.refused(found)[0]["原因"] == "第 22 行：关闭日期：赢单或输单时才填写"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "这是PNG 图片"),
        (b"MZ\x90\x00", "这是Windows 程序"),
        (b"<html><table></table></html>", "这是网页"),
        (b"a" + b",x" * 1_000_000 + b"\n1\n", "表头有 1,000,001 列，最多 500 列"),
        (b"a,b\n1,2\n3,\x004\n", "第 3 行含有空字符"),
        (b"a,b\n", "只有表头，没有数据"),
        (b'a,b\n1,"2\n', "第 2 行的引号没有结束"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_table_is_refused_with_the_reason(content: bytes, words: str, boss: Importer) -> None:
    answer = boss.upload("customers", content, "客户.xlsx")
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid"
    assert words in answer.json()["fields"]["file"]


def test_an_import_without_a_file_or_of_an_unknown_collection_is_refused(boss: Importer) -> None:
    answer = boss.client.post("/api/v1/imports", {"collection": "customers"})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"file": "请选择一个文件"})
    assert boss.upload("dragons", [["a"], ["1"]]).status_code == 404
    assert boss.upload("customers", [["a"], ["1"]], colour="red").status_code == 422


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ([], "对应关系应为一个对象"),
        ({"columns": {}, "colour": 1}, "对应关系应为一个对象"),
        ({"columns": {"没有": {"field": "name"}}}, "文件里没有表头“没有”"),
        ({"columns": {"名称": {"field": "colour"}}}, "对应的字段“colour”不存在或不能导入"),
        ({"columns": {"名称": {"field": "version"}}}, "对应的字段“version”不存在或不能导入"),
        ({"columns": {"名称": {"field": "last_contact_at"}}}, "对应的字段“last_contact_at”不存在或不能导入"),
        ({"columns": {"名称": {"field": "name"}, "电话": {"field": "name"}}}, "“登记名称”对应了不止一列"),
        ({"columns": {"名称": {"field": "name", "unknown": "create"}}}, "“登记名称”遇到没有的值时不能新建"),
        ({"columns": {"名称": {"field": "parent", "by": "colour"}}}, "“上级单位”不能按“colour”查找"),
        ({"columns": {"名称": {"field": "name", "unknown": "guess"}}}, "unknown 应为 refuse、create、empty 之一"),
        ({"columns": {"名称": {"field": "name"}}, "match": ["phone"]}, "用来识别已有记录的字段没有对应的列"),
        ({"columns": {"名称": {"field": "name"}}, "dates": "ydm"}, "dates 应为 ymd、mdy、dmy 之一"),
        ({"columns": {"名称": {"field": "name"}}, "values": {"level": "a"}}, "values 应为"),
        ({"columns": {"名称": {"field": "name"}}, "defaults": {"level": "特级"}}, "默认值 客户级别：不认识的选项"),
        ({"columns": {"名称": {"field": "name"}}, "defaults": {"owner": 987654}}, "默认值 负责人：没有这条记录"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_mapping_is_refused_and_the_one_before_stays(mapping: Any, words: str, boss: Importer) -> None:
    found = boss.begun("customers", [["名称", "电话"], ["甲", "13800138000"]])
    answer = boss.patch(f"imports/{found['id']}", {"mapping": mapping})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert words in answer.json()["fields"]["mapping"]
    assert boss.get(f"imports/{found['id']}").json()["mapping"] == found["mapping"]


def test_an_unknown_policy_or_key_is_refused(boss: Importer) -> None:
    found = boss.begun("customers", [["名称"], ["甲"]])
    assert boss.patch(f"imports/{found['id']}", {"on_duplicate": "merge"}).json()["fields"] == {
        "on_duplicate": "应为 skip、update、create 之一"
    }
    assert boss.patch(f"imports/{found['id']}", {"colour": 1}).json()["fields"] == {"colour": "没有这个字段"}
    assert boss.patch(f"imports/{found['id']}", {"mapping": {"columns": {}}}).status_code == 200
    assert boss.post(f"imports/{found['id']}/run").json()["fields"] == {"mapping": "请至少选择一列的去处"}


def test_who_may_not_import_gets_no_further_than_the_door(boss: Importer) -> None:
    reader = Importer(make_user("reader", {"*": {"view": "all", "add": "all"}}))
    answer = reader.upload("customers", [["名称"], ["甲"]])
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert Importer().upload("customers", [["名称"], ["甲"]]).status_code == 401


def test_an_import_is_seen_by_its_owner_only(boss: Importer, seller: Importer) -> None:
    found = boss.begun("customers", [["名称"], ["甲"]])
    for answer in (
        seller.get(f"imports/{found['id']}"),
        seller.patch(f"imports/{found['id']}", {"on_duplicate": "update"}),
        seller.post(f"imports/{found['id']}/run"),
        seller.post(f"imports/{found['id']}/undo"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert Api().get(f"imports/{found['id']}").status_code == 401
    assert boss.rows("customers", "name") == []


def test_a_record_that_would_lie_outside_ones_reach_is_refused(boss: Importer, seller: Importer) -> None:
    make_user("李雷", Reach.SELF, make_department("华南"))
    found = seller.imported("customers", [["登记名称", "负责人"], ["甲", "李雷"], ["乙", "seller"], ["丙", ""]])
    assert (found["result"]["created"], found["result"]["refused"]) == (2, 1)
    assert seller.refused(found)[0]["原因"] == "第 2 行：超出您的导入范围：负责人或部门不在您的权限之内"
    assert {row["name"] for row in boss.rows("customers", "name")} == {"乙", "丙"}


def test_what_one_may_not_change_is_not_updated(boss: Importer, seller: Importer) -> None:
    boss.imported("customers", [["登记名称", "客户编号"], ["甲", "K1"]])
    found = seller.imported("customers", [["客户编号", "登记名称"], ["K1", "乙"]], on_duplicate="update")
    assert seller.refused(found)[0]["原因"] == "第 2 行：已有这条记录，但不在您可以修改的范围内"
    assert boss.rows("customers", "number", "name") == [{"number": "K1", "name": "甲"}]


def test_a_finished_import_is_neither_changed_nor_run_again(boss: Importer) -> None:
    found = boss.imported("customers", [["登记名称"], ["甲"]])
    assert found["state"] == "done"
    for answer in (
        boss.patch(f"imports/{found['id']}", {"on_duplicate": "create"}),
        boss.post(f"imports/{found['id']}/run"),
        boss.post(f"imports/{found['id']}/check"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "refused")
    assert boss.rows("customers", "name") == [{"name": "甲"}]


def test_an_export_of_ours_with_a_formula_in_it_comes_back_as_text(boss: Importer) -> None:
    boss.imported("customers", as_csv([["登记名称"], ["=1+1"]]))
    assert boss.rows("customers", "name") == [{"name": "=1+1"}]
