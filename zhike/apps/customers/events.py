"""客户域对事件的反应: last contact follows from follow-ups, tasks from their next steps, and work that repeats comes again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.interaction import Interaction
from zhike.apps.customers.objects.task import Task
from zhike.apps.customers.pool import run
from zhike.apps.customers.repeating import next_day
from zhike.apps.customers.tracking import count_anew
from zhike.features.clocks.calendar import Calendar, Calendars
from zhike.features.packs.demo import DemoTold
from zhike.kernel.events import Changed, ChangedMany, Written, on, on_written
from zhike.kernel.query.relative import start_of
from zhike.kernel.reach import Actor
from zhike.kernel.writes import act_many, create_many
from zhike.kernel.writes.mirror import mirror

PLANNED = ("customer", "contact", "opportunity", "lead")
NIGHTS, SHORTLY_AFTER = (63, 57, 52, 47, 42, 38, 33, 26, 19, 12, 5, 1, 0), timedelta(minutes=30)
REPEATED = ("subject", "priority", "notes", "repeat", "repeat_until", "repeat_day", "owner", "department", *PLANNED)


@on(Changed)
def follow_interaction(event: Changed) -> None:
    """One follow-up was written, changed or removed."""
    if not isinstance(event.record, Interaction):
        return
    before, after = event.before, event.after
    if any(before.get(n) != after.get(n) for n in ("customer", "happened_at")):
        customers = {before.get("customer"), after.get("customer")}
        _show_last_contact(customers, event.actor)
        if before.get("counts") or after.get("counts"):
            count_anew(customers, event.actor)
    was_planned = (before.get("next_on"), before.get("next_step", ""))
    if after and was_planned != (event.record.next_on, event.record.next_step):
        _plan([event.record], event.actor, anew=bool(before))


@on(ChangedMany)
def follow_interactions(event: ChangedMany) -> None:
    """Many follow-ups were written or removed at once."""
    if event.model is not Interaction:
        return
    _show_last_contact({i.customer_id for i in event.records}, event.actor)
    count_anew({i.customer_id for i in event.records if i.counts}, event.actor)
    if event.verb == "add":
        _plan([i for i in event.records if i.next_on and i.next_on >= timezone.localdate()], event.actor)


def _show_last_contact(customers: set[int | None], actor: Actor) -> None:
    """最近联系 is the time of the latest follow-up, whoever wrote it."""
    latest = Interaction.objects.filter(customer=OuterRef("pk")).order_by("-happened_at").values("happened_at")[:1]
    mirror(Customer.objects.filter(pk__in=customers - {None}), {"last_contact_at": Subquery(latest)}, actor=actor)


def _plan(interactions: Iterable[Any], actor: Actor, *, anew: bool = False) -> None:
    """A next step with a date is a task of whoever follows up; a step planned anew replaces the old one."""
    planned, by_rule = list(interactions), Consequence(actor)
    if anew:
        standing = Task.objects.filter(interaction__in=[i.pk for i in planned], state="open")
        act_many(standing, "cancel", actor=by_rule)
    if tasks := [_task(i) for i in planned if i.next_on]:
        create_many(Task, tasks, actor=by_rule)


def _task(interaction: Any) -> dict[str, Any]:
    links = {n: getattr(interaction, f"{n}_id") for n in PLANNED}
    kept = {"owner": interaction.owner_id, "department": interaction.department_id, "interaction": interaction.pk}
    subject = interaction.next_step or f"跟进：{interaction.summary}"
    return links | kept | {"subject": subject[:200], "due_on": interaction.next_on}


@on_written
def repeat(event: Written) -> None:
    """Tasks were completed."""
    if event.model is Task and event.verb == "complete":
        _repeat(event.records, event.actor)


def _repeat(done: Iterable[Any], actor: Actor) -> None:
    """The next time of every task that repeats; once only, however often it is reopened and done again."""
    again = [task for task in done if task.repeat]
    if not again:
        return
    calendars = Calendars()
    followed = set(Task.objects.filter(previous__in=[t.pk for t in again]).values_list("previous_id", flat=True))
    rows = [row for t in again if t.pk not in followed and (row := _next_time(t, calendars.of(t.department_id)))]
    if rows:
        create_many(Task, rows, actor=Consequence(actor))


def _next_time(task: Any, calendar: Calendar) -> dict[str, Any] | None:
    """The same work on its next day, the reminder as long before it; None when the series is over."""
    due = next_day(task.due_on, task.repeat, timezone.localdate(task.done_at), calendar, task.repeat_day)
    if task.repeat_until and due > task.repeat_until:
        return None
    kept = {n: getattr(task, Task._meta.get_field(n).attname) for n in REPEATED}
    remind = task.remind_at and task.remind_at + (due - task.due_on)
    return kept | {"previous": task.pk, "due_on": due, "remind_at": remind}


@on(DemoTold)
def walk_the_nights(event: DemoTold) -> None:
    """The public pool fills night by night, as it would have in the weeks before."""
    today = timezone.localdate()
    for back in NIGHTS:
        run(start_of(today - timedelta(back)) + SHORTLY_AFTER)
