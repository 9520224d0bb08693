"""编号规则: administrators say how new records are numbered; no number is ever given twice, whatever the pattern was before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.kernel.reach import Reach
from zhike.kernel.writes import create_many
from zhike.testing.kit import Api, make, make_department, make_user
from zhike.testing.team import added

FIELD = "customers.number"


@pytest.fixture
def admin(db: Any) -> Api:
    return Api(make_user("admin", Reach.ALL, make_department("总部")))


def number(api: Api, pattern: str | None, field: str = FIELD) -> Any:
    return api.post(f"numbering/{field}", {"pattern": pattern})


def rule(api: Api, field: str = FIELD) -> Any:
    return next(r for r in api.get("numbering").json()["rows"] if r["field"] == field)


def test_new_records_are_numbered_by_the_new_pattern_and_old_ones_keep_theirs(admin: Api) -> None:
    old = added(admin, "customers", name="四川石化")
    told = rule(admin)
    assert (told["object"], told["label"], told["pattern"]) == ("客户", "客户编号", "KH{yyyy}{mm}-{seq:5}")
    assert told["next"] == int(old["number"][-5:]) + 1
    assert number(admin, "C{yy}/{seq:7}").status_code == 200
    foreseen = rule(admin)["sample"]
    assert foreseen == f"C{timezone.localdate():%y}/{told['next']:07d}"
    assert added(admin, "customers", name="兰州石化")["number"] == foreseen
    assert admin.get(f"customers/{old['id']}").json()["number"] == old["number"]
    assert number(admin, None).status_code == 200
    assert added(admin, "customers", name="大庆石化")["number"].startswith("KH")
    assert [r["pattern"] for r in admin.get("number-patterns").json()["rows"]] == ["", "C{yy}/{seq:7}"], "who decided what stays"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("KH{yyyy}", "要有且只有一个流水号 {seq:位数}，例如 {seq:5}"),
        ("{seq:3}{seq:3}", "要有且只有一个流水号 {seq:位数}，例如 {seq:5}"),
        ("KH{year}{seq:5}", "不认识“{year}”；可以用 {yyyy} {yy} {mm} {dd} 和 {seq:5}"),
        ("KH{{seq:5}", "不认识“KH{{seq:5}”；可以用 {yyyy} {yy} {mm} {dd} 和 {seq:5}"),
        ("KH{seq:13}", "流水号的位数应为 1 到 12"),
        ("KH{seq:0}", "流水号的位数应为 1 到 12"),
        (5, "应为规则的文字，或 null"),
    ],
)
def test_a_pattern_that_cannot_number_is_refused_with_the_reason(admin: Api, pattern: Any, reason: str) -> None:
    refused = number(admin, pattern)
    assert (refused.status_code, refused.json()["fields"]) == (422, {"pattern": reason})
    assert rule(admin)["pattern"] == "KH{yyyy}{mm}-{seq:5}"


def test_a_number_that_stands_already_is_passed_over(admin: Api) -> None:
    number(admin, "A{seq:1}")
    following = rule(admin)["next"]
    brought = [f"A{following}", f"A{following + 1}"]
    made = create_many(
        Customer, [{"name": f"公司{n}", "number": n} for n in brought] + [{"name": "没有编号"}], actor=admin.person
    )
    assert [c.number for c in made] == [*brought, f"A{following + 2}"]
    Customer.objects.filter(pk=made[0].pk).update(number=f"A{following + 4}")
    fresh = [make(Customer, actor=admin.person).number for _ in range(2)]
    assert fresh == [f"A{following + 3}", f"A{following + 5}"]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_while_the_pattern_changes_never_share_a_number(admin: Api) -> None:
    def seller(n: int) -> list[str]:
        api = Api(admin.person)
        try:
            if n % 2:
                number(api, ("A{seq:1}", "B{seq:1}")[n % 4 // 2])
            return [added(api, "customers", name=f"公司{n}-{k}")["number"] for k in range(6)]
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        given = [one for some in pool.map(seller, range(6)) for one in some]
    assert len(set(given)) == 36


@pytest.mark.django_db
def test_only_administrators_say_how_things_are_numbered(admin: Api) -> None:
    plain = Api(make_user("plain", {"customers": {"*": "all"}}, make_department("财务部")))
    assert plain.get("numbering").status_code == 403
    assert number(plain, "C{seq:5}").status_code == 403
    assert number(admin, "C{seq:5}", "customers.name").status_code == 404
