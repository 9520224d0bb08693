"""What makes a record whole is reckoned of every object that declares it; an administrator decides what, and how much of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.apps.customers.objects.contact import Contact
from zhike.features.completeness.objects.completeness_rule import CompletenessRule
from zhike.features.completeness.rules import scored
from zhike.features.completeness.tasks import begin_rules
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.kernel.kinds.completeness import look_beside, score_of
from zhike.kernel.reach import Reach
from zhike.kernel.writes import create_many
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make, make_user
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db
SIX = {"customers", "contacts", "leads", "opportunities", "interactions", "orders"}


def laid_down(**rule: Any) -> Any:
    """A rule by somebody who may, and what stands counted by it."""
    answer = Api(make_user("keeper", Reach.ALL)).post("completeness-rules", {"starts_on": "2026-01-01", **rule})
    assert answer.status_code == 201, answer.content.decode()
    recounted()
    return answer.json()


def recounted() -> int:
    """How many records have another score than before."""
    waiting = Job.objects.filter(kind="completeness_recount", state="waiting").order_by("pk")
    jobs = [run_now(pk) for pk in waiting.values_list("pk", flat=True)]
    assert {job.state for job in jobs} <= {"done"}
    return sum(job.result["count"] for job in jobs)


@pytest.mark.covers("V-17")
def test_six_objects_tell_how_complete_they_are_and_are_found_by_it(team: Team) -> None:
    assert set(scored()) >= SIX
    described = team.seller.get("meta").json()["objects"]
    for collection in SIX:
        object_, model = described[collection], scored()[collection]
        [field] = [field for field in object_["fields"] if "counted" in field]
        assert (field["name"], field["readonly"], field["name"] in object_["filters"]) == ("completeness", True, True)
        assert set(field["counted"]) <= {field["name"] for field in object_["fields"]}
        record = make(model, actor=team.manager.person)
        many, score = len(field["counted"]), score_of(model)
        assert score and record.completeness == 100 * (many - len(score.missing(record))) // many


def test_lines_and_links_count_and_stay_counted_when_something_else_changes(team: Team) -> None:
    customer = added(team.seller, "customers", name="甲公司")["id"]
    path = f"contacts/{added(team.seller, 'contacts', name='王五', companies=[{'customer': customer}])['id']}"
    assert team.seller.get(path).json()["completeness"] == 50
    assert team.seller.patch(path, {"mobile": "13812345678"}).json()["completeness"] == 75
    ids = {"ids": [int(path.partition("/")[2])]}
    assert team.seller.post("contacts/bulk", {**ids, "set": {"email": "w@example.com"}}).json()["done"] == 1
    assert team.seller.get(path).json()["completeness"] == 100
    assert team.seller.patch(path, {"companies": []}).json()["completeness"] == 75
    whole = {"field": "completeness", "op": "gte", "value": 75}
    assert [row["name"] for row in team.seller.get("contacts", filter=whole).json()["rows"]] == ["王五"]


@pytest.mark.covers("V-17")
def test_what_is_not_complete_is_not_submitted_and_the_others_of_many_are(team: Team) -> None:
    laid_down(collection="opportunities", least=50, barred=["win"])
    customer = added(team.seller, "customers", name="甲公司")["id"]
    bare, whole = (
        added(team.seller, "opportunities", name=name, customer=customer, **more)["id"]
        for name, more in (("一期", {}), ("二期", {"amount": "100", "expected_on": "2026-12-31"}))
    )
    refused = team.seller.post(f"opportunities/{bare}/win")
    why = "完整度 25%，低于 50%，不能“赢单”；还缺：联系人、金额、预计签约日期、产品、竞争对手、需求与方案"
    assert (refused.status_code, refused.json()["message"]) == (409, why)
    many = team.seller.post("opportunities/bulk", {"ids": [bare, whole], "action": "win"}).json()
    assert (many["done"], many["refused"]) == (1, [{"collection": "opportunities", "id": bare, "label": "一期", "reason": why}])
    stages = {pk: team.seller.get(f"opportunities/{pk}").json()["stage"] for pk in (bare, whole)}
    assert stages == {bare: "prospecting", whole: "won"}
    assert team.seller.get(f"opportunities/{bare}").json()["version"] == 1


def test_what_is_refused_is_put_before_nobody_to_agree_upon(team: Team) -> None:
    laid_down(collection="opportunities", least=50, barred=["win"])
    steps = json.dumps({"steps": [{"name": "经理", "who": [{"by": "person", "person": team.manager.person.pk}]}]})
    policy = {"name": "赢单", "collection": "opportunities", "verb": "win", "is_active": True, "definition": steps}
    assert Api(make_user("office", Reach.ALL)).post("approval-policies", policy).status_code == 201
    customer = added(team.seller, "customers", name="甲公司")["id"]
    deal = added(team.seller, "opportunities", name="一期", customer=customer)["id"]
    assert team.seller.post(f"opportunities/{deal}/win").status_code == 409
    assert team.manager.get("approvals").json()["rows"] == []


@pytest.mark.covers("V-17")
def test_a_form_is_not_saved_where_entering_takes_more(team: Team) -> None:
    laid_down(collection="interactions", least=60, barred=["add"])
    customer = added(team.seller, "customers", name="甲公司")["id"]
    said = {"content": "谈了价格", "channel": "phone", "customer": customer}
    refused = team.seller.post("interactions", said)
    assert refused.json()["message"] == "完整度 20%，低于 60%，不能“新建”；还缺：联系人、参与人、下一步、下次跟进日期"
    assert team.seller.get("interactions").json()["rows"] == []
    assert added(team.seller, "interactions", **said, next_step="送样", next_on="2026-12-31")["completeness"] == 60


def test_an_administrator_decides_what_counts_and_what_stands_is_counted_anew(team: Team) -> None:
    one = added(team.seller, "customers", name="甲公司", phone="028-86012345")["id"]
    added(team.seller, "customers", name="乙公司")
    assert team.seller.get(f"customers/{one}").json()["completeness"] == 25
    laid_down(collection="customers", counted=["name", "phone"])
    assert {row["name"]: row["completeness"] for row in shown(team)} == {"甲公司": 100, "乙公司": 50}
    [field] = [f for f in team.seller.get("meta").json()["objects"]["customers"]["fields"] if "counted" in f]
    assert field["counted"] == ["name", "phone"]
    assert recounted() == 0


def shown(team: Team) -> Any:
    return team.seller.get("customers", fields="name,completeness").json()["rows"]


def test_a_rule_holds_from_its_day_on(team: Team) -> None:
    added(team.seller, "customers", name="甲公司")
    tomorrow = timezone.localdate() + timedelta(1)
    rule = laid_down(collection="customers", counted=["name"], starts_on=tomorrow.isoformat())
    assert (rule["begun"], [row["completeness"] for row in shown(team)]) == (False, [12])
    CompletenessRule.objects.update(starts_on=timezone.localdate())
    begin_rules()
    assert (recounted(), [row["completeness"] for row in shown(team)]) == (1, [100])


def test_a_rule_names_what_its_object_has(team: Team) -> None:
    keeper = Api(make_user("keeper", Reach.ALL))
    rule = {"collection": "customers", "starts_on": "2026-01-01"}
    for wrong, reason in (({"counted": ["products"]}, "不符"), ({"barred": ["win"]}, "不符"), ({"counted": ["no_such"]}, "没有")):
        answer = keeper.post("completeness-rules", rule | wrong)
        assert answer.status_code == 422, answer.content.decode()
        assert reason in next(iter(answer.json()["fields"].values()))
    assert keeper.post("completeness-rules", {**rule, "collection": "tags"}).status_code == 422
    assert not CompletenessRule.objects.exists()


def test_the_database_counts_as_the_program_does_and_in_one_statement(team: Team) -> None:
    people = {"owner": team.seller.person.pk, "department": team.seller.person.department_id}
    customer = added(team.seller, "customers", name="甲公司")["id"]
    lines = [{"customer": customer, "position": "", "role": "", "primary": True}]
    rows = [{"name": f"第{n}人", "companies": lines * (n % 2), "email": "a@b.cn" * (n % 3 == 0), **people} for n in range(9)]
    made = create_many(Contact, rows, actor=System("test"))
    reckoned = dict(Contact.objects.values_list("pk", "completeness"))
    Contact.objects.update(completeness=None)
    begin_rules()
    assert (recounted(), dict(Contact.objects.values_list("pk", "completeness"))) == (len(made), reckoned)
    assert len(set(reckoned.values())) == 3
    with CaptureQueriesContext(connection) as queries:
        look_beside(Contact, made)
    assert len(queries) == 1
