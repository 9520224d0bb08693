"""报价权限: 折 is the share of the list price that is paid, so a lower ratio is the greater concession (V-46…V-48)."""

from datetime import date
from decimal import Decimal

import pytest

from zhike.apps.sales.authority import Authority, Discount, lowest_sufficient
from zhike.apps.sales.objects.price_authority import held_by, in_force
from zhike.features.packs import load_pack
from zhike.org.objects.person import Person
from zhike.org.objects.post import Post
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import added

MANAGER = Authority("部门经理", Decimal("0.50"))
ASSISTANT = Authority("总裁助理", Decimal("0.45"))
VICE, PRESIDENT = Authority("副总裁", Decimal(0)), Authority("总裁", Decimal(0))
MATRIX = [MANAGER, ASSISTANT, VICE, PRESIDENT]


@pytest.mark.covers("V-46", "V-47", "V-48")
@pytest.mark.parametrize(
    ("ratio", "who"),
    [
        ("1", [MANAGER]), ("0.5001", [MANAGER]), ("0.50", [MANAGER]), ("0.4999", [ASSISTANT]), ("0.4501", [ASSISTANT]),
        ("0.45", [ASSISTANT]), ("0.4499", [VICE, PRESIDENT]), ("0.01", [VICE, PRESIDENT]),
    ],
)  # fmt: skip
def test_the_lower_the_ratio_the_higher_it_must_go(ratio: str, who: list[Authority]) -> None:
    assert lowest_sufficient(MATRIX, Discount(Decimal(ratio), Decimal(ratio))) == who


@pytest.mark.parametrize(
    ("total", "worst", "who"), [("0.60", "0.44", VICE), ("0.47", "0.48", ASSISTANT), ("0.60", "0.52", MANAGER)]
)
def test_the_worst_line_and_the_total_count_and_the_stricter_wins(total: str, worst: str, who: Authority) -> None:
    assert lowest_sufficient(MATRIX, Discount(Decimal(total), Decimal(worst)))[0] == who


def test_a_rule_may_look_at_the_total_alone_or_at_the_lines_alone() -> None:
    offer = Discount(total=Decimal("0.60"), worst=Decimal("0.44"))
    by_total, by_line = (Authority("部门经理", Decimal("0.50"), measure) for measure in ("total", "line"))
    assert (by_total.covers(offer), by_line.covers(offer)) == (True, False)


def test_nobody_may_decide_where_the_matrix_ends() -> None:
    assert lowest_sufficient([MANAGER], Discount(Decimal("0.4"), Decimal("0.4"))) == []


@pytest.mark.django_db
@pytest.mark.covers("V-87")
def test_the_policy_comes_with_the_company_and_a_changed_limit_applies_from_its_day() -> None:
    load_pack("company")
    assert {str(row) for row in in_force()} >= {
        "销售部门经理 5折",
        "渠道部门经理 5折",
        "总裁助理 4.5折",
        "副总裁 不限",
        "总裁 不限",
    }
    office = Api(make_user("office", {"*": {"*": "all"}}, make_department("销售管理部")))
    assistant = make_user("assistant", {}, make_department("总裁办"))
    post = Post.objects.get(name="总裁助理")
    office.patch(f"people/{assistant.pk}", {"post": post.pk})
    assistant = Person.objects.acting().get(pk=assistant.pk)
    [old] = [row for row in office.get("price-authorities").json()["rows"] if row["name"] == "总裁助理"]
    assert office.patch(f"price-authorities/{old['id']}", {"ends_on": "2026-12-31"}).status_code == 200
    added(office, "price-authorities", post=post.pk, least_ratio="0.48", effective_on="2027-01-01")
    assert [a.least for a in held_by(assistant, date(2026, 12, 31))] == [Decimal("0.45")]
    assert [a.least for a in held_by(assistant, date(2027, 1, 1))] == [Decimal("0.48")]


@pytest.mark.django_db
def test_a_row_names_a_post_or_a_role() -> None:
    office = Api(make_user("office", {"*": {"*": "all"}}, make_department("销售管理部")))
    answer = office.post("price-authorities", {"least_ratio": "0.45"})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"post": "岗位、角色至少填写一项"})
