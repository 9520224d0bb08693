"""选项与阶段: added, renamed, put in order and retired by an administrator, at once in force wherever they are used."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.fields.tests.defining import defined, ids
from zhike.features.jobs.run import run_now
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_user

pytestmark = pytest.mark.django_db
LEVEL, STAGE, INDUSTRY = "customers.level", "opportunities.stage", "customers.industry"


def laid(admin: Api, field: str, **more: Any) -> Any:
    answer = admin.post("choice-options", {"field": field, **more})
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()


def options(api: Api, collection: str, name: str) -> list[dict[str, Any]]:
    fields = api.get("meta").json()["objects"][collection]["fields"]
    found: list[dict[str, Any]] = next(x for x in fields if x["name"] == name)["options"]
    return found


def customer(api: Api, name: str, **more: Any) -> Any:
    answer = api.post("customers", {"name": name, **more})
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()


def shown(admin: Api, key: str) -> Any:
    return next(s for s in admin.get("option-sets").json()["rows"] if s["key"] == key)


def test_an_added_option_is_stored_filtered_grouped_and_described_at_once(admin: Api) -> None:
    seller = Api(make_user("seller", {"customers": {"*": "self"}}))
    assert seller.post("customers", {"name": "四川石化", "level": "vip"}).status_code == 422
    laid(admin, LEVEL, label="战略级", value="vip", color="purple")
    assert options(seller, "customers", "level")[-1] == {"value": "vip", "label": "战略级", "color": "purple"}
    made = customer(seller, "四川石化", level="vip")
    assert made["level"] == "vip"
    found = seller.get("customers", filter={"field": "level", "op": "eq", "value": "vip"}).json()["rows"]
    assert [r["id"] for r in found] == [made["id"]]
    grouped = seller.get("customers/aggregate", group="level").json()["rows"]
    assert grouped == [{"level": "vip", "count": 1}]


def test_a_name_for_programs_comes_from_the_pinyin_of_the_label(admin: Api) -> None:
    assert laid(admin, LEVEL, label="战略级")["value"] == "zhanlveji"


def test_fields_that_share_their_options_share_what_is_changed(admin: Api) -> None:
    laid(admin, "leads.industry", label="航空航天", value="aerospace")
    assert shown(admin, INDUSTRY)["label"] == "客户·行业、公共客户·行业、分单规则·行业、线索·行业"
    assert customer(admin, "成都飞机", industry="aerospace")["industry"] == "aerospace"
    lead = admin.post("leads", {"name": "西安飞机", "source": "other", "industry": "aerospace"})
    assert lead.status_code == 201, lead.content.decode()


def test_a_declared_option_takes_another_name_colour_and_place(admin: Api) -> None:
    made = laid(admin, LEVEL, value="a", label="A类", color="green")
    assert options(admin, "customers", "level")[0] == {"value": "a", "label": "A类", "color": "green"}
    assert admin.post(f"option-sets/{LEVEL}/order", {"values": ["d", "c", "b", "a"]}).status_code == 204
    assert [o["value"] for o in options(admin, "customers", "level")] == ["d", "c", "b", "a"]
    assert admin.delete(f"choice-options/{made['id']}").status_code == 204
    assert {"value": "a", "label": "A级", "color": "red"} in options(admin, "customers", "level")


@pytest.mark.parametrize("values", [["a", "b"], ["a", "a", "b", "c"], ["a", "b", "c", "x"], "abcd", None, [["a"]]])
def test_an_order_names_every_option_once_or_nothing_changes(admin: Api, values: Any) -> None:
    assert admin.post(f"option-sets/{LEVEL}/order", {"values": values}).status_code == 422
    assert [o["value"] for o in options(admin, "customers", "level")] == ["a", "b", "c", "d"]


def test_a_retired_option_stays_where_it_stands_and_is_chosen_no_more(admin: Api) -> None:
    kept = customer(admin, "四川石化", level="d")
    other = customer(admin, "重庆钢铁", level="a")
    uses = [row for row in admin.get(f"option-sets/{LEVEL}/uses/d").json()["rows"] if row["count"]]
    assert uses == [{"collection": "customers", "label": "客户", "count": 1}]
    assert admin.post(f"option-sets/{LEVEL}/retire", {"value": "d"}).status_code == 204
    assert options(admin, "customers", "level")[-1] == {"value": "d", "label": "D级", "color": "default", "retired": True}
    found = admin.get("customers", filter={"field": "level", "op": "eq", "value": "d"}).json()["rows"]
    assert [r["level"] for r in found] == ["d"]
    again = admin.patch(f"customers/{kept['id']}", {"level": "d", "short_name": "川石"})
    assert again.status_code == 200, again.content.decode()
    refused = admin.patch(f"customers/{other['id']}", {"level": "d"})
    assert (refused.status_code, refused.json()["fields"]) == (422, {"level": "选项“D级”已停用"})
    assert admin.post("customers", {"name": "新的", "level": "d"}).status_code == 422
    many = admin.post("customers/bulk", {"ids": [other["id"]], "set": {"level": "d"}}).json()
    assert many["done"] == 0
    record = shown(admin, LEVEL)["options"][-1]["record"]
    assert admin.post(f"choice-options/{record['id']}/restore").status_code == 200
    assert admin.patch(f"customers/{other['id']}", {"level": "d"}).status_code == 200


def test_what_used_a_retired_option_takes_another_keeps_its_history_and_can_be_put_back(admin: Api) -> None:
    first, second = customer(admin, "四川石化", level="d"), customer(admin, "重庆钢铁", level="a")
    started = admin.post(f"option-sets/{LEVEL}/retire", {"value": "d", "to": "c"})
    assert started.status_code == 202, started.content.decode()
    done = run_now(started.json()["id"])
    assert (done.state, done.result["changed"]) == ("done", 1)
    assert admin.get(f"customers/{first['id']}").json()["level"] == "c"
    assert admin.get(f"customers/{second['id']}").json()["level"] == "a"
    latest = admin.get(f"customers/{first['id']}/history").json()["rows"][0]
    assert [(c["field"], c["old"], c["new"]) for c in latest["changes"]] == [("level", "d", "c")]
    undo = admin.post(f"jobs/{done.pk}/put-back")
    assert undo.status_code == 202
    assert run_now(undo.json()["id"]).result == {"changed": 1, "refused": 0, "records": []}
    assert admin.get(f"customers/{first['id']}").json()["level"] == "d"


def test_putting_back_names_who_has_chosen_something_else_since(admin: Api) -> None:
    first, second = customer(admin, "四川石化", level="d"), customer(admin, "重庆钢铁", level="d")
    done = run_now(admin.post(f"option-sets/{LEVEL}/retire", {"value": "d", "to": "c"}).json()["id"])
    assert admin.patch(f"customers/{second['id']}", {"level": "a"}).status_code == 200
    left = {"collection": "customers", "id": second["id"], "label": "重庆钢铁", "reason": "之后又改成了别的选项"}
    undone = run_now(admin.post(f"jobs/{done.pk}/put-back").json()["id"]).result
    assert undone == {"changed": 1, "refused": 1, "records": [left]}
    assert [admin.get(f"customers/{c['id']}").json()["level"] for c in (first, second)] == ["d", "a"]


def test_an_added_stage_takes_part_in_every_action_on_open_deals(admin: Api) -> None:
    company = customer(admin, "四川石化")
    deal = admin.post("opportunities", {"name": "一期", "customer": company["id"], "amount": "1000.00"}).json()
    laid(admin, STAGE, label="技术交流", value="workshop", probability="40", position=15)
    assert [o["value"] for o in options(admin, "opportunities", "stage")] == [
        "prospecting", "engaging", "workshop", "proposal", "negotiating", "won", "lost",
    ]  # fmt: skip
    moved = admin.post(f"opportunities/{deal['id']}/advance", {"to": "workshop"})
    assert moved.status_code == 200, moved.content.decode()
    assert (moved.json()["stage"], moved.json()["probability"], moved.json()["weighted_amount"]) == (
        "workshop",
        "40.00",
        "400.00",
    )
    still = {"field": "stage", "op": "not_in", "value": ["won", "lost"]}
    assert [r["id"] for r in admin.get("opportunities", filter=still).json()["rows"]] == [deal["id"]]
    won = admin.post(f"opportunities/{deal['id']}/win", {"closed_on": "2026-03-01"})
    assert won.status_code == 200, won.content.decode()
    assert won.json()["stage"] == "won"


def test_an_added_stage_stands_before_the_end_until_somebody_moves_it(admin: Api) -> None:
    laid(admin, STAGE, label="技术交流", value="workshop")
    assert [o["value"] for o in options(admin, "opportunities", "stage")][3:] == ["negotiating", "workshop", "won", "lost"]


def test_a_lead_with_an_added_intent_becomes_an_opportunity_named_after_it(admin: Api) -> None:
    laid(admin, "leads.intent", label="续约", value="renew")
    lead = admin.post(
        "leads", {"name": "西安飞机", "source": "other", "intent": "renew", "contact_name": "王工", "phone": "13812345678"}
    )
    assert lead.status_code == 201, lead.content.decode()
    pk = lead.json()["id"]
    assert admin.post(f"leads/{pk}/qualify").status_code == 200
    made = admin.post(f"leads/{pk}/convert", {})
    assert made.status_code == 200, made.content.decode()
    assert made.json()["opportunity"]["label"] == "西安飞机 续约机会"


def test_a_default_probability_is_that_of_the_stage_from_now_on(admin: Api) -> None:
    company = customer(admin, "四川石化")
    laid(admin, STAGE, value="proposal", label="方案报价", probability="60")
    deal = admin.post("opportunities", {"name": "一期", "customer": company["id"]}).json()
    assert admin.post(f"opportunities/{deal['id']}/advance", {"to": "proposal"}).json()["probability"] == "60.00"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"field": "customers.name", "label": "x"}, 422, "field"),
        ({"field": LEVEL, "label": "A级"}, 422, "label"),
        ({"field": LEVEL, "label": "战略级", "value": "V I P"}, 422, "value"),
        ({"field": LEVEL, "label": "战略级", "probability": "10"}, 422, "probability"),
        ({"field": LEVEL, "label": ""}, 422, "label"),
        ({"field": "customers.lifecycle", "label": "试用"}, 409, None),
        ({"field": "tasks.repeat", "label": "每两周"}, 409, None),
    ],
)
def test_what_cannot_be_an_option_is_refused_with_a_reason(admin: Api, body: Any, status: int, field: Any) -> None:
    answer = admin.post("choice-options", body)
    assert answer.status_code == status, answer.content.decode()
    assert list(answer.json()["fields"]) == ([field] if field else [])
    assert admin.get("choice-options").json()["rows"] == []


@pytest.mark.parametrize(("key", "value"), [("customers.category", "potential"), (STAGE, "won"), (STAGE, "prospecting")])
def test_what_the_program_needs_cannot_be_retired(admin: Api, key: str, value: str) -> None:
    answer = admin.post(f"option-sets/{key}/retire", {"value": value})
    assert (answer.status_code, answer.json()["code"]) == (409, "refused")
    assert admin.get("choice-options").json()["rows"] == []


def test_a_company_does_without_a_stage_of_the_program(admin: Api) -> None:
    """What stands in it takes another, nothing comes to it any more, and it may be taken up again."""
    company = customer(admin, "四川石化")
    deal = admin.post("opportunities", {"name": "一期", "customer": company["id"], "amount": "1000.00"}).json()
    advance = f"opportunities/{deal['id']}/advance"
    assert admin.post(advance, {"to": "proposal"}).status_code == 200
    job = admin.post(f"option-sets/{STAGE}/retire", {"value": "proposal", "to": "engaging"}).json()["id"]
    assert run_now(job).result["changed"] == 2, "the deal, and the stay that tells of it"
    assert admin.get(f"opportunities/{deal['id']}").json()["stage"] == "engaging"
    refused = admin.post(advance, {"to": "proposal"})
    assert refused.status_code in (409, 422), refused.content.decode()
    assert admin.post(advance, {"to": "negotiating"}).json()["stage"] == "negotiating"
    [record] = [r["id"] for r in admin.get("choice-options", fields="id,value").json()["rows"] if r["value"] == "proposal"]
    assert admin.post(f"choice-options/{record}/restore").status_code == 200
    assert admin.post(advance, {"to": "proposal"}).json()["stage"] == "proposal"


@pytest.mark.parametrize("to", ["d", "x", 5, ["a"]])
def test_what_is_no_other_open_option_is_no_substitute(admin: Api, to: Any) -> None:
    assert admin.post(f"option-sets/{LEVEL}/retire", {"value": "d", "to": to}).status_code == 422
    assert admin.get("choice-options").json()["rows"] == []


def test_a_used_option_cannot_be_deleted(admin: Api) -> None:
    made = laid(admin, LEVEL, label="战略级", value="vip")
    pk = customer(admin, "四川石化", level="vip")["id"]
    assert admin.delete(f"choice-options/{made['id']}").status_code == 409
    admin.patch(f"customers/{pk}", {"level": "a"})
    assert admin.delete(f"choice-options/{made['id']}").status_code == 204


def test_a_salesperson_neither_sees_nor_changes_the_sets(admin: Api) -> None:
    seller = Api(make_user("seller", {"customers": {"*": "self"}}))
    assert seller.get("option-sets").status_code == 403
    assert seller.post(f"option-sets/{LEVEL}/retire", {"value": "d"}).status_code in (403, 404)
    assert seller.post(f"option-sets/{LEVEL}/order", {"values": ["d", "c", "b", "a"]}).status_code in (403, 404)
    assert [o["value"] for o in options(seller, "customers", "level")] == ["a", "b", "c", "d"]
    assert make_user("other", Reach.SELF).pk


@pytest.mark.covers("T-16")
def test_several_classifications_stand_side_by_side_and_a_customer_is_in_one_class_of_each(admin: Api) -> None:
    classes = {"规模": ("大型", "小型"), "信用": ("守信", "关注")}
    made = {s: defined(admin, label=s, kind="choice", options=[{"label": v} for v in values]) for s, values in classes.items()}
    kept = made["规模"]["options"]
    widened = admin.patch(f"extra-fields/{made['规模']['id']}", {"options": [*kept, {"label": "中型", "value": "middle"}]})
    assert widened.status_code == 200, widened.content.decode()
    seller = Api(make_user("seller", {"customers": {"*": "self"}}))
    size, credit = ({o["label"]: o["value"] for o in options(seller, "customers", n)} for n in ("x_guimo", "x_xinyong"))
    assert (list(size), list(credit)) == (["大型", "小型", "中型"], ["守信", "关注"])
    one = customer(seller, "四川石化", x_guimo="middle", x_xinyong=credit["守信"])
    assert (one["x_guimo"], one["x_xinyong"]) == ("middle", credit["守信"])
    twice = seller.patch(f"customers/{one['id']}", {"x_guimo": ["middle", size["大型"]]})
    assert (twice.status_code, list(twice.json()["fields"])) == (422, ["x_guimo"])
    assert seller.patch(f"customers/{one['id']}", {"x_guimo": size["大型"]}).json()["x_xinyong"] == credit["守信"]
    both = [{"field": "x_guimo", "op": "eq", "value": size["大型"]}, {"field": "x_xinyong", "op": "eq", "value": credit["守信"]}]
    assert ids(seller, filter={"and": both}) == [one["id"]]
    assert seller.post("extra-fields", {"label": "等级", "collection": "customers", "kind": "choice"}).status_code == 403
