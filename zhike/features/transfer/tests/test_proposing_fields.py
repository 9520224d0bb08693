"""Which column seems to belong to which field, and what a misspelt value most likely means."""

from typing import Any

import pytest

from zhike.features.transfer.sheets import propose, suggest


def field(name: str, label: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "kind": kind, **more}


CUSTOMER = [
    field("name", "登记名称"),
    field("credit_code", "统一社会信用代码"),
    field("short_name", "简称"),
    field("industry", "行业", "choice", options=[{"value": "tech", "label": "科技"}, {"value": "retail", "label": "零售"}]),
    field("level", "级别", "choice", options=[{"value": "a", "label": "A级"}, {"value": "b", "label": "B级"}]),
    field("phone", "电话", "phone"),
    field("email", "电子邮箱", "email"),
    field("address", "地址", "address"),
    field("parent", "上级公司", "ref", to="customers"),
    field("revenue", "年收入", "money"),
    field("employees", "人数", "integer"),
    field("owner", "负责人", "person"),
    field("created_at", "创建时间", "datetime"),
    field("version", "版本", "integer", importable=False),
]
OPPORTUNITY = [
    field("number", "编号", "number"),
    field("name", "主题"),
    field("customer", "客户", "ref", to="customers"),
    field("stage", "阶段", "state", options=[{"value": "won", "label": "赢单"}]),
    field("amount", "金额", "money"),
    field("closed_on", "关闭日期", "date"),
    field("owner", "负责人", "person"),
    field("created_at", "创建时间", "datetime"),
    field(
        "products",
        "产品明细",
        "lines",
        parts=[field("product", "产品", "ref", to="products"), field("quantity", "数量", "decimal")],
    ),
]


def proposed(fields: list[dict[str, Any]], columns: dict[str, list[str]]) -> dict[str, str | None]:
    return {each.header: each.field for each in propose(list(columns), list(columns.values()), fields)}


def test_labels_names_synonyms_and_pinyin_find_their_field() -> None:
    columns = {"客户名称*": ["甲公司"], "税号": [""], "kehujibie": ["A级"], "Mobile": ["13800138000"], "业务员(姓名)": ["李雷"]}
    assert proposed(CUSTOMER, columns) == {
        "客户名称*": "name",
        "税号": "credit_code",
        "kehujibie": "level",
        "Mobile": "phone",
        "业务员(姓名)": "owner",
    }


def test_a_column_without_a_known_name_is_known_by_its_values() -> None:
    columns = {"列1": ["91440300MA5D12345X"], "列2": ["a@b.com", "c@d.cn"], "列3": ["科技", "零售"], "列4": ["无关"]}
    assert proposed(CUSTOMER, columns) == {"列1": "credit_code", "列2": "email", "列3": "industry", "列4": None}


def test_values_that_cannot_be_the_field_speak_against_it() -> None:
    assert proposed(CUSTOMER, {"手机号": ["李雷", "韩梅梅"]}) == {"手机号": None}


def test_a_header_that_is_the_very_name_of_a_field_is_believed_whatever_stands_below() -> None:
    assert proposed(CUSTOMER, {"电话": ["李雷", "韩梅梅"]}) == {"电话": "phone"}


def test_no_field_is_given_away_twice() -> None:
    assert proposed(CUSTOMER, {"登记名称": ["甲"], "公司名称": ["乙"]}) == {"登记名称": "name", "公司名称": None}


def test_a_pipeline_in_english_is_recognised() -> None:
    columns = {
        "opportunity_id": ["1C1I7A6R"],
        "sales_agent": ["Moses Frase"],
        "product": ["GTXPro"],
        "account": ["Cancity"],
        "deal_stage": ["Won"],
        "engage_date": ["10/20/2016"],
        "close_date": ["3/1/2017"],
        "close_value": ["1054"],
    }
    assert proposed(OPPORTUNITY, columns) == {
        "opportunity_id": "number",
        "sales_agent": "owner",
        "product": "products.product",
        "account": "customer",
        "deal_stage": "stage",
        "engage_date": "created_at",
        "close_date": "closed_on",
        "close_value": "amount",
    }


def test_a_proposal_says_how_sure_it_is_and_by_what_a_reference_is_looked_up() -> None:
    exact, synonym, none = propose(["负责人", "account", "天气"], [["李雷"], ["甲"], ["晴"]], OPPORTUNITY)
    assert (exact.field, exact.confidence, exact.by) == ("owner", 1.0, "name")
    assert (synonym.field, synonym.confidence, synonym.by) == ("customer", 0.9, "name")
    assert (none.field, none.confidence, none.by) == (None, 0.0, None)


@pytest.mark.parametrize(
    ("value", "known", "meant"),
    [
        ("GTXPro", ["GTX Basic", "GTX Plus Pro", "GTX Pro"], "GTX Pro"),
        ("technolgy", ["medical", "technology", "retail"], "technology"),
        ("Philipines", ["Poland", "Philippines"], "Philippines"),
        ("深圳市知客(集团)", ["深圳市知客(集团)", "广州市知客集团"], "深圳市知客(集团)"),
        ("xyz", ["GTX Pro"], None),
        ("", ["GTX Pro"], None),
        ("!!", ["GTX Pro"], None),
    ],
)
def test_a_misspelt_value_is_offered_as_the_closest_known_one(value: str, known: list[str], meant: str | None) -> None:
    found = suggest(value, list(enumerate(known)))
    assert (found[1] if found else None) == meant
