"""A small company: two branches, one team in each, people who reach differently far."""

from __future__ import annotations

from typing import Any

import pytest

from tests.every_object.company import Company
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user


@pytest.fixture
def company(db: Any) -> Company:
    headquarters = make_department("总部")
    east, south = make_department("华东", headquarters), make_department("华南", headquarters)
    shanghai, shenzhen = make_department("上海", east), make_department("深圳", south)
    return Company(
        owner=Api(make_user("owner", Reach.SELF, shanghai)),
        peer=Api(make_user("peer", Reach.SELF, shanghai)),
        manager=Api(make_user("manager", Reach.DEPARTMENT, shanghai)),
        upper=Api(make_user("upper", Reach.SUBTREE, east)),
        beside=Api(make_user("beside", Reach.DEPARTMENT, east)),
        elsewhere=Api(make_user("elsewhere", Reach.SUBTREE, shenzhen)),
        director=Api(make_user("director", Reach.ALL, headquarters)),
        nobody=Api(make_user("nobody", {}, shanghai)),
    )


@pytest.fixture
def director(db: Any) -> Api:
    """Somebody who may do everything."""
    return Api(make_user("director", Reach.ALL, make_department("总部")))
