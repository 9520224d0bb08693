"""一并转交: with the customer go her open tasks, contacts and open deals, as far as somebody says so. 跟进总要关于谁."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.apps.customers.objects.interaction import Interaction
from zhike.kernel.declare import related
from zhike.kernel.related import keys
from zhike.kernel.writes import create_many
from zhike.org.objects.person import System
from zhike.testing.team import Team, added, done


@pytest.fixture
def home(team: Team) -> dict[str, Any]:
    customer = added(team.seller, "customers", name="东方机械")
    link = {"customer": customer["id"]}
    contact = added(team.seller, "contacts", name="李敏", companies=[link])
    open_deal, won = (added(team.seller, "opportunities", name=n, **link) for n in ("一期", "二期"))
    done(team.seller, f"opportunities/{won['id']}/win", amount="100.00")
    task, finished = (added(team.seller, "tasks", subject=s, due_on="2026-12-01", **link) for s in ("发报价", "回访"))
    done(team.seller, f"tasks/{finished['id']}/complete")
    return {"customer": customer, "contact": contact, "deal": open_deal, "won": won, "task": task, "finished": finished}


def owners(team: Team, home: dict[str, Any]) -> dict[str, str]:
    places = {"contact": "contacts", "deal": "opportunities", "won": "opportunities", "task": "tasks", "finished": "tasks"}
    return {n: team.manager.get(f"{c}/{home[n]['id']}").json()["owner"]["label"] for n, c in places.items()}


def test_what_may_go_along_is_counted(team: Team, home: dict[str, Any]) -> None:
    added(team.manager, "tasks", subject="经理的", due_on="2026-12-01", customer=home["customer"]["id"])
    answer = team.seller.get(f"customers/{home['customer']['id']}/transfer").json()
    assert answer == {
        "rows": [
            {"key": "contacts", "label": "联系人", "count": 1}, {"key": "opportunities", "label": "销售机会", "count": 1},
            {"key": "tasks", "label": "任务", "count": 1}, {"key": "data-completions", "label": "资料补充", "count": 0},
            {"key": "collaborators", "label": "协作人", "count": 0, "beside": True},
        ]
    }  # fmt: skip
    assert team.stranger.get(f"customers/{home['customer']['id']}/transfer").status_code == 404


def test_only_what_is_chosen_and_pending_goes_along(team: Team, home: dict[str, Any]) -> None:
    chosen = {"owner": team.peer.person.pk, "along": ["tasks", "opportunities"]}
    answer = team.seller.post(f"customers/{home['customer']['id']}/transfer", chosen)
    assert (answer.status_code, answer.json()["along"]) == (200, {"tasks": 1, "opportunities": 1})
    assert owners(team, home) == {"contact": "seller", "deal": "peer", "won": "seller", "task": "peer", "finished": "seller"}
    history = team.manager.get(f"tasks/{home['task']['id']}/history").json()["rows"][0]
    assert (history["verb"], history["actor"]["label"]) == ("transfer", "seller")


def test_without_a_choice_the_customer_goes_alone(team: Team, home: dict[str, Any]) -> None:
    answer = team.seller.post(f"customers/{home['customer']['id']}/transfer", {"owner": team.peer.person.pk})
    assert answer.status_code == 200
    assert set(owners(team, home).values()) == {"seller"}


def test_what_cannot_go_along_stops_the_transfer(team: Team, home: dict[str, Any]) -> None:
    at = f"customers/{home['customer']['id']}/transfer"
    wrong = team.seller.post(at, {"owner": team.peer.person.pk, "along": ["tasks", "interactions"]})
    assert (wrong.status_code, wrong.json()["fields"]) == (422, {"along": "不能一并转交：interactions"})
    assert team.seller.post(at, {"owner": team.peer.person.pk, "along": "tasks"}).status_code == 422
    assert team.manager.get(f"customers/{home['customer']['id']}").json()["owner"]["label"] == "seller"


def test_many_take_along_what_is_chosen_and_their_own(team: Team, home: dict[str, Any]) -> None:
    other = added(team.peer, "customers", name="西部能源")
    task = added(team.peer, "tasks", subject="寄样品", due_on="2026-12-02", customer=other["id"])
    added(team.manager, "tasks", subject="经理的", due_on="2026-12-01", customer=home["customer"]["id"])
    asked = {"ids": [home["customer"]["id"], other["id"]], "transfer": team.manager.person.pk}
    foreseen = team.manager.post("customers/bulk", asked | {"dry_run": True}).json()
    assert (foreseen["count"], foreseen["refused"]) == (2, [])
    assert {row["key"]: row["count"] for row in foreseen["along"]} == {
        "contacts": 1, "opportunities": 1, "tasks": 2, "data-completions": 0, "collaborators": 0,
    }  # fmt: skip
    assert set(owners(team, home).values()) == {"seller"}
    assert team.manager.post("customers/bulk", asked | {"along": ["contacts", "tasks"]}).json()["done"] == 2
    kept = {"deal": "seller", "won": "seller", "finished": "seller"}
    assert owners(team, home) == {"contact": "manager", "task": "manager"} | kept
    assert team.manager.get(f"tasks/{task['id']}").json()["owner"]["label"] == "manager"


def test_what_many_cannot_take_along_stops_them_all(team: Team, home: dict[str, Any]) -> None:
    asked = {"ids": [home["customer"]["id"]], "transfer": team.peer.person.pk, "along": ["interactions"]}
    assert team.manager.post("customers/bulk", asked).json()["fields"] == {"along": "不能一并转交：interactions"}
    assert team.manager.post("customers/bulk", {"ids": asked["ids"], "delete": True, "along": []}).status_code == 422
    assert team.manager.get(f"customers/{home['customer']['id']}").json()["owner"]["label"] == "seller"


def beside(team: Team, pk: int) -> list[str]:
    """Who works on a customer beside its owner."""
    return [person["label"] for person in team.manager.get(f"customers/{pk}").json()["collaborators"]]


def test_collaborators_go_with_the_owner_who_chose_them_unless_somebody_asks_for_them(team: Team) -> None:
    chosen = [team.stranger.person.pk]
    one, two = (added(team.seller, "customers", name=name, collaborators=chosen)["id"] for name in ("东方机械", "西部能源"))
    offered = team.seller.get(f"customers/{one}/transfer").json()["rows"][-1]
    assert offered == {"key": "collaborators", "label": "协作人", "count": 1, "beside": True}
    kept = team.seller.post(f"customers/{one}/transfer", {"owner": team.peer.person.pk, "along": ["collaborators"]})
    assert (kept.status_code, beside(team, one), team.stranger.get(f"customers/{one}").status_code) == (200, ["stranger"], 200)
    moved = team.seller.post(f"customers/{two}/transfer", {"owner": team.peer.person.pk})
    assert (moved.status_code, beside(team, two), team.stranger.get(f"customers/{two}").status_code) == (200, [], 404)
    history = team.manager.get(f"customers/{two}/history").json()["rows"]
    told = [
        (row["verb"], change["old"]["label"])
        for row in history
        for change in row["changes"]
        if row["part"] == "collaborators" and change["old"]
    ]
    assert told == [("transfer", "stranger")]


def test_of_many_customers_handed_over_collaborators_stay_only_where_it_is_asked(team: Team) -> None:
    ids = [added(team.seller, "customers", name=n, collaborators=[team.stranger.person.pk])["id"] for n in ("甲", "乙")]
    asked = {"ids": ids, "transfer": team.peer.person.pk}
    counted = team.manager.post("customers/bulk", asked | {"dry_run": True}).json()["along"][-1]
    assert (counted["count"], [beside(team, pk) for pk in ids]) == (1, [["stranger"]] * 2)
    assert team.manager.post("customers/bulk", asked | {"along": ["collaborators"]}).json()["done"] == 2
    assert [beside(team, pk) for pk in ids] == [["stranger"]] * 2
    moved = team.manager.post("customers/bulk", asked | {"transfer": team.seller.person.pk})
    assert (moved.json()["done"], [beside(team, pk) for pk in ids]) == (2, [[], []])


def test_lists_of_one_object_are_told_apart_by_their_field() -> None:
    twice = (related("sales.Lead", "customer"), related("customers.Task", "customer"), related("sales.Lead", "contact"))
    assert keys(twice) == ["leads.customer", "tasks", "leads.contact"]


REASON = "客户、联系人、销售机会、线索至少填写一项"


@pytest.mark.django_db
def test_a_follow_up_about_nothing_is_refused_where_a_person_writes_it(team: Team, home: dict[str, Any]) -> None:
    alone = team.seller.post("interactions", {"content": "寒暄"})
    assert (alone.status_code, alone.json()["fields"]) == (422, {"customer": REASON})
    talk = added(team.seller, "interactions", content="谈", customer=home["customer"]["id"])
    cleared = team.seller.patch(f"interactions/{talk['id']}", {"customer": None})
    assert (cleared.status_code, cleared.json()["fields"]) == (422, {"customer": REASON})
    many = team.seller.post("interactions/bulk", {"ids": [talk["id"]], "set": {"customer": None}}).json()
    assert (many["done"], many["refused"][0]["id"]) == (0, talk["id"])
    assert Interaction.objects.get(pk=talk["id"]).customer_id == home["customer"]["id"]


def test_an_imported_follow_up_about_nothing_is_kept_and_marked(team: Team) -> None:
    [made] = create_many(Interaction, [{"content": "旧记录"}], actor=System("import"))
    assert Interaction.objects.get(pk=made.pk).incomplete is True
