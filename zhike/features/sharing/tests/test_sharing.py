"""共享: a record opened to a person or a department is seen everywhere records are seen, and no longer once it is taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.org.objects.appointment import Appointment
from zhike.org.shares import Share
from zhike.testing.kit import Api, make
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY = timezone.localdate().isoformat(), (timezone.localdate() - timedelta(1)).isoformat()


@pytest.fixture
def customer(team: Team) -> Any:
    return added(team.seller, "customers", name="四川石化", phone="13800138000")


def names(api: Api, collection: str = "customers", **asked: Any) -> list[str]:
    return [row["name"] for row in api.get(collection, **asked).json()["rows"]]


def sees(api: Api, pk: int) -> set[str]:
    """By which doors somebody meets the customer."""
    found = {
        "read": api.get(f"customers/{pk}").status_code == 200,
        "page": api.get(f"customers/{pk}/page").status_code == 200,
        "history": api.get(f"customers/{pk}/history").status_code == 200,
        "list": names(api) == ["四川石化"],
        "words": names(api, q="石化") == ["四川石化"],
        "search": bool(api.get("search", q="石化").json()["groups"]),
        "options": bool(api.get("customers/options", q="石化").json()["rows"]),
        "figure": api.get("customers/aggregate").json()["rows"] == [{"count": 1}],
    }
    return {door for door, open in found.items() if open}


def share(team: Team, customer: Any, **to: Any) -> Any:
    answer = team.seller.post(f"customers/{customer['id']}/shares", to)
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()["rows"]


@pytest.mark.covers("T-74", "P-28")
def test_a_shared_customer_is_met_at_every_door_until_it_is_taken_back(team: Team, customer: Any) -> None:
    one, stranger = customer["id"], team.stranger
    assert sees(stranger, one) == set()
    [row] = share(team, customer, person=stranger.person.pk)
    assert (row["to"], row["change"], row["by"]["label"]) == (
        {"collection": "people", "id": stranger.person.pk, "label": "stranger"}, False, "seller",
    )  # fmt: skip
    assert sees(stranger, one) == {"read", "page", "history", "list", "words", "search", "options", "figure"}
    assert sees(team.peer, one) == set()
    assert stranger.get("notifications").json()["rows"][0]["text"] == "seller把客户“四川石化”共享给了您"
    assert next(r["label"] for r in team.seller.get(f"customers/{one}/history").json()["rows"]) == "共享给stranger"
    assert team.seller.delete(f"customers/{one}/shares/{row['id']}").status_code == 204
    assert sees(stranger, one) == set()
    assert team.seller.get(f"customers/{one}/shares").json() == {"rows": [], "beside": [], "may_share": True}


def test_to_look_at_is_not_to_change_and_to_change_is_nothing_more(team: Team, customer: Any) -> None:
    one, stranger = f"customers/{customer['id']}", team.stranger
    share(team, customer, person=stranger.person.pk)
    assert stranger.patch(one, {"level": "a"}).status_code == 404
    assert stranger.get(one).json()["may"] == {"change": False, "delete": False, "transfer": False, "share": False}
    assert [r["change"] for r in share(team, customer, person=stranger.person.pk, change=True)] == [True]
    assert stranger.get(one).json()["may"] == {"change": True, "delete": False, "transfer": False, "share": False}
    assert stranger.patch(one, {"level": "a"}).json()["level"] == "a"
    bulk = stranger.post("customers/bulk", {"ids": [customer["id"]], "set": {"level": "b"}})
    assert bulk.json()["done"] == 1
    assert stranger.post(f"{one}/transfer", {"owner": stranger.person.pk}).status_code == 404
    assert stranger.delete(one).status_code == 404
    assert stranger.post(f"{one}/develop").status_code == 404
    assert stranger.post(f"{one}/shares", {"person": team.peer.person.pk}).status_code == 403
    assert team.peer.post(f"{one}/shares", {"person": team.peer.person.pk}).status_code == 404


def beside(api: Api, customer: Any, *people: Api) -> Any:
    return api.patch(f"customers/{customer['id']}", {"collaborators": [one.person.pk for one in people]})


@pytest.mark.covers("P-28")
def test_a_collaborator_works_on_the_customer_at_every_door_until_she_is_taken_out(team: Team, customer: Any) -> None:
    one, stranger = customer["id"], team.stranger
    added(team.seller, "contacts", name="王经理", companies=[{"customer": one}])
    added(team.seller, "interactions", customer=one, channel="phone", content="聊了聊")
    assert beside(team.seller, customer, stranger).status_code == 200
    assert sees(stranger, one) == {"read", "page", "history", "list", "words", "search", "options", "figure"}
    assert (names(stranger, "contacts"), stranger.get("interactions/aggregate").json()["rows"]) == (["王经理"], [{"count": 1}])
    assert sees(team.peer, one) == set()
    assert stranger.get(f"customers/{one}").json()["may"] == {
        "change": True, "delete": False, "transfer": False, "share": False,
    }  # fmt: skip
    who = {"id": stranger.person.pk, "label": "stranger"}
    joined = team.seller.get(f"customers/{one}/history").json()["rows"][0]
    assert (joined["actor"]["label"], joined["part_label"], joined["changes"][0]["new"]) == ("seller", "协作人", who)
    assert stranger.patch(f"customers/{one}", {"level": "a"}).json()["level"] == "a"
    assert stranger.post(f"customers/{one}/develop").status_code == 404
    shown = {"to": {"collection": "people", "id": stranger.person.pk, "label": "stranger"}, "as": "协作人"}
    told = {"rows": [], "beside": [shown], "may_share": False}
    assert stranger.get(f"customers/{one}/shares").json() == told
    assert stranger.get("notifications").json()["rows"][0]["text"] == "seller请您做客户“四川石化”的协作人"
    assert beside(team.seller, customer).status_code == 200
    assert (sees(stranger, one), names(stranger, "contacts")) == (set(), [])
    assert stranger.get("notifications").json()["rows"][0]["text"] == "有一条客户通知，所涉及的内容已删除或您已无权查看"


@pytest.mark.parametrize("how", ["collaborator", "shared"])
def test_whom_it_is_only_shared_with_brings_nobody_along_and_shuts_nobody_out(team: Team, customer: Any, how: str) -> None:
    one, stranger = customer["id"], team.stranger
    beside(team.seller, customer, team.manager, *([stranger] if how == "collaborator" else []))
    if how == "shared":
        share(team, customer, person=stranger.person.pk, change=True)
    standing = [person["id"] for person in team.seller.get(f"customers/{one}").json()["collaborators"]]
    for people in ([team.manager, team.peer, stranger], []):
        refused = beside(stranger, customer, *people)
        assert (refused.status_code, refused.json()["message"]) == (409, "这条客户只是共享给您的，不能增减协作人")
    assert [person["id"] for person in team.seller.get(f"customers/{one}").json()["collaborators"]] == standing
    assert sees(team.peer, one) == set()
    same = stranger.patch(f"customers/{one}", {"collaborators": standing, "level": "b"})
    assert (same.status_code, same.json()["level"]) == (200, "b")
    assert beside(team.manager, customer, team.peer).status_code == 200  # by her role


def test_collaborators_of_a_new_customer_hear_of_it_and_a_closed_field_names_none(team: Team) -> None:
    made = added(team.seller, "customers", name="大庆油田", collaborators=[team.stranger.person.pk])
    assert names(team.stranger) == ["大庆油田"]
    assert team.stranger.get("notifications").json()["unread"] == 1
    role = team.stranger.person.roles.get()
    type(role).objects.filter(pk=role.pk).update(field_rules={"customers": {"collaborators": "hidden"}})
    assert team.stranger.get(f"customers/{made['id']}/shares").json()["beside"] == []
    assert len(team.seller.get(f"customers/{made['id']}/shares").json()["beside"]) == 1


def test_a_department_and_only_its_members_see_what_is_shared_with_it(team: Team, customer: Any) -> None:
    share(team, customer, department=team.stranger.person.department_id)
    assert names(team.stranger) == ["四川石化"]
    assert names(team.peer) == []
    assert names(team.stranger, filter={"field": "id", "op": "shared"}) == ["四川石化"]
    assert names(team.seller, filter={"field": "id", "op": "shared"}) == []


def test_whoever_holds_a_further_post_there_works_in_the_department_too(team: Team, customer: Any) -> None:
    """兼职: what is shared with the department, her own part of a list, a report opened to it; from the first day to the last."""
    peer, there = team.peer.person, team.stranger.person.department_id
    post = Appointment.objects.create(person=peer, department_id=there, role=peer.roles.get(), ends_on=timezone.localdate())
    share(team, customer, department=there)
    opened = {"name": "本地客户", "collection": "customers", "share": "department"}
    report = team.stranger.post("reports", opened).json()
    added(team.stranger, "products", name="数据中台")
    mine = [{"field": "department", "op": "eq", "value": value} for value in ("mine", "mine_and_below")]
    assert names(team.peer) == ["四川石化"]
    assert team.peer.get("notifications").json()["rows"][0]["text"] == "seller把客户“四川石化”共享给了您"
    assert [names(team.peer, "products", filter=wanted) for wanted in mine] == [["数据中台"]] * 2
    assert team.peer.post(f"reports/{report['id']}/result").status_code == 200
    Appointment.objects.filter(pk=post.pk).update(ends_on=timezone.localdate() - timedelta(1))
    assert (names(team.peer), names(team.peer, "products", filter=mine[0])) == ([], [])
    assert team.peer.post(f"reports/{report['id']}/result").status_code == 404


def test_contacts_and_deals_follow_the_shared_customer(team: Team, customer: Any) -> None:
    added(team.seller, "contacts", name="王经理", companies=[{"customer": customer["id"]}])
    added(team.seller, "opportunities", name="压裂项目", customer=customer["id"])
    added(team.seller, "contacts", name="别处的人")
    share(team, customer, person=team.stranger.person.pk)
    assert (names(team.stranger, "contacts"), names(team.stranger, "opportunities")) == (["王经理"], ["压裂项目"])
    related = team.stranger.get(f"customers/{customer['id']}/page").json()["related"]
    assert [len(related[c]["rows"]) for c in ("contacts", "opportunities")] == [1, 1]


def test_a_share_ends_after_its_day(team: Team, customer: Any) -> None:
    [row] = share(team, customer, person=team.stranger.person.pk, until=TODAY)
    assert row["until"] == TODAY
    assert names(team.stranger) == ["四川石化"]
    Share.objects.update(until=timezone.now() - timedelta(hours=1))  # a test is one transaction, and so one moment
    assert (names(team.stranger), team.stranger.get(f"customers/{customer['id']}").status_code) == ([], 404)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "person"), ({"person": 0}, "person"), ({"person": 10**9}, "person"), ({"department": 10**9}, "department"),
        ({"person": "me", "department": "me"}, "person"), ({"person": "me", "until": YESTERDAY}, "until"),
        ({"person": "me", "until": "soon"}, "until"), ({"person": "me", "change": 1}, "change"),
        ({"person": "me", "odd": 1}, "odd"),
    ],
)  # fmt: skip
def test_what_cannot_be_shared_is_refused_with_the_reason(team: Team, customer: Any, given: Any, field: str) -> None:
    sent = {name: team.stranger.person.pk if value == "me" else value for name, value in given.items()}
    answer = team.seller.post(f"customers/{customer['id']}/shares", sent)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert not Share.objects.exists()


def test_a_thousand_shares_cost_no_query_and_are_found_by_an_index(team: Team) -> None:
    made = [make(Customer, {"name": f"公司{n}"}, actor=team.seller.person) for n in range(3)]
    ids = [*range(10**7, 10**7 + 997), *(one.pk for one in made)]
    Share.objects.bulk_create(Share(collection="customers", record=pk, person_id=team.stranger.person.pk) for pk in ids)
    stranger = team.stranger
    assert len(names(stranger)) == 3
    with CaptureQueriesContext(connection) as queries:
        stranger.get("customers")
    with CaptureQueriesContext(connection) as unshared:
        team.peer.get("customers")
    assert len(queries) == len(unshared)
    [statement] = [q["sql"] for q in queries if "json_agg" in q["sql"] and "customers_customer" in q["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "hashed SubPlan" not in plan and "Seq Scan on customers_customer" not in plan
