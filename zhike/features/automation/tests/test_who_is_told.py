"""知情: a rule tells nobody of what she may not see, whomever its author names."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.approval.tests.conftest import told
from zhike.features.automation.tests.conftest import House, Write, runs, work
from zhike.features.jobs.models import Job
from zhike.testing.team import added

pytestmark = pytest.mark.django_db(transaction=True)


def test_whoever_may_not_read_a_field_is_not_told_it_by_a_rule(house: House, rule: Write) -> None:
    """字段权限: the head sees the number, the seller's role masks it."""
    seller, head = house.seller.person, house.head.person
    role = seller.roles.get().pk
    house.administrator.patch(f"roles/{role}/grants", {"fields": {"customers": {"phone": "masked"}}})
    who = [{"by": "person", "person": person.pk} for person in (seller, head)]
    rule("customers", {"on": "created"}, {"do": "notify", "who": who, "text": "{name}：{phone}"})
    added(house.seller, "customers", name="四川石化", phone="13800138000")
    work()
    assert "四川石化：13800138000" in told(house.head)
    assert "有一条客户通知，请在系统中查看" in told(house.seller) and not any(
        "13800138000" in text for text in told(house.seller)
    )


def test_whoever_may_not_open_a_record_hears_of_it_neither_inside_nor_by_mail_and_the_writer_of_the_rule_is_told(
    house: House, rule: Write, settings: Any
) -> None:
    """The peer sees her own customers only, the president none at all; the head sees this one."""
    who = [{"by": "person", "person": api.person.pk} for api in (house.peer, house.president, house.head)]
    step = {"do": "notify", "who": who, "text": "{name} 来了", "mail": True}
    rule("customers", {"on": "created"}, step)
    settings.EMAIL_HOST = "127.0.0.1"
    made = [added(house.seller, "customers", name=f"公司{n}")["id"] for n in range(2)]
    in_vain = [f"不告知{name}：无权查看 %d 条客户，或其中用到的字段" for name in ("peer", "president")]
    work()
    assert [told(api) for api in (house.peer, house.president, house.head)] == [[], [], ["公司1 来了", "公司0 来了"]]
    letters = Job.objects.filter(kind="notice_mail").values_list("arguments__texts", flat=True)
    assert [list(texts) for texts in letters] == [[str(house.head.person.pk)]] * 2
    assert runs(house.administrator)[0][4].splitlines() == ["通知：1 条", *(line % 1 for line in in_vain)]
    tried = {"collection": "customers", "definition": {"when": {"on": "created"}, "do": [step | {"who": who[:2]}]}}
    [trial] = house.administrator.post("automations/rehearse", tried).json()["steps"]
    assert [r["id"] for r in trial["refused"]] == made
    assert ({r["reason"] for r in trial["refused"]}, trial["notes"]) == (
        {"收件人都看不到这条记录"}, [line % 2 for line in in_vain],
    )  # fmt: skip


def test_of_deleted_records_the_names_are_told_to_whoever_saw_all_the_number_to_who_saw_some(house: House, rule: Write) -> None:
    who = [{"by": "person", "person": api.person.pk} for api in (house.administrator, house.peer, house.president)]
    rule("customers", {"on": "deleted"}, {"do": "notify", "who": who, "text": "删"})
    made = added(house.head, "customers", name="甲公司")
    assert house.head.delete(f"customers/{made['id']}").status_code == 204
    work()
    assert [told(api) for api in (house.administrator, house.peer, house.president)] == [
        ["自动化“规则”：已删除客户“甲公司”，共 1 条"], ["自动化“规则”：已删除 1 条客户"], [],
    ]  # fmt: skip
