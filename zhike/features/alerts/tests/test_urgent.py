"""紧急事件: it goes out to where people look at once, and is open until somebody has acknowledged it."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.alerts.tests.conftest import House, Write, check, inbox
from zhike.features.approval.tests.conftest import told
from zhike.features.channels.tests.standing_in import standing_in
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.kernel.registry import find
from zhike.testing.kit import make
from zhike.testing.team import added, done

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.covers("V-06", "T-20", "T-47")
def test_what_is_urgent_goes_to_the_group_at_once_and_is_acknowledged(house: House, rule: Write, settings: Any) -> None:
    settings.OUTBOUND_NETWORKS = ["127.0.0.0/8"]
    with standing_in() as group:
        robot = added(house.administrator, "channels", name="应急群", sort="dingtalk")["id"]
        done(house.administrator, f"channels/{robot}/connect", url=group.url("/robot"), secret="geheim-4711-0815")
        levels = [{"level": "red", "threshold": "500000"}]
        urgent = rule("opportunities", name="紧急", group="id", measure="sum:amount", levels=levels, channels=[robot])
        make(find("opportunities"), {"name": "抢险", "amount": "500000"}, actor=house.seller.person)
        assert check(urgent) == (1, 0, 0)
        assert [run_now(job.pk).state for job in Job.objects.filter(kind="deliver", state="waiting")] == ["done"]
    words = "红色预警：紧急，抢险，当前 500,000，阈值 500,000"
    assert [(r.path, words in r.json["text"]["content"]) for r in group.received] == [("/robot", True)]
    assert (told(house.seller)[0].startswith(words), inbox(house.seller)) == (True, [(words, "red", "raised")])
    [alert] = house.seller.get("alerts").json()["rows"]
    assert done(house.seller, f"alerts/{alert['id']}/acknowledge")["state"] == "acknowledged"
    counted = house.administrator.get("alerts/aggregate", group="level,state").json()["rows"]
    assert counted == [{"level": "red", "state": "acknowledged", "count": 1}]
    latest = house.seller.get(f"alerts/{alert['id']}/history").json()["rows"][0]
    assert (latest["actor"]["label"], latest["verb"]) == ("seller", "acknowledge")
