"""分成依据: which decision shares a deal, and between whom (V-43)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from zhike.apps.registration.objects.arbitration import Arbitration
from zhike.org.objects.person import Person

Shares = list[tuple[int, int | None, Decimal]]


class Decisions:
    """The decided cases that let two share, read once however many deals are asked about.

    Arguments:
        customers: those whose cases count; every case without.
    """

    def __init__(self, customers: Iterable[int] | None = None) -> None:
        shared = Arbitration._base_manager.filter(state="decided", outcome="shared").order_by("decided_at", "pk")
        self._of_deal: dict[int, list[Any]] = defaultdict(list)
        self._of_customer: dict[int, list[Any]] = defaultdict(list)
        for case in shared if customers is None else shared.filter(customer__in=set(customers)):
            kept = self._of_deal[case.opportunity_id] if case.opportunity_id else self._of_customer[case.customer_id]
            kept.append(case)
        cases = [case for kept in (*self._of_deal.values(), *self._of_customer.values()) for case in kept]
        self.customers = {case.customer_id for case in cases}
        people = {pk for case in cases for pk in (case.holder_id, case.claimant_id)}
        self._homes = dict(Person._base_manager.filter(pk__in=people).values_list("pk", "department_id")) if people else {}

    def of(self, deal: int, customer: int | None, at: datetime | None = None) -> Any | None:
        """The latest decision about the deal, else about its customer; of those made by then, where a moment is named."""
        for kept in (self._of_deal.get(deal, ()), self._of_customer.get(customer or 0, ())):
            made = [case for case in kept if at is None or case.decided_at <= at]
            if made:
                return made[-1]
        return None

    def shares(self, case: Any) -> Shares:
        """Who shares by it, in which department, by how many hundredths."""
        parties = ((case.holder_id, case.holder_percent), (case.claimant_id, case.claimant_percent))
        return [(person, self._homes.get(person), percent) for person, percent in parties]
