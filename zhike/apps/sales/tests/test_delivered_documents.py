"""What was handed to a customer stands with its deal: which version, to whom, at which stage."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from zhike.testing.team import Team, added, done

pytestmark = pytest.mark.django_db


def handed(team: Team, deal: Any, contact: Any, edition: str) -> Any:
    told = {"name": "方案", "edition": edition, "opportunity": deal["id"], "recipient": contact["id"]}
    return added(team.seller, "delivered-documents", **told)


@pytest.mark.covers("V-32")
def test_each_version_keeps_its_recipient_and_the_stage_at_which_it_was_handed_over(team: Team) -> None:
    customer = added(team.seller, "customers", name="甲公司")
    contact = added(team.seller, "contacts", name="王五", companies=[{"customer": customer["id"]}])
    deal = added(team.seller, "opportunities", name="一期", customer=customer["id"])
    handed(team, deal, contact, "V1.0")
    done(team.seller, f"opportunities/{deal['id']}/advance", to="proposal")
    second = handed(team, deal, contact, "V2.0")
    done(team.seller, f"opportunities/{deal['id']}/win")
    team.seller.patch(f"delivered-documents/{second['id']}", {"notes": "按客户意见修改"})

    related = team.manager.get(f"opportunities/{deal['id']}/page").json()["related"]["delivered-documents"]["rows"]
    found = {row["edition"]: (row["stage"], row["recipient"]["label"], row["delivered_on"]) for row in related}
    today = timezone.localdate().isoformat()
    assert found == {"V1.0": ("prospecting", "王五", today), "V2.0": ("proposal", "王五", today)}
    assert team.stranger.get(f"delivered-documents/{second['id']}").status_code == 404


def test_what_is_not_handed_over_yet_is_not_kept(team: Team) -> None:
    customer = added(team.seller, "customers", name="甲公司")
    contact = added(team.seller, "contacts", name="王五", companies=[{"customer": customer["id"]}])
    deal = added(team.seller, "opportunities", name="一期", customer=customer["id"])
    tomorrow = (timezone.localdate() + timedelta(1)).isoformat()
    told = {"name": "方案", "opportunity": deal["id"], "recipient": contact["id"], "delivered_on": tomorrow}
    answer = team.seller.post("delivered-documents", told)
    assert (answer.status_code, answer.json()["message"]) == (409, "交付日期不能晚于今天")
    assert team.seller.get("delivered-documents").json()["rows"] == []
