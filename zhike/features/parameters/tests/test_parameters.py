"""业务参数: a number of the rules changes from a day on, and what happened before keeps the old one."""

from datetime import date
from decimal import Decimal

import pytest

from zhike.features.parameters.declared import declared
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import added


@pytest.fixture
def office(db: None) -> Api:
    return Api(make_user("office", Reach.ALL, make_department("销售管理部")))


@pytest.mark.covers("V-85")
def test_a_changed_number_applies_from_its_day_and_not_before(office: Api) -> None:
    ceiling = declared()["small_contract_ceiling"]
    assert ceiling.on(date(2026, 7, 1)) == Decimal("200000")
    row = added(office, "parameters", key="small_contract_ceiling", value="300000", effective_on="2026-07-01")
    assert (row["name"], row["unit"]) == ("小额合同金额上限", "元")
    assert [ceiling.on(date(2026, 6, 30)), ceiling.on(date(2026, 7, 1))] == [Decimal("200000"), Decimal("300000")]
    added(office, "parameters", key="small_contract_ceiling", value="250000", effective_on="2026-09-01")
    assert [ceiling.on(date(2026, 8, 31)), ceiling.on(date(2026, 9, 1))] == [Decimal("300000"), Decimal("250000")]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"key": "quote_validity", "value": "1.5"}, {"value": "应为整数"}),
        ({"key": "quote_validity", "value": "0"}, {"value": "应在 1 与 3650 之间"}),
        ({"key": "small_contract_ratio", "value": "45"}, {"value": "应在 0 与 10 之间"}),
        ({"key": "price_of_tea", "value": "1"}, None),
    ],
)
def test_a_number_that_cannot_be_meant_is_refused(office: Api, values: dict, reason: dict | None) -> None:
    answer = office.post("parameters", {**values, "effective_on": "2026-07-01"})
    assert answer.status_code == 422
    assert reason is None or answer.json()["fields"] == reason
    assert office.get("parameters").json()["rows"] == []


def test_of_two_numbers_for_one_day_the_later_entry_counts(office: Api) -> None:
    for value in ("15", "20"):
        added(office, "parameters", key="quote_validity", value=value, effective_on="2026-07-01")
    assert declared()["quote_validity"].on(date(2026, 7, 1)) == Decimal(20)
