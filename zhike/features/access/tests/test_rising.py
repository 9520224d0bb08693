"""提权: whoever maintains people is no administrator, and does not become one."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhike.features.jobs.run import run_now
from zhike.kernel.reach import Reach
from zhike.org.objects.person import Person
from zhike.testing.kit import Api, make_department, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Api:
    return Api(make_user("administrator", Reach.ALL, make_department("信息部")))


@pytest.fixture
def maintainer(administrator: Api) -> Api:
    grants = {"people": {"*": "all"}, "roles": {"view": "all"}, "departments": {"view": "all"}}
    return Api(make_user("maintainer", grants, make_department("人事部")))


@pytest.fixture
def colleague(administrator: Api) -> Any:
    return make_user("colleague", {"customers": {"*": "self"}}, make_department("销售部"))


def test_she_gives_herself_neither_role_nor_post_nor_another_department(
    administrator: Api, maintainer: Api, colleague: Any
) -> None:
    me, plain = f"people/{maintainer.person.pk}", colleague.roles.get().pk
    post = {"department": colleague.department_id, "role": plain}
    for change in (
        {"roles": [plain]},
        {"appointments": [post]},
        {"department": colleague.department_id},
        {"valid_until": "2030-01-01"},
    ):
        assert maintainer.patch(me, change).status_code == 409, change
    assert maintainer.post("people/bulk", {"ids": [maintainer.person.pk], "set": {"roles": [plain]}}).status_code in (409, 422)
    assert maintainer.patch(me, {"phone": "13800138000"}).status_code == 200
    assert maintainer.get("session").json()["roles"] == [maintainer.person.roles.get().name]


def test_she_gives_nobody_a_role_that_rules_over_permissions(
    administrator: Api, maintainer: Api, colleague: Any, settings: Any, tmp_path: Any
) -> None:
    settings.FILES_FOLDER = tmp_path
    ruling, one = administrator.person.roles.get(), f"people/{colleague.pk}"
    assert maintainer.patch(one, {"roles": [ruling.pk]}).status_code == 409
    made = {"name": "新人", "username": "fresh", "roles": [ruling.pk]}
    assert maintainer.post("people", made).status_code == 409
    file = SimpleUploadedFile("a.csv", f"姓名,角色\n新人,{ruling.name}\n".encode())
    load = maintainer.client.post("/api/v1/imports", {"file": file, "collection": "people"}).json()["id"]
    job = maintainer.post(f"imports/{load}/run").json()["id"]
    assert run_now(job).result.get("created", 0) == 0
    assert not Person.objects.filter(name="新人").exists()
    plain = administrator.post("roles", {"name": "普通"}).json()["id"]
    assert maintainer.patch(one, {"roles": [plain]}).status_code == 200


def test_she_does_not_come_in_as_an_administrator(administrator: Api, maintainer: Api, colleague: Any) -> None:
    before = Person.objects.get(pk=administrator.person.pk).password
    for deed in ("reset_password", "reset_two_step"):
        assert maintainer.post(f"people/{administrator.person.pk}/{deed}").status_code == 409
    assert Person.objects.get(pk=administrator.person.pk).password == before
    for name in ({"username": "maintainer.li"}, {"email": "maintainer.li@example.com"}):  # single sign-on finds her by it
        assert maintainer.patch(f"people/{administrator.person.pk}", name).status_code == 409
        assert maintainer.patch(f"people/{colleague.pk}", name).status_code == 200
    assert maintainer.post(f"people/{colleague.pk}/reset_password").json()["password"]
    assert administrator.post(f"people/{maintainer.person.pk}/reset_password").json()["password"]
