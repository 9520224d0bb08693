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
    return Company({"总部": headquarters, "华东": east, "上海": shanghai, "深圳": shenzhen})


@pytest.fixture
def director(db: Any) -> Api:
    """Somebody who may do everything."""
    return Api(make_user("director", Reach.ALL, make_department("总部")))
