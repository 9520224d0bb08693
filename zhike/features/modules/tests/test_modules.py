"""模块开关: what is switched off is gone for everybody, at every door, and comes back with everything that was in it."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make, make_department, make_user
from zhike.testing.team import added

pytestmark = pytest.mark.django_db
FILE = "名称\n西部管线\n".encode()


@pytest.fixture
def admin(db: Any) -> Api:
    return Api(make_user("admin", Reach.ALL, make_department("总部")))


@pytest.fixture
def without_registration(admin: Api) -> None:
    """It shares the revenue of deals, and so cannot do without them."""
    assert switch(admin, "registration", on=False).status_code == 200


@pytest.fixture
def seller(admin: Api) -> Api:
    return Api(make_user("seller", Reach.SELF, make_department("销售一部")))


def switch(api: Api, name: str, *, on: bool, **more: str) -> Any:
    return api.post(f"modules/{name}", {"enabled": on, **more})


def modules(api: Api) -> Any:
    return {m["name"]: m for m in api.get("modules").json()["rows"]}


def doors(api: Api, pk: int) -> list[int]:
    """What a program hears at every address of the deals."""
    upload = api.client.post("/api/v1/imports", {"collection": "opportunities"})
    answers = [
        api.get("opportunities"), api.get(f"opportunities/{pk}"), api.get(f"opportunities/{pk}/page"),
        api.get(f"opportunities/{pk}/history"), api.get("opportunities/aggregate"), api.get("opportunities/options"),
        api.patch(f"opportunities/{pk}", {"name": "改名"}), api.post(f"opportunities/{pk}/win", {}),
        api.delete(f"opportunities/{pk}"),
        api.post("opportunities/bulk", {"ids": [pk], "delete": True}), api.post("opportunities/export", {}),
        api.post("report-figures", {"collection": "opportunities", "definition": {}}),
    ]  # fmt: skip
    return [a.status_code for a in (*answers, upload)]


@pytest.mark.covers("T-64")
@pytest.mark.usefixtures("without_registration")
def test_a_module_that_is_off_is_gone_at_every_door_and_comes_back_whole(admin: Api, seller: Api) -> None:
    deal = make(Opportunity, {"name": "西部管线自动化"}, actor=seller.person)
    before = Opportunity.objects.filter(pk=deal.pk).values().get()
    shown = seller.get("meta").json()
    assert switch(admin, "sales", on=False, reason="今年只做客户资料").status_code == 200

    for api in (admin, seller):
        meta = api.get("meta").json()
        assert {"opportunities", "leads", "competitors"}.isdisjoint(meta["objects"])
        assert "销售" not in [m["label"] for m in meta["menus"]]
        assert not [c for c in meta["home"]["cards"] if c["collection"] in ("opportunities", "leads", "competitors")]
        assert not [c for d in meta["dashboards"] for c in d["cards"] if c["collection"] == "opportunities"]
        assert api.get("search", q="西部管线").json()["groups"] == []
    codes = doors(admin, deal.pk)
    assert codes == [404] * 12 + [422]  # the last sent no file, so that one says what it lacks first
    assert "opportunities" not in [
        o["collection"] for o in admin.get(f"roles/{seller.person.roles.get().pk}/grants").json()["objects"]
    ]
    assert "/opportunities" not in admin.get("openapi.json").json()["paths"]

    assert switch(admin, "sales", on=True).status_code == 200
    assert Opportunity.objects.filter(pk=deal.pk).values().get() == before
    assert seller.get("meta").json() == shown
    assert [g["collection"] for g in seller.get("search", q="西部管线").json()["groups"]] == ["opportunities"]


@pytest.mark.usefixtures("without_registration")
def test_an_import_into_what_is_off_is_refused(admin: Api) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    switch(admin, "sales", on=False)
    upload = {"collection": "opportunities", "file": SimpleUploadedFile("机会.csv", FILE)}
    assert admin.client.post("/api/v1/imports", upload).status_code == 404


@pytest.mark.usefixtures("without_registration")
def test_a_reference_into_what_is_off_is_no_field_and_keeps_its_value(admin: Api, seller: Api) -> None:
    deal = make(Opportunity, actor=seller.person)
    talk = added(seller, "interactions", content="谈了付款", opportunity=deal.pk)
    switch(admin, "sales", on=False)
    described = seller.get("meta").json()["objects"]["interactions"]
    assert "opportunity" not in [f["name"] for f in described["fields"]]
    assert described["sections"][1] == {"label": "关联", "fields": ["customer", "contact"]}
    assert described["one_of"] == ["customer", "contact"]
    seen = seller.get(f"interactions/{talk['id']}").json()
    assert "opportunity" not in seen
    refused = seller.patch(f"interactions/{talk['id']}", {"opportunity": None})
    assert (refused.status_code, refused.json()["fields"]) == (422, {"opportunity": "没有这个字段"})
    changed = seller.patch(f"interactions/{talk['id']}", {"content": "谈了付款方式"})
    assert (changed.status_code, changed.json()["incomplete"]) == (200, False)
    planned = seller.patch(f"interactions/{talk['id']}", {"next_step": "送样机", "next_on": "2099-03-01"})
    assert planned.status_code == 200, planned.content.decode()
    switch(admin, "sales", on=True)
    assert seller.get(f"interactions/{talk['id']}").json()["opportunity"]["id"] == deal.pk
    task = seller.get("tasks", fields="subject,opportunity").json()["rows"][0]
    assert (task["subject"], task["opportunity"]["id"]) == ("送样机", deal.pk), "what the program itself carries on stays whole"


def test_what_another_module_needs_stays_on_and_the_refusal_names_it(admin: Api) -> None:
    told = modules(admin)
    assert [n["label"] for n in told["sales"]["needs"]] == ["客户", "产品"]
    assert [n["label"] for n in told["catalog"]["needed_by"]] == ["销售", "合同"]
    refused = switch(admin, "catalog", on=False)
    assert (refused.status_code, refused.json()["code"]) == (409, "refused")
    assert refused.json()["message"] == (
        "“销售”（销售机会、报价）要用到“产品”：要停用“产品”请先停用“销售”，要启用“销售”请先启用“产品”"
    )
    assert modules(admin)["catalog"]["enabled"] is True
    for name in ("contracts", "registration", "sales", "catalog"):
        assert switch(admin, name, on=False).status_code == 200
    assert switch(admin, "sales", on=True).status_code == 409
    assert modules(admin)["sales"]["enabled"] is False


def test_no_other_way_of_writing_leads_round_the_rule(admin: Api) -> None:
    assert admin.post("module-switches", {"module": "catalog", "enabled": False}).status_code == 409
    for name in ("contracts", "registration", "sales", "catalog"):
        switch(admin, name, on=False)
    turns = {t["module"]: t["id"] for t in admin.get("module-switches").json()["rows"]}
    assert admin.delete(f"module-switches/{turns['catalog']}").status_code == 204
    assert modules(admin)["catalog"]["enabled"] is True
    switch(admin, "catalog", on=False)
    assert admin.patch(f"module-switches/{turns['sales']}", {"enabled": True}).status_code == 409
    assert admin.post("module-switches/bulk", {"ids": [turns["sales"]], "set": {"enabled": True}}).status_code == 409
    assert modules(admin)["sales"]["enabled"] is False


@pytest.mark.usefixtures("without_registration")
def test_who_switched_it_and_why_is_told_and_only_administrators_may(admin: Api, seller: Api) -> None:
    switch(admin, "sales", on=False, reason="年底盘点")
    last = modules(admin)["sales"]["last"]
    assert (last["by"]["label"], last["reason"]) == ("admin", "年底盘点")
    plain = Api(make_user("plain", {"customers": {"*": "all"}}, make_department("财务部")))
    assert plain.get("modules").status_code == 403
    assert switch(plain, "sales", on=True).status_code == 403
    assert admin.post("modules/nothing", {"enabled": True}).status_code == 404
    assert admin.post("modules/sales", {"enabled": "no"}).json()["fields"] == {"enabled": "应为 是 或 否"}
