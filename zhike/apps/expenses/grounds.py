"""报销依据: an expense rests on a customer, a deal or an exchange in this very system, or it is not paid (V-07…V-09)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zhike.kernel.declare import Refused

UNCITED = "须关联客户、销售机会或行动"
NO_PROGRESS = "须写明客户的真实进展"
NO_VALUE = "须写明关键价值"
NO_ACTION = "属于销售行动，须关联对应的拜访、会议等行动"
NOT_HERS = "关联的行动属于另一个客户"


def lacking(item: Any, acts: bool) -> list[str]:
    """What one line still lacks before it can be paid.

    Arguments:
        acts: its category is spent on a sales action, which must then be there.
    """
    found = [] if item.customer_id or item.opportunity_id or item.interaction_id else [UNCITED]
    if item.customer_id:
        found += [why for text, why in ((item.progress, NO_PROGRESS), (item.value, NO_VALUE)) if not text.strip()]
    if acts and not item.interaction_id:
        found.append(NO_ACTION)
    if item.interaction_id and item.customer_id and item.interaction.customer_id not in (None, item.customer_id):
        found.append(NOT_HERS)
    return found


def refuse_groundless(items: Iterable[Any], acting: frozenset[str]) -> None:
    """Raises Refused naming each line that lacks something."""
    wrong = {n: reasons for n, item in enumerate(items, 1) if (reasons := lacking(item, item.category in acting))}
    if wrong:
        said = "；".join(f"第 {number} 行{'、'.join(reasons)}" for number, reasons in wrong.items())
        raise Refused(f"不予报销：{said}", {"items": said})
