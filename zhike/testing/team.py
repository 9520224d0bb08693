"""A small company for the stories: two branches, people with different reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from zhike.features.packs import load_pack
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, Staff, make_department, make_user


@dataclass(frozen=True)
class Team(Staff):
    """Everybody signed in: the seller of the stories, a colleague beside her, their manager, somebody of another branch."""

    seller: Api
    peer: Api
    manager: Api
    stranger: Api


@pytest.fixture
def team(db: Any, founded_team: Team | None) -> Team:
    return founded_team.again() if founded_team else found()


@pytest.fixture(scope="module")
def founded_team(founding: bool) -> Team | None:
    return found() if founding else None


@pytest.fixture
def ready_made(team: Team, founded_pack: bool) -> None:
    """What comes with the company: its roles, posts, reports and rules."""
    if not founded_pack:
        load_pack("company")


@pytest.fixture(scope="module")
def founded_pack(founded_team: Team | None) -> bool:
    if founded_team:
        load_pack("company")
    return founded_team is not None


def found() -> Team:
    headquarters = make_department("总部")
    east, south = make_department("华东分公司", headquarters), make_department("华南分公司", headquarters)
    shanghai, shenzhen = make_department("上海销售部", east), make_department("深圳销售部", south)
    return Team(
        seller=Api(make_user("seller", Reach.SELF, shanghai)),
        peer=Api(make_user("peer", Reach.SELF, shanghai)),
        manager=Api(make_user("manager", Reach.SUBTREE, east)),
        stranger=Api(make_user("stranger", Reach.SELF, shenzhen)),
    )


def added(api: Api, collection: str, **values: Any) -> Any:
    """A record somebody has added through the interface."""
    answer = api.post(collection, values)
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()


def done(api: Api, path: str, **answers: Any) -> Any:
    """A record after somebody has acted on it."""
    answer = api.post(path, answers)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()
