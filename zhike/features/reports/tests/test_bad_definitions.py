"""坏定义: whatever is wrong with a report or a dashboard, the answer says so in Chinese and nothing is kept."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from zhike.features.dashboards.dashboards import offered_cards
from zhike.features.reports.definition import read
from zhike.features.reports.objects.dashboard import SavedDashboard
from zhike.features.reports.objects.report import Report
from zhike.features.reports.tests.keeping import kept
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_user
from zhike.testing.team import added

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff]")
DEFINITIONS: tuple[Any, ...] = (
    [], 5, {"没有": 1}, {"rows": ["没有"]}, {"rows": ["owner.password"]}, {"rows": [f"f{n}" for n in range(1000)]},
    {"rows": ["name", "name"]}, {"rows": ["stage"], "columns": ["stage"]}, {"rows": "stage"}, {"rows": [{}]},
    {"rows": ['stage" FROM org_person --']}, {"rows": ["closed_on:century"]}, {"rows": ["stage:month"]}, {"rows": ["needs"]},
    {"rows": ["attachments"]}, {"rows": ["products"]}, {"rows": ["customer.address"]}, {"rows": ["customer.address:city"]},
    {"rows": ["competitors", "customer.tags"]}, {"rows": ["search"]}, {"rows": ["id"]}, {"columns": ["stage"] * 9},
    {"measures": 5}, {"measures": [5]}, {"measures": [{"of": "sum:name"}]}, {"measures": [{"of": "median:amount"}]},
    {"measures": [{"of": "count", "show": "nothing"}]}, {"measures": [{"of": "avg:amount", "show": "share"}]},
    {"measures": [{"of": "max:closed_on", "show": "ratio"}]}, {"measures": [{"of": "count"}] * 9}, {"measures": [{"x": 1}]},
    {"measures": [{"of": "count", "show": "cumulative"}]}, {"measures": [{"of": "count", "label": "字" * 41}]},
    {"measures": [{"of": "count", "filter": {"field": "没有", "op": "eq"}}]}, {"measures": [{"of": "count", "show": "change"}]},
    {"measures": [{"of": ["count"]}]}, {"measures": [{"of": "count", "show": ["plain"]}]},
    {"filter": 5}, {"filter": {"field": "password", "op": "eq", "value": "x"}}, {"filter": {"and": [{"or": 5}]}},
    {"period": 5}, {"period": {"field": "name"}}, {"period": {"field": "closed_on", "value": "last_century"}},
    {"period": {"field": "closed_on", "value": ["2026-02-30", "x"]}}, {"period": {"field": "closed_on", "value": ["2026-01-01"]}},
    {"period": {"field": "closed_on", "value": ["0001-01-01", "9999-12-31"]}}, {"period": {"field": "closed_on", "value": {}}},
    {"picture": "hologram"}, {"picture": ["bar"]}, {"order": "9"}, {"order": "name"}, {"order": 5}, {"limit": 0}, {"limit": "x"},
    {"limit": True}, {"goal": "x"}, {"goal": "-1"}, {"goal": "1e400"}, {"goal": [1]},
)  # fmt: skip
CARDS: tuple[Any, ...] = (
    5, {}, [5], [{"id": "a"}], [{"id": "a", "report": 1, "builtin": "sales/funnel", "x": 0, "y": 0, "w": 1, "h": 1}],
    [{"id": "a", "dashboard": 1, "x": 0, "y": 0, "w": 1, "h": 1}],
    [{"id": "a", "builtin": "没有", "x": 0, "y": 0, "w": 1, "h": 1}],
    [{"id": "a", "builtin": ["x"], "x": 0, "y": 0, "w": 1, "h": 1}], [{"id": "a", "report": "1", "x": 0, "y": 0, "w": 1, "h": 1}],
    [{"id": "a", "report": 1, "x": 11, "y": 0, "w": 2, "h": 1}], [{"id": "a", "report": 1, "x": -1, "y": 0, "w": 2, "h": 1}],
    [{"id": "a", "report": 1, "x": 0, "y": 0, "w": 1, "h": 1}] * 2, [{"id": n, "report": 1} for n in range(41)],
)  # fmt: skip


@pytest.fixture
def api(db: Any) -> Api:
    return Api(make_user("analyst", Reach.ALL))


def refused(answer: Any, field: str) -> None:
    assert (answer.status_code, answer.json().get("code")) == (422, "invalid"), (field, answer.content.decode())
    assert CHINESE.search(answer.json()["fields"][field]), answer.json()


def test_a_definition_that_cannot_run_is_neither_run_nor_saved(api: Api) -> None:
    mine = kept(api, definition='{"rows": ["stage"]}')
    before = list(Report.objects.values())
    for definition in DEFINITIONS:
        text = json.dumps(definition)
        refused(api.post("report-figures", {"collection": "opportunities", "definition": definition}), "definition")
        refused(api.post("reports", {"name": "坏", "collection": "opportunities", "definition": text}), "definition")
        refused(api.patch(f"reports/{mine['id']}", {"definition": text}), "definition")
    for text in ("{", "nul", "[" * 50_000, '{"a": NaN}', '"\\ud800"'):
        refused(api.patch(f"reports/{mine['id']}", {"definition": text}), "definition")
    assert list(Report.objects.values()) == before


def test_a_report_over_nothing_anybody_declared_is_refused(api: Api) -> None:
    assert api.post("report-figures", {"collection": "cats"}).status_code == 404
    for wrong in (5, None, ["opportunities"]):
        refused(api.post("report-figures", {"collection": wrong}), "collection")
    refused(api.post("reports", {"name": "猫", "collection": "cats"}), "collection")
    refused(api.post("report-figures", {"collection": "opportunities", "period": "x"}), "period")
    refused(api.post("report-figures", {"collection": "opportunities", "department": "x"}), "department")
    refused(api.post("report-figures", {"collection": "opportunities", "猫": "x"}), "猫")
    refused(api.post("report-figures/export", {"collection": "opportunities", "format": "exe"}), "format")


def test_whoever_may_not_view_or_export_an_object_cannot_do_so_by_a_report(api: Api) -> None:
    seller = Api(make_user("seller", {"opportunities": {"view": "all"}, "reports": {"*": "self"}}))
    assert seller.post("report-figures", {"collection": "customers"}).status_code == 403
    assert seller.post("report-figures", {"collection": "opportunities"}).status_code == 200
    assert seller.post("report-figures/export", {"collection": "opportunities"}).status_code == 403
    report = kept(api, collection="customers", share="everyone")
    assert seller.post(f"reports/{report['id']}/result").status_code == 403


def test_too_many_columns_are_refused_with_the_way_out(api: Api) -> None:
    for n in range(101):
        added(api, "posts", name=f"岗位{n}")
    refused(api.post("report-figures", {"collection": "posts", "definition": {"columns": ["name"]}}), "columns")


def test_cards_that_are_no_cards_are_not_kept_and_a_dashboard_never_holds_another(api: Api) -> None:
    mine = added(api, "dashboards", name="我的", cards='[{"id": "a", "builtin": "sales/funnel", "x": 0, "y": 0, "w": 6, "h": 4}]')
    before = list(SavedDashboard.objects.values())
    for cards in CARDS:
        refused(api.patch(f"dashboards/{mine['id']}", {"cards": json.dumps(cards)}), "cards")
        refused(api.post("dashboards", {"name": "坏", "cards": json.dumps(cards)}), "cards")
    assert list(SavedDashboard.objects.values()) == before


def test_every_ready_made_card_is_a_report_that_runs(api: Api) -> None:
    assert offered_cards()
    for name, card in offered_cards().items():
        read(card.collection, card.as_report())
        answer = api.post("report-figures", {"collection": card.collection, "definition": card.as_report()})
        assert answer.status_code == 200, (name, answer.content.decode())
