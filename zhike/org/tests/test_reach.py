"""权限: roles add up, reach down the tree, and hold from the next request on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.kernel.reach import Reach
from zhike.org.objects.appointment import Appointment
from zhike.org.objects.role import Role
from zhike.testing.kit import Api, make, make_department, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db: Any) -> Api:
    return Api(make_user("admin", Reach.ALL, make_department("总部")))


def names(api: Api) -> list[str]:
    return sorted(r["name"] for r in api.get("customers").json()["rows"])


@pytest.fixture
def branches(admin: Api) -> dict[str, Any]:
    """华东 > 上海 > 浦东; one customer in each."""
    east = make_department("华东")
    shanghai = make_department("上海", east)
    pudong = make_department("浦东", shanghai)
    for department in (east, shanghai, pudong):
        seller = make_user(f"seller{department.name}", Reach.SELF, department)
        make(Customer, {"name": f"{department.name}客户"}, actor=seller)
    return {"east": east, "shanghai": shanghai, "pudong": pudong}


@pytest.mark.covers("V-02")
@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (Reach.NONE, None),
        (Reach.SELF, []),
        (Reach.DEPARTMENT, ["上海客户"]),
        (Reach.SUBTREE, ["上海客户", "浦东客户"]),
        (Reach.ALL, ["上海客户", "华东客户", "浦东客户"]),
    ],
)
def test_each_reach_goes_exactly_as_far_as_its_name_says(branches: Any, reach: Reach, expected: Any) -> None:
    api = Api(make_user("reader", reach, branches["shanghai"]))
    if expected is None:
        assert api.get("customers").status_code == 403
    else:
        assert names(api) == expected


@pytest.mark.covers("V-02")
def test_chosen_departments_are_reached_from_anywhere_with_those_below_and_ones_own(admin: Api, branches: Any) -> None:
    person = make_user("auditor", {"customers": {"add": "self"}}, make_department("审计部"))
    api, role = Api(person), person.roles.get()
    given = {"customers": {"view": [branches["shanghai"].pk], "change": [branches["pudong"].pk], "export": "none"}}
    answer = admin.patch(f"roles/{role.pk}/grants", {"grants": given})
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["departments"] == [
        {"id": branches[n].pk, "label": label} for n, label in (("shanghai", "上海"), ("pudong", "浦东"))
    ]
    assert names(api) == ["上海客户", "浦东客户"]
    make(Customer, {"name": "自己的客户"}, actor=person)
    assert names(api) == ["上海客户", "浦东客户", "自己的客户"]
    may = {r["name"]: api.get(f"customers/{r['id']}").json()["may"]["change"] for r in api.get("customers").json()["rows"]}
    assert may == {"上海客户": False, "浦东客户": True, "自己的客户": True}
    assert api.get("meta").json()["objects"]["customers"]["may"]["view"] == "chosen"
    admin.patch(f"departments/{branches['pudong'].pk}", {"parent": branches["east"].pk})
    assert names(api) == ["上海客户", "自己的客户"]


def test_chosen_departments_add_up_with_what_other_roles_reach(branches: Any) -> None:
    person = make_user("reader", {"customers": {"view": [branches["pudong"].pk]}}, branches["east"])
    api = Api(person)
    assert names(api) == ["浦东客户"]
    person.roles.add(make_user("second", {"customers": {"view": "department"}}).roles.get())
    assert names(api) == ["华东客户", "浦东客户"]
    person.roles.add(make_user("third", {"customers": {"view": "all"}}).roles.get())
    assert names(api) == ["上海客户", "华东客户", "浦东客户"]


def test_roles_of_one_person_add_up(branches: Any) -> None:
    person = make_user("reader", {"customers": {"view": "self"}}, branches["shanghai"])
    second = make_user("other", {"customers": {"view": "subtree"}}).roles.get()
    api = Api(person)
    assert names(api) == []
    person.roles.add(second)
    assert names(api) == ["上海客户", "浦东客户"]


@pytest.mark.covers("V-02")
def test_a_grant_changed_by_an_administrator_holds_from_the_next_request_on(admin: Api, branches: Any) -> None:
    person = make_user("reader", {"customers": {"view": "self"}}, branches["shanghai"])
    api, role = Api(person), person.roles.get()
    assert names(api) == []
    given = admin.post(f"roles/{role.pk}/grant", {"collection": "customers", "verb": "view", "reach": "all"})
    assert given.status_code == 200, given.content.decode()
    assert names(api) == ["上海客户", "华东客户", "浦东客户"]
    admin.post(f"roles/{role.pk}/grant", {"collection": "customers", "verb": "view", "reach": "none"})
    assert api.get("customers").status_code == 403
    assert Role.objects.get(pk=role.pk).grants == {"customers": {"view": "none"}}


def test_a_grant_names_a_declared_object_verb_and_reach(admin: Api) -> None:
    role = make_user("reader", {}).roles.get()
    for wrong, field in (
        ({"collection": "cats", "verb": "view", "reach": "all"}, "verb"),
        ({"collection": "customers", "verb": "fly", "reach": "all"}, "verb"),
        ({"collection": "customers", "verb": "view", "reach": "galaxy"}, "reach"),
        ({"collection": "customers", "verb": "view"}, "reach"),
    ):
        answer = admin.post(f"roles/{role.pk}/grant", wrong)
        assert answer.status_code == 422
        assert field in answer.json()["fields"]
    assert Role.objects.get(pk=role.pk).grants == {}


def test_a_role_given_by_raw_sql_holds_at_once_too(branches: Any) -> None:
    person = make_user("reader", {"customers": {"view": "self"}}, branches["shanghai"])
    api = Api(person)
    assert names(api) == []
    with connection.cursor() as cursor:
        cursor.execute("""UPDATE org_role SET grants = '{"customers": {"view": "all"}}' WHERE id = %s""", [person.roles.get().pk])
    assert len(names(api)) == 3


def test_a_department_moved_in_the_tree_moves_what_its_managers_see(admin: Api, branches: Any) -> None:
    api = Api(make_user("leader", Reach.SUBTREE, branches["shanghai"]))
    assert names(api) == ["上海客户", "浦东客户"]
    moved = admin.patch(f"departments/{branches['pudong'].pk}", {"parent": branches["east"].pk})
    assert moved.status_code == 200, moved.content.decode()
    assert names(api) == ["上海客户"]


def test_a_department_cannot_stand_below_itself(admin: Api, branches: Any) -> None:
    for below in ("east", "shanghai", "pudong"):
        answer = admin.patch(f"departments/{branches['east'].pk}", {"parent": branches[below].pk})
        assert answer.status_code == 422
        assert answer.json()["fields"] == {"parent": "不能是本部门或它的下级"}


def test_a_circle_made_by_raw_sql_does_not_hang_anybody(branches: Any) -> None:
    api = Api(make_user("leader", Reach.SUBTREE, branches["shanghai"]))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE org_department SET parent_id = %s WHERE id = %s", [branches["pudong"].pk, branches["east"].pk])
    assert len(names(api)) == 3


def test_a_deactivated_person_is_refused_at_once_by_session_and_token(admin: Api) -> None:
    from zhike.org.tokens import issue

    person = make_user("leaver", Reach.ALL)
    api, token = Api(person), issue(person, "程序")
    bearer = {"Authorization": f"Bearer {token}"}
    assert api.get("customers").status_code == 200
    assert Api().client.get("/api/v1/customers", headers=bearer).status_code == 200
    assert admin.patch(f"people/{person.pk}", {"is_active": False}).status_code == 200
    assert api.get("customers").status_code == 401
    assert Api().client.get("/api/v1/customers", headers=bearer).status_code == 401
    assert Api().post("session", {"username": "leaver", "password": "correct-horse-battery"}).status_code == 401


def test_a_token_acts_as_its_person_without_a_cookie_and_is_audited_as_a_program() -> None:
    from zhike.org.tokens import Token, issue

    person = make_user("robot", Reach.ALL)
    token = issue(person, "对接")
    headers = {"Authorization": f"Bearer {token}"}
    from django.test import Client

    program = Client(enforce_csrf_checks=True)
    made = program.post("/api/v1/posts", {"name": "商务经理"}, content_type="application/json", headers=headers)
    assert made.status_code == 201
    past = program.get(f"/api/v1/posts/{made.json()['id']}/history", headers=headers).json()["rows"]
    assert (past[0]["actor"]["label"], past[0]["through"]) == ("robot", "api")
    assert Token.objects.get().digest != token
    for wrong in ("Bearer nonsense", "Bearer ", "Basic abc", "bearer"):
        assert program.get("/api/v1/posts", headers={"Authorization": wrong}).status_code == 401


@pytest.mark.covers("E-83")
def test_whoever_may_view_but_not_change_is_told_so_and_cannot() -> None:
    reader = make_user("reader", {"*": {"view": "all"}})
    record = make(Customer, actor=make_user("seller", Reach.SELF))
    api = Api(reader)
    page = api.get(f"customers/{record.pk}").json()
    assert page["may"] == {"change": False, "delete": False, "transfer": False, "share": False}
    assert page["actions"] == {}
    assert api.patch(f"customers/{record.pk}", {"name": "别的"}).status_code == 404
    assert api.post("customers", {"name": "新的"}).status_code == 403
    assert Customer.objects.get().name == record.name


@pytest.fixture
def deputy(admin: Api, branches: dict[str, Any]) -> Api:
    """Somebody of the finance department who sees only her own customers there, beside a colleague with one."""
    finance = make_department("财务部")
    make(Customer, {"name": "财务客户"}, actor=make_user("colleague", Reach.SELF, finance))
    return Api(make_user("deputy", {"customers": {"view": "self"}}, finance))


def posted(admin: Api, deputy: Api, reach: str, department: Any, **more: Any) -> int:
    """Appoint her in another department, with a role that reaches so far; returns the role."""
    role = int(admin.post("roles", {"name": f"代管 {reach} {len(more)}"}).json()["id"])
    admin.patch(f"roles/{role}/grants", {"grants": {"customers": {"view": reach}}})
    further = [{"department": department.pk, "role": role, **more}]
    answer = admin.patch(f"people/{deputy.person.pk}", {"appointments": further})
    assert answer.status_code == 200, answer.content.decode()
    return role


@pytest.mark.parametrize(
    ("reach", "expected"), [("self", []), ("department", ["上海客户"]), ("subtree", ["上海客户", "浦东客户"])]
)
def test_a_role_of_a_further_post_reaches_from_the_department_of_that_post(
    admin: Api, deputy: Api, branches: dict[str, Any], reach: str, expected: list[str]
) -> None:
    role = posted(admin, deputy, reach, branches["shanghai"])
    assert names(deputy) == expected
    assert f"代管 {reach} 0" in deputy.get("session").json()["roles"]
    assert [p["label"] for p in admin.get(f"roles/{role}/grants").json()["people"]] == ["deputy"]


def test_a_further_post_counts_from_its_first_day_to_its_last(admin: Api, deputy: Api, branches: dict[str, Any]) -> None:
    today = timezone.localdate()
    yesterday, tomorrow = today - timedelta(1), today + timedelta(1)
    posted(admin, deputy, "department", branches["shanghai"], starts_on=today, ends_on=today, post=None)
    assert names(deputy) == ["上海客户"]
    Appointment.objects.update(ends_on=yesterday, starts_on=None)
    assert (names(deputy), len(deputy.get("session").json()["roles"])) == ([], 1)
    Appointment.objects.update(ends_on=None, starts_on=tomorrow)
    assert names(deputy) == []
    role = Appointment.objects.get().role_id
    late = [{"department": branches["shanghai"].pk, "role": role, "starts_on": tomorrow, "ends_on": today}]
    refused = admin.patch(f"people/{deputy.person.pk}", {"appointments": late})
    assert (refused.status_code, refused.json()["fields"]) == (422, {"appointments": "最后一天不能早于开始日期"})


def test_why_somebody_sees_a_record_names_the_department_of_her_further_post(
    admin: Api, deputy: Api, branches: dict[str, Any]
) -> None:
    posted(admin, deputy, "department", branches["shanghai"])
    [customer] = deputy.get("customers").json()["rows"]
    told = admin.get(f"customers/{customer['id']}/why", person=deputy.person.pk).json()["verbs"]
    [view] = [verb["reasons"] for verb in told if verb["verb"] == "view"]
    assert view == ["角色“代管 department 0”给了指定部门（上海）的权限：记录属于部门“上海”"]
    assert [verb["verb"] for verb in told if verb["may"]] == ["view"]
