"""Everybody has the product as she likes it, on every machine, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.testing.kit import PASSWORD, Api, make_user

pytestmark = pytest.mark.django_db
FRESH = {
    "theme": "system", "density": "comfortable", "language": "zh-CN", "menu_folded": False, "home": None, "favourites": [],
}  # fmt: skip


@pytest.fixture
def wang() -> Api:
    return Api(make_user("wang"))


def test_who_has_chosen_nothing_has_what_holds_for_everybody(wang: Api) -> None:
    assert wang.get("preferences").json() == FRESH


def test_what_is_chosen_stays_and_the_rest_is_left_alone(wang: Api) -> None:
    assert wang.patch("preferences", {"theme": "dark"}).json() == FRESH | {"theme": "dark"}
    assert wang.patch("preferences", {"density": "compact", "menu_folded": True}).status_code == 200
    assert wang.get("preferences").json() == FRESH | {"theme": "dark", "density": "compact", "menu_folded": True}


def test_a_choice_is_taken_back_with_null(wang: Api) -> None:
    wang.patch("preferences", {"home": ["funnel", "tasks_due"], "theme": "light"})
    assert wang.patch("preferences", {"home": None}).json() == FRESH | {"theme": "light"}


def test_signing_in_brings_ones_preferences_along(wang: Api) -> None:
    wang.patch("preferences", {"theme": "dark"})
    assert wang.get("session").json()["preferences"] == FRESH | {"theme": "dark"}
    opened = Api().post("session", {"username": "wang", "password": PASSWORD}).json()
    assert (opened["name"], opened["preferences"]["theme"]) == ("wang", "dark")


def test_a_colleague_has_her_own(wang: Api) -> None:
    wang.patch("preferences", {"favourites": [{"to": "/customers/7", "label": "东方机械"}]})
    assert Api(make_user("li")).get("preferences").json() == FRESH


def test_nobody_who_is_not_signed_in_has_any() -> None:
    assert Api().get("preferences").status_code == 401
    assert Api().patch("preferences", {"theme": "dark"}).status_code == 401


def test_the_same_favourite_is_kept_once_with_its_latest_name(wang: Api) -> None:
    kept = [
        {"to": "/customers/7", "label": "东方"},
        {"to": "/leads", "label": "线索"},
        {"to": "/customers/7", "label": "东方机械"},
    ]
    assert wang.patch("preferences", {"favourites": kept}).json()["favourites"] == [
        {"to": "/customers/7", "label": "东方机械"},
        {"to": "/leads", "label": "线索"},
    ]


@pytest.mark.parametrize(
    ("sent", "reasons"),
    [
        ({"theme": "pink"}, {"theme": "应为 light、dark、system 之一"}),
        ({"theme": []}, {"theme": "应为 light、dark、system 之一"}),
        ({"menu_folded": 1}, {"menu_folded": "应为 true 或 false"}),
        ({"colour": "red"}, {"colour": "没有这个偏好"}),
        ({"colour": None}, {"colour": "没有这个偏好"}),
        ({"home": "funnel"}, {"home": "应为一组卡片名称，最多 40 个"}),
        ({"home": ["x"] * 41}, {"home": "应为一组卡片名称，最多 40 个"}),
        ({"home": ["\x00"]}, {"home": "不能包含空字符"}),
        ({"favourites": [{"to": "/leads"}]}, {"favourites": "每个收藏应有 to 和 label"}),
        ({"favourites": [{"to": "https://evil.example", "label": "x"}]}, {"favourites": "收藏的地址应以 / 开头"}),
        ({"favourites": [{"to": "//evil.example", "label": "x"}]}, {"favourites": "收藏的地址应以 / 开头"}),
        ({"favourites": [{"to": "/leads", "label": "x" * 121}]}, {"favourites": "收藏的地址最多 2000 字，名称最多 120 字"}),
        ({"favourites": [{"to": "/leads", "label": "线索"}] * 51}, {"favourites": "应为一组收藏，最多 50 个"}),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_its_reason_and_changes_nothing(wang: Api, sent: Any, reasons: Any) -> None:
    wang.patch("preferences", {"density": "compact"})
    refused = wang.patch("preferences", {"density": "comfortable", **sent})
    assert (refused.status_code, refused.json()["fields"]) == (422, reasons)
    assert wang.get("preferences").json() == FRESH | {"density": "compact"}
