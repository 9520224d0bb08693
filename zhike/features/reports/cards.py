"""卡片: what stands on a kept dashboard and where, as JSON. A card is a report or a declared card, never another dashboard."""

from __future__ import annotations

from typing import Any

import orjson

from zhike.features.dashboards.dashboards import offered_cards
from zhike.kernel.errors import Invalid

MOST_CARDS, ACROSS, MOST_DOWN = 40, 12, 400
KEYS = {"id", "report", "builtin", "x", "y", "w", "h"}
PLACES = {"x": (0, ACROSS - 1), "y": (0, MOST_DOWN), "w": (1, ACROSS), "h": (1, 20)}


def read_cards(text: str) -> list[dict[str, Any]]:
    """The cards of a dashboard as it is kept. Raises Invalid."""
    try:
        given = orjson.loads(text) if text and text.strip() else []
    except orjson.JSONDecodeError:
        raise _wrong("不是正确的 JSON") from None
    if not isinstance(given, list) or len(given) > MOST_CARDS:
        raise _wrong(f"应为一组卡片，最多 {MOST_CARDS} 张")
    cards = [_card(raw) for raw in given]
    if len({c["id"] for c in cards}) < len(cards):
        raise _wrong("每张卡片的编号 id 应不同")
    return cards


def _card(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict) or set(raw) - KEYS:
        raise _wrong("每张卡片是一张报表或一张内置卡片，不能放另一个仪表盘")
    if not isinstance(raw.get("id"), str) or not 1 <= len(raw["id"]) <= 40:
        raise _wrong("每张卡片要有编号 id")
    report, builtin = raw.get("report"), raw.get("builtin")
    if (report is None) == (builtin is None):
        raise _wrong("每张卡片是一张报表或一张内置卡片，二者取一")
    if report is not None and (isinstance(report, bool) or not isinstance(report, int) or not 0 < report < 2**63):
        raise _wrong("报表应为它的编号")
    if builtin is not None and builtin not in list(offered_cards()):
        raise _wrong("没有这张内置卡片")
    for name, (least, most) in PLACES.items():
        value = raw.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise _wrong(f"位置 {name} 应为 {least} 到 {most} 的整数")
    if raw["x"] + raw["w"] > ACROSS:
        raise _wrong(f"卡片不能超出 {ACROSS} 列")
    return raw


def _wrong(reason: str) -> Invalid:
    return Invalid.of({"cards": reason}, {"cards": "卡片"})
