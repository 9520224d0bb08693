"""Exporting: what one sees and may take along, as a file that opens safely and can be imported again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from zhike.features.transfer.tests.conftest import Importer, as_csv, read_csv
from zhike.kernel.registry import find
from zhike.testing.kit import make_user

BLNS = Path(__file__).parents[4] / "tests" / "data" / "blns" / "blns.json"
CUSTOMERS = [
    ["登记名称", "客户级别", "年营业额", "创建时间", "标签", "备注", "上级单位", "成立年份"],
    ["甲公司", "A级", "1234.5", "2017-03-01 09:30", "重点、老友", "=1+1", "", "1999"],
    ["乙公司", "B级", "", "2018-03-01", "", "-5", "甲公司", ""],
]
FIELDS = ["name", "level", "annual_revenue", "created_at", "tags", "notes", "parent", "year_established"]


@pytest.fixture
def customers(boss: Importer) -> Any:
    return boss.imported("customers", CUSTOMERS)


@pytest.mark.covers("K-63")
def test_the_chosen_fields_and_rows_stand_in_the_asked_order(boss: Importer, customers: Any) -> None:
    content = boss.exported("customers", fields=FIELDS, order="-created_at", format="csv")
    assert content.decode("utf-8").splitlines() == [
        "\ufeff登记名称,客户级别,年营业额,创建时间,标签,备注,上级单位,成立年份",
        "乙公司,B级,,2018-03-01 00:00:00,,'-5,甲公司,",
        "甲公司,A级,1234.50,2017-03-01 09:30:00,重点、老友,'=1+1,,1999",
    ]
    rows = read_csv(boss.exported("customers", fields=["name"], filter={"field": "level", "op": "eq", "value": "a"}))
    assert rows == [{"登记名称": "甲公司"}]
    narrowed = boss.exported("customers", fields=["name"], q="ygs")
    assert read_csv(narrowed) == [{"登记名称": "乙公司"}]


def test_a_workbook_holds_numbers_dates_and_texts_and_no_formula(boss: Importer, customers: Any, tmp_path: Path) -> None:
    (tmp_path / "out.xlsx").write_bytes(boss.exported("customers", fields=FIELDS, order="created_at", format="xlsx"))
    rows = CalamineWorkbook.from_path(str(tmp_path / "out.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[1][:3] == ["甲公司", "A级", 1234.5]
    assert [str(rows[1][3]), *rows[1][5:]] == ["2017-03-01 09:30:00", "=1+1", "", 1999.0]


def test_fields_of_a_referenced_record_may_be_taken_along(boss: Importer, customers: Any) -> None:
    rows = read_csv(boss.exported("customers", fields=["id", "name", "parent.name", "parent.level"], order="name"))
    assert [row["上级单位·客户级别"] for row in rows if row["登记名称"] == "乙公司"] == ["A级"]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_what_was_exported_comes_back_the_same(format: str, boss: Importer, customers: Any) -> None:
    content = boss.exported("customers", fields=FIELDS, format=format)
    before = boss.rows("customers", *FIELDS)
    for row in boss.get("customers", fields="id,parent", order="parent").json()["rows"]:
        assert boss.delete(f"customers/{row['id']}").status_code == 204
    assert boss.rows("customers", "name") == []
    found = boss.imported("customers", content, f"客户.{format}")
    assert (found["result"]["created"], found["result"]["refused"]) == (2, 0)
    again = boss.rows("customers", *FIELDS)
    assert [{**row, "parent": None} for row in again] == [{**row, "parent": None} for row in before]
    assert [row["parent"] and row["parent"]["label"] for row in again] == [
        row["parent"] and row["parent"]["label"] for row in before
    ]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_every_naughty_string_goes_in_and_comes_out_as_it_was(format: str, boss: Importer) -> None:
    kind = find("customers").kinds()["notes"]
    naughty = [text for text in json.loads(BLNS.read_text(encoding="utf-8")) if text.strip()]
    kept = {f"N{n:03}": kind.parse(text) for n, text in enumerate(naughty)}
    content = as_csv([["客户编号", "登记名称", "备注"], *([number, number, text] for number, text in guarded(kept))])
    assert boss.imported("customers", content, on_duplicate="create")["result"]["created"] == len(kept)
    assert notes(boss) == kept
    exported = boss.exported("customers", fields=["number", "name", "notes"], format=format)
    everything = {"field": "name", "op": "filled"}
    assert boss.post("customers/bulk", {"filter": everything, "delete": True}).json()["done"] == len(kept)
    boss.imported("customers", exported, f"x.{format}", on_duplicate="create")
    assert notes(boss) == kept


def guarded(kept: dict[str, str]) -> list[tuple[str, str]]:
    """As our own export writes them: a text that begins like a formula stands behind an apostrophe."""
    from zhike.features.transfer.sheets.formulas import guard

    return [(number, guard(text)) for number, text in kept.items()]


def notes(api: Importer) -> dict[str, str]:
    found: dict[str, str] = {}
    after = ""
    while True:
        page = api.get(
            "customers", fields="number,notes", order="number", limit=200, **({"after": after} if after else {})
        ).json()
        found |= {row["number"]: row["notes"] for row in page["rows"]}
        after = page["next"]
        if not after:
            return found


def test_one_exports_what_one_sees_and_no_more(boss: Importer, seller: Importer, customers: Any) -> None:
    seller.imported("customers", [["登记名称"], ["卖家的"]])
    assert read_csv(seller.exported("customers", fields=["name"])) == [{"登记名称": "卖家的"}]
    narrow = Importer(make_user("narrow", {"*": {"view": "all", "export": "self"}}))
    assert read_csv(narrow.exported("customers", fields=["name"])) == []


def test_an_export_belongs_to_who_asked_for_it(boss: Importer, seller: Importer, customers: Any) -> None:
    job = boss.worked("customers/export", {"fields": ["name"]})
    assert job["result"]["rows"] == 2
    assert seller.get(f"jobs/{job['id']}").status_code == 404
    assert seller.get(f"files/{job['files'][0]['id']}").status_code == 404


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        ({"format": "pdf"}, {"format": "应为 csv 或 xlsx"}),
        ({"fields": ["colour"]}, {"colour": "没有这个字段"}),
        ({"fields": "name"}, {"fields": "应为一组字段"}),
        ({"order": "colour"}, {"colour": "没有这个字段"}),
        ({"order": 5}, {"order": "应为文字"}),
        ({"q": ["甲"]}, {"q": "应为文字"}),
        ({"filter": {"field": "colour", "op": "eq", "value": 1}}, {"colour": "没有这个字段"}),
        ({"colour": 1}, {"colour": "没有这个字段"}),
    ],
)
def test_a_wrong_wish_is_refused_before_anything_is_queued(wanted: Any, fields: Any, boss: Importer) -> None:
    answer = boss.post("customers/export", wanted)
    assert (answer.status_code, answer.json()["fields"]) == (422, fields)
    assert boss.get("jobs").json()["rows"] == []


@pytest.mark.covers("K-63")
def test_who_may_not_export_is_refused(boss: Importer) -> None:
    reader = Importer(make_user("reader", {"*": {"view": "all"}}))
    answer = reader.post("customers/export", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert boss.post("dragons/export", {}).status_code == 404
    assert Importer().post("customers/export", {}).status_code == 401
