"""业绩分成: what was won, signed, collected and advanced on a deal that two share counts for each by what was decided (V-43).

Told as what moves from whoever the record belongs to to those who share it: added to any sum by owner or department, it makes
the sum right, and of the company it changes nothing. Targets, monthly figures and with them the ranking all ask here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import DecimalField, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from zhike.apps.money import NOTHING, split
from zhike.apps.registration.flows.find_shares import Decisions, Shares
from zhike.kernel.query.relative import end_of, start_of

IN_FORCE = ("signed", "fulfilled")
SHARED = ("won", "signed", "collected")


@dataclass(frozen=True)
class Part:
    """So much more, or less, for somebody and the department it counts in; of nobody where a record belongs to nobody."""

    owner: int | None
    department: int | None
    amount: Decimal


@dataclass(frozen=True)
class Earned:
    """An amount on a shared deal, and to whom the record it stands in belongs.

    Arguments:
        shares: between whom, where the 业绩分成 of the deal does not tell.
    """

    deal: int
    owner: int | None
    department: int | None
    amount: Decimal
    shares: Shares | None = None


def shared_out(measure: str, first: date, last: date, product: int | None = None) -> list[Part]:
    """What moves between people for all shared deals within these days, both included; two queries however many there are.

    Arguments:
        product: of won and signed deals only the part this product makes.
    """
    earned = list(OF_PRODUCT[measure](first, last, product) if product else EARNED[measure](first, last))
    shares = _shares({one.deal for one in earned if one.shares is None})
    return [part for one in earned for part in _parts(one, one.shares or shares[one.deal])]


def _parts(one: Earned, shares: Shares) -> Iterable[Part]:
    yield Part(one.owner, one.department, -one.amount)
    sign = -1 if one.amount < 0 else 1
    for (owner, department, _), amount in zip(shares, split(abs(one.amount), [p for *_, p in shares]), strict=True):
        yield Part(owner, department, sign * amount)


def _shares(deals: set[int]) -> dict[int, Shares]:
    """Deal → who shares it, in which department, by how many hundredths."""
    found: dict[int, Shares] = defaultdict(list)
    rows = _kept().filter(opportunity__in=deals, owner__isnull=False).order_by("pk")
    for deal, owner, department, percent in rows.values_list("opportunity", "owner", "department", "percent"):
        found[deal].append((owner, department, percent or NOTHING))
    return found


def _kept() -> Any:
    return apps.get_model("registration.RevenueShare")._base_manager


def _deals() -> Any:
    return _kept().order_by().values("opportunity")


LINES: dict[str, tuple[str, str, Any]] = {
    "won": ("sales.OpportunityProduct", "opportunity", F("amount")),
    "signed": ("contracts.ContractItem", "contract", F("amount") - F("share")),
}


def part_of(measure: str, product: int) -> Any:
    """How much of a deal or contract one product makes: its lines, less their share of the discount on the whole."""
    model, parent, worth = LINES[measure]
    lines = apps.get_model(model)._base_manager.filter(**{parent: OuterRef("pk"), "product": product}).order_by()
    summed = lines.values(parent).annotate(sum=Sum(worth, output_field=DecimalField())).values("sum")
    return Coalesce(Subquery(summed, output_field=DecimalField()), Value(NOTHING), output_field=DecimalField())


def _won(first: date, last: date, product: int | None = None) -> Iterable[Earned]:
    rows = apps.get_model("sales.Opportunity")._base_manager.filter(
        stage="won", closed_on__gte=first, closed_on__lte=last, pk__in=_deals()
    )
    worth = rows.annotate(earned=part_of("won", product) if product else F("won_amount"))
    return (Earned(*row) for row in worth.values_list("pk", "owner", "department", "earned") if row[-1])


def _signed(first: date, last: date, product: int | None = None) -> Iterable[Earned]:
    rows = apps.get_model("contracts.Contract")._base_manager.filter(
        state__in=IN_FORCE, signed_on__gte=first, signed_on__lte=last, opportunity__in=_deals()
    )
    worth = rows.annotate(earned=part_of("signed", product) if product else F("amount"))
    return (Earned(*row) for row in worth.values_list("opportunity", "owner", "department", "earned") if row[-1])


def _collected(first: date, last: date) -> Iterable[Earned]:
    """What receipts have settled of receivables of these deals; an advance counts for whoever it was written down for."""
    rows = apps.get_model("contracts.ReceiptAllocation")._base_manager.filter(
        Q(receivable__contract__opportunity__in=_deals()), receipt__received_on__gte=first, receipt__received_on__lte=last
    )
    told = rows.order_by("pk").values_list(
        "receivable__contract__opportunity", "receipt__owner", "receipt__department", "amount", F("receipt__kind")
    )
    for deal, owner, department, amount, kind in told:
        if amount:
            yield Earned(deal, owner, department, -amount if kind == "refund" else amount)


def _advanced(first: date, last: date) -> Iterable[Earned]:
    """推进金额 of the moves made since two share the deal; what it advanced before was its owner's alone (V-90)."""
    decisions = Decisions()
    moved = apps.get_model("sales.StageStay")._base_manager.filter(
        left_at__gte=start_of(first), left_at__lt=end_of(last), opportunity__customer__in=decisions.customers
    )  # fmt: skip
    told = moved.order_by("pk").values_list("left_at", "opportunity__customer", "opportunity", "owner", "department", "advanced")
    for at, customer, deal, owner, department, amount in told if decisions.customers else ():
        case = decisions.of(deal, customer, at) if amount else None
        if case is not None:
            yield Earned(deal, owner, department, amount, decisions.shares(case))


EARNED = {"won": _won, "signed": _signed, "collected": _collected, "advanced": _advanced}
OF_PRODUCT = {"won": _won, "signed": _signed}
