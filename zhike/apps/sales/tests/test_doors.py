"""不得外发: one rule for every way out of the house. Before a quote is approved none of them tells its price (V-44)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from docx import Document

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.sales.objects.quote import Quote
from zhike.features.feeds import address
from zhike.features.feeds.feed import feed
from zhike.features.files.models import StoredFile
from zhike.features.files.store import path_of
from zhike.features.jobs.run import run_now
from zhike.features.reports.mailing import start_mail
from zhike.features.reports.objects.report import Report
from zhike.features.reports.tests.keeping import kept
from zhike.kernel.reach import Reach
from zhike.org.objects.person import Person
from zhike.org.tokens import issue
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db
PRICE = "45010.05"
OWNER, ALARM = {"by": "owner"}, {"level": "red", "threshold": "1"}
BY_CUSTOMER = {"rows": ["customer"], "measures": [{"of": "sum:amount"}]}


class Program(Api):
    """Somebody's program, which signs in with a token."""

    def __init__(self, person: Any) -> None:
        super().__init__()
        self.client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {issue(person, '对接')}"


@dataclass
class Outside:
    """What somebody's program, post and calendar get to know of one quote."""

    seller: Api
    quote: dict[str, Any]

    def __post_init__(self) -> None:
        self.program = Program(self.seller.person)

    def told(self, way: str) -> str:
        """The answer to a program, as text; whoever is refused is told no price either."""
        path = way.format(id=self.quote["id"])
        return self.program.get(path).content.decode()

    def reckoned(self) -> str:
        asked = {"collection": "quotes", "definition": BY_CUSTOMER}
        return str(self.program.post("report-figures", asked).content.decode())

    def exported(self, path: str, **asked: Any) -> str:
        answer = self.seller.post(path, asked | {"format": "csv"})
        run_now(answer.json()["id"])
        file = StoredFile.objects.order_by("pk").last()
        return path_of(file.digest).read_text("utf-8-sig") if file else ""

    def mailed(self) -> str:
        report = Report.objects.get()
        run_now(start_mail(report, actor=Person.objects.acting().get(pk=self.seller.person.pk)).pk)
        return str(mail.outbox[-1].body).replace(",", "")

    def placed(self) -> str:
        """The calendar somebody reads elsewhere."""
        return feed(address.reader(address.give(self.seller.person)), "").decode()

    def printed(self) -> str:
        answer = self.seller.get(f"quotes/{self.quote['id']}/document", format="docx")
        return "\n".join(p.text for p in Document(BytesIO(answer.content)).sections[0].header.paragraphs)


@pytest.fixture
def outside(team: Team, settings: Any, tmp_path: Any) -> Outside:
    """A quote over 45,010.05 that nobody has approved, and a report that would tell its sum."""
    settings.FILES_FOLDER, settings.EMAIL_HOST = tmp_path / "files", "127.0.0.1"
    Person.objects.filter(pk=team.seller.person.pk).update(email="seller@example.com")
    product = added(team.manager, "products", name="数据中台", list_price="100000")["id"]
    customer = added(team.seller, "customers", name="上海恒泰机械制造有限公司")["id"]
    Customer.objects.update(registration="approved")
    kept(team.seller, "报价金额", "quotes", definition=json.dumps(BY_CUSTOMER))
    quote = added(team.seller, "quotes", customer=customer, items=[{"product": product, "price": PRICE}])
    return Outside(team.seller, quote)


READ = (
    "quotes?fields=amount", "quotes/{id}", "quotes/{id}/page", "quotes/{id}/history", "customers/{customer}/page",
    "quotes/aggregate?measures=sum:amount", "quotes?fields=root.amount,amount",
)  # fmt: skip


@pytest.mark.covers("V-44")
@pytest.mark.parametrize("way", READ)
def test_a_program_is_told_a_price_only_once_it_is_approved(outside: Outside, way: str) -> None:
    way = way.replace("{customer}", str(outside.quote["customer"]["id"]))
    assert PRICE in outside.seller.get(way.format(id=outside.quote["id"])).content.decode()
    assert PRICE not in outside.told(way)
    Quote.objects.update(state="approved")
    assert PRICE in outside.told(way)


@pytest.mark.covers("V-44")
def test_no_file_mail_calendar_or_paper_carries_a_price_before_it_is_approved(outside: Outside) -> None:
    def carried() -> list[bool]:
        return [
            PRICE in outside.exported("quotes/export", fields=["amount"]),
            PRICE in outside.exported("report-figures/export", collection="quotes", definition=BY_CUSTOMER),
            PRICE in outside.reckoned(),
            PRICE in outside.mailed(),
            outside.quote["name"] in outside.placed(),
            "未批准" not in outside.printed(),
            outside.program.get(f"quotes/{outside.quote['id']}/document", format="pdf").status_code == 200,
        ]

    assert carried() == [False] * 7
    Quote.objects.update(state="approved")
    assert carried() == [True] * 7


@pytest.mark.covers("V-44")
@pytest.mark.parametrize(
    ("path", "definition"),
    [
        ("alert-rules/back-test", {"measure": "sum:amount", "when": "above", "group": "id", "levels": [ALARM], "who": [OWNER]}),
        ("approval-policies/simulate", {"steps": [{"name": "主管", "who": [{"by": "head", "level": 1}]}]}),
        ("automations/rehearse", {"when": {"on": "created"}, "do": [{"do": "notify", "who": [OWNER], "text": "{amount}"}]}),
    ],
)
def test_a_rule_tried_from_outside_looks_at_nothing_that_may_not_leave(
    outside: Outside, path: str, definition: dict[str, Any]
) -> None:
    keeper = make_user("keeper", Reach.ALL)
    asked = {"collection": "quotes", "definition": definition, "period": "this_month"}
    asked |= {"verb": "add"} if "steps" in definition else {}
    answers = [api.post(path, asked) for api in (Api(keeper), Program(keeper))]
    assert [answer.status_code for answer in answers] == [200, 200], answers[0].content.decode()
    assert [outside.quote["name"] in answer.content.decode() for answer in answers] == [True, False]
    Quote.objects.update(state="approved")
    assert outside.quote["name"] in Program(keeper).post(path, asked).content.decode()


@pytest.mark.covers("V-44")
def test_a_program_may_hand_in_a_quote_and_neither_read_nor_change_it_before_it_is_approved(outside: Outside) -> None:
    items = [{"product": outside.quote["items"][0]["product"]["id"], "price": "50000"}]
    made = outside.program.post("quotes", {"customer": outside.quote["customer"]["id"], "items": items})
    assert (made.status_code, made.json()) == (201, {"id": made.json()["id"], "gone": True})
    path = f"quotes/{made.json()['id']}"
    assert outside.program.patch(path, {"discount": "1"}).status_code == 404
    assert outside.program.post(f"{path}/submit").status_code == 404
    assert outside.seller.get(path).json()["amount"] == "50000.00"


@pytest.mark.covers("V-44")
def test_what_a_program_starts_in_the_background_stands_outside_as_it_does(outside: Outside, monkeypatch: Any) -> None:
    """In bulk, too, a program changes nothing that may not leave yet, and is told nothing of it."""
    monkeypatch.setattr("zhike.api.bulk.AT_ONCE", -1)
    asked = {"ids": [outside.quote["id"]], "set": {"terms": "月结"}}
    told = []
    for asking in (outside.program, outside.seller):
        begun = asking.post("quotes/bulk", asked)
        assert begun.status_code == 202, begun.content.decode()
        result = run_now(begun.json()["id"]).result
        told.append((result["done"], result["refused"], Quote.objects.get().terms))
    assert told == [(0, [], ""), (1, [], "月结")]


def test_a_token_of_limited_scope_starts_nothing_that_runs_without_its_limits(outside: Outside, monkeypatch: Any) -> None:
    monkeypatch.setattr("zhike.api.bulk.AT_ONCE", -1)
    limited = Api()
    limited.client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {issue(outside.seller.person, '限', collections=['customers'])}"
    customer = outside.quote["customer"]["id"]
    refused = limited.post("customers/bulk", {"ids": [customer], "set": {"notes": "动过"}})
    assert (refused.status_code, Customer.objects.get().notes) == (403, "")
