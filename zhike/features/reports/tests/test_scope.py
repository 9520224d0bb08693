"""谁看到什么: a report shows everybody her own figures, whoever wrote it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from zhike.features.reports.tests.keeping import kept
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import Team, added, done

BY_OWNER = {"rows": ["owner"], "measures": [{"of": "count"}, {"of": "sum:amount", "show": "share"}]}
BY_CUSTOMER = {"rows": ["customer.name"], "measures": [{"of": "count"}]}


@pytest.fixture
def deals(team: Team) -> None:
    for api, name, amount in ((team.seller, "甲", "100"), (team.peer, "乙", "300"), (team.stranger, "丙", "1000")):
        customer = added(api, "customers", name=f"{name}公司")
        added(api, "opportunities", name=f"{name}项目", customer=customer["id"], amount=amount)


def lines(answer: Any) -> list[Any]:
    assert answer.status_code == 200, answer.content.decode()
    found = answer.json()
    return [(h["keys"][0]["label"], *t) for h, t in zip(found["rows"], found["row_totals"], strict=True)]


def preview(api: Api, definition: Any, **common: Any) -> list[Any]:
    return lines(api.post("report-figures", {"collection": "opportunities", "definition": definition, **common}))


@pytest.mark.covers("P-25")
def test_a_salesperson_counts_her_own_and_her_manager_those_below(team: Team, deals: None) -> None:
    assert preview(team.seller, BY_OWNER) == [("seller", "1", "1.0000")]
    assert preview(team.manager, BY_OWNER) == [("peer", "1", "0.7500"), ("seller", "1", "0.2500")]


def test_a_shared_report_shows_each_viewer_only_her_own_figures(team: Team, deals: None) -> None:
    report = kept(team.manager, definition=_text(BY_OWNER), share="everyone")
    shown = {name: lines(getattr(team, name).post(f"reports/{report['id']}/result")) for name in ("seller", "stranger")}
    assert shown == {"seller": [("seller", "1", "1.0000")], "stranger": [("stranger", "1", "1.0000")]}
    assert team.seller.patch(f"reports/{report['id']}", {"name": "改名"}).status_code == 404


@pytest.mark.covers("C-40")
def test_a_private_report_is_not_there_for_others_and_one_of_the_department_only_for_it(team: Team, deals: None) -> None:
    definition = _text(BY_CUSTOMER)
    mine, ours = kept(team.seller, definition=definition), kept(team.seller, definition=definition, share="department")
    for api, private, shared in ((team.seller, 200, 200), (team.peer, 404, 200), (team.stranger, 404, 404)):
        assert api.post(f"reports/{mine['id']}/result").status_code == private
        assert api.post(f"reports/{ours['id']}/result").status_code == shared
        assert api.post(f"reports/{mine['id']}/mail").status_code == (409 if private == 200 else 404)


def test_grouping_and_counting_behind_a_reference_tell_nothing_of_hidden_records(team: Team) -> None:
    """Deals of the whole company seen, customers only one's own: the names of others' customers stay hidden in every form."""
    grants = {"opportunities": {"*": "all"}, "customers": {"view": "self", "add": "self"}}
    analyst = Api(make_user("analyst", grants, make_department("财务部")))
    own = added(analyst, "customers", name="自己的公司", employees=1)
    hidden = added(team.seller, "customers", name="别人的公司", employees=70_000, tags=["机密"])
    for api, customer in ((analyst, own), (team.seller, hidden)):
        added(api, "opportunities", name="项目", customer=customer["id"], amount="1")
    assert preview(analyst, BY_CUSTOMER) == [("自己的公司", "1"), ("（未填）", "1")]
    assert preview(analyst, {"rows": ["customer.tags"], "measures": [{"of": "count"}]}) == [("（未填）", "2")]
    for of in ("sum:customer.employees", "max:customer.employees", "avg:customer.employees"):
        found = analyst.post("report-figures", {"collection": "opportunities", "definition": {"measures": [{"of": of}]}}).json()
        assert float(found["total"][0]) == 1, of
    guess = {"field": "customer.employees", "op": "gte", "value": 60_000}
    counted = {"measures": [{"of": "count", "filter": guess}, {"of": "count", "show": "ratio", "over_filter": guess}]}
    assert analyst.post("report-figures", {"collection": "opportunities", "definition": counted}).json()["total"] == ["0", None]


def test_the_common_filters_of_a_page_narrow_every_report(team: Team) -> None:
    for day, amount in (("2026-03-10", "100"), ("2026-04-10", "300")):
        customer = added(team.seller, "customers", name=f"{day}公司")
        deal = added(team.seller, "opportunities", name="项目", amount=amount, customer=customer["id"])
        done(team.seller, f"opportunities/{deal['id']}/win", closed_on=day)
    by_day = {"measures": [{"of": "sum:won_amount"}], "period": {"field": "closed_on"}}
    asked = {"collection": "opportunities", "definition": by_day}
    march = team.manager.post("report-figures", {**asked, "period": ["2026-03-01", "2026-03-31"]}).json()
    assert (march["total"], march["dated"]) == (["100.00"], True)
    here = team.seller.person.department_id
    assert team.manager.post("report-figures", {**asked, "department": here}).json()["total"] == ["400.00"]
    there = team.stranger.person.department_id
    assert team.manager.post("report-figures", {**asked, "department": there}).json()["total"] in (["0"], [None])


def _text(definition: Any) -> str:
    return json.dumps(definition, ensure_ascii=False)
