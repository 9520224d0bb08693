"""Found by the queue at start-up: 账龄, 催收 and 目标的完成, every night."""

from datetime import timedelta

from django.apps import apps
from django.utils import timezone

from zhike.apps.contracts.flows.age_receivables import age
from zhike.apps.contracts.flows.dun import break_promises, take_steps
from zhike.features.jobs.periodic import periodic
from zhike.kernel.writes import act_many
from zhike.org.objects.person import System

LINGERING = timedelta(days=31)


@periodic("37 0 * * *")
def age_receivables() -> None:
    """What fell due yesterday is overdue today."""
    clock, today = System("clock"), timezone.localdate()
    age(apps.get_model("contracts.Receivable")._base_manager.exclude(standing="settled"), actor=clock)
    break_promises(today, actor=clock)
    take_steps(today, actor=clock)


@periodic("47 0 * * *")
def count_targets() -> None:
    """What the targets of the running periods have come to."""
    running = apps.get_model("contracts.Target")._base_manager.filter(ends_on__gte=timezone.localdate() - LINGERING)
    act_many(running, "count", actor=System("clock"))
