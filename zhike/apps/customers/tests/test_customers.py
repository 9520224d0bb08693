"""客户: what is kept of a company, who sees it, how it is recognised, and its way from 潜在 to 赢回."""

import pytest

from zhike.apps.customers.objects.customer import Customer
from zhike.testing.team import Team, added, done


@pytest.fixture
def customer(team: Team) -> dict:
    return added(team.seller, "customers", name="上海恒泰机械制造有限公司", phone="021-55500001", level="b")


def lifecycle(customer: dict) -> str:
    return Customer.objects.get(pk=customer["id"]).lifecycle


@pytest.mark.covers("P-01", "G-01")
def test_a_customer_keeps_name_contact_data_industry_address_preferences_and_needs(team: Team) -> None:
    made = added(
        team.seller, "customers", name="  杭州瑞丰  软件有限公司 ", industry="software", phone="0571 8888 6666",
        website="ruifeng.example", address={"code": "330106", "detail": "文三路 90 号"}, preferences="喜欢面谈",
        needs="报表", employees=120, annual_revenue="5000000.00", year_established=2011, tags=["战略客户"],
    )  # fmt: skip
    assert made["name"] == "杭州瑞丰 软件有限公司"
    assert made["phone"] == "0571-88886666"
    assert made["website"] == "https://ruifeng.example"
    assert made["address"]["code"] == "330106"
    assert (made["preferences"], made["needs"], made["annual_revenue"]) == ("喜欢面谈", "报表", "5000000.00")
    assert (made["lifecycle"], made["category"], made["owner"]["label"]) == ("lead", "potential", "seller")
    assert made["number"].startswith("KH")


@pytest.mark.covers("P-01", "V-16")
def test_a_customer_without_a_name_is_not_saved(team: Team) -> None:
    answer = team.seller.post("customers", {"name": "  ", "phone": "021-55500001"})
    assert answer.status_code == 422
    assert answer.json()["fields"] == {"name": "必填"}
    assert Customer.objects.count() == 0


def test_a_credit_code_is_kept_in_its_one_form(team: Team) -> None:
    made = added(team.seller, "customers", name="甲公司", credit_code=" 91310115 ma1k35j911 ")
    assert made["credit_code"] == "91310115MA1K35J911"


def test_a_wrong_credit_code_is_refused_with_the_reason(team: Team) -> None:
    answer = team.seller.post("customers", {"name": "甲公司", "credit_code": "91310115MA1K35J912"})
    assert answer.status_code == 422
    assert "校验码不符" in answer.json()["fields"]["credit_code"]
    assert Customer.objects.count() == 0


@pytest.mark.covers("P-03")
def test_a_change_shows_who_and_both_values_in_the_history(team: Team, customer: dict) -> None:
    changed = team.seller.patch(f"customers/{customer['id']}", {"version": 1, "level": "a"})
    assert (changed.status_code, changed.json()["level"], changed.json()["version"]) == (200, "a", 2)
    latest = team.seller.get(f"customers/{customer['id']}/history").json()["rows"][0]
    assert latest["actor"]["label"] == "seller"
    assert [(c["label"], c["old"], c["new"]) for c in latest["changes"]] == [("客户级别", "b", "a")]


@pytest.mark.covers("P-04")
def test_list_and_page_show_what_one_may_see(team: Team, customer: dict) -> None:
    for api, sees in ((team.seller, True), (team.peer, False), (team.manager, True), (team.stranger, False)):
        assert [r["id"] for r in api.get("customers").json()["rows"]] == ([customer["id"]] if sees else [])
        assert api.get(f"customers/{customer['id']}").status_code == (200 if sees else 404)


@pytest.mark.covers("G-01")
def test_the_page_holds_everything_about_the_customer(team: Team, customer: dict) -> None:
    home = {"customer": customer["id"]}
    contact = added(team.seller, "contacts", name="李敏", companies=[home])
    talk = added(team.seller, "interactions", content="介绍产品", **home)
    task = added(team.seller, "tasks", subject="发报价", due_on="2026-12-01", **home)
    deal = added(team.seller, "opportunities", name="一期项目", **home)
    page = team.seller.get(f"customers/{customer['id']}/page").json()
    found = {collection: [row["id"] for row in part["rows"]] for collection, part in page["related"].items() if part["rows"]}
    expected = {"contacts": contact, "interactions": talk, "opportunities": deal, "tasks": task}
    assert found == {collection: [record["id"]] for collection, record in expected.items()}
    assert page["record"]["name"] == "上海恒泰机械制造有限公司"


@pytest.mark.covers("P-26")
def test_the_lifecycle_moves_by_actions_only_and_every_move_is_logged(team: Team, customer: dict) -> None:
    at = f"customers/{customer['id']}"
    for action, answers, state in (
        ("develop", {}, "prospect"), ("activate", {}, "active"), ("mark_dormant", {}, "dormant"),
        ("win_back", {}, "won_back"), ("mark_lost", {"lost_reason": "价格"}, "lost"),
    ):  # fmt: skip
        assert done(team.seller, f"{at}/{action}", **answers)["lifecycle"] == state
    rows = team.seller.get(f"{at}/history").json()["rows"]
    moves = [c["new"] for row in reversed(rows) for c in row["changes"] if c["field"] == "lifecycle"]
    assert moves == ["lead", "prospect", "active", "dormant", "won_back", "lost"]


@pytest.mark.covers("P-26")
def test_a_move_the_lifecycle_does_not_know_changes_nothing(team: Team, customer: dict) -> None:
    at = f"customers/{customer['id']}"
    refused = team.seller.post(f"{at}/win_back")
    assert refused.status_code == 409
    assert refused.json()["message"] == "“赢回”只能用于沉睡、流失，当前是潜在"
    assert team.seller.patch(at, {"lifecycle": "active"}).status_code == 422
    assert team.seller.post(f"{at}/mark_lost", {"lost_reason": "价格"}).status_code == 409
    assert lifecycle(customer) == "lead"


@pytest.mark.covers("P-26", "V-89")
def test_lifecycle_and_level_can_be_counted(team: Team, customer: dict) -> None:
    added(team.seller, "customers", name="苏州天成电力有限公司", level="b")
    added(team.seller, "customers", name="宁波博创物流有限公司", level="a")
    done(team.seller, f"customers/{customer['id']}/develop")
    by_stage = team.seller.get("customers/aggregate", group="lifecycle").json()["rows"]
    by_level = team.seller.get("customers/aggregate", group="level").json()["rows"]
    assert {r["lifecycle"]: r["count"] for r in by_stage} == {"lead": 2, "prospect": 1}
    assert {r["level"]: r["count"] for r in by_level} == {"a": 1, "b": 2}


@pytest.mark.covers("P-29", "V-92")
def test_customers_are_found_by_class_and_by_how_they_were_won(team: Team, customer: dict) -> None:
    key = added(team.seller, "customers", name="苏州天成电力有限公司", category="key", origin="dispatched")
    for field, value in (("category", "key"), ("origin", "dispatched")):
        found = team.seller.get("customers", filter={"field": field, "op": "eq", "value": value}).json()
        assert [r["id"] for r in found["rows"]] == [key["id"]]


@pytest.mark.covers("T-11")
def test_many_customers_are_tagged_at_once_and_found_by_tag(team: Team, customer: dict) -> None:
    other = added(team.seller, "customers", name="苏州天成电力有限公司")
    hidden = added(team.stranger, "customers", name="深圳远航贸易有限公司")
    ids = [customer["id"], other["id"], hidden["id"]]
    answer = team.seller.post("customers/bulk", {"ids": ids, "set": {"tags": ["高潜力"]}}).json()
    assert answer["done"] == 2
    found = team.seller.get("customers", filter={"field": "tags", "op": "has_any", "value": ["高潜力"]}, order="name").json()
    assert sorted(r["id"] for r in found["rows"]) == sorted(ids[:2])
    assert Customer.objects.get(pk=hidden["id"]).tags == []


def test_a_tag_has_a_colour_and_a_name_of_its_own(team: Team) -> None:
    assert added(team.seller, "tags", name="战略客户", colour="red")["colour"] == "red"
    again = team.seller.post("tags", {"name": "战略客户"})
    assert (again.status_code, again.json()["fields"]) == (422, {"name": "“战略客户”已存在"})


@pytest.mark.parametrize("words", ["恒泰机械", "hengtai", "shht", "5550000"])
def test_a_customer_is_found_by_name_pinyin_initials_or_digits(team: Team, customer: dict, words: str) -> None:
    added(team.seller, "customers", name="苏州天成电力有限公司", phone="0512-68880000")
    assert [r["id"] for r in team.seller.get("customers", q=words).json()["rows"]] == [customer["id"]]


@pytest.mark.covers("V-42")
@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"name": "上海恒泰机械制造股份有限公司"}, "名称相近"),
        ({"name": "上海 恒泰機械製造（有限公司）"}, "名称相近"),
        ({"name": "完全不同有限公司", "phone": "（021）5550 0001"}, "电话相同"),
    ],
)
def test_a_likely_duplicate_is_named_and_not_saved(team: Team, customer: dict, values: dict, reason: str) -> None:
    answer = team.seller.post("customers", values)
    assert answer.status_code == 409
    [found] = answer.json()["duplicates"]
    assert (found["id"], found["reason"], found["visible"]) == (customer["id"], reason, True)
    assert Customer.objects.count() == 1


@pytest.mark.covers("V-41", "V-42")
def test_the_later_of_two_teams_learns_who_has_the_customer_and_nothing_else(team: Team, customer: dict) -> None:
    answer = team.stranger.post("customers", {"name": "上海恒泰机械制造有限责任公司"})
    assert answer.status_code == 409
    assert answer.json()["duplicates"] == [
        {"id": None, "label": "上**********司", "holder": "上海销售部", "reason": "名称相近", "visible": False}
    ]
    assert Customer.objects.count() == 1


def test_a_customer_cannot_stand_under_itself(team: Team, customer: dict) -> None:
    child = added(team.seller, "customers", name="恒泰机械苏州分厂", parent=customer["id"])
    refused = team.seller.patch(f"customers/{customer['id']}", {"parent": child["id"]})
    assert refused.status_code == 409
    assert refused.json()["fields"] == {"parent": "不能是它自己或它的下级"}
    assert Customer.objects.get(pk=customer["id"]).parent_id is None


@pytest.mark.covers("V-40")
def test_the_moment_of_registration_cannot_be_typed(team: Team, customer: dict) -> None:
    answer = team.seller.patch(f"customers/{customer['id']}", {"created_at": "2020-01-01T00:00:00+08:00"})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"created_at": "不能直接修改"})
    assert team.seller.get(f"customers/{customer['id']}").json()["created_at"] == customer["created_at"]
