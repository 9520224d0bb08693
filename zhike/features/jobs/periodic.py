"""Periodic jobs 定时任务: declared with a cron line, run by whichever worker is there, once however many there are.

@periodic("30 3 * * *")
def forget_old_sessions() -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.apps import apps
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from zhike.features.jobs import models
from zhike.features.jobs.models import Job
from zhike.kernel.added import as_of, current

RESCUED_AFTER = 60
KEPT = timedelta(days=90)


def periodic(cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run a function at the times of the cron line; a run that is still waiting is not queued twice."""

    def declare(function: Callable[[], None]) -> Callable[[], None]:
        name = f"{function.__module__}.{function.__name__}"

        def run(timestamp: int) -> None:
            with as_of(None):
                if not resting(function.__module__):
                    function()

        app.periodic(cron=cron)(app.task(name=name, queueing_lock=name)(run))
        return function

    return declare


def resting(python_module: str) -> bool:
    """Whether the domain a function belongs to is switched off (模块停用)."""
    domain = apps.get_containing_app_config(python_module)
    return domain is not None and domain.label in current().off


@app.periodic(cron="* * * * *")
@app.task(name="zhike.rescue", queueing_lock="zhike.rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Hand the jobs of dead workers to living ones: their transactions were taken back, so they start anew."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=RESCUED_AFTER):
        await manager.retry_job(stalled)


@periodic("17 3 * * *")
def forget_finished_jobs() -> None:
    """Rows of jobs are kept for 90 days."""
    over = Job.objects.exclude(state__in=(models.WAITING, models.RUNNING))
    over.filter(finished_at__lt=timezone.now() - KEPT).delete()
