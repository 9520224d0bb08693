"""描述: what the screens are told of objects and fields beyond their names."""

from typing import Any

import pytest

from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def objects() -> dict[str, Any]:
    found: dict[str, Any] = Api(make_user("boss", Reach.ALL, make_department("总部"))).get("meta").json()["objects"]
    return found


def named(described: dict[str, Any], name: str) -> dict[str, Any]:
    return next(dict(field) for field in described["fields"] if field["name"] == name)


def test_screens_offer_no_new_record_of_what_comes_about_by_itself(objects: dict[str, Any]) -> None:
    may = objects["lead-dispatches"]["may"]
    assert (may["view"], may["change"], may["add"], may["import"]) == ("all", "all", "none", "none")
    assert objects["leads"]["may"]["add"] == "all"


def test_a_column_is_added_up_only_where_that_means_something(objects: dict[str, Any]) -> None:
    assert named(objects["dispatch-rules"], "position")["total"] == "none"
    assert named(objects["opportunities"], "probability")["total"] == "avg"
    assert "total" not in named(objects["opportunities"], "amount")
    assert named(objects["quotes"], "price_ratio")["total"] == "avg"


def test_a_limit_of_nothing_is_called_none_and_a_deed_by_its_name_on_each_object(objects: dict[str, Any]) -> None:
    assert named(objects["price-authorities"], "least_ratio")["zero"] == "不限"
    deeds = {option["value"]: option for option in named(objects["approval-policies"], "verb")["options"]}
    assert deeds["submit"]["called"]["contracts"] == "提交审查"
    assert (deeds["win"]["label"], deeds["win"]["when"]) == ("赢单", ["opportunities"])
