"""跟进与任务: what was said is kept in one timeline, and the next step becomes a task."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.interaction import Interaction
from zhike.apps.customers.objects.task import Task
from zhike.kernel.errors import NotFound
from zhike.kernel.reach import Reach
from zhike.kernel.writes import update
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import Team, added, done


@pytest.fixture
def customer(team: Team) -> dict:
    return added(team.seller, "customers", name="上海恒泰机械制造有限公司")


def last_contact(customer: dict) -> Any:
    return Customer.objects.get(pk=customer["id"]).last_contact_at


@pytest.mark.covers("P-05")
def test_three_fields_are_enough(team: Team, customer: dict) -> None:
    made = added(team.seller, "interactions", customer=customer["id"], channel="visit", content="现场看了\n两个车间")
    assert (made["channel"], made["summary"]) == ("visit", "现场看了 两个车间")
    assert made["happened_at"][:10] >= (timezone.now() - timedelta(days=1)).date().isoformat()
    assert last_contact(customer) == Interaction.objects.get(pk=made["id"]).happened_at


def test_a_follow_up_without_content_is_not_saved(team: Team, customer: dict) -> None:
    answer = team.seller.post("interactions", {"customer": customer["id"], "content": "  "})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"content": "必填"})
    assert (Interaction.objects.count(), last_contact(customer)) == (0, None)


@pytest.mark.covers("P-08", "T-68")
def test_all_channels_write_one_history_in_the_order_things_happened(team: Team, customer: dict) -> None:
    for day, channel in ((3, "wecom"), (1, "weibo"), (2, "sms")):
        moment = f"2026-03-0{day}T10:00:00+08:00"
        added(team.seller, "interactions", customer=customer["id"], channel=channel, content="谈", happened_at=moment)
    page = team.seller.get(f"customers/{customer['id']}/page").json()
    assert [r["channel"] for r in page["related"]["interactions"]["rows"]] == ["wecom", "sms", "weibo"]
    assert last_contact(customer).isoformat() == "2026-03-03T02:00:00+00:00"


@pytest.mark.covers("P-06")
def test_follow_ups_are_found_by_customer_channel_days_author_and_words(team: Team, customer: dict) -> None:
    wanted = added(
        team.seller, "interactions", customer=customer["id"], channel="meeting", content="评审会确定了二期范围",
        happened_at="2026-03-05T10:00:00+08:00",
    )  # fmt: skip
    home = {"customer": added(team.seller, "customers", name="苏州联科电子有限公司")["id"]}
    added(team.seller, "interactions", channel="phone", content="寒暄", happened_at="2026-05-05T10:00:00+08:00", **home)
    added(team.manager, "interactions", channel="email", content="问候", happened_at="2026-06-05T10:00:00+08:00", **home)
    for condition in (
        {"field": "customer", "op": "eq", "value": customer["id"]},
        {"field": "channel", "op": "in", "value": ["meeting"]},
        {"field": "happened_at", "op": "between", "value": ["2026-03-05", "2026-03-05"]},
        {"field": "content", "op": "contains", "value": "二期"},
        {"and": [{"field": "created_by", "op": "eq", "value": "me"}, {"field": "channel", "op": "ne", "value": "phone"}]},
    ):
        assert [r["id"] for r in team.seller.get("interactions", filter=condition).json()["rows"]] == [wanted["id"]]
    assert [r["id"] for r in team.seller.get("interactions", q="二期").json()["rows"]] == [wanted["id"]]


@pytest.mark.parametrize("link", ["opportunity", "contact"])
def test_the_customer_follows_from_the_deal_or_the_contact(team: Team, customer: dict, link: str) -> None:
    home = {"customer": customer["id"]}
    linked = {
        "opportunity": lambda: added(team.seller, "opportunities", name="一期项目", **home),
        "contact": lambda: added(team.seller, "contacts", name="李敏", companies=[home]),
    }[link]()
    made = added(team.seller, "interactions", content="谈", **{link: linked["id"]})
    assert made["customer"] == {"id": customer["id"], "label": "上海恒泰机械制造有限公司"}


def test_whoever_sees_the_customer_sees_what_was_said(team: Team, customer: dict) -> None:
    theirs = added(team.manager, "interactions", customer=customer["id"], content="高层拜访")
    assert team.seller.get(f"interactions/{theirs['id']}").status_code == 200
    assert team.stranger.get(f"interactions/{theirs['id']}").status_code == 404
    assert team.stranger.get("interactions", total=1).json()["total"] == {"count": 0, "exact": True}


@pytest.mark.covers("V-20")
def test_what_somebody_else_wrote_can_be_read_but_not_changed(team: Team, customer: dict) -> None:
    theirs = added(team.manager, "interactions", customer=customer["id"], content="高层拜访")
    read = team.seller.get(f"interactions/{theirs['id']}").json()
    assert (read["created_by"]["label"], read["may"]) == (
        "manager",
        {"change": False, "delete": False, "transfer": False, "share": False},
    )
    assert team.seller.patch(f"interactions/{theirs['id']}", {"content": "改"}).status_code == 404
    assert team.seller.delete(f"interactions/{theirs['id']}").status_code == 404
    assert Interaction.objects.get(pk=theirs["id"]).content == "高层拜访"


@pytest.mark.covers("E-64")
def test_nobody_changes_what_somebody_else_wrote_whatever_her_role_and_through_whatever_door(team: Team, customer: dict) -> None:
    """Neither her manager nor an administrator of everything; what is to be put right they write as a new one."""
    everything = Api(make_user("everything", Reach.ALL, make_department("总部")))
    talk = added(team.seller, "interactions", customer=customer["id"], content="对方同意涨价")
    at, mine = f"interactions/{talk['id']}", {"field": "id", "op": "eq", "value": talk["id"]}
    assert team.seller.patch(at, {"content": "对方同意涨价 5%"}).status_code == 200
    first = team.seller.get(f"{at}/history").json()["rows"][0]["id"]
    for other in (team.manager, everything):
        read = other.get(at).json()
        assert (read["may"]["change"], read["may"]["delete"], read["may"]["transfer"]) == (False, False, True)
        assert other.patch(at, {"content": "没有同意"}).status_code == 404
        assert other.delete(at).status_code == 404
        assert other.post(f"{at}/history/{first}", {"fields": ["content"]}).status_code == 404
        assert other.post("interactions/bulk", {"ids": [talk["id"]], "set": {"content": "没有同意"}}).json()["done"] == 0
        assert other.post("interactions/bulk", {"filter": mine, "delete": True}).json()["done"] == 0
        with pytest.raises(NotFound):
            update(Interaction.objects.get(pk=talk["id"]), {"content": "没有同意"}, actor=other.person)
    assert team.manager.post(f"{at}/transfer", {"owner": team.peer.person.pk}).status_code == 200
    assert Interaction.objects.get(pk=talk["id"]).content == "对方同意涨价 5%"
    assert team.peer.patch(at, {"content": "没有同意"}).status_code == 404  # hers now, and still not her words
    put_right = added(team.manager, "interactions", customer=customer["id"], content="更正：没有同意涨价")
    assert put_right["created_by"]["label"] == "manager"


@pytest.mark.covers("V-36")
def test_editing_the_customer_is_no_contact(team: Team, customer: dict) -> None:
    moment = "2026-03-03T10:00:00+08:00"
    added(team.seller, "interactions", customer=customer["id"], content="谈", happened_at=moment)
    team.seller.patch(f"customers/{customer['id']}", {"level": "a"})
    assert last_contact(customer).isoformat() == "2026-03-03T02:00:00+00:00"


def test_a_follow_up_leaves_an_open_form_of_the_customer_alone(team: Team, customer: dict) -> None:
    added(team.seller, "interactions", customer=customer["id"], content="谈")
    saved = team.seller.patch(f"customers/{customer['id']}", {"version": customer["version"], "level": "a"})
    assert saved.status_code == 200


def test_removing_the_latest_follow_up_shows_the_one_before(team: Team, customer: dict) -> None:
    added(team.seller, "interactions", customer=customer["id"], content="早", happened_at="2026-03-01T10:00:00+08:00")
    late = added(team.seller, "interactions", customer=customer["id"], content="晚", happened_at="2026-03-09T10:00:00+08:00")
    assert team.seller.delete(f"interactions/{late['id']}").status_code == 204
    assert last_contact(customer).isoformat() == "2026-03-01T02:00:00+00:00"


def test_a_next_step_with_a_day_becomes_a_task_and_a_new_plan_replaces_it(team: Team, customer: dict) -> None:
    talk = added(team.seller, "interactions", customer=customer["id"], content="谈", next_step="发送报价", next_on="2026-12-01")
    [task] = team.seller.get("tasks").json()["rows"]
    assert (task["subject"], task["due_on"], task["state"]) == ("发送报价", "2026-12-01", "open")
    assert (task["customer"]["id"], task["owner"]["label"]) == (customer["id"], "seller")
    team.seller.patch(f"interactions/{talk['id']}", {"next_on": "2026-12-08"})
    planned = Task.objects.order_by("pk").values_list("state", "due_on")
    assert [(state, day.isoformat()) for state, day in planned] == [("cancelled", "2026-12-01"), ("open", "2026-12-08")]


def test_correcting_what_was_said_leaves_the_task_alone(team: Team, customer: dict) -> None:
    talk = added(team.seller, "interactions", customer=customer["id"], content="谈", next_on="2026-12-01")
    team.seller.patch(f"interactions/{talk['id']}", {"content": "谈了价格"})
    assert list(Task.objects.values_list("state", "subject")) == [("open", "跟进：谈")]


def test_a_task_is_finished_with_a_result_and_can_be_taken_up_again(team: Team) -> None:
    task = added(team.seller, "tasks", subject="发报价", due_on="2026-12-01", priority="high")
    at = f"tasks/{task['id']}"
    finished = done(team.seller, f"{at}/complete", result="已发")
    assert (finished["state"], finished["result"]) == ("done", "已发")
    assert finished["done_at"] is not None
    again = team.seller.post(f"{at}/complete")
    assert (again.status_code, again.json()["message"]) == (409, "“完成”只能用于待办，当前是已完成")
    reopened = done(team.seller, f"{at}/reopen")
    assert (reopened["state"], reopened["done_at"]) == ("open", None)
    assert done(team.seller, f"{at}/cancel")["state"] == "cancelled"


def test_a_task_needs_a_subject_and_a_day(team: Team) -> None:
    answer = team.seller.post("tasks", {})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"subject": "必填", "due_on": "必填"})
    assert Task.objects.count() == 0


def test_removing_many_follow_ups_shows_the_contact_before_them(team: Team, customer: dict) -> None:
    kept, *removed = (
        added(team.seller, "interactions", customer=customer["id"], content="谈", happened_at=f"2026-03-0{day}T10:00:00+08:00")
        for day in (1, 2, 3)
    )
    answer = team.seller.post("interactions/bulk", {"ids": [r["id"] for r in removed], "delete": True})
    assert answer.json() == {"count": 2, "done": 2, "same": 0, "refused": []}
    assert last_contact(customer).isoformat() == "2026-03-01T02:00:00+00:00"
    assert list(Interaction.objects.values_list("pk", flat=True)) == [kept["id"]]
