"""网页表单: what somebody outside fills in becomes a record of ours, and she learns nothing of what we have."""

from __future__ import annotations

import time
from itertools import count
from typing import Any

import pytest

from zhike.features.clocks.models import Clock
from zhike.features.inbound import challenge
from zhike.features.inbound.models import Visit
from zhike.kernel.reach import Reach
from zhike.kernel.registry import find
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db
QUESTIONS = [
    {"field": "name", "label": "单位名称", "required": True}, {"field": "contact_name", "label": "您的姓名", "required": True},
    {"field": "phone", "label": "手机", "required": True}, {"field": "industry"}, {"field": "address"}, {"field": "needs"},
    {"field": "source", "fixed": "网站注册"},
]  # fmt: skip
FILLED = {"name": "苏州恒泰机械有限公司", "contact_name": "李敏", "phone": "139 0001 0002", "industry": "manufacturing",
          "address": "江苏省苏州市 人民路1号", "needs": "想看演示"}  # fmt: skip
outside = Api()


@pytest.fixture
def office(team: Team) -> Api:
    return Api(make_user("office", Reach.ALL))


@pytest.fixture
def form(office: Api, team: Team) -> Any:
    receiver = team.seller.person.pk
    said = {"name": "官网", "heading": "预约演示", "collection": "leads", "questions": QUESTIONS, "most_an_hour": 3}
    answer = office.post("web-forms", said | {"receiver": receiver})
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()


def solved(token: str) -> str:
    return next(str(n) for n in count() if challenge.zero_bits(f"{token}:{n}") >= challenge.BITS)


def sent(form: Any, values: Any = None, *, ago: float = 10, **more: Any) -> Any:
    """What a browser sends that opened the form some seconds ago and did its task."""
    token = challenge.issue(form["key"], time.time() - ago)
    body = {"values": FILLED if values is None else values, "token": token, "answer": solved(token)} | more
    return outside.post(f"forms/{form['key']}", body)


def leads() -> list[Any]:
    return list(find("leads")._base_manager.order_by("pk"))


@pytest.mark.covers("V-22", "K-53")
def test_what_is_filled_in_becomes_a_lead_of_the_receiver_and_is_screened_in_time(form: Any, team: Team) -> None:
    answer = sent(form)
    assert (answer.status_code, answer.json()) == (201, {"thanks": "谢谢，我们会尽快与您联系。"})
    [lead] = leads()
    assert (lead.name, lead.contact_name, lead.phone, lead.source) == (FILLED["name"], "李敏", "13900010002", "website")
    assert (lead.address, lead.industry, lead.owner) == (
        {"code": "3205", "detail": "人民路1号"},
        "manufacturing",
        team.seller.person,
    )
    assert lead.created_by is None
    assert team.seller.get("notifications").json()["rows"][0]["text"] == "网页表单“官网”收到“苏州恒泰机械有限公司”"
    assert Clock.objects.get(record=lead.pk).kind == "lead_screening"
    assert find("web-forms").objects.get().received == 1


def test_the_page_asks_what_the_administrator_wants_and_is_embedded_only_where_she_says(form: Any, office: Api) -> None:
    shown = outside.get(f"forms/{form['key']}").json()
    assert [(q["name"], q["label"], q["required"]) for q in shown["questions"]][:4] == [
        ("name", "单位名称", True), ("contact_name", "您的姓名", True), ("phone", "手机", True), ("industry", "行业", False),
    ]  # fmt: skip
    assert "source" not in [q["name"] for q in shown["questions"]]
    page = outside.client.get(f"/forms/{form['key']}")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    office.patch(f"web-forms/{form['id']}", {"sites": "https://www.example.com https://shop.example.com"})
    policy = outside.client.get(f"/forms/{form['key']}")["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors https://www.example.com https://shop.example.com")
    wrong = office.patch(f"web-forms/{form['id']}", {"sites": "https://a.example; script-src *"})
    assert (wrong.status_code, set(wrong.json()["fields"])) == (422, {"sites"})
    office.patch(f"web-forms/{form['id']}", {"active": False})
    assert [outside.get(f"forms/{key}").status_code for key in (form["key"], "nothing-at-all", "a\x00b")] == [404, 404, 404]


def test_a_form_without_what_a_lead_needs_is_not_saved(office: Api, team: Team) -> None:
    body = {"name": "x", "heading": "x", "collection": "leads", "receiver": team.seller.person.pk}
    for rows, reason in (
        ([{"field": "name", "required": True}], "还缺必填的栏目：来源"),
        ([{"field": "name", "required": True}, {"field": "source", "fixed": "火星"}], "来源的固定值不对"),
        ([{"field": "owner"}], "没有"),
    ):
        answer = office.post("web-forms", {**body, "questions": rows})
        assert answer.status_code == 422
        assert reason in answer.json()["fields"]["questions"] or reason == "没有"


def test_only_what_is_asked_can_be_sent_and_every_wrong_answer_is_named(form: Any) -> None:
    answer = sent(form, {"name": "", "phone": "abc", "industry": "nonsense", "owner": "1", "source": "phone"})
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {"name", "contact_name", "phone", "industry", "owner", "source"}
    assert answer.json()["fields"]["owner"] == answer.json()["fields"]["source"] == "没有这个栏目"
    malformed: tuple[Any, ...] = ([], {"name": ["x"]})
    assert [sent(form, values).status_code for values in malformed] == [400, 422]
    assert sent(form, extra=1).status_code == 400
    assert leads() == []


def test_one_already_known_is_answered_like_one_unknown(form: Any, team: Team) -> None:
    added(team.stranger, "leads", name=FILLED["name"], phone=FILLED["phone"], source="self")
    first, second = sent(form), sent(form, FILLED | {"name": "无人知道的公司", "phone": "13700000000"})
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert len(leads()) == 3


@pytest.mark.parametrize(
    ("more", "status", "message"),
    [
        ({"ago": 1}, 409, "提交得太快，请稍候再试"),
        ({"ago": 3 * 3600}, 409, "页面已过期，请刷新后再提交"),
        ({"answer": "x"}, 409, "浏览器没有通过校验，请刷新后再提交"),
        ({"token": "x.y.1:z"}, 409, "页面已过期，请刷新后再提交"),
    ],
)
def test_who_does_not_behave_like_a_browser_is_refused(form: Any, more: dict, status: int, message: str) -> None:
    answer = sent(form, **more)
    assert (answer.status_code, answer.json()["message"]) == (status, message)
    assert leads() == []


def test_a_machine_that_fills_in_the_hidden_field_is_thanked_and_nothing_is_kept(form: Any) -> None:
    answer = sent(form, website="https://spam.example")
    assert (answer.status_code, answer.json(), leads()) == (201, {"thanks": "谢谢，我们会尽快与您联系。"}, [])


def test_a_token_counts_once_and_an_address_only_so_often(form: Any) -> None:
    token = challenge.issue(form["key"], time.time() - 10)
    answer = solved(token)
    assert [sent(form, token=token, answer=answer).status_code for _ in range(2)] == [201, 409]
    assert [sent(form, FILLED | {"name": f"公司{n}"}).status_code for n in range(3)] == [201, 201, 429]
    assert len(leads()) == 3
    assert not Visit.objects.filter(address__contains="127.0.0.1").exists()
