"""An administrator for the stories of added fields."""

from typing import Any

import pytest

from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user


@pytest.fixture
def admin(db: Any) -> Api:
    """Somebody who may do everything."""
    return Api(make_user("admin", Reach.ALL, make_department("总部")))
