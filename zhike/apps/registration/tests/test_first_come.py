"""先录先得: whoever registers first holds the customer; a second registration is stopped, noted, and may be arbitrated."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.registration.objects.arbitration import Arbitration
from zhike.apps.registration.objects.registration_conflict import RegistrationConflict
from zhike.apps.registration.objects.revenue_share import RevenueShare
from zhike.features.clocks import sweep
from zhike.features.transfer.command import run_import
from zhike.kernel.reach import Reach
from zhike.kernel.writes import update
from zhike.org.objects.department import Department
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added, done

pytestmark = pytest.mark.django_db
NAME, VARIANT = "上海恒泰机械制造有限公司", "上海恒泰机械制造（股份）有限公司"
CODE = "91310115MA1K35A22F"


@pytest.fixture
def office(team: Team) -> Api:
    """Sales management; the head of 总部 is somebody else."""
    return Api(make_user("office", Reach.ALL))


@pytest.fixture
def rule(office: Api) -> Any:
    return added(office, "registration-rules", name="报备", starts_on="2026-01-01", review=False)


def insisted(api: Api, **values: Any) -> Any:
    """She is warned, and registers it all the same."""
    return api.post("customers?duplicates=allow", values)


def texts(api: Api) -> list[str]:
    return [row["text"] for row in api.get("notifications").json()["rows"]]


def headed(name: str, head: Api) -> None:
    update(Department._base_manager.get(name=name), {"manager": head.person.pk}, actor=System("test"))


@pytest.mark.covers("V-40")
def test_the_time_of_registration_is_the_servers_to_the_millisecond_and_nobody_edits_it(team: Team, rule: Any) -> None:
    before = timezone.now()
    made = added(team.seller, "customers", name=NAME)
    at = datetime.fromisoformat(made["registered_at"])
    assert before < at < timezone.now()
    for value in ("2020-01-01T00:00:00+08:00", None):
        answer = team.seller.patch(f"customers/{made['id']}", {"registered_at": value})
        assert (answer.status_code, answer.json()["fields"]) == (422, {"registered_at": "不能直接修改"})
    brought = team.stranger.post("customers", {"name": "甲公司", "registered_at": "2020-01-01T00:00:00+08:00"})
    assert brought.status_code == 422
    assert Customer.objects.get().registered_at == at


@pytest.mark.covers("V-41", "V-42")
@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ({"name": VARIANT}, "名称相近"),
        ({"name": "恒泰（上海）", "phone": "021 5550 0001"}, "电话相同"),
        ({"name": "恒泰集团", "credit_code": CODE.lower()}, "统一社会信用代码相同"),
        ({"name": VARIANT, "phone": "021-55500001", "credit_code": CODE}, "名称相近、电话相同、统一社会信用代码相同"),
    ],
)
def test_what_another_has_registered_is_not_registered_again_however_it_is_written(
    team: Team, rule: Any, second: dict, reason: str
) -> None:
    first = added(team.stranger, "customers", name=NAME, phone="021-55500001", credit_code=CODE)
    answer = insisted(team.seller, **second)
    assert (answer.status_code, answer.json()["code"]) == (409, "refused")
    at = timezone.localtime(datetime.fromisoformat(first["registered_at"])).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    assert answer.json()["message"] == f"深圳销售部已于 {at} 先报备（{reason}），按先录先得不能再报备；有异议可申请仲裁"
    assert (answer.json()["holder"], Customer.objects.count()) == ("深圳销售部", 1)
    text = answer.content.decode()
    assert NAME not in text.replace(second["name"], "") and "stranger" not in text


@pytest.mark.covers("V-42")
def test_every_attempt_is_noted_and_the_holder_hears_of_the_first(team: Team, rule: Any) -> None:
    added(team.stranger, "customers", name=NAME)
    where = insisted(team.seller, name=VARIANT).json()["leads_to"]
    assert insisted(team.seller, name=VARIANT).json()["leads_to"] == where
    noted = team.seller.get(f"{where['collection']}/{where['id']}").json()
    assert (noted["name"], noted["tries"], noted["state"], noted["team"]["label"]) == (VARIANT, 2, "stopped", "深圳销售部")
    assert where["label"] == noted["number"]
    assert texts(team.stranger) == [f"有同事以“{VARIANT}”再次报备您的客户，已按先录先得拦截"]
    assert team.peer.get(f"{where['collection']}/{where['id']}").status_code == 404
    page = team.seller.get(f"{where['collection']}/{where['id']}/page").content.decode()
    assert NAME not in page and "stranger" not in page


@pytest.mark.covers("V-42")
def test_a_customer_is_not_renamed_into_what_another_holds(team: Team, rule: Any) -> None:
    added(team.stranger, "customers", name=NAME)
    own = added(team.seller, "customers", name="乙公司")
    for change in ({"name": VARIANT}, {"name": "上海恒泰机械制造公司"}):
        assert team.seller.patch(f"customers/{own['id']}", change).status_code == 409
    bulk = team.seller.post("customers/bulk", {"ids": [own["id"]], "set": {"name": VARIANT}})
    assert bulk.status_code == 409
    assert Customer.objects.get(pk=own["id"]).name == "乙公司"
    assert team.seller.patch(f"customers/{own['id']}", {"name": "乙集团", "notes": "改名"}).status_code == 200


@pytest.mark.covers("V-41")
def test_of_an_import_only_what_others_hold_is_refused(team: Team, office: Api, rule: Any, tmp_path: Path) -> None:
    held = added(team.stranger, "customers", name=NAME)
    sheet = tmp_path / "客户.csv"
    lines = [f"永新{n}号实业有限公司,13{n:09}" for n in range(40)]
    sheet.write_text("\n".join(["客户名称,电话", *lines[:20], f"{VARIANT},13900000000", *lines[20:]]), encoding="utf-8")
    told = run_import("customers", sheet, actor=office.person, on_duplicate="create")
    assert (told["created"], told["refused"]) == (40, 1)
    assert "深圳销售部已于" in Path(told["refused_file"]).read_text(encoding="utf-8-sig")
    assert Customer.objects.filter(name__contains="恒泰").get().pk == held["id"]


def test_two_that_stand_side_by_side_are_kept_up_but_not_made_alike_in_more(team: Team, office: Api) -> None:
    """As after an arbitration, or from a time before the rule."""
    rule = added(office, "registration-rules", name="报备", starts_on="2026-01-01", review=False, first_come=False)
    first = added(team.stranger, "customers", name=NAME, phone="021-55500001")
    second = insisted(team.seller, name=VARIANT).json()
    assert office.patch(f"registration-rules/{rule['id']}", {"first_come": True}).status_code == 200
    for own, door, phone in ((first, team.stranger, "021-55500002"), (second, team.seller, "021-55500003")):
        assert door.patch(f"customers/{own['id']}", {"phone": phone}).status_code == 200
    assert team.seller.patch(f"customers/{second['id']}", {"name": f" {VARIANT}"}).status_code == 200
    taken = team.stranger.get(f"customers/{first['id']}").json()["phone"]
    answer = team.seller.patch(f"customers/{second['id']}", {"phone": taken})
    assert (answer.status_code, "先报备（电话相同）" in answer.json()["message"]) == (409, True)
    assert team.seller.get(f"customers/{second['id']}").json()["phone"] != taken


def test_ones_own_second_record_a_pooled_customer_and_a_time_without_rule(team: Team, office: Api) -> None:
    added(team.stranger, "customers", name="南海实业有限公司")
    assert insisted(team.seller, name="南海实业公司").status_code == 201
    added(office, "registration-rules", name="报备", starts_on="2026-01-01", review=False)
    added(team.seller, "customers", name=NAME)
    assert insisted(team.seller, name=VARIANT).status_code == 201
    Customer._base_manager.filter(name=NAME).update(owner=None, in_pool=True)
    pooled = insisted(team.stranger, name=NAME)
    assert (pooled.status_code, pooled.json()["message"]) == (409, "这个客户在公共池中，请从公共池领取，不能重新登记")


def test_a_deal_is_registered_once_where_the_policy_says_so(team: Team, office: Api) -> None:
    added(office, "registration-rules", name="报备", starts_on="2026-01-01", review=False, registers="both")
    product, other = (added(office, "products", name=name)["id"] for name in ("数据中台", "一体机"))
    customer = added(team.seller, "customers", name=NAME)["id"]
    added(team.seller, "opportunities", name="一期", customer=customer, products=[{"product": product}])
    answer = team.manager.post("opportunities", {"name": "抢单", "customer": customer, "products": [{"product": product}]})
    assert answer.status_code == 409
    assert "先报备（同一客户的同类产品）" in answer.json()["message"]
    added(team.manager, "opportunities", name="另一种产品", customer=customer, products=[{"product": other}])


@pytest.fixture
def case(team: Team, rule: Any, office: Api) -> Any:
    """The seller appeals against the peer's first registration; the manager of both decides."""
    headed("华东分公司", team.manager)
    held = added(team.peer, "customers", name=NAME)
    added(team.peer, "interactions", customer=held["id"], content="初次拜访，客户没有预算", channel="visit")
    lead = added(team.seller, "leads", name=VARIANT, source="phone", contact_name="李敏", phone="13900010002")
    added(team.seller, "interactions", lead=lead["id"], content="客户希望由我们对接", channel="phone")
    where = insisted(team.seller, name=VARIANT).json()["leads_to"]
    done(team.seller, f"registration-conflicts/{where['id']}/appeal", grounds="客户指定由我对接")
    return Arbitration.objects.get()


def decided(api: Api, case: Any, **data: Any) -> Any:
    return api.post(f"arbitrations/{case.pk}/decide", {"opinion": "依据双方记录", **data})


@pytest.mark.covers("V-43")
def test_a_case_shows_what_both_sides_have_on_file_to_whoever_leads_both(team: Team, case: Any) -> None:
    shown = team.manager.get(f"arbitrations/{case.pk}").json()
    assert (shown["owner"]["label"], shown["holder"]["label"], shown["claimant"]["label"]) == ("manager", "peer", "seller")
    told = [(line["side"], line["what"].split("（")[0], line["by"]) for line in shown["evidence"]]
    assert sorted(told) == [
        ("claimant", f"报备“{VARIANT.split('（')[0]}", "seller"),
        ("claimant", "电话：客户希望由我们对接", "seller"),
        ("claimant", f"登记线索“{VARIANT.split('（')[0]}", "seller"),
        ("holder", "拜访：初次拜访，客户没有预算", "peer"),
        ("holder", f"登记客户“{NAME}”", "peer"),
    ]
    assert [line["at"] for line in shown["evidence"]] == sorted(line["at"] for line in shown["evidence"])
    frozen = team.manager.patch(f"arbitrations/{case.pk}", {"evidence": []})
    assert (frozen.status_code, frozen.json()["message"]) == (409, "证据在立案时固定，不能修改")
    assert texts(team.manager)[0] == f"撞单“{VARIANT}”等待您裁决"
    for party in (team.seller, team.peer, team.stranger):
        assert party.get(f"arbitrations/{case.pk}").status_code == 404


@pytest.mark.covers("V-43")
def test_the_most_favourable_to_signing_moves_the_customer_with_what_is_pending(team: Team, case: Any) -> None:
    wrong = decided(team.manager, case, principle="first_come", outcome="claimant")
    assert wrong.json()["fields"] == {"outcome": "先录先得只能维持先报备方；要转给或共享，请按最有利签约裁决"}
    deal = added(team.peer, "opportunities", name="一期", customer=case.customer_id)
    assert decided(team.manager, case, principle="best_signing", outcome="claimant").status_code == 200
    for path in (f"customers/{case.customer_id}", f"opportunities/{deal['id']}"):
        assert team.seller.get(path).json()["owner"]["label"] == "seller"
        assert team.peer.get(path).status_code == 404
    rows = team.seller.get(f"customers/{case.customer_id}/history").json()["rows"]
    assert (rows[0]["verb"], rows[0]["actor"]["label"]) == ("transfer", "manager")
    conflict = team.seller.get("registration-conflicts").json()["rows"][0]
    assert (conflict["state"], RegistrationConflict.objects.get().outcome) == ("settled", "转给申请方")


def test_first_come_leaves_the_customer_where_it_is_and_a_party_decides_nothing(team: Team, case: Any, office: Api) -> None:
    Arbitration._base_manager.filter(pk=case.pk).update(holder=office.person.pk)
    own = decided(office, case, outcome="holder")
    assert (own.status_code, own.json()["message"]) == (409, "当事人不能裁决自己的案件")
    Arbitration._base_manager.filter(pk=case.pk).update(holder=team.peer.person.pk)
    assert decided(team.manager, case, outcome="holder").status_code == 200
    assert Customer.objects.get().owner_id == team.peer.person.pk
    result = f"“{VARIANT}”的撞单仲裁结果：维持先报备方"
    assert texts(team.peer)[0] == texts(team.seller)[0] == result


@pytest.mark.covers("V-43")
def test_shared_ownership_opens_the_customer_to_both_and_splits_what_is_won(team: Team, case: Any) -> None:
    for data in ({}, {"holder_percent": "100"}):
        assert decided(team.manager, case, principle="best_signing", outcome="shared", **data).status_code == 422
    shared = decided(team.manager, case, principle="best_signing", outcome="shared", holder_percent="33.33").json()
    assert (shared["holder_percent"], shared["claimant_percent"]) == ("33.33", "66.67")
    at = f"customers/{case.customer_id}"
    assert team.seller.get(at).json()["owner"]["label"] == "peer"
    assert team.seller.patch(at, {"notes": "一起跟"}).status_code == 200
    assert [p["label"] for p in team.peer.get(at).json()["collaborators"]] == ["seller"]
    deal = added(team.peer, "opportunities", name="一期", customer=case.customer_id)
    done(team.peer, f"opportunities/{deal['id']}/win", amount="100000.01")
    mine = team.seller.get("revenue-shares", fields="percent,amount,won_amount").json()["rows"]
    assert [(r["percent"], r["amount"], r["won_amount"]) for r in mine] == [("66.67", "66670.01", "100000.01")]
    assert sum(RevenueShare.objects.values_list("amount", flat=True)) == Decimal("100000.01")
    done(team.peer, f"opportunities/{deal['id']}/reopen", to="engaging")
    assert not RevenueShare.objects.exists()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(1, 9999).map(lambda n: Decimal(n) / 100), st.integers(1, 10**11).map(lambda n: Decimal(n) / 100))
def test_two_shares_make_exactly_the_whole(team: Team, case: Any, percent: Decimal, amount: Decimal) -> None:
    kept = {"holder_percent": percent, "claimant_percent": 100 - percent, "outcome": "shared", "state": "decided"}
    Arbitration._base_manager.filter(pk=case.pk).update(**kept, decided_at=timezone.now())
    deal = added(team.peer, "opportunities", name="一期", customer=case.customer_id)
    done(team.peer, f"opportunities/{deal['id']}/win", amount=str(amount))
    shares = RevenueShare.objects.filter(opportunity=deal["id"]).values_list("percent", "amount")
    assert (sum(p for p, _ in shares), sum(a for _, a in shares)) == (Decimal(100), amount)
    assert all(abs(a - amount * p / 100) < Decimal("0.01") for p, a in shares)


def test_an_appeal_is_taken_back_and_a_case_left_lying_is_asked_about(team: Team, case: Any) -> None:
    sweep.sweep(timezone.now() + timedelta(days=30))
    assert f"撞单“{VARIANT}”的仲裁已超过期限" in texts(team.manager)
    conflict = RegistrationConflict.objects.get()
    assert done(team.seller, f"registration-conflicts/{conflict.pk}/withdraw")["state"] == "withdrawn"
    assert Arbitration.objects.get().state == "withdrawn"


def test_the_post_the_rule_names_decides_between_branches(team: Team, office: Api) -> None:
    post = added(office, "posts", name="销售管理部经理")
    assert office.patch(f"people/{office.person.pk}", {"post": post["id"]}).status_code == 200
    added(office, "registration-rules", name="报备", starts_on="2026-01-01", review=False, arbiter=post["id"])
    added(team.stranger, "customers", name=NAME)
    where = insisted(team.seller, name=VARIANT).json()["leads_to"]
    done(team.seller, f"registration-conflicts/{where['id']}/appeal", grounds="客户指定")
    assert Arbitration.objects.get().owner_id == office.person.pk
