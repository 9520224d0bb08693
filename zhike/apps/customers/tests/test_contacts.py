"""联系人: one person, several companies, a role in their decisions."""

import pytest

from zhike.apps.customers.objects.contact import Contact
from zhike.testing.team import Team, added


@pytest.fixture
def companies(team: Team) -> list[dict]:
    names = ("上海恒泰机械制造有限公司", "苏州天成电力有限公司")
    return [added(team.seller, "customers", name=name) for name in names]


@pytest.mark.covers("G-03", "T-31")
def test_a_contact_works_for_two_companies_and_stands_on_both_pages(team: Team, companies: list[dict]) -> None:
    first, second = companies
    posts = [
        {"customer": first["id"], "position": "总经理", "role": "decider"},
        {"customer": second["id"], "position": "顾问", "primary": True},
    ]
    made = added(team.seller, "contacts", name="李敏", mobile="199 0001 0002", email="limin@hengtai.example", companies=posts)
    assert made["mobile"] == "19900010002"
    assert [(c["customer"]["label"], c["position"], c["primary"]) for c in made["companies"]] == [
        ("上海恒泰机械制造有限公司", "总经理", False), ("苏州天成电力有限公司", "顾问", True),
    ]  # fmt: skip
    for company in companies:
        page = team.seller.get(f"customers/{company['id']}/page").json()
        assert [r["id"] for r in page["related"]["contacts"]["rows"]] == [made["id"]]


def test_the_only_company_is_the_main_one(team: Team, companies: list[dict]) -> None:
    made = added(team.seller, "contacts", name="李敏", companies=[{"customer": companies[0]["id"]}])
    assert [c["primary"] for c in made["companies"]] == [True]


@pytest.mark.parametrize(
    ("flags", "ids", "reason"),
    [((True, True), (0, 1), "主要任职只能有一个"), ((True, False), (0, 0), "同一公司只能填写一次")],
)
def test_companies_that_contradict_each_other_are_refused(
    team: Team, companies: list[dict], flags: tuple, ids: tuple, reason: str
) -> None:
    posts = [{"customer": companies[i]["id"], "primary": flag} for i, flag in zip(ids, flags, strict=True)]
    answer = team.seller.post("contacts", {"name": "李敏", "companies": posts})
    assert (answer.status_code, answer.json()["fields"]) == (409, {"companies": reason})
    assert Contact.objects.count() == 0


@pytest.mark.covers("V-16")
def test_a_contact_needs_a_name(team: Team) -> None:
    answer = team.seller.post("contacts", {"mobile": "19900010002"})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"name": "必填"})
    assert Contact.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "reason"), [({"mobile": "+86 199-0001-0002"}, "手机相同"), ({"email": "LIMIN@a.example"}, "邮箱相同")]
)
def test_the_same_person_is_recognised_by_telephone_or_mail(team: Team, values: dict, reason: str) -> None:
    known = added(team.seller, "contacts", name="李敏", mobile="19900010002", email="limin@a.example")
    answer = team.seller.post("contacts", {"name": "李小敏", **values})
    assert answer.status_code == 409
    assert [(d["id"], d["reason"]) for d in answer.json()["duplicates"]] == [(known["id"], reason)]
    assert Contact.objects.count() == 1


def test_a_company_one_may_not_see_cannot_be_named(team: Team, companies: list[dict]) -> None:
    answer = team.stranger.post("contacts", {"name": "李敏", "companies": [{"customer": companies[0]["id"]}]})
    assert answer.status_code == 422
    assert answer.json()["fields"] == {"companies": "公司：没有这条记录，或您无权查看"}
    assert Contact.objects.count() == 0
