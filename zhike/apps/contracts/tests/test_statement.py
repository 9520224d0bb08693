"""应收款明细表: built once a month on its day, kept as it was, and sent to sales management (V-56)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from python_calamine import CalamineWorkbook

from zhike.apps.contracts.flows.state_receivables import state, state_if_due
from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.objects.receivable import Receivable
from zhike.apps.contracts.objects.receivable_statement import ReceivableStatement
from zhike.apps.contracts.tasks import state_receivables
from zhike.apps.contracts.tests.conftest import contract_of
from zhike.features.files.models import StoredFile
from zhike.features.files.store import path_of
from zhike.features.parameters.objects.parameter_value import ParameterValue
from zhike.org.objects.person import System
from zhike.testing.team import Team, added, done

CLOCK, TODAY = System("clock"), timezone.localdate()
pytestmark = pytest.mark.covers("V-56")


@pytest.fixture
def owing(team: Team, house: dict, customer: int, product: int, settings: Any, tmp_path: Any) -> dict[str, Any]:
    """A contract over 100.01 in two halves, one ten days late and half paid, with an invoice over it."""
    settings.FILES_FOLDER = tmp_path / "files"
    terms = [{"name": "首付", "percent": "50", "days": 0}, {"name": "尾款", "percent": "50", "days": 60}]
    made = contract_of(team, customer, product, "100.01", terms_of_payment=terms)
    Contract.objects.update(state="agreed")
    contract = done(team.seller, f"contracts/{made['id']}/sign", signed_on=str(TODAY))
    first = Receivable.objects.get(name="首付")
    invoice = added(team.manager, "invoices", contract=contract["id"], receivable=first.pk, amount="50.01")
    done(team.manager, f"invoices/{invoice['id']}/issue", invoice_number="24312000000012345678", issued_on=str(TODAY))
    added(team.manager, "receipts", customer=customer, amount="20")
    Receivable.objects.filter(pk=first.pk).update(due_on=TODAY - timedelta(days=10))
    return dict(contract)


def at(day: date, hour: int = 1) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def test_a_statement_on_the_31st_comes_on_the_last_day_of_every_month_and_once(team: Team, house: dict) -> None:
    days = [date(2027, 1, 30), date(2027, 1, 31), date(2027, 2, 1), date(2027, 2, 27), date(2027, 2, 28), date(2027, 3, 1),
            date(2027, 3, 30), date(2027, 3, 31), date(2027, 4, 30), date(2028, 2, 28), date(2028, 2, 29)]  # fmt: skip
    ReceivableStatement.objects.create(name="去年", on=date(2026, 12, 31), created_at=at(days[0]), updated_at=at(days[0]))
    built = [day for day in days if state_if_due(at(day), actor=CLOCK)]
    assert built == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30), date(2028, 2, 29)]


def test_the_day_is_a_parameter_and_a_worker_that_was_away_makes_up_for_it(team: Team, house: dict) -> None:
    team.manager.post("parameters", {"key": "receivable_statement_day", "value": "5", "effective_on": "2027-01-01"})
    if not ParameterValue._base_manager.filter(key="receivable_statement_day").exists():
        pytest.fail("the parameter was not kept")
    assert state_if_due(at(date(2027, 1, 11)), actor=CLOCK) is None
    made = state_if_due(at(date(2027, 2, 7)), actor=CLOCK)
    assert made is not None and (made.on, made.name) == (date(2027, 2, 5), "2027年2月应收款明细表")


def test_the_queue_begins_it_before_midnight_of_its_day_and_at_no_other(team: Team, house: dict, monkeypatch: Any) -> None:
    """31 January: what is received during the day still counts, and the statement of the month is there by midnight."""
    name = "zhike.apps.contracts.tasks.state_receivables"
    lines = app.periodic_registry.periodic_tasks[name, ""].croniter
    due, last, built = at(date(2027, 1, 30)).timestamp(), at(date(2027, 2, 1), 2).timestamp(), []
    while (due := lines.get_next(start_time=due)) < last:
        now = datetime.fromtimestamp(due, timezone.get_current_timezone())
        monkeypatch.setattr("zhike.apps.contracts.tasks.timezone.localtime", lambda now=now: now)
        many = ReceivableStatement.objects.count()
        state_receivables()
        built.append((now.strftime("%m-%d %H:%M"), ReceivableStatement.objects.count() - many))
    assert built == [("01-30 23:57", 0), ("01-31 23:57", 1)]
    assert ReceivableStatement.objects.get().on == date(2027, 1, 31)


def test_it_tells_to_the_cent_what_is_owed_and_since_when(team: Team, house: dict, owing: dict) -> None:
    made = state(TODAY, actor=CLOCK)
    shown = house["office"].get(f"receivable-statements/{made.pk}").json()
    wanted = ("contracts", "planned", "invoiced", "received", "outstanding", "overdue", "d30", "d60")
    assert {n: shown[n] for n in wanted} == {
        "contracts": 1, "planned": "100.01", "invoiced": "50.01", "received": "20.00", "outstanding": "80.01", "overdue": "30.01",
        "d30": "30.01", "d60": "0.00",
    }  # fmt: skip
    assert [(row["team"]["label"], row["outstanding"]) for row in shown["departments"]] == [("上海销售部", "80.01")]
    file = StoredFile.objects.get(pk=shown["detail"][0]["id"])
    rows = CalamineWorkbook.from_path(str(path_of(file.digest))).get_sheet_by_index(0).to_python()
    assert rows[1][0] == owing["number"]
    assert rows[1][6:12] == [100.01, 50.01, 20.0, 80.01, 30.01, 30.01]


def test_sales_management_hears_of_it_and_confirms(team: Team, house: dict, owing: dict) -> None:
    made = state(TODAY, actor=CLOCK)
    told = house["office"].get("notifications").json()["rows"][0]["text"]
    assert told == f"{made.name}：1 份合同未收 80.01 元，逾期 30.01 元，请签收"
    heard = team.seller.get("notifications").json()["rows"]
    assert [(n["collection"], n["text"]) for n in heard] == [
        ("receipts", "manager登记了收款“上海恒泰机械制造有限公司 收款”，记在您名下")
    ]
    after = done(house["office"], f"receivable-statements/{made.pk}/acknowledge")
    assert (after["state"], after["received_by"]["label"]) == ("received", "the-office")
    added(team.manager, "receipts", customer=owing["customer"]["id"], amount="80.01")
    assert house["office"].get(f"receivable-statements/{made.pk}").json()["outstanding"] == "80.01"
