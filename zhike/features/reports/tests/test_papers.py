"""A report and a dashboard as a PDF: who may take it, and what stands on it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from zhike.features.files.models import StoredFile
from zhike.features.files.store import path_of
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.features.reports.tests.keeping import kept
from zhike.features.reports.wording import PERIODS
from zhike.testing.kit import Api, make_user
from zhike.testing.papers import words_on
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db
BY_STAGE = {"rows": ["stage"], "measures": [{"of": "sum:amount"}, {"of": "count", "show": "share"}], "picture": "bar"}
NARROWED = {"and": [{"field": "amount", "op": "gte", "value": "1000"}, {"field": "owner", "op": "eq", "value": "me"}]}


@pytest.fixture
def company(team: Team, settings: Any, tmp_path: Any) -> Team:
    settings.FILES_FOLDER = tmp_path
    customer = added(team.seller, "customers", name="四川石化")
    for name, amount in (("扩建", "1234.50"), ("压缩机房", "800.00")):
        added(team.seller, "opportunities", name=name, customer=customer["id"], amount=amount)
    return team


def taken(api: Api, path: str, **asked: Any) -> tuple[Job, bytes]:
    """The job of an export, and the file it left."""
    answer = api.post(path, asked)
    assert answer.status_code == 202, answer.content.decode()
    job = run_now(answer.json()["id"])
    assert (job.state, job.error) == ("done", "")
    return job, path_of(StoredFile.objects.get(pk=job.files[0]["id"]).digest).read_bytes()


@pytest.mark.covers("G-29")
def test_a_report_as_a_paper_says_what_was_asked_by_whom_and_the_figures(company: Team) -> None:
    asked = {"collection": "opportunities", "definition": {**BY_STAGE, "filter": NARROWED}, "name": "业绩", "format": "pdf"}
    job, paper = taken(company.seller, "report-figures/export", **asked)
    said = words_on(paper)
    assert (paper[:5], job.label, job.files[0]["name"][-4:]) == (b"%PDF-", "导出“业绩”", ".pdf")
    for told in ("业绩", "筛选：金额 大于等于 1000；负责人 是 我", "初步接触", "¥1,234.50", "100%", "合计", "第 1 页"):
        assert told in said, told
    assert said.count("seller seller") == 4  # who took it, and three times across the page
    assert "800" not in said


def test_every_picture_stands_on_paper_and_a_wide_one_lies(company: Team) -> None:
    sizes = {}
    for picture in ("table", "pivot", "bar", "stacked", "line", "area", "pie", "funnel", "gauge", "heat", "map", "number"):
        definition = {**BY_STAGE, "picture": picture, "goal": "5000"}
        _, paper = taken(company.seller, "report-figures/export", collection="opportunities", definition=definition, format="pdf")
        assert "¥2,034.50" in words_on(paper), picture
    wide = {"rows": ["stage"], "columns": ["name"], "measures": [{"of": "sum:amount"}, {"of": "count"}, {"of": "avg:amount"}]}
    for name, definition in (("upright", BY_STAGE), ("lying", wide)):
        _, paper = taken(company.seller, "report-figures/export", collection="opportunities", definition=definition, format="pdf")
        sizes[name] = b"595.2756 841.8898" in paper
    assert sizes == {"upright": True, "lying": False}


def test_without_the_right_to_export_there_is_no_paper_either(company: Team) -> None:
    reader = Api(make_user("reader", {"opportunities": {"view": "all"}, "reports": {"*": "all"}}))
    before = Job.objects.count()
    for path, asked in (
        ("report-figures/export", {"collection": "opportunities", "definition": BY_STAGE, "format": "pdf"}),
        ("dashboard-figures/export", {"cards": [{"report": kept(reader)["id"]}]}),
    ):
        answer = reader.post(path, asked)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert Job.objects.count() == before


@pytest.mark.covers("K-12")
def test_a_dashboard_as_a_paper_holds_the_cards_one_may_take_and_names_the_others(company: Team) -> None:
    rights = {"opportunities": {"view": "all", "export": "all"}, "customers": {"view": "all"}, "reports": {"*": "self"}}
    reader = Api(make_user("reader", {**rights, "departments": {"view": "all"}}))
    one = kept(reader, "各阶段金额", definition='{"rows": ["stage"], "measures": [{"of": "sum:amount"}], "picture": "pie"}')
    two = kept(reader, "客户数", "customers", definition='{"picture": "number"}')
    theirs = kept(company.seller, "别人的")
    cards = [{"report": one["id"]}, {"report": two["id"]}, {"report": theirs["id"]}, {"builtin": "nothing/here"}]
    department = company.seller.person.department_id
    job, paper = taken(reader, "dashboard-figures/export", name="早会", cards=cards, period="this_month", department=department)
    said = words_on(paper)
    for told in ("早会", "期间：本月；部门：上海销售部", "各阶段金额", "未包含（无权导出）：客户数", "¥2,034.50"):
        assert told in said, told
    assert "别人的" not in said
    assert job.result["left_out"] == ["客户数"]


def test_what_is_no_page_is_refused(company: Team) -> None:
    for asked, wrong in (({}, "cards"), ({"cards": []}, "cards"), ({"cards": [{"report": 1}], "period": "soon"}, "period"),
                         ({"cards": [1]}, "cards"), ({"cards": [{"report": 1}], "else": 1}, "else")):  # fmt: skip
        answer = company.seller.post("dashboard-figures/export", asked)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [wrong])


def test_a_paper_calls_each_period_what_the_browser_calls_it() -> None:
    offered = Path(__file__).parents[4] / "web/src/kinds/dates.ts"
    [listed] = re.findall(r"export const PERIODS.*?\{(.*?)\};", offered.read_text(), re.DOTALL)
    named = dict(re.findall(r'(\w+): "([^"]+)"', listed))
    assert len(named) > 20
    assert {name: PERIODS.get(name) for name in named} == named
