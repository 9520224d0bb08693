"""行业模板: ready-made roles that an administrator may make her own."""

import json

import pytest

from zhike.features.packs import load_pack, seed_demo
from zhike.features.packs.pack import data
from zhike.features.reports.tests.keeping import kept
from zhike.kernel.errors import NotFound
from zhike.kernel.reach import Reach
from zhike.kernel.registry import find, objects
from zhike.org.objects.person import Person, System
from zhike.testing.kit import Api, make, make_user

pytestmark = pytest.mark.django_db


def count(collection: str) -> int:
    return int(find(collection)._base_manager.count())


@pytest.mark.covers("V-02")
def test_ready_made_roles_are_there_and_stay_as_an_administrator_left_them() -> None:
    load_pack("company")
    roles = find("roles")._base_manager
    assert set(roles.values_list("name", flat=True)) == {
        "销售", "渠道人员", "部门经理", "部门助理", "销售管理部", "高管", "管理员", "市场人员", "商务经理", "售前支持",
        "系统维护", "商务助理", "财务", "客户服务",
    }  # fmt: skip
    roles.filter(code="salesperson").update(name="客户经理", grants={"customers": {"view": "all"}})
    load_pack("company")
    assert count("roles") == 14
    assert roles.get(code="salesperson").grants == {"customers": {"view": "all"}}


def test_every_grant_names_an_object_and_a_verb_there_are() -> None:
    for role in data("company", "roles"):
        for collection, verbs in role["grants"].items():
            known = {"*", *(objects()[collection].verbs() if collection != "*" else ())}
            assert set(verbs) <= known, f"{role['name']} {collection}"


def test_a_pack_there_is_not_is_refused() -> None:
    for name in ("tobacco_of_mars", "../company", ""):
        with pytest.raises(NotFound):
            seed_demo(name)
    assert (count("people"), count("roles")) == (0, 0)


@pytest.mark.covers("V-63")
def test_a_business_manager_designs_a_chart_of_the_forecast_and_publishes_it() -> None:
    load_pack("company")
    manager, boss = (holding(code) for code in ("business-manager", "executive"))
    make(find("forecasts"), {"month": "2026-12-01"}, actor=System("test"))
    drawn = {"rows": ["month:month"], "measures": [{"of": "sum:by_stage"}, {"of": "sum:by_history"}], "picture": "line"}
    report = kept(manager, "预测走势", "forecasts", definition=json.dumps(drawn))
    assert boss.get(f"reports/{report['id']}").status_code == 404
    assert manager.patch(f"reports/{report['id']}", {"share": "everyone"}).status_code == 200
    assert boss.post(f"reports/{report['id']}/result", {}).json()["rows"] != []


@pytest.mark.covers("V-24")
def test_a_business_assistant_registers_what_she_has_filtered_and_says_why_not() -> None:
    load_pack("company")
    assistant = holding("business-assistant")
    good, bad = (
        assistant.post("leads", {"name": name, "contact_name": "王五", "phone": phone, "source": "phone"}).json()
        for name, phone in (("甲公司", "13812345678"), ("乙公司", "13812345679"))
    )
    assert assistant.post(f"leads/{bad['id']}/discard").status_code == 422
    assert assistant.post(f"leads/{bad['id']}/discard", {"discard_reason": "no_need"}).json()["discard_reason"] == "no_need"
    assert assistant.post(f"leads/{good['id']}/screen").status_code == 200
    assert assistant.post(f"leads/{good['id']}/qualify").json()["state"] == "qualified"
    manages, assists = (role["grants"] for role in data("company", "roles") if role["code"].startswith("business-"))
    assert (manages["orders"], "confirm" in assists["orders"], "execute" in assists["orders"]) == ({"*": "all"}, False, False)
    assert (manages["receipts"], assists["receipts"]) == ({"*": "all"}, {"view": "all"})


def holding(code: str) -> Api:
    """Somebody who holds this ready-made role and no other."""
    person = make_user(code, {})
    person.roles.set(find("roles")._base_manager.filter(code=code))
    return Api(Person.objects.acting().get(pk=person.pk))


def test_ready_made_reports_run_for_everybody_and_are_added_once() -> None:
    load_pack("company")
    api = Api(make_user("seller", Reach.SELF))
    reports = api.get("reports", order="name").json()["rows"]
    assert [r["name"] for r in reports] == sorted(r["name"] for r in data("company", "reports"))
    for report in reports:
        answer = api.post(f"reports/{report['id']}/result", {})
        assert answer.status_code == 200, answer.content.decode()
    load_pack("company")
    assert count("reports") == len(reports)
