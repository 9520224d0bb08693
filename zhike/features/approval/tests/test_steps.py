"""Steps one after another: any, all or in sequence; handed on, added to, returned, withdrawn, reminded of, timed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.utils import timezone

from zhike.features.approval.simulating import SIMULATION
from zhike.features.approval.tests.conftest import House, by, by_head, held, todo, told
from zhike.features.audit.models import Entry
from zhike.features.clocks import sweep
from zhike.features.jobs.run import run_now
from zhike.kernel.registry import find
from zhike.testing.kit import Api, make_user
from zhike.testing.team import done

pytestmark = pytest.mark.django_db


def asked_for(house: House, name: str = "甲公司") -> str:
    """The path of a fresh request of the seller's."""
    return f"approvals/{held(house.seller.post('customers', {'name': name}))['id']}"


def waiting(house: House, path: str) -> list[str]:
    return [p["label"] for p in house.seller.get(path).json()["asked"]]


def made() -> int:
    return int(find("customers")._base_manager.count())


def test_any_one_is_enough_and_the_others_are_not_asked_any_more(house: House) -> None:
    house.policy("customers", "add", by(house.president, house.finance))
    path = asked_for(house)
    assert waiting(house, path) == ["president", "finance"]
    assert done(house.finance, f"{path}/approve")["state"] == "approved"
    late = house.president.post(f"{path}/approve")
    assert (late.status_code, late.json()["message"], made()) == (409, "现在不需要您审批，可能已经办结或被转办", 1)


@pytest.mark.covers("V-53")
def test_a_countersign_takes_the_first_opinion_and_then_all_of_the_others(house: House) -> None:
    house.policy("customers", "add", by_head(), by(house.president, house.finance, house.peer, rule="all"))
    path = asked_for(house)
    assert house.finance.post(f"{path}/approve").status_code == 404  # not asked yet
    done(house.head, f"{path}/approve", opinion="条款可以")
    assert waiting(house, path) == ["president", "finance", "peer"]
    done(house.finance, f"{path}/approve")
    done(house.peer, f"{path}/approve")
    assert (made(), waiting(house, path)) == (0, ["president"])
    after = done(house.president, f"{path}/approve", opinion="签")
    assert (after["state"], made()) == ("approved", 1)
    assert [(line["actor"]["label"], line["deed"], line["opinion"]) for line in after["log"]] == [
        ("seller", "submit", ""), ("head", "approve", "条款可以"), ("finance", "approve", ""), ("peer", "approve", ""),
        ("president", "approve", "签"),
    ]  # fmt: skip


def test_one_who_disagrees_ends_it_and_must_say_why(house: House) -> None:
    house.policy("customers", "add", by(house.president, house.finance, rule="all"))
    path = asked_for(house)
    silent = house.finance.post(f"{path}/disagree")
    assert (silent.status_code, silent.json()["fields"]) == (422, {"opinion": "请写 1 到 2000 个字"})
    after = done(house.finance, f"{path}/disagree", opinion="没有授信")
    assert (after["state"], after["asked"], made(), todo(house.president)) == ("disagreed", [], 0, [])
    assert told(house.seller) == ["您的申请未获同意：特批“甲公司”"]


def test_in_a_sequence_one_is_asked_after_the_other(house: House) -> None:
    house.policy("customers", "add", by(house.president, house.finance, rule="sequence"))
    path = asked_for(house)
    assert waiting(house, path) == ["president"]
    done(house.president, f"{path}/approve")
    assert (waiting(house, path), told(house.finance)) == (["finance"], ["seller的申请等待您审批：特批“甲公司”"])
    assert done(house.finance, f"{path}/approve")["state"] == "approved"


def test_steps_whose_condition_does_not_hold_are_left_out(house: House) -> None:
    rich = {"field": "annual_revenue", "op": "gte", "value": "1000000"}
    house.policy("customers", "add", by_head(), by_head(2, when=rich))
    small = held(house.seller.post("customers", {"name": "小公司", "annual_revenue": "999999.99"}))
    large = held(house.seller.post("customers", {"name": "大公司", "annual_revenue": "1000000"}))
    assert done(house.head, f"approvals/{small['id']}/approve")["state"] == "approved"
    assert done(house.head, f"approvals/{large['id']}/approve")["state"] == "pending"
    assert todo(house.president) == ["大公司"]


def test_a_step_is_handed_on_and_only_the_new_one_answers(house: House) -> None:
    house.policy("customers", "add", by_head())
    path = asked_for(house)
    done(house.head, f"{path}/delegate", person=house.finance.person.pk, opinion="出差")
    assert (waiting(house, path), todo(house.head)) == (["finance"], [])
    assert house.head.post(f"{path}/approve").status_code == 409
    assert done(house.finance, f"{path}/approve")["state"] == "approved"
    own = asked_for(house, "乙公司")
    refused = house.head.post(f"{own}/delegate", {"person": house.seller.person.pk})
    assert (refused.status_code, waiting(house, own)) == (422, ["head"])


def test_a_signer_is_added_before_or_after_oneself(house: House) -> None:
    house.policy("customers", "add", by_head())
    path = asked_for(house)
    done(house.head, f"{path}/add-signer", people=[house.finance.person.pk], where="before", opinion="先看授信")
    assert (waiting(house, path), todo(house.head)) == (["finance"], [])
    done(house.finance, f"{path}/approve")
    done(house.head, f"{path}/add-signer", people=[house.president.person.pk], where="after")
    assert done(house.head, f"{path}/approve")["state"] == "pending"
    after = done(house.president, f"{path}/approve")
    assert (after["state"], [step["name"] for step in after["steps"]]) == ("approved", ["加签", "1级主管", "加签"])


def test_it_is_returned_to_an_earlier_step_and_all_that_follow_are_taken_again(house: House) -> None:
    house.policy("customers", "add", by_head(), by(house.finance), by(house.president))
    path = asked_for(house)
    done(house.head, f"{path}/approve")
    done(house.finance, f"{path}/approve")
    nowhere = house.president.post(f"{path}/return", {"to": 2, "opinion": "重看"})
    assert (nowhere.status_code, waiting(house, path)) == (422, ["president"])
    done(house.president, f"{path}/return", to=0, opinion="重看")
    assert waiting(house, path) == ["head"]
    done(house.head, f"{path}/approve")
    assert waiting(house, path) == ["finance"]
    done(house.finance, f"{path}/approve")
    assert done(house.president, f"{path}/approve")["state"] == "approved"


def test_returned_to_the_requester_it_is_asked_for_anew(house: House) -> None:
    house.policy("customers", "add", by_head())
    path = asked_for(house)
    assert done(house.head, f"{path}/return", opinion="补充电话")["state"] == "returned"
    assert told(house.seller) == ["您的申请被退回：特批“甲公司”"]
    again = asked_for(house)
    assert again != path
    assert (house.seller.get(path).json()["state"], todo(house.head)) == ("withdrawn", ["甲公司"])


def test_the_requester_withdraws_and_reminds_once_an_hour(house: House) -> None:
    house.policy("customers", "add", by_head())
    path = asked_for(house)
    assert house.peer.post(f"{path}/withdraw").status_code == 404
    done(house.seller, f"{path}/remind")
    assert len(told(house.head)) == 2
    assert house.seller.post(f"{path}/remind").status_code == 409
    assert done(house.seller, f"{path}/withdraw")["state"] == "withdrawn"
    assert (house.head.post(f"{path}/approve").status_code, made()) == (409, 0)
    asked_for(house)


def test_the_requester_chooses_who_shall_agree(house: House) -> None:
    house.policy("customers", "add", {"name": "自选", "who": [{"by": "chosen"}]})
    path = asked_for(house)
    assert (house.seller.get(path).json()["state"], waiting(house, path)) == ("choosing", [])
    assert house.seller.post(f"{path}/choose", {"people": [house.seller.person.pk]}).status_code == 422
    done(house.seller, f"{path}/choose", people=[house.finance.person.pk])
    assert done(house.finance, f"{path}/approve")["state"] == "approved"


def limited(house: House, then: str) -> str:
    house.policy("customers", "add", by_head(limit={"amount": 2, "unit": "day", "then": then}))
    return asked_for(house)


@pytest.mark.parametrize(
    ("then", "state", "asked"),
    [
        ("agree", "approved", []),
        ("disagree", "disagreed", []),
        ("remind", "pending", ["head"]),
        ("escalate", "pending", ["head", "president"]),
    ],
)
def test_after_the_limit_comes_what_the_step_says(house: House, then: str, state: str, asked: list[str]) -> None:
    path = limited(house, then)
    assert house.head.get("approvals", mine="todo").json()["rows"][0]["due_at"] is not None
    sweep.sweep(timezone.now() + timedelta(days=2))
    assert (house.seller.get(path).json()["state"], len(told(house.head))) == ("pending", 2)  # reminded at half time
    sweep.sweep(timezone.now() + timedelta(days=3))
    assert (house.seller.get(path).json()["state"], waiting(house, path)) == (state, asked)
    assert made() == (then == "agree")


def test_a_step_answered_in_time_never_runs_out(house: House) -> None:
    path = limited(house, "disagree")
    done(house.head, f"{path}/approve")
    assert sweep.sweep(timezone.now() + timedelta(days=30)) == 0


def test_the_inbox_holds_what_is_mine_and_many_are_answered_at_once(house: House) -> None:
    house.policy("customers", "add", by_head())
    paths = [asked_for(house, name) for name in ("甲公司", "乙公司", "丙公司")]
    ids = [int(path.split("/")[1]) for path in paths]
    assert (todo(house.head), todo(house.peer), house.head.get("approvals").json()["waiting"]) == (
        ["甲公司", "乙公司", "丙公司"], [], 3,
    )  # fmt: skip
    done(house.seller, f"{paths[2]}/withdraw")
    answer = house.head.post("approvals/batch", {"ids": ids, "deed": "approve", "opinion": "同意"}).json()
    assert answer["done"] == ids[:2]
    assert [r["id"] for r in answer["refused"]] == ids[2:]
    assert (made(), todo(house.head)) == (2, [])
    assert [r["title"] for r in house.seller.get("approvals", mine="sent").json()["rows"]] == ["丙公司", "乙公司", "甲公司"]
    assert [r["title"] for r in house.head.get("approvals", mine="done").json()["rows"]] == ["丙公司", "乙公司", "甲公司"]


def test_a_request_is_open_to_those_who_have_a_part_in_it_and_to_nobody_else(house: House) -> None:
    house.policy("customers", "add", by_head())
    path = asked_for(house)
    seen = {api.person.name: api.get(path).status_code for api in vars(house).values() if isinstance(api, Api)}
    assert seen == {
        "seller": 200, "head": 200, "administrator": 200, "peer": 404, "president": 404, "finance": 404, "stranger": 404,
    }  # fmt: skip
    for deed in ("approve", "withdraw", "delegate"):
        assert house.stranger.post(f"{path}/{deed}", {}).status_code == 404


def test_the_record_tells_what_is_being_asked_about_it(house: House) -> None:
    house.policy("customers", "develop", by_head())
    record = house.seller.post("customers", {"name": "甲公司"}).json()
    held(house.seller.post(f"customers/{record['id']}/develop"))
    about = {"collection": "customers", "record": record["id"]}
    assert [(r["deed"], r["may"]) for r in house.seller.get("approvals", **about).json()["rows"]] == [
        ("转为意向", ["explain", "withdraw", "remind"])
    ]
    assert house.peer.get("approvals", **about).status_code == 404


SIMULATED = {"collection": "customers", "verb": "add"}


def simulated(house: House, rules: Any, period: Any, **more: str) -> Any:
    body = SIMULATED | {"definition": rules, "period": period} | more
    answer = house.administrator.post("approval-policies/simulate", body)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_a_policy_is_simulated_on_what_was_done_before(house: House, monkeypatch: Any) -> None:
    for name, revenue in (("小公司", "10"), ("中公司", "500"), ("大公司", "5000"), ("最大的", "9000")):
        house.seller.post("customers", {"name": name, "annual_revenue": revenue})
    least, more = ({"field": "annual_revenue", "op": "gte", "value": value} for value in ("100", "1000"))
    rules = {"condition": least, "steps": [by_head(), by_head(2, when=more)]}
    told = simulated(house, rules, "today")
    assert (told["deeds"], told["held"], told["free"]) == (4, 3, 0)
    assert [(r["steps"], r["count"]) for r in told["routes"]] == [(["1级主管", "2级主管"], 2), (["1级主管"], 1)]
    example = told["routes"][0]["examples"][0]
    assert (example["label"], example["people"]) == ("最大的", [["head"], ["president"]])
    assert simulated(house, rules, "last_quarter")["deeds"] == 0
    monkeypatch.setattr("zhike.api.approvals.SIMULATION", replace(SIMULATION, at_once=3))
    begun = house.administrator.post("approval-policies/simulate", {**SIMULATED, "definition": rules, "period": "today"})
    assert (begun.status_code, begun.json()["label"]) == (202, "模拟审批规则：客户")
    assert run_now(begun.json()["id"]).result == told
    asked = SIMULATED | {"definition": rules}
    assert Api(make_user("clerk", {"customers": {"*": "all"}})).post("approval-policies/simulate", asked).status_code == 403


def test_a_simulation_judges_what_was_submitted_and_not_what_became_of_it(house: House) -> None:
    """One was small and grew twice, one was large and shrank, one was large and is gone."""
    names = {"长大": "10", "变小": "5000", "删掉": "5000"}
    grown, shrunk, gone = (house.seller.post("customers", {"name": n, "annual_revenue": r}).json() for n, r in names.items())
    for one, revenue in ((grown, "200"), (grown, "3000"), (shrunk, "10")):
        assert house.seller.patch(f"customers/{one['id']}", {"annual_revenue": revenue}).status_code == 200
    assert house.administrator.delete(f"customers/{gone['id']}").status_code == 204
    Entry.objects.update(transaction=F("id"))  # otherwise the test is one transaction, and that is one deed
    rules = {"condition": {"field": "annual_revenue", "op": "gte", "value": "1000"}, "steps": [by_head()]}
    told = simulated(house, rules, "today")
    assert (told["deeds"], told["held"]) == (3, 2)
    assert {e["label"] for e in told["routes"][0]["examples"]} == {"变小", "删掉"}
    changed = simulated(house, rules | {"fields": ["annual_revenue"]}, "today", verb="change")
    assert (changed["deeds"], changed["held"]) == (3, 1)
    assert [e["label"] for e in changed["routes"][0]["examples"]] == ["长大"]
    assert told["knows"] == "按每次办理当时的内容判断，从修改历史还原；关联的其他记录按现在的内容。"
    assert find("customers")._base_manager.get(pk=shrunk["id"]).annual_revenue == 10


def test_an_opinion_carries_files_that_those_in_the_matter_may_read(house: House) -> None:
    house.policy("customers", "add", by_head())
    path = asked_for(house)
    upload = house.head.client.post("/api/v1/files", {"file": SimpleUploadedFile("意见.txt", b"yes")})
    file = upload.json()["id"]
    done(house.head, f"{path}/approve", opinion="见附件", files=[file])
    assert house.seller.get(f"files/{file}").status_code == 200
    assert house.peer.get(f"files/{file}").status_code == 404
