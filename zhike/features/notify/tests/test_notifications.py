"""People are told what concerns them, and nobody learns of a record she may not open."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhike.features.jobs.run import run_now
from zhike.features.notify.knowing import Word
from zhike.features.notify.models import Notification
from zhike.features.notify.tell import tell, tell_each
from zhike.kernel.reach import Reach
from zhike.kernel.registry import find
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make, make_department, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> dict[str, Any]:
    first = make_department("销售一部")
    return {
        "seller": make_user("seller", Reach.SELF, first),
        "boss": make_user("boss", Reach.DEPARTMENT, first),
        "stranger": make_user("stranger", Reach.SELF, make_department("销售二部")),
    }


@pytest.fixture
def customer(team: dict[str, Any]) -> Any:
    return make(find("customers"), {"name": "东方机械"}, actor=team["seller"])


def texts(person: Any) -> list[str]:
    return [n["text"] for n in Api(person).get("notifications").json()["rows"]]


@pytest.mark.covers("T-65")
def test_whoever_is_given_a_record_is_told(team: dict[str, Any], customer: Any) -> None:
    Api(team["boss"]).post(f"customers/{customer.pk}/transfer", {"owner": team["stranger"].pk})
    assert texts(team["stranger"]) == ["boss把客户“东方机械”交给了您"]
    assert texts(team["boss"]) == []


def test_a_batch_is_told_in_one_word(team: dict[str, Any], customer: Any) -> None:
    make(find("customers"), {"name": "西部机械"}, actor=team["seller"])
    Api(team["boss"]).post("customers/bulk", {"filter": {}, "transfer": team["stranger"].pk})
    assert texts(team["stranger"]) == ["boss把 2 条客户交给了您"]


@pytest.mark.covers("E-06")
def test_who_follows_a_record_is_told_of_its_changes_until_she_stops(team: dict[str, Any], customer: Any) -> None:
    boss, seller = Api(team["boss"]), Api(team["seller"])
    assert boss.post(f"customers/{customer.pk}/follow").status_code == 204
    seller.patch(f"customers/{customer.pk}", {"level": "a"})
    assert texts(team["boss"]) == ["seller修改了客户“东方机械”"]
    assert boss.delete(f"customers/{customer.pk}/follow").status_code == 204
    seller.patch(f"customers/{customer.pk}", {"level": "b"})
    assert len(texts(team["boss"])) == 1


def test_whoever_followed_a_record_hears_nothing_once_she_may_not_open_it_any_more(team: dict[str, Any], customer: Any) -> None:
    seller, stranger = Api(team["seller"]), Api(team["stranger"])
    shared = seller.post(f"customers/{customer.pk}/shares", {"person": team["stranger"].pk}).json()["rows"][0]
    assert stranger.post(f"customers/{customer.pk}/follow").status_code == 204
    seller.post(f"customers/{customer.pk}/comments", {"text": "已寄样"})
    assert texts(team["stranger"])[0] == "seller 评论了“东方机械”：已寄样"
    seller.delete(f"customers/{customer.pk}/shares/{shared['id']}")
    seller.post(f"customers/{customer.pk}/comments", {"text": "底价八十八万"})
    seller.patch(f"customers/{customer.pk}", {"name": "东方重工"})
    assert not any("底价" in text or "东方重工" in text for text in texts(team["stranger"]))


def test_what_was_told_is_not_told_again_once_it_is_closed_to_her(team: dict[str, Any], customer: Any) -> None:
    """What is shared and taken back, and with a field that was open then; it comes back with her sight."""
    seller, stranger, administrator = Api(team["seller"]), Api(team["stranger"]), Api(make_user("administrator", Reach.ALL))
    role, own = team["stranger"].roles.get(), make(find("customers"), {"name": "自己的客户"}, actor=team["stranger"])
    shared = seller.post(f"customers/{customer.pk}/shares", {"person": team["stranger"].pk}).json()["rows"][0]
    tell([team["stranger"].pk], "自己的客户来电 13800138000", record=own, quoting=["phone"], actor=System("test"))
    tell([team["stranger"].pk], "预警：东方机械", record=own, actor=System("test"))
    tell_each([Word(team["stranger"].pk, "东方机械逾期", own, about=customer)], actor=System("test"))
    tell_each([Word(team["stranger"].pk, "已删除：东方机械", find("customers"), whole=True)], actor=System("test"))
    names = [n for n in texts(team["stranger"]) if "东方机械" in n]
    assert names == ["东方机械逾期", "预警：东方机械", "seller把客户“东方机械”共享给了您"]
    seller.delete(f"customers/{customer.pk}/shares/{shared['id']}")
    administrator.patch(f"roles/{role.pk}/grants", {"fields": {"customers": {"phone": "masked"}}})
    gone = "有一条客户通知，所涉及的内容已删除或您已无权查看"
    rows = stranger.get("notifications").json()["rows"]
    assert [(n["text"], n["collection"], n["record"]) for n in rows] == [
        (gone, "", None), (gone, "", None), ("预警：东方机械", "customers", own.pk),
        ("有一条客户通知，请在系统中查看", "customers", own.pk), (gone, "", None),
    ]  # fmt: skip
    administrator.patch(
        f"roles/{role.pk}/grants", {"grants": {"customers": {"view": "all"}}, "fields": {"customers": {"phone": None}}}
    )
    assert len([n for n in texts(team["stranger"]) if n == gone]) == 0


def test_reading_many_notices_costs_no_more_than_reading_one(team: dict[str, Any]) -> None:
    """One question to the gate for all of them, of whatever objects they are."""
    people, made = team["seller"], [make(find("customers"), {"name": f"公司{n}"}, actor=team["seller"]) for n in range(3)]
    tasks = [make(find("tasks"), {"subject": f"任务{n}", "due_on": "2030-01-01"}, actor=people) for n in range(3)]

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Api(people).get("notifications").status_code == 200
        return len(queries)

    tell([people.pk], "看", record=made[0], actor=System("test"))
    asked()
    one = asked()
    for record in (*made, *tasks):
        tell([people.pk], "看", record=record, actor=System("test"))
    assert asked() == one


@pytest.mark.covers("E-06")
def test_a_comment_tells_the_owner_and_whom_it_mentions(team: dict[str, Any], customer: Any) -> None:
    said = Api(team["boss"]).post(f"customers/{customer.pk}/comments", {"text": "请尽快回访", "mentions": [team["seller"].pk]})
    assert said.status_code == 201
    assert texts(team["seller"]) == ["boss 在“东方机械”中提到了您：请尽快回访"]
    talked = Api(team["seller"]).get(f"customers/{customer.pk}/comments").json()
    assert [(c["author"]["label"], c["text"]) for c in talked["rows"]] == [("boss", "请尽快回访")]


def test_nobody_is_mentioned_who_may_not_open_the_record(team: dict[str, Any], customer: Any) -> None:
    refused = Api(team["boss"]).post(f"customers/{customer.pk}/comments", {"text": "看", "mentions": [team["stranger"].pk]})
    assert (refused.status_code, refused.json()["fields"]) == (422, {"mentions": "stranger看不到这条记录"})
    assert texts(team["stranger"]) == []
    assert Api(team["boss"]).get(f"customers/{customer.pk}/comments").json()["rows"] == []


@pytest.mark.parametrize("mentions", [[2**70], [0], [-1], ["1"], [None], "me", {"a": 1}, [True]])
def test_who_is_mentioned_is_told_by_a_number_there_is(team: dict[str, Any], customer: Any, mentions: Any) -> None:
    said = Api(team["boss"]).post(f"customers/{customer.pk}/comments", {"text": "看", "mentions": mentions})
    assert (said.status_code, list(said.json()["fields"])) == (422, ["mentions"])


def test_a_record_out_of_sight_can_be_neither_followed_nor_talked_about(team: dict[str, Any], customer: Any) -> None:
    stranger = Api(team["stranger"])
    assert stranger.post(f"customers/{customer.pk}/follow").status_code == 404
    assert stranger.post(f"customers/{customer.pk}/comments", {"text": "你好"}).status_code == 404
    assert stranger.get(f"customers/{customer.pk}/comments").status_code == 404


def test_reading_empties_the_bell(team: dict[str, Any], customer: Any) -> None:
    Api(team["boss"]).post(f"customers/{customer.pk}/transfer", {"owner": team["stranger"].pk})
    stranger = Api(team["stranger"])
    assert stranger.get("changes").json()["unread"] == 1
    assert stranger.post("notifications/read", {"ids": "all"}).json()["unread"] == 0
    assert stranger.get("notifications").json()["rows"][0]["read"] is True


def test_long_work_that_is_over_leads_to_it_and_is_no_news_to_whoever_saw_it(team: dict[str, Any], customer: Any) -> None:
    seller = Api(team["seller"])
    job = seller.post("customers/export", {"format": "csv"}).json()["id"]
    run_now(job)
    told = seller.get("notifications").json()
    assert [(n["text"], n["collection"], n["record"], n["read"]) for n in told["rows"]] == [
        ("已完成：导出客户", "jobs", job, False)
    ]
    assert seller.post("notifications/read", {"about": ["jobs", job + 1]}).json()["unread"] == 1
    for wrong in ("jobs", ["jobs"], ["jobs", True], [3, job], ["jobs", 0]):
        assert seller.post("notifications/read", {"about": wrong}).status_code == 422
    assert Api(team["boss"]).post("notifications/read", {"about": ["jobs", job]}).status_code == 200
    assert seller.get("changes").json()["unread"] == 1
    assert seller.post("notifications/read", {"about": ["jobs", job]}).json()["unread"] == 0


def test_whoever_is_named_in_a_follow_up_is_told_once_and_only_if_she_may_open_it(team: dict[str, Any], customer: Any) -> None:
    seller = Api(team["seller"])
    said = {"content": "已谈妥价格，@boss请看合同；@stranger也看看，邮件发到 a@boss.cn", "customer": customer.pk}
    made = seller.post("interactions", said).json()
    told = [f"seller 在跟进“{made['summary']}”中提到了您：{said['content']}"]
    assert (texts(team["boss"]), texts(team["stranger"])) == (told, [])
    seller.patch(f"interactions/{made['id']}", {"content": f"{said['content']}！"})
    assert texts(team["boss"]) == told


def test_the_longest_name_after_an_at_is_meant(team: dict[str, Any], customer: Any) -> None:
    longer = make_user("bossman", Reach.DEPARTMENT, team["boss"].department)
    Api(team["seller"]).post("interactions", {"content": "请@bossman审核", "customer": customer.pk})
    assert (len(texts(longer)), texts(team["boss"])) == (1, [])


def test_what_a_closed_field_says_is_not_told_by_mentioning_somebody(team: dict[str, Any], customer: Any) -> None:
    """字段权限: the boss may open a follow-up; of its content she knows nothing, and hears that there is something."""
    role = team["boss"].roles.get()
    administrator = Api(make_user("administrator", Reach.ALL))
    closed = administrator.patch(f"roles/{role.pk}/grants", {"fields": {"interactions": {"content": "hidden"}}})
    assert closed.status_code == 200, closed.content.decode()
    said = Api(team["seller"]).post("interactions", {"content": "底价八十八万，@boss请看", "customer": customer.pk})
    assert said.status_code == 201, said.content.decode()
    assert texts(team["boss"]) == ["有一条跟进通知，请在系统中查看"]


def test_whoever_is_given_what_she_may_not_open_is_not_told_what_it_is(team: dict[str, Any], customer: Any) -> None:
    nobody = make_user("nobody", {})
    Api(team["boss"]).post(f"customers/{customer.pk}/transfer", {"owner": nobody.pk})
    customer.refresh_from_db()
    assert (customer.owner_id, texts(nobody)) == (nobody.pk, [])


def test_telling_many_people_costs_as_many_statements_as_telling_few(customer: Any) -> None:
    people = [make_user(f"p{n}", Reach.ALL).pk for n in range(12)]

    def asked(some: list[int]) -> int:
        with CaptureQueriesContext(connection) as queries:
            tell(some, "看", record=customer, actor=System("test"))
        return len(queries)

    asked(people[:1])  # roles and tree are read once
    assert (asked(people[:2]), asked(people)) == (3, 3)
    assert Notification.objects.filter(text="看").count() == 15
