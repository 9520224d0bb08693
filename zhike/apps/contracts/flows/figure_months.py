"""人员月报的统计: one grouped statement a figure, however many people (V-61, V-62)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from zhike.apps.contracts.flows.measure_target import COUNTS
from zhike.apps.contracts.flows.share_performance import shared_out
from zhike.apps.money import NOTHING
from zhike.apps.months import month_of
from zhike.apps.sales.choices import OPEN
from zhike.kernel.query.relative import start_of
from zhike.kernel.reach import Actor
from zhike.kernel.writes import create_many
from zhike.kernel.writes.mirror import mirror_each
from zhike.org.objects.person import Person

LEVELS = "abcd"
NOT_COUNTED = ("month", "name", "counted_at", "score", "place_in_month", "from_last")
TENTH = Decimal("0.1")
Row = dict[str, Any]


def figure(month: date, *, actor: Actor) -> int:
    """Write the month of everybody who did anything in it; says of how many people."""
    following = month_of(month, 1)
    people: dict[int, Row] = defaultdict(dict)
    for grouped in (_added(month, following), _standing(following), _advanced(month, following), _money(month, following)):
        for owner, row in grouped.items():
            people[owner] |= row
    for row in people.values():
        many = row.get("open_deals")
        row["frequency"] = (Decimal(row.get("contacts", 0)) / many).quantize(TENTH, ROUND_HALF_UP) if many else None
    return _store(month, people, actor)


def _rows(model: str) -> Any:
    return apps.get_model(model)._base_manager.filter(owner__isnull=False).order_by().values("owner")


def _told(rows: Any) -> dict[int, Row]:
    return {row.pop("owner"): row for row in rows}


def _added(month: date, following: date) -> dict[int, Row]:
    """What was added in the month."""
    within = {"created_at__gte": start_of(month), "created_at__lt": start_of(following)}
    said = {"happened_at__gte": start_of(month), "happened_at__lt": start_of(following)}
    found = _told(_rows("customers.Customer").filter(**within).annotate(new_customers=Count("pk")))
    for more in (
        _rows("sales.Opportunity").filter(**within).annotate(new_deals=Count("pk")),
        _rows("customers.Interaction").filter(**said).annotate(contacts=Count("pk")),
    ):
        for owner, row in _told(more).items():
            found.setdefault(owner, {}).update(row)
    return found


def _standing(following: date) -> dict[int, Row]:
    """How it stood at the end of the month: customers by level, the funnel by stage."""
    end = start_of(following)
    by_level = {f"level_{level}": Count("pk", filter=Q(level=level)) for level in LEVELS}
    found = _told(_rows("customers.Customer").filter(created_at__lt=end).annotate(**by_level))
    stays = _rows("sales.StageStay").filter(Q(left_at__isnull=True) | Q(left_at__gte=end), entered_at__lt=end)
    by_stage = {stage: Sum("amount", filter=Q(stage=stage), default=Decimal(0)) for stage in OPEN}
    by_stage["other_stages"] = Sum("amount", filter=~Q(stage__in=OPEN), default=Decimal(0))
    for owner, row in _told(stays.annotate(open_deals=Count("pk"), **by_stage)).items():
        found.setdefault(owner, {}).update(row)
    return found


def _advanced(month: date, following: date) -> dict[int, Row]:
    """How far the deals that left a stage in the month got (漏斗推进程度, V-90)."""
    left = _rows("sales.StageStay").filter(left_at__gte=start_of(month), left_at__lt=start_of(following))
    found = _told(left.annotate(advanced=Sum("advanced", default=Decimal(0))))
    return _shared(found, "advanced", month, following)


def _shared(found: dict[int, Row], measure: str, month: date, following: date) -> dict[int, Row]:
    """The same with what two share counted for each in her part (V-43)."""
    for part in shared_out(measure, month, following - timedelta(days=1)):
        if part.owner is not None:
            row = found.setdefault(part.owner, {})
            row[measure] = row.get(measure, NOTHING) + part.amount
    return found


def _money(month: date, following: date) -> dict[int, Row]:
    """What was signed and what came in, less what was paid back."""
    last = following - timedelta(days=1)
    found: dict[int, Row] = defaultdict(dict)
    for measure in ("signed", "collected"):
        to, condition, day, of = COUNTS[measure]
        rows = _rows(to).filter(condition, **{f"{day}__gte": month, f"{day}__lte": last})
        for owner, row in _told(rows.annotate(**{measure: of})).items():
            found[owner][measure] = row[measure] or NOTHING
        _shared(found, measure, month, following)
    return found


def _store(month: date, people: dict[int, Row], actor: Actor) -> int:
    model, now = apps.get_model("contracts.MonthlyFigure"), timezone.now()
    figures = [n for n, kind in model.kinds().items() if not (kind.editable or kind.system or n in NOT_COUNTED)]
    blank = {name: model._meta.get_field(name).get_default() for name in figures}
    stored = {row.owner_id: row for row in model._base_manager.filter(month=month)}
    homes = dict(Person._base_manager.filter(pk__in=people).values_list("pk", F("department")))
    fresh = [{"month": month, "owner": pk, "department": homes[pk], **row} for pk, row in people.items() if pk not in stored]
    if fresh:
        create_many(model, [row | {"counted_at": now} for row in fresh], actor=actor)
    changed = [row for pk, row in stored.items() if _differs(row, blank | people.get(pk, {}))]
    for row in changed:
        row.counted_at = now
    mirror_each(changed, [*figures, "counted_at"], actor=actor)
    return len(people)


def _differs(row: Any, values: Row) -> bool:
    """Bring a stored month to these figures; says whether any of them moved."""
    moved = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in moved.items():
        setattr(row, name, value)
    return bool(moved)
