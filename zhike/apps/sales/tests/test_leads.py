"""线索: from the enquiry through screening to customer, contact and opportunity, in one action."""

from datetime import timedelta

import pytest
from django.utils import timezone

from zhike.apps.customers import pool
from zhike.apps.customers.objects.contact import Contact
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.interaction import Interaction
from zhike.apps.sales.flows.close_deal import flag
from zhike.apps.sales.objects.lead import Lead
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.kernel.reach import Reach
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added, done


@pytest.fixture
def lead(team: Team) -> dict:
    return added(
        team.seller, "leads", name="上海恒泰机械制造有限公司", contact_name="李敏", position="信息中心主任",
        phone="199 0001 0002", source="website", industry="manufacturing", needs="想看数据中台",
    )  # fmt: skip


def qualified(team: Team, lead: dict) -> str:
    at = f"leads/{lead['id']}"
    done(team.seller, f"{at}/screen")
    done(team.seller, f"{at}/qualify")
    return at


def nothing_was_made() -> bool:
    return not (Opportunity.objects.exists() or Contact.objects.exists())


@pytest.mark.covers("K-06", "V-22", "K-53")
@pytest.mark.parametrize("source", ["phone", "website", "consultation", "research", "social", "promotion", "partner"])
def test_a_lead_says_where_it_came_from(team: Team, source: str) -> None:
    assert added(team.seller, "leads", name="甲公司", source=source)["source"] == source


@pytest.mark.covers("K-06")
def test_a_lead_without_a_source_is_not_saved(team: Team) -> None:
    answer = team.seller.post("leads", {"name": "甲公司"})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"source": "必填"})
    assert Lead.objects.count() == 0


@pytest.mark.covers("V-23")
def test_screening_and_handing_over_are_timed(team: Team, lead: dict) -> None:
    at = f"leads/{lead['id']}"
    screened = done(team.seller, f"{at}/screen")
    assert (screened["state"], screened["qualified_at"]) == ("screening", None)
    confirmed = done(team.seller, f"{at}/qualify")
    assert confirmed["state"] == "qualified"
    assert lead["created_at"] < screened["screened_at"] < confirmed["qualified_at"]
    passed_on = done(team.manager, f"{at}/transfer", owner=team.peer.person.pk)
    assert passed_on["owner"]["label"] == "peer"


def test_a_lead_that_names_nobody_cannot_be_confirmed(team: Team) -> None:
    nameless = added(team.seller, "leads", name="甲公司", source="phone")
    answer = team.seller.post(f"leads/{nameless['id']}/qualify")
    assert answer.status_code == 409
    assert answer.json()["message"] == "请先填写联系人以及电话或邮箱，再确认线索"
    assert Lead.objects.get(pk=nameless["id"]).state == "new"


@pytest.mark.covers("V-24")
def test_a_rejected_lead_keeps_its_reason_and_may_come_back(team: Team, lead: dict) -> None:
    at = f"leads/{lead['id']}"
    refused = team.seller.post(f"{at}/discard")
    assert (refused.status_code, refused.json()["fields"]) == (422, {"discard_reason": "必填"})
    assert Lead.objects.get(pk=lead["id"]).state == "new"
    gone = done(team.seller, f"{at}/discard", discard_reason="no_budget", discard_note="明年再看")
    assert (gone["state"], gone["discard_reason"], gone["discard_note"]) == ("discarded", "no_budget", "明年再看")
    assert done(team.seller, f"{at}/reopen")["state"] == "screening"


def test_conversion_makes_customer_contact_and_opportunity(team: Team, lead: dict) -> None:
    at = qualified(team, lead)
    converted = done(team.seller, f"{at}/convert", amount="300000", expected_on="2026-12-31")
    assert converted["state"] == "converted"
    assert [m["collection"] for m in converted["made"]] == ["opportunities", "customers", "contacts"]
    deal = team.seller.get(f"opportunities/{converted['opportunity']['id']}").json()
    assert (deal["stage"], deal["amount"], deal["expected_on"]) == ("prospecting", "300000.00", "2026-12-31")
    customer = team.seller.get(f"customers/{converted['customer']['id']}").json()
    assert (customer["name"], customer["source"], customer["lifecycle"]) == (lead["name"], "website", "prospect")
    contact = team.seller.get(f"contacts/{converted['contact']['id']}").json()
    assert (contact["name"], contact["mobile"]) == ("李敏", "19900010002")
    assert [(c["customer"]["id"], c["position"]) for c in contact["companies"]] == [(customer["id"], "信息中心主任")]


@pytest.mark.covers("V-27")
def test_conversion_begins_the_times_in_which_customer_and_deal_must_be_looked_after(team: Team, lead: dict) -> None:
    limit = {"name": "通用", "starts_on": "2025-12-01", "first_after": 30, "last_after": 60, "release_after": 60}
    added(Api(make_user("keeper", Reach.ALL)), "tracking-limits", **limit)
    path = qualified(team, lead)
    Lead.objects.update(created_at=timezone.now() - timedelta(days=90))  # how long it lay before does not count
    converted = done(team.seller, f"{path}/convert", expected_on=str(timezone.localdate() + timedelta(days=25)))
    customer, deal = (
        f"{name}/{converted[one]['id']}" for name, one in (("customers", "customer"), ("opportunities", "opportunity"))
    )
    marks = {}
    for days in (20, 23, 26, 29, 31):
        now = timezone.now() + timedelta(days=days)
        pool.run(now)
        flag(timezone.localdate(now), actor=System("clock"))
        kept, moved = team.seller.get(customer).json(), team.seller.get(deal).json()
        assert kept["owner"]["label"] == moved["owner"]["label"] == "seller"
        marks[days] = (kept["quiet"], moved["stale"], moved["past_due"])
    assert marks == {
        20: ("", False, False), 23: ("", True, False), 26: ("", True, True), 29: ("", True, True), 31: ("first", True, True),
    }  # fmt: skip


def test_conversion_carries_follow_ups_and_tasks_over_whoever_wrote_them(team: Team, lead: dict) -> None:
    said = added(team.manager, "interactions", lead=lead["id"], content="展会上谈过", channel="meeting")
    task = added(team.seller, "tasks", subject="发资料", due_on="2026-12-01", lead=lead["id"])
    converted = done(team.seller, f"{qualified(team, lead)}/convert")
    for path in (f"interactions/{said['id']}", f"tasks/{task['id']}"):
        carried = team.seller.get(path).json()
        for link in ("customer", "contact", "opportunity"):
            assert carried[link]["id"] == converted[link]["id"]
    moment = Interaction.objects.get(pk=said["id"]).happened_at
    assert Customer.objects.get(pk=converted["customer"]["id"]).last_contact_at == moment


def test_the_products_and_the_intent_of_the_lead_are_those_of_the_deal(team: Team) -> None:
    product = added(team.manager, "products", name="数据中台", list_price="280000")
    lead = added(
        team.seller, "leads", name="甲公司", source="phone", contact_name="李敏", phone="021-55500001", intent="change",
        products=[product["id"]],
    )  # fmt: skip
    converted = done(team.seller, f"{qualified(team, lead)}/convert")
    deal = team.seller.get(f"opportunities/{converted['opportunity']['id']}").json()
    assert (deal["intent"], deal["amount"], deal["name"]) == ("change", "280000.00", "甲公司 变更机会")
    assert [(p["product"]["label"], p["price"]) for p in deal["products"]] == [("数据中台", "280000.00")]


def test_a_customer_and_a_contact_already_known_are_used_again(team: Team, lead: dict) -> None:
    known = added(team.seller, "customers", name="上海恒泰机械制造股份有限公司")
    person = added(team.seller, "contacts", name="李敏", mobile="19900010002", companies=[{"customer": known["id"]}])
    converted = done(team.seller, f"{qualified(team, lead)}/convert")
    assert (converted["customer"]["id"], converted["contact"]["id"]) == (known["id"], person["id"])
    assert [m["collection"] for m in converted["made"]] == ["opportunities"]


def test_the_customer_may_be_chosen(team: Team, lead: dict) -> None:
    group = added(team.seller, "customers", name="恒泰集团")
    converted = done(team.seller, f"{qualified(team, lead)}/convert", customer=group["id"], name="集团项目")
    assert converted["customer"]["id"] == group["id"]
    assert converted["opportunity"]["label"] == "集团项目"
    assert Customer.objects.count() == 1


@pytest.mark.covers("V-41", "V-42")
def test_a_customer_of_another_team_stops_the_conversion_and_leaves_nothing_behind(team: Team, lead: dict) -> None:
    added(team.stranger, "customers", name="上海恒泰机械制造有限责任公司")
    answer = team.seller.post(f"{qualified(team, lead)}/convert")
    assert answer.status_code == 409
    assert [(d["holder"], d["visible"]) for d in answer.json()["duplicates"]] == [("深圳销售部", False)]
    assert Lead.objects.get(pk=lead["id"]).state == "qualified"
    assert nothing_was_made()


def test_a_new_lead_must_be_looked_into_before_it_is_converted(team: Team, lead: dict) -> None:
    answer = team.seller.post(f"leads/{lead['id']}/convert")
    assert (answer.status_code, answer.json()["message"]) == (409, "“转为销售机会”只能用于筛选中、已确认，当前是新线索")
    assert nothing_was_made()


def test_the_same_enquiry_twice_is_noticed(team: Team, lead: dict) -> None:
    answer = team.seller.post("leads", {"name": "乙公司", "phone": "19900010002", "source": "phone"})
    assert (answer.status_code, answer.json()["duplicates"][0]["reason"]) == (409, "电话相同")
    assert Lead.objects.count() == 1
