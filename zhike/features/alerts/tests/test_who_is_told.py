"""知情: an alarm reaches those only who may see what it is about, and trying a rule tells nothing beyond that."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.alerts.objects.alert import Alert
from zhike.features.alerts.tests.conftest import House, Write, check, grant
from zhike.features.approval.tests.conftest import told
from zhike.features.jobs.models import Job
from zhike.kernel.registry import find
from zhike.testing.kit import Api, make, make_user
from zhike.testing.team import added

pytestmark = pytest.mark.django_db
OWNER = [{"by": "owner"}]
TWO_LEVELS = [{"level": "yellow", "threshold": "100000"}, {"level": "red", "threshold": "500000"}]


def deal(house: House, amount: str, name: str = "项目") -> Any:
    return make(find("opportunities"), {"name": name, "amount": amount}, actor=house.seller.person)


@pytest.mark.parametrize("group", ["id", "customer", ""])
def test_whoever_may_not_see_what_it_is_about_neither_hears_of_it_nor_gets_it(house: House, rule: Write, group: str) -> None:
    """The peer sees her own only and the president nothing; so it belongs to the head, whom the rule names last."""
    customer = added(house.seller, "customers", name="甲公司")["id"]
    added(house.seller, "opportunities", name="项目", amount="500000", customer=customer)
    blind = [house.president] if group == "" else [house.peer, house.president]
    nobody = [{"by": "person", "person": api.person.pk} for api in blind]
    who = [*nobody, {"by": "person", "person": house.head.person.pk}]
    definition = {"group": group, "measure": "sum:amount", "levels": TWO_LEVELS, "who": who}
    watched = rule("opportunities", mail=True, **definition)
    tried = house.administrator.post("alert-rules/back-test", {"collection": "opportunities", "definition": definition}).json()
    assert [note.partition("：")[0] for note in tried["notes"]] == [f"不告知{api.person.name}" for api in blind]
    assert check(watched) == (1, 0, 0)
    assert [told(api) for api in blind] == [[] for _ in blind]
    assert (Alert.objects.get().owner.name, len(told(house.head))) == ("head", 1)
    assert list(Job.objects.get(kind="notice_mail").arguments["texts"]) == [str(house.head.person.pk)]


def test_a_figure_of_a_closed_field_is_told_to_nobody_to_whom_it_is_closed(house: House, rule: Write) -> None:
    grant(house, house.head, {"fields": {"opportunities": {"amount": "hidden"}}})
    who = [{"by": "head"}, {"by": "owner"}]
    watched = rule("opportunities", group="id", measure="sum:amount", levels=TWO_LEVELS, who=who)
    deal(house, "500000")
    assert check(watched) == (1, 0, 0)
    assert (told(house.head), Alert.objects.get().owner.name, len(told(house.seller))) == ([], "seller", 1)
    top = house.seller.post(f"alerts/{Alert.objects.get().pk}/escalate", {})
    assert (top.status_code, top.json()["message"], told(house.head)) == (409, "没有可以升级的上级", [])


def test_a_figure_that_has_been_closed_to_her_since_is_not_told_again(house: House, rule: Write) -> None:
    """Raised, and handed up to her: the words of neither are read again while the amount is closed."""
    who = [{"by": "head"}, {"by": "owner"}]
    watched = rule("opportunities", group="id", measure="sum:amount", levels=TWO_LEVELS, who=who)
    deal(house, "500000")
    assert check(watched) == (1, 0, 0)
    Alert.objects.update(owner=house.seller.person.pk, department=house.seller.person.department_id)
    assert house.seller.post(f"alerts/{Alert.objects.get().pk}/escalate", {}).status_code == 200
    words = told(house.head)
    assert ["500,000" in text for text in words] == [True, True]
    grant(house, house.head, {"fields": {"opportunities": {"amount": "hidden"}}})
    assert told(house.head) == ["有一条预警通知，请在系统中查看", "有一条销售机会通知，请在系统中查看"]
    grant(house, house.head, {"fields": {"opportunities": {"amount": None}}})
    assert told(house.head) == words


@pytest.mark.parametrize(
    ("path", "definition"),
    [
        (
            "alert-rules/back-test",
            {"group": "id", "measure": "count", "levels": [{"level": "red", "threshold": "1"}], "who": OWNER},
        ),
        ("automations/rehearse", {"when": {"on": "created"}, "do": [{"do": "notify", "who": OWNER, "text": "{name}"}]}),
        ("approval-policies/simulate", {"steps": [{"name": "主管", "who": [{"by": "head", "level": 1}]}]}),
    ],
)
def test_trying_a_rule_tells_nothing_beyond_what_one_may_see(house: House, path: str, definition: dict[str, Any]) -> None:
    """Whoever may write rules sees her own deals only, and no amount; of other objects she sees nothing."""
    writing = {name: {"*": "all"} for name in ("alert-rules", "automations", "approval-policies")}
    clerk = Api(make_user("clerk", writing | {"opportunities": {"view": "self"}}))
    grant(house, clerk, {"fields": {"opportunities": {"amount": "hidden"}}})
    deal(house, "100", name="四川石化扩容")
    verb = {"verb": "add"} if path.startswith("approval") else {}
    body = {"collection": "opportunities", "definition": definition, "period": "last_7_days"} | verb
    condition = "filter" if path.startswith("alert") else "if"
    assert "四川石化扩容" in house.administrator.post(path, body).content.decode()
    tried = clerk.post(path, body)
    assert (tried.status_code, "四川石化扩容" in tried.content.decode()) == (200, False)
    told_back = tried.json()
    assert told_back.get("now", 0) == told_back.get("count", 0) == told_back.get("deeds", 0) == 0
    guess = {condition if verb == {} else "condition": {"field": "amount", "op": "gt", "value": "50"}}
    assert clerk.post(path, body | {"definition": definition | guess}).status_code == 422
    assert clerk.post(path, body | {"collection": "customers"}).status_code == 403
