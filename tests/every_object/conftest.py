"""A small company: two branches, one team in each, people who reach differently far."""

from __future__ import annotations

from typing import Any

import pytest

from tests.every_object.company import Company, found
from zhike.testing.kit import Api


@pytest.fixture(scope="module")
def founded_company(founding: bool) -> Company | None:
    return found() if founding else None


@pytest.fixture
def company(db: Any, founded_company: Company | None) -> Company:
    return founded_company.again() if founded_company else found()


@pytest.fixture
def director(company: Company) -> Api:
    """Somebody who may do everything."""
    return company.director
