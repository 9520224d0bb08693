"""报价权限的调整: tried on the quotes of the past, in force from its day, and followed by the next quote."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from zhike.apps.sales.tests.test_quotes import customer, house, product, quote_of, submitted
from zhike.testing.kit import Api
from zhike.testing.team import Team, added, done

__all__ = ["customer", "house", "product"]
TODAY = timezone.localdate()
HIGHEST = "研发副总裁、实施服务副总裁、副总裁、总裁"


def limit_of(api: Api, post: str) -> dict[str, Any]:
    """The row of a post that is in force without an end."""
    rows = api.get("price-authorities").json()["rows"]
    [row] = [row for row in rows if row["name"] == post and row["ends_on"] is None]
    return dict(row)


@pytest.fixture
def assistants(house: dict) -> dict[str, Any]:
    return limit_of(house["president"], "总裁助理")


def test_another_limit_is_tried_on_quotes_of_the_past_and_changes_nothing(
    team: Team, house: dict, customer: int, product: int, assistants: dict
) -> None:
    for ratio in ("0.6", "0.47", "0.44"):
        submitted(team, quote_of(team, customer, product, ratio=ratio))
    quote_of(team, customer, product, ratio="0.46")  # nobody has been asked yet
    at = f"price-authorities/{assistants['id']}"
    found = done(house["president"], f"{at}/try_out", least_ratio="0.48")["told"]
    since = TODAY - timedelta(days=89)
    assert found["text"] == f"{since} 至 {TODAY} 提交的 3 份报价中，1 份会改由别人批准。"
    [line] = found["lines"]
    assert line["text"] == f"总裁助理 → {HIGHEST}：1 份"
    assert [team.seller.get(f"quotes/{link['id']}").json()["price_ratio"] for link in line["links"]] == ["0.4700"]
    more = done(house["president"], f"{at}/try_out", least_ratio="0.40")["told"]
    assert [line["text"] for line in more["lines"]] == [f"{HIGHEST} → 总裁助理：1 份"]
    last_year = done(house["president"], f"{at}/try_out", least_ratio="0.48", period="last_year")["told"]
    assert (last_year["lines"], "提交的 0 份报价中，0 份" in last_year["text"]) == ([], True)
    assert limit_of(house["president"], "总裁助理") == assistants


def test_an_adjusted_limit_holds_from_its_day_and_the_next_quote_follows_it(
    team: Team, house: dict, customer: int, product: int, assistants: dict
) -> None:
    priced = quote_of(team, customer, product, ratio="0.47")
    assert priced["needed"] == "总裁助理"
    answers = {"least_ratio": "0.48", "starts_on": str(TODAY), "grounds": "年度授权调整"}
    [made] = done(house["president"], f"price-authorities/{assistants['id']}/adjust", **answers)["made"]
    ended = house["president"].get(f"price-authorities/{assistants['id']}").json()
    assert (ended["least_ratio"], ended["ends_on"]) == ("0.4500", str(TODAY - timedelta(days=1)))
    now = limit_of(house["president"], "总裁助理")
    assert (now["id"], now["least_ratio"], now["reason"]) == (made["id"], "0.4800", "年度授权调整")
    at = submitted(team, priced)
    assert team.seller.get(at).json()["needed"] == HIGHEST
    refused = house["assistant"].post(f"{at}/approve", {})
    told = f"最低一行 4.7折、总额 4.7折，超出您的报价权限，需由{HIGHEST}批准"
    assert (refused.status_code, refused.json()["message"]) == (409, told)
    assert done(house["president"], f"{at}/approve")["state"] == "approved"


def test_a_limit_is_adjusted_only_after_the_day_it_began(team: Team, house: dict, assistants: dict) -> None:
    begun = assistants["effective_on"]
    answers = {"least_ratio": "0.48", "starts_on": begun, "grounds": "补录"}
    refused = house["president"].post(f"price-authorities/{assistants['id']}/adjust", answers)
    assert (refused.status_code, refused.json()["fields"]) == (409, {"starts_on": f"应晚于 {begun}"})
    assert limit_of(house["president"], "总裁助理") == assistants


@pytest.mark.covers("V-47")
def test_of_several_limits_of_a_post_the_one_that_began_last_holds(
    team: Team, house: dict, customer: int, product: int, assistants: dict
) -> None:
    """Also when whoever added the new one has not thought of ending the old one."""
    post = house["president"].get(f"price-authorities/{assistants['id']}").json()["post"]["id"]
    added(house["president"], "price-authorities", post=post, least_ratio="0.48")
    assert quote_of(team, customer, product, ratio="0.47")["needed"] == HIGHEST
    assert quote_of(team, customer, product, ratio="0.48")["needed"] == "总裁助理"
