"""An installation from before there were reports: its roles may use them after the upgrade."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from zhike.kernel.writes import create
from zhike.org.objects.person import System
from zhike.org.objects.role import Role

pytestmark = pytest.mark.django_db
upgrade = import_module("zhike.features.reports.migrations.0002_grant_to_existing_roles")


def test_roles_from_before_may_make_reports_and_decisions_stand() -> None:
    views = {"saved-views": {"*": "self"}}
    before = {
        "旧销售": views,
        "已收回": views | {"reports": {"*": "none"}},
        "维护": {"tags": {"*": "all"}},
        "全权": {"*": {"*": "all"}},
    }
    for name, grants in before.items():
        create(Role, {"name": name, "code": name}, actor=System("cli"))
        Role.objects.filter(name=name).update(grants=grants)
    upgrade.grant(apps, None)
    after = dict(Role.objects.filter(name__in=before).values_list("name", "grants"))
    assert after == before | {"旧销售": views | upgrade.OWN}
