"""催收: every overdue receivable has a collector, takes one step after the other, and its promises are kept or broken (V-57)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from zhike.apps.consequence import Consequence
from zhike.features.notify.tell import tell_each
from zhike.kernel.reach import Actor
from zhike.kernel.writes import create, create_many, put_many
from zhike.kernel.writes.mirror import mirror

TOLD = ("channel", "content", "promised_on", "promised")


def note(receivable: Any, data: Any, actor: Actor) -> Any:
    """A word with the customer, kept beside the receivable."""
    kinds = apps.get_model("contracts.Dunning").kinds()
    values = {n: kinds[n].plain(getattr(data, n)) for n in TOLD}
    return create(apps.get_model("contracts.Dunning"), values | {"receivable": receivable.pk}, actor=Consequence(actor))


def follow(receivables: Iterable[int], actor: Actor) -> None:
    """These receivables show what was said last, and how often."""
    said = apps.get_model("contracts.Dunning")._base_manager.filter(receivable=OuterRef("pk")).order_by("-happened_at", "-pk")
    often = said.order_by().values("receivable").annotate(n=Count("pk")).values("n")
    shown = {
        "promised_on": Subquery(said.values("promised_on")[:1]), "dunned": Coalesce(Subquery(often), 0),
        "dunning_note": Coalesce(Subquery(said.values("content")[:1]), Value("")),
    }  # fmt: skip
    mirror(apps.get_model("contracts.Receivable")._base_manager.filter(pk__in=receivables), shown, actor=actor)


def take_steps(today: date, *, actor: Actor) -> int:
    """Every overdue receivable whose next step has come gets its collector and she a task; a promise still open is waited for."""
    steps = apps.get_model("contracts.DunningStep")._base_manager.filter(active=True).order_by("-after_days")
    return sum(_take(step, today, actor) for step in steps)


def _take(step: Any, today: date, actor: Actor) -> int:
    receivables = apps.get_model("contracts.Receivable")
    late = receivables._base_manager.filter(outstanding__gt=0, due_on__lte=today - timedelta(days=step.after_days))
    silent = late.filter(Q(promised_on__isnull=True) | Q(promised_on__lt=today))
    ids = list(silent.filter(Q(step__isnull=True) | Q(step__after_days__lt=step.after_days)).values_list("pk", flat=True))
    rows = receivables._base_manager.filter(pk__in=ids)
    put_many(rows.filter(collector__isnull=True), "collector", lambda row: row.owner_id, actor=actor)
    mirror(rows, {"step": step.pk}, actor=actor)
    todo = [_task(row, step, today) for row in rows.select_related("collector", "customer")]
    if todo:
        create_many(apps.get_model("customers.Task"), todo, actor=actor)
    return len(ids)


def _task(owed: Any, step: Any, today: date) -> dict[str, Any]:
    who = {"owner": owed.collector_id, "department": owed.collector.department_id} if owed.collector_id else {}
    subject = f"{step.name}：{owed.customer.short_name or owed.customer.name} {owed.name} {owed.outstanding} 元"
    return {"subject": subject[:200], "due_on": today, "customer": owed.customer_id, "notes": step.guidance, **who}


def judge(receivables: Any, *, actor: Actor) -> None:
    """Promises about these that have come in are kept."""
    waiting = apps.get_model("contracts.Dunning")._base_manager.filter(outcome="waiting", receivable__in=receivables)
    kept = list(waiting.filter(receivable__outstanding__lte=F("remainder")).values_list("pk", flat=True))
    mirror(apps.get_model("contracts.Dunning")._base_manager.filter(pk__in=kept), {"outcome": "kept"}, actor=actor)


def release_promises(receivables: Iterable[Any], actor: Actor) -> None:
    """What is owed no more need not be paid: a promise about it is neither kept nor broken."""
    waiting = apps.get_model("contracts.Dunning")._base_manager.filter(outcome="waiting", receivable__in=list(receivables))
    mirror(waiting, {"outcome": ""}, actor=actor)


def break_promises(today: date, *, actor: Actor) -> int:
    """What was promised until yesterday and has not come in; whoever asked for it hears of it."""
    rows = apps.get_model("contracts.Dunning")._base_manager.filter(outcome="waiting", promised_on__lt=today)
    broken = list(rows.select_related("receivable"))
    mirror(rows, {"outcome": "broken"}, actor=actor)
    tell_each((word for dunning in broken for word in _broken(dunning)), quoting=("promised_on", "outstanding"), actor=actor)
    return len(broken)


def _broken(dunning: Any) -> Iterator[tuple[int | None, str, Any]]:
    owed = dunning.receivable
    text = f"承诺未兑现：{owed.name}，承诺 {dunning.promised_on} 付 {dunning.promised} 元"
    yield from ((person, text, owed) for person in {owed.collector_id, dunning.owner_id})
