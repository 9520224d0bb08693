"""Found by the queue at start-up: 账龄, 催收 and 目标的完成 every night, 应收款明细表 every month."""

from datetime import timedelta

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from zhike.apps.contracts.expiring import keep_missing_time
from zhike.apps.contracts.flows.age_receivables import age
from zhike.apps.contracts.flows.dun import break_promises, take_steps
from zhike.apps.contracts.flows.figure_months import figure
from zhike.apps.contracts.flows.rank_people import rank
from zhike.apps.contracts.flows.state_receivables import mail_statement, state_if_due
from zhike.apps.months import month_of
from zhike.features.jobs.occasions import first_to_take
from zhike.features.jobs.periodic import periodic
from zhike.kernel.query.relative import start_of
from zhike.kernel.writes import act_many
from zhike.org.objects.person import System

__all__ = [
    "age_receivables", "count_targets", "figure_this_month", "mail_statement", "rank_last_month", "state_receivables",
    "time_contracts",
]  # fmt: skip
LINGERING = timedelta(days=31)


@periodic("37 0 * * *")
def age_receivables() -> None:
    """What fell due yesterday is overdue today."""
    clock, today = System("clock"), timezone.localdate()
    age(apps.get_model("contracts.Receivable")._base_manager.exclude(standing="settled"), actor=clock)
    break_promises(today, actor=clock)
    take_steps(today, actor=clock)


@periodic("27 1 * * *")
def figure_this_month() -> None:
    """This month and, because receipts come in late, the one before."""
    today = timezone.localdate()
    for month in (month_of(today, -1), month_of(today)):
        figure(month, actor=System("clock"))


@periodic("43 1 * * *")
def rank_last_month() -> None:
    """Once a month, when the figures of the last one have been counted for the first time."""
    today = timezone.localdate()
    with transaction.atomic():
        if first_to_take("ranking", start_of(month_of(today))):
            rank(month_of(today, -1), actor=System("clock"))


@periodic("57 23 * * *")
def state_receivables() -> None:
    """The month's statement, when its day is all but over, or as soon after it as a worker is there."""
    state_if_due(timezone.localtime(), actor=System("clock"))


@periodic("7 0 * * *")
def time_contracts() -> None:
    """Those that are in force and have no clock yet."""
    keep_missing_time()


@periodic("47 0 * * *")
def count_targets() -> None:
    """What the targets of the running periods have come to."""
    running = apps.get_model("contracts.Target")._base_manager.filter(ends_on__gte=timezone.localdate() - LINGERING)
    act_many(running, "count", actor=System("clock"))
