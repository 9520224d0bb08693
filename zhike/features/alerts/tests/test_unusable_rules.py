"""A rule that could not be watched is refused when it is written, not when it is to be checked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from zhike.features.alerts.objects.alert_rule import AlertRule
from zhike.features.alerts.tests.conftest import House

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("definition", "reason"),
    [
        ({"levels": []}, "启用之前至少要有一个级别的阈值"),
        ({"who": []}, "请选择收件人"),
        ({"levels": [{"level": "pink", "threshold": "1"}]}, "不认识的预警级别"),
        ({"levels": [{"level": "red", "threshold": "much"}]}, "阈值应为数字"),
        ({"levels": [{"level": "red", "threshold": "1e999999"}]}, "阈值应为数字"),
        ({"who": [{"by": "person", "person": "abc"}]}, "请选择收件人"),
        ({"levels": [{"level": "red", "threshold": "1"}, {"level": "red", "threshold": "2"}]}, "每个级别只能有一个阈值"),
        ({"levels": [{"level": "red", "threshold": "1", "least": "2"}]}, "红色·严重的阈值不在它自己的范围内"),
        ({"group": "name"}, "只能按一条记录、负责人、部门或指向其他记录的字段分别计算"),
        ({"measure": "sum:name"}, "不能这样汇总"),
        ({"filter": {"field": "nope", "op": "eq", "value": 1}}, "没有这个字段"),
        ({"limit": {"amount": 0, "unit": "day"}}, "处理时限应为 1 到 1000"),
    ],
)  # fmt: skip
def test_a_rule_that_could_not_be_watched_is_not_kept(house: House, definition: dict[str, Any], reason: str) -> None:
    given = {"who": [{"by": "owner"}], "levels": [{"level": "red", "threshold": "1"}]} | definition
    body = {"name": "x", "collection": "opportunities", "is_active": True, "definition": json.dumps(given)}
    answer = house.administrator.post("alert-rules", body)
    assert (answer.status_code, AlertRule.objects.count()) == (422, 0)
    assert reason in answer.json()["message"]
