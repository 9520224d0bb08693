"""报表的数字: share, cumulative share, ratio, change against the last period, pivot totals, reckoned by hand on a few deals."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from zhike.apps.sales.objects.competitor import Competitor
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make, make_user

pytestmark = pytest.mark.django_db
WON = {"field": "stage", "op": "eq", "value": "won"}
CLOSED = {"field": "stage", "op": "in", "value": ["won", "lost"]}
EARLY = {"field": "expected_on", "op": "filled"}
DEALS = (
    # name, amount, closed on, how it ended
    ("甲", "50.00", "2025-12-15", "win"),
    ("甲", "100.00", "2026-01-10", "win"),
    ("乙", "60.00", "2026-01-20", "win"),
    ("乙", "40.00", "2025-12-31", "lose"),
    ("丙", "200.00", "2026-02-01", "lose"),
    ("丁", None, None, ""),
)


@pytest.fixture
def api(db: Any) -> Api:
    return Api(make_user("analyst", Reach.ALL))


@pytest.fixture
def deals(api: Api) -> None:
    for name, amount, day, end in DEALS:
        made = make(Opportunity, {"name": name, "amount": amount, "expected_on": day}, actor=api.person)
        answers = {"closed_on": day} | ({"lost_reason": "price"} if end == "lose" else {})
        if end:
            assert api.post(f"opportunities/{made.pk}/{end}", answers).status_code == 200


def run(api: Api, collection: str = "opportunities", **asked: Any) -> Any:
    common = {k: asked.pop(k) for k in ("department",) if k in asked}
    answer = api.post("report-figures", {"collection": collection, "definition": asked, **common})
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def heads(found: Any, side: str = "rows") -> list[Any]:
    return [" ".join(k["label"] for k in head["keys"]) for head in found[side]]


def table(found: Any) -> list[Any]:
    return list(zip(heads(found), found["row_totals"], strict=True))


def test_without_anything_chosen_a_report_counts_everything(api: Api, deals: None) -> None:
    found = run(api)
    assert (found["total"], found["rows"], found["columns"]) == (["6"], [], [])
    assert found["measures"] == [{"label": "数量", "show": "plain", "unit": "count", "filter": None, "adds": True}]


@pytest.mark.covers("T-65")
def test_every_plain_measure_and_its_total(api: Api, deals: None) -> None:
    measures = [{"of": of} for of in ("count", "sum:amount", "avg:amount", "min:amount", "max:closed_on")]
    found = run(api, rows=["name"], measures=measures)
    assert table(found) == [
        ("丁", ["1", "0", None, None, None]),
        ("丙", ["1", "200.00", "200.00", "200.00", "2026-02-01"]),
        ("乙", ["2", "100.00", "50.00", "40.00", "2026-01-20"]),
        ("甲", ["2", "150.00", "75.00", "50.00", "2026-01-10"]),
    ]
    assert found["total"] == ["6", "450.00", "90.00", "40.00", "2026-02-01"]
    assert [m["label"] for m in found["measures"]] == ["数量", "金额合计", "金额平均", "金额最小", "关闭日期最大"]


def test_share_and_cumulative_share_show_who_makes_up_the_most_largest_first(api: Api, deals: None) -> None:
    measures = [{"of": "sum:amount", "show": show} for show in ("plain", "share", "cumulative")]
    found = run(api, rows=["name"], measures=measures)
    assert table(found) == [
        ("丙", ["200.00", "0.4444", "0.4444"]),
        ("甲", ["150.00", "0.3333", "0.7778"]),
        ("乙", ["100.00", "0.2222", "1.0000"]),
        ("丁", ["0", "0.0000", "1.0000"]),
    ]
    assert found["total"] == ["450.00", "1.0000", "1.0000"]


def test_shares_of_the_total_do_not_change_when_only_the_first_lines_are_shown(api: Api, deals: None) -> None:
    found = run(api, rows=["name"], measures=[{"of": "sum:amount", "show": "share"}], order="-0", limit=2)
    assert (table(found), found["left_out"], found["total"]) == ([("丙", ["0.4444"]), ("甲", ["0.3333"])], 2, ["1.0000"])


def test_a_ratio_over_nothing_is_empty_and_not_an_error(api: Api, deals: None) -> None:
    rate = {"of": "count", "filter": WON, "show": "ratio", "over": "count", "over_filter": CLOSED, "label": "赢单率"}
    found = run(api, rows=["name"], measures=[rate])
    assert table(found) == [("丁", [None]), ("丙", ["0.0000"]), ("乙", ["0.5000"]), ("甲", ["1.0000"])]
    assert (found["total"], found["measures"][0]["label"]) == (["0.6000"], "赢单率")
    assert run(api, filter={"field": "name", "op": "eq", "value": "戊"}, measures=[rate])["total"] in ([None], [])


def test_change_against_the_month_before_reaches_across_the_end_of_the_year(api: Api, deals: None) -> None:
    measures = [{"of": "sum:won_amount", "filter": WON, "show": show} for show in ("plain", "before", "change")]
    found = run(api, rows=["closed_on:month"], measures=measures, period={"field": "closed_on"}, filter=CLOSED)
    assert table(found) == [
        ("2025-12", ["50.00", "0", None]),
        ("2026-01", ["160.00", "50.00", "2.2000"]),
        ("2026-02", ["0", "160.00", "-1.0000"]),
    ]
    assert found["total"] == ["210.00", None, None]
    bounded = run(
        api, rows=["closed_on:month"], measures=measures, period={"field": "closed_on", "value": ["2026-01-01", "2026-01-31"]}
    )
    assert table(bounded) == [("2026-01", ["160.00", "50.00", "2.2000"])]
    assert bounded["measures"][2]["label"] == "成交金额合计较上期"


def test_a_month_that_has_yet_to_come_has_not_fallen_by_everything(api: Api) -> None:
    today = timezone.localdate()
    deal = make(Opportunity, {"name": "项目", "amount": "10"}, actor=api.person)
    assert api.post(f"opportunities/{deal.pk}/win", {"closed_on": today.isoformat()}).status_code == 200
    period = {"field": "closed_on", "value": [today.replace(day=1).isoformat(), (today + timedelta(70)).isoformat()]}
    found = run(api, rows=["closed_on:month"], period=period, measures=[{"of": "count"}, {"of": "count", "show": "change"}])
    assert table(found) == [(today.isoformat()[:7], ["1", None])]


def test_a_month_in_which_nothing_happened_keeps_its_place_in_a_chart_and_takes_none_in_a_table(api: Api) -> None:
    for day in ("2025-11-03", "2026-02-01", None):
        make(Opportunity, {"name": "项目", "expected_on": day}, actor=api.person)
    drawn = run(api, rows=["expected_on:month"], measures=[{"of": "count"}], picture="line")
    assert table(drawn) == [("2025-11", ["1"]), ("2025-12", [None]), ("2026-01", [None]), ("2026-02", ["1"]), ("（未填）", ["1"])]
    assert [behind(api, drawn, head["filter"]) for head in drawn["rows"]] == [1, 0, 0, 1, 1]
    across = run(api, rows=["name"], columns=["expected_on:quarter"], measures=[{"of": "count"}], picture="stacked")
    assert heads(across, "columns") == ["2025-Q4", "2026-Q1", "（未填）"]
    weeks = run(api, rows=["expected_on:week"], measures=[{"of": "count"}], picture="area", filter=EARLY)
    assert heads(weeks)[-3:] == ["2026-W03", "2026-W04", "2026-W05"] and len(heads(weeks)) == 13
    assert heads(run(api, rows=["expected_on:month"], measures=[{"of": "count"}])) == ["2025-11", "2026-02", "（未填）"]


def test_a_period_without_dates_among_the_groups_is_compared_with_the_one_before_and_a_year_ago(api: Api, deals: None) -> None:
    january = {"field": "closed_on", "value": ["2026-01-01", "2026-01-31"]}
    found = run(
        api, rows=["name"], period=january, measures=[{"of": "count", "show": "plain"}, {"of": "count", "show": "before"}]
    )
    assert table(found) == [("乙", ["1", "1"]), ("甲", ["1", "1"])]
    december = {"field": "closed_on", "value": ["2026-12-01", "2026-12-31"]}
    year = {"of": "count", "show": "before", "against": "year"}
    assert run(api, period=december, measures=[{"of": "count"}, year])["total"] == ["0", "2"]


@pytest.mark.covers("P-25")
def test_a_pivot_has_every_cell_and_totals_both_ways(api: Api, deals: None) -> None:
    found = run(api, rows=["name"], columns=["stage"], measures=[{"of": "sum:amount"}, {"of": "count", "show": "share"}])
    assert heads(found, "columns") == ["初步接触", "赢单", "输单"]
    assert dict(zip(heads(found), found["cells"], strict=True)) == {
        "丁": [["0", "0.1667"], [None, None], [None, None]],
        "丙": [[None, None], [None, None], ["200.00", "0.1667"]],
        "乙": [[None, None], ["60.00", "0.1667"], ["40.00", "0.1667"]],
        "甲": [[None, None], ["150.00", "0.3333"], [None, None]],
    }
    assert found["column_totals"] == [["0", "0.1667"], ["210.00", "0.5000"], ["240.00", "0.3333"]]
    assert (found["row_totals"][2], found["total"]) == (["100.00", "0.3333"], ["450.00", "1.0000"])


def test_a_record_in_two_groups_counts_in_both_and_once_in_every_total(api: Api) -> None:
    one, two = (make(Competitor, {"name": n}, actor=api.person) for n in ("一号", "二号"))
    for amount, rivals in (("10", [one.pk, two.pk]), ("5", [one.pk]), ("1", [])):
        make(Opportunity, {"name": "项目", "amount": amount, "competitors": rivals}, actor=api.person)
    found = run(api, rows=["competitors"], columns=["stage"], measures=[{"of": "count"}, {"of": "sum:amount"}])
    assert table(found) == [("一号", ["2", "15.00"]), ("二号", ["1", "10.00"]), ("（未填）", ["1", "1.00"])]
    assert (found["total"], found["column_totals"]) == (["3", "16.00"], [["3", "16.00"]])


def behind(api: Api, found: Any, *filters: Any) -> int:
    """How many records the list shows for a cell."""
    tree = {"and": [x for x in (found["filter"], *filters) if x]}
    return int(api.get(found["collection"], filter=tree, total=1).json()["total"]["count"])


GROUPS = (
    "customer", "stage", "owner", "closed_on:week", "closed_on:quarter", "created_at:day", "intent", "competitors",
    "incomplete", "amount", "customer.tags", "customer.industry", "customer.address:province", "lost_reason", "number",
)  # fmt: skip


@pytest.mark.covers("P-25")
@pytest.mark.parametrize("group", GROUPS)
def test_every_cell_opens_exactly_the_records_it_counts(api: Api, deals: None, group: str) -> None:
    rival = make(Competitor, {"name": "一号"}, actor=api.person)
    places = ({"code": "51", "detail": ""}, {"code": "", "detail": "某处"}, {"code": "110105", "detail": "1号"}, None)
    for place, tags in zip(places, (["重点", "续约"], ["重点"], [], []), strict=True):
        body = {"name": "地址公司", "address": place, "tags": tags, "industry": "energy" if place is None else None}
        answer = api.post("customers?duplicates=allow", {k: v for k, v in body.items() if k != "industry"})
        customer = answer.json()["id"]
        make(Opportunity, {"name": "项目", "customer": customer, "competitors": [rival.pk]}, actor=api.person)
    found = run(api, rows=[group], measures=[{"of": "count"}])
    counted = [int(total[0]) for total in found["row_totals"]]
    assert counted == [behind(api, found, head["filter"]) for head in found["rows"]], heads(found)
    assert int(found["total"][0]) == behind(api, found) == 10
