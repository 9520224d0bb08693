"""报价审批: what must stand before a quote is submitted, and who may let it go (V-44…V-49)."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import prefetch_related_objects
from django.utils import timezone

from zhike.apps.sales.authority import deciders
from zhike.apps.sales.flows.upkeep import neglected
from zhike.apps.sales.objects.price_authority import held_by, in_force, within
from zhike.chinese.numbers import show_ratio
from zhike.kernel.declare import Refused

FACE_TO_FACE = ("visit", "meeting")


def gather_submissions(quotes: list[Any]) -> None:
    """What submitting asks of each: lines, customer, whether she was met, who may decide, and how its partner keeps its data."""
    prefetch_related_objects(quotes, "customer", "items__product")
    met = met_face_to_face({quote.customer_id for quote in quotes})
    old = neglected(quotes)
    for quote in quotes:
        quote.met, quote.neglect = quote.customer_id in met, old.get(quote.department_id)
    gather_matrix(quotes)


def gather_matrix(quotes: list[Any]) -> None:
    """The matrix in force today, whatever it was when the lines were priced."""
    rows = in_force()
    for quote in quotes:
        quote.matrix = rows


def refuse_submission(quote: Any) -> None:
    """Lines with a list price, a validity that lasts, a meeting face to face or an exception (V-45); V-13 for partners."""
    items = list(quote.items.all())
    if not items:
        raise Refused("报价没有明细，不能提交", {"items": "至少一行"})
    unlisted = [str(item.product) for item in items if item.list_price is None]
    if unlisted:
        raise Refused(f"产品“{'、'.join(unlisted)}”没有标准价，无法判断折扣；请先在产品或价格表中定价", {"items": "缺少标准价"})
    refuse_unreviewed(quote.customer)
    if quote.valid_until < timezone.localdate():
        raise Refused("有效期已过，请先修改有效期", {"valid_until": "已过期"})
    if quote.exception != "granted" and not quote.met:
        raise Refused("客户还没有面谈记录：请先登记一次拜访或会议，或申请免面谈例外")
    if quote.neglect:
        raise Refused(quote.neglect)


def refuse_unreviewed(customer: Any) -> None:
    """A customer whose registration is not approved is neither quoted nor contracted with (V-12, V-18). Raises Refused."""
    if customer.registration != "approved":
        raise Refused("客户登记还没有审核通过，不能提交", {"customer": "登记待审核"})


def met_face_to_face(customers: set[int]) -> set[int]:
    """Those of these customers with whom a visit or a meeting is on file."""
    rows = apps.get_model("customers.Interaction")._base_manager
    held = rows.filter(customer__in=customers, channel__in=FACE_TO_FACE, happened_at__lte=timezone.now())
    return set(held.exclude(content="").values_list("customer", flat=True))


def who_decides(quote: Any) -> str:
    """需谁批准."""
    return deciders((row.as_authority() for row in quote.matrix), quote.conceded)


def refuse_beyond_authority(quote: Any, actor: Any) -> None:
    """Nobody approves her own quote, nor one that concedes more than her post allows (V-46…V-49). Raises Refused."""
    if actor.pk in (quote.submitted_by_id, quote.owner_id):
        raise Refused("不能批准自己提交或负责的报价")
    if not any(a.covers(quote.conceded) for a in within(quote.matrix, actor)):
        worst, whole = show_ratio(quote.conceded.worst), show_ratio(quote.conceded.total)
        raise Refused(f"最低一行 {worst}、总额 {whole}，超出您的报价权限，需由{who_decides(quote)}批准")


def refuse_exception(quote: Any, actor: Any) -> None:
    """An exception is granted by somebody else who has authority over prices. Raises Refused."""
    if quote.exception != "asked":
        raise Refused("没有待批准的免面谈申请")
    if actor.pk in (quote.owner_id, quote.updated_by_id) or not held_by(actor):
        raise Refused("免面谈须由有报价权限的其他人批准")
