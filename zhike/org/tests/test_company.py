"""公司组织: departments move in the tree and are closed when nobody is left; nothing ends up in a circle or in a closed one."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import added, done

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db: Any) -> Api:
    return Api(make_user("admin", Reach.ALL, make_department("总部")))


def test_a_department_moves_with_all_below_it_but_never_under_itself(admin: Api) -> None:
    east = added(admin, "departments", name="华东")
    shanghai = added(admin, "departments", name="上海", parent=east["id"])
    south = added(admin, "departments", name="华南")
    refused = admin.patch(f"departments/{east['id']}", {"parent": shanghai["id"]})
    assert (refused.status_code, refused.json()["fields"]) == (422, {"parent": "不能是本部门或它的下级"})
    assert admin.patch(f"departments/{east['id']}", {"parent": south["id"]}).status_code == 200
    assert admin.patch(f"departments/{south['id']}", {"parent": shanghai["id"]}).status_code == 422
    assert admin.patch(f"departments/{shanghai['id']}", {"parent": None}).status_code == 200


def test_a_department_is_closed_when_nobody_is_left_and_takes_nobody_in_until_it_is_back(admin: Api) -> None:
    east = added(admin, "departments", name="华东")
    shanghai = added(admin, "departments", name="上海", parent=east["id"])
    person = added(admin, "people", name="王芳", department=shanghai["id"])
    refused = admin.post(f"departments/{east['id']}/close", {})
    assert (refused.status_code, refused.json()["message"]) == (409, "还有下级部门：上海；请先移走或撤销")
    refused = admin.post(f"departments/{shanghai['id']}/close", {})
    assert (refused.status_code, refused.json()["message"]) == (409, "还有在职人员：王芳；请先调到别的部门")
    assert admin.patch(f"people/{person['id']}", {"is_active": False}).status_code == 200
    assert done(admin, f"departments/{shanghai['id']}/close")["state"] == "closed"
    assert admin.patch(f"people/{person['id']}", {"phone": "13812345678"}).status_code == 200, "who has left is left alone"
    back = admin.patch(f"people/{person['id']}", {"is_active": True})
    assert (back.status_code, back.json()["fields"]) == (422, {"department": "这个部门已撤销"})
    assert admin.post("departments", {"name": "浦东", "parent": shanghai["id"]}).json()["fields"] == {"parent": "这个部门已撤销"}
    assert done(admin, f"departments/{east['id']}/close")["state"] == "closed"
    refused = admin.post(f"departments/{shanghai['id']}/reopen", {})
    assert (refused.status_code, refused.json()["message"]) == (409, "上级部门“华东”已撤销，请先恢复它")
    done(admin, f"departments/{east['id']}/reopen")
    assert done(admin, f"departments/{shanghai['id']}/reopen")["state"] == "active"


def test_a_department_is_not_closed_while_somebody_holds_a_further_post_there(admin: Api) -> None:
    home, other = added(admin, "departments", name="上海"), added(admin, "departments", name="杭州")
    role = added(admin, "roles", name="代理主管")
    posted = {"department": other["id"], "role": role["id"]}
    person = added(admin, "people", name="王芳", department=home["id"], appointments=[posted])
    refused = admin.post(f"departments/{other['id']}/close", {})
    assert (refused.status_code, refused.json()["message"]) == (409, "还有人在这里兼职：王芳；请先结束他们的兼职")
    over = posted | {"ends_on": "2020-01-31"}
    assert admin.patch(f"people/{person['id']}", {"appointments": [over]}).status_code == 200
    assert done(admin, f"departments/{other['id']}/close")["state"] == "closed"
    refused = admin.patch(f"people/{person['id']}", {"appointments": [posted]})
    assert (refused.status_code, refused.json()["fields"]) == (422, {"appointments": "这个部门已撤销"})
    [kept] = admin.get(f"people/{person['id']}").json()["appointments"]
    assert kept["ends_on"] == "2020-01-31"


def test_who_works_in_the_tree_needs_the_right_to_change_it(admin: Api) -> None:
    east = added(admin, "departments", name="华东")
    plain = Api(make_user("plain", {"departments": {"view": "all"}}, make_department("财务部")))
    assert plain.patch(f"departments/{east['id']}", {"name": "东部"}).status_code == 404
    assert plain.post(f"departments/{east['id']}/close", {}).status_code == 404
    assert admin.get(f"departments/{east['id']}").json()["name"] == "华东"
