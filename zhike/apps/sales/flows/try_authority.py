"""试算报价权限: which quotes of the past would have needed somebody else's decision, had the limit been another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Count, Max

from zhike.apps.sales.authority import Authority, Discount, deciders
from zhike.apps.sales.objects.price_authority import in_force
from zhike.kernel.query import relative
from zhike.words.catalogue import say

EXAMPLES = 3
LIST_PRICE = Decimal(1)


@dataclass
class Moved:
    """Quotes that would have gone the same other way, and the latest of some of them."""

    count: int = 0
    examples: list[int] = field(default_factory=list)


def try_authority(row: Any, data: Any, actor: Any) -> dict[str, Any]:
    """How many were submitted, how many of these would have gone elsewhere, from whom to whom, with examples."""
    first, last = relative.period(data.period)
    submitted = {"submitted_at__gte": relative.start_of(first), "submitted_at__lt": relative.end_of(last)}
    quotes = apps.get_model("sales.Quote").objects.visible_to(actor).filter(**submitted)
    now = in_force()
    others = [r.as_authority() for r in now if (r.post_id, r.role_id) != (row.post_id, row.role_id)]
    then = [*others, Authority(row.name, data.least_ratio, data.measure)]
    found = _moved(quotes, [r.as_authority() for r in now], then)
    count = sum(moved.count for moved in found.values())
    words = f"{first} 至 {last} 提交的 {quotes.count()} 份报价中，{count} 份会改由别人批准。"
    return {"text": say(words), "lines": list(_lines(found))}


def _moved(quotes: Any, now: list[Authority], then: list[Authority]) -> dict[tuple[str, str], Moved]:
    """From whom to whom, by the discounts there were; one query however many quotes."""
    found: dict[tuple[str, str], Moved] = defaultdict(Moved)
    ratios = quotes.order_by().values_list("price_ratio", "worst_ratio").annotate(count=Count("pk"), latest=Max("pk"))
    for total, worst, count, latest in ratios:
        conceded = Discount(LIST_PRICE if total is None else total, LIST_PRICE if worst is None else worst)
        way = deciders(now, conceded), deciders(then, conceded)
        if way[0] != way[1]:
            found[way].count += count
            found[way].examples.append(latest)
    return found


def _lines(found: dict[tuple[str, str], Moved]) -> Iterator[dict[str, Any]]:
    """The most frequent way first."""
    shown = {way: sorted(moved.examples, reverse=True)[:EXAMPLES] for way, moved in found.items()}
    names = apps.get_model("sales.Quote")._base_manager.in_bulk([pk for pks in shown.values() for pk in pks])
    for way in sorted(found, key=lambda way: -found[way].count):
        links = [{"collection": "quotes", "id": pk, "label": str(names[pk])} for pk in shown[way]]
        yield {"text": say(f"{way[0]} → {way[1]}：{found[way].count} 份"), "links": links}
