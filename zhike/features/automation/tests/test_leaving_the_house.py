"""What a rule sends outside: the records themselves by webhook, words by robot and by mail; never what may not leave (V-44)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from zhike.features.approval.tests.conftest import told
from zhike.features.automation.objects.automation import Automation
from zhike.features.automation.rules import as_rule
from zhike.features.automation.running import carry_out
from zhike.features.automation.tests.conftest import House, Write, runs, work
from zhike.features.channels.tests.standing_in import StandIn, standing_in
from zhike.features.jobs.models import Job
from zhike.kernel.registry import find
from zhike.org.objects.person import Person
from zhike.testing.kit import make
from zhike.testing.team import added, done

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other(settings: Any) -> Iterator[StandIn]:
    settings.OUTBOUND_NETWORKS = ["127.0.0.0/8"]
    with standing_in() as stand_in:
        yield stand_in


def channel(house: House, other: StandIn, sort: str) -> int:
    made = added(house.administrator, "channels", name=sort, sort=sort)
    done(house.administrator, f"channels/{made['id']}/connect", url=other.url(f"/{sort}"), secret="geheim-4711-0815")
    return int(made["id"])


def test_records_go_out_by_webhook_and_words_by_robot(house: House, rule: Write, other: StandIn) -> None:
    hook, robot = channel(house, other, "webhook"), channel(house, other, "dingtalk")
    written = rule(
        "customers",
        {"on": "created"},
        {"do": "call", "channels": [hook]},
        {"do": "notify", "channels": [robot], "text": "新客户 {name}"},
    )
    made = added(house.seller, "customers", name="甲公司", level="a")
    assert work() == ["automation", "deliver", "deliver"]
    told = {r.path: r.json for r in other.received}
    assert told["/dingtalk"]["text"] == {"content": "新客户 甲公司"}
    [record] = told["/webhook"]["records"]
    assert (told["/webhook"]["rule"], told["/webhook"]["on"]) == ({"id": written["id"], "name": "规则"}, "created")
    assert (told["/webhook"]["object"], record["id"], record["name"], record["level"]) == ("customers", made["id"], "甲公司", "a")


def test_what_may_not_leave_the_house_goes_out_by_no_rule(house: House, rule: Write, other: StandIn) -> None:
    hook = channel(house, other, "webhook")
    rule("quotes", {"on": "created"}, {"do": "call", "channels": [hook]}, {"do": "notify", "channels": [hook], "text": "{name}"})
    quote = make(find("quotes"), actor=house.administrator.person)
    work()
    assert [r.json for r in other.received if r.json.get("records")] == []
    _, result, found, refused, words = runs(house.administrator)[0]
    assert (result, found, refused) == ("partly", 1, 1)
    assert f"#{quote.pk}：按规定还不能发到外部" in words


@dataclass
class Offer:
    """A quote over 45,010.05 that nobody has approved, and what a rule tells of it by each way out."""

    house: House
    other: StandIn
    quote: Any

    def told(self, rule: Any) -> dict[str, str]:
        """What is carried by webhook, robot and mail, and what the owner reads inside."""
        self.other.received.clear()
        carry_out(as_rule(Automation.objects.get(pk=rule["id"])), [self.quote["id"]], (), [])
        letter = [
            letter
            for job in Job.objects.filter(kind="notice_mail", state="waiting")
            for letter in job.arguments["texts"].values()
        ]
        work()
        carried = {r.path.strip("/"): r.body.decode() for r in self.other.received}
        return carried | {"mail": letter[0], "inside": told(self.house.seller)[0]}


@pytest.fixture
def offer(house: House, other: StandIn, settings: Any) -> Offer:
    settings.EMAIL_HOST = "127.0.0.1"
    Person.objects.filter(username="seller").update(email="seller@example.com")
    product = added(house.administrator, "products", name="数据中台", list_price="100000")["id"]
    customer = added(house.seller, "customers", name="甲公司")["id"]
    items = [{"product": product, "price": "45010.05"}]
    return Offer(house, other, added(house.seller, "quotes", customer=customer, items=items))


@pytest.mark.covers("V-44")
def test_neither_webhook_robot_nor_mail_tells_a_price_before_it_is_approved(house: House, rule: Write, offer: Offer) -> None:
    hook, robot = channel(house, offer.other, "webhook"), channel(house, offer.other, "dingtalk")
    notify = {"do": "notify", "who": [{"by": "owner"}], "text": "{name}：{amount}", "mail": True, "channels": [robot]}
    written = rule("quotes", {"on": "changed"}, notify, {"do": "call", "channels": [hook]})
    words = "甲公司 报价：45010.05"
    assert offer.told(written) == {"mail": "有一条报价通知，请在系统中查看", "inside": words}
    find("quotes")._base_manager.update(state="approved")
    said = offer.told(written)
    assert (said["mail"], said["inside"], words in said["dingtalk"], '"amount":"45010.05"' in said["webhook"]) == (
        words, words, True, True,
    )  # fmt: skip


@pytest.mark.covers("V-44")
def test_of_what_was_deleted_before_it_was_approved_not_even_the_name_goes_out(house: House, rule: Write, offer: Offer) -> None:
    hook, robot = channel(house, offer.other, "webhook"), channel(house, offer.other, "dingtalk")
    who = [{"by": "person", "person": house.administrator.person.pk}]
    notify = {"do": "notify", "who": who, "text": "x", "channels": [robot]}
    rule("quotes", {"on": "deleted"}, notify, {"do": "call", "channels": [hook]}, name="删报价")
    assert house.seller.delete(f"quotes/{offer.quote['id']}").status_code == 204
    work()
    carried = {r.path: r.json for r in offer.other.received}
    assert carried["/webhook"]["records"] == [{"id": offer.quote["id"]}]
    assert carried["/dingtalk"]["text"] == {"content": "自动化“删报价”：已删除 1 条报价"}
    assert told(house.administrator)[0] == "自动化“删报价”：已删除报价“甲公司 报价”，共 1 条"


class Letters:
    def __init__(self) -> None:
        self.received: list[tuple[list[str], str, str]] = []

    async def take(self, server: Any, session: Any, envelope: Any) -> str:
        """What the server calls for each mail, under the name of handle_DATA."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.received.append((envelope.rcpt_tos, str(mail["Subject"]), mail.get_content().strip()))
        return "250 OK"


def test_a_notice_also_goes_by_mail_to_those_who_have_an_address(house: House, rule: Write, settings: Any) -> None:
    box = Letters()
    setattr(box, "handle_" + "DATA", box.take)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    try:
        Person.objects.filter(username="head").update(email="head@example.com")
        who = [{"by": "owner"}, {"by": "head"}]
        rule("customers", {"on": "created"}, {"do": "notify", "who": who, "text": "新客户 {name}", "mail": True})
        added(house.seller, "customers", name="甲公司")
        assert work() == ["automation", "notice_mail"]
    finally:
        server.stop()
    assert box.received == [(["head@example.com"], "新客户 甲公司", "新客户 甲公司")]
