"""公共池: the nightly run that marks customers nobody has contacted and releases those past their limit. Set-based throughout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, DateField, Min, Q, Value, When
from django.utils import timezone

from zhike.apps.customers.limits import Standing, standing
from zhike.apps.customers.objects.customer import FIRST, LAST, Customer
from zhike.apps.customers.objects.pool_entry import PoolEntry
from zhike.features.jobs.periodic import periodic
from zhike.features.notify.knowing import Word
from zhike.features.notify.tell import tell_each
from zhike.kernel.query.relative import end_of, start_of
from zhike.kernel.writes import create_many
from zhike.kernel.writes.beside import take_out
from zhike.kernel.writes.mirror import mirror
from zhike.org.objects.person import System

HELD = Q(in_pool=False, owner__isnull=False)
AT_ONCE, MOST_DAYS = 5000, 400


@periodic("30 0 * * *")
def nightly() -> None:
    """Shortly after midnight, when a day of no contact is over."""
    run(timezone.now())


def run(now: datetime) -> dict[str, int]:
    """One night: release first, so that nobody is warned of what has happened; then the later mark, then the earlier one."""
    actor, today, counted = System("tracking"), timezone.localdate(now), {"released": 0, LAST: 0, FIRST: 0}
    with transaction.atomic():
        for found in standing(today):
            counted["released"] += release(found, today, now, actor)
            counted[LAST] += mark(found, today, LAST, found.limit.last_after, actor)
            counted[FIRST] += mark(found, today, FIRST, found.limit.first_after, actor)
    return counted


def uncontacted(found: Standing, today: date, count: int) -> Q:
    """Those last contacted so many days ago; what was before there were limits counts from the day these began."""
    day = found.long_ago(today, count)
    return Q(pk__in=[]) if day < found.begun else Q(tracked_at__lt=end_of(day)) | Q(tracked_at__isnull=True)


def release(found: Standing, today: date, now: datetime, actor: Any) -> int:
    """Past the limit: an entry in the pool remembers the owner, who is told, and her collaborators; nobody has the customer.

    It stays with its department.
    """
    if found.limit.release_after is None:
        return 0
    late = uncontacted(found, today, found.limit.release_after + 1)
    rows = Customer._base_manager.filter(HELD, found.rows, late)
    _tell(rows, f"{found.limit.release_after} 天未联系，已释放到公共池", PoolEntry, actor)
    count = 0
    for batch in _batches(rows):
        beside = take_out(Customer, actor=actor, records=[c.pk for c in batch])
        create_many(PoolEntry, [_entry(found, c, today, now, beside.get(c.pk, [])) for c in batch], actor=actor)
        gone = Customer._base_manager.filter(pk__in=[c.pk for c in batch])
        count += mirror(gone, {"owner": None, "in_pool": True, "quiet": "", "release_on": None}, actor=actor)
    return count


def _batches(rows: Any) -> Iterator[list[Any]]:
    """The rows, which leave the question as they are answered."""
    fields = ("name", "industry", "level", "owner", "department", "tracked_at")
    while batch := list(rows.order_by("pk").only(*fields).select_for_update(of=("self",))[:AT_ONCE]):
        yield batch


def _entry(found: Standing, customer: Any, today: date, now: datetime, beside: list[int]) -> dict[str, Any]:
    since = timezone.localdate(customer.tracked_at) if customer.tracked_at else found.begun
    return {
        "customer": customer.pk, "name": customer.name, "industry": customer.industry, "level": customer.level,
        "last_owner": customer.owner_id, "owner": None, "department": customer.department_id, "released_at": now,
        "days": (today - since).days, "last_beside": beside,
    }  # fmt: skip


def mark(found: Standing, today: date, level: str, count: int, actor: Any) -> int:
    """Show in lists that nobody has been in touch and when it goes; a later mark takes the place of an earlier one."""
    marked = (level, LAST)
    rows = Customer._base_manager.filter(HELD, found.rows, uncontacted(found, today, count)).exclude(quiet__in=marked)
    values: dict[str, Any] = {"quiet": level}
    if found.limit.release_after is not None:
        values["release_on"] = _release_days(found, today, count)
    threatens = level == LAST and found.limit.release_after is not None
    _tell(rows, f"{count} 天未联系，请尽快联系，否则将释放到公共池" if threatens else f"{count} 天未联系", Customer, actor)
    return mirror(rows, values, actor=actor)


def _release_days(found: Standing, today: date, count: int) -> Any:
    """For each day of a last contact the day of its release: those that can be in question are few."""
    first = max(found.long_ago(today, found.limit.release_after), found.begun)
    last = found.long_ago(today, count)
    days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)][:MOST_DAYS]
    cases = [When(tracked_at__gte=start_of(day), tracked_at__lt=end_of(day), then=Value(found.released_on(day))) for day in days]
    return Case(*cases, default=Value(found.released_on(first)), output_field=DateField())


def _tell(rows: Any, words: str, among: Any, actor: Any) -> None:
    """One word to each owner, however many customers; it leads to the one she still has, or to the list.

    It tells how many and no name, so it may be read as long as the list may.
    """
    owners = rows.order_by().values_list("owner_id").annotate(n=Count("pk"), one=Min("pk"))
    places = ((owner, n, Customer(pk=one) if among is Customer and n == 1 else among) for owner, n, one in owners)
    tell_each((Word(owner, f"您有 {n} 个客户 {words}", place, among) for owner, n, place in places), actor=actor)
