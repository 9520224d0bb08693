"""Periodic jobs 定时任务: declared with a cron line, run by whichever worker is there, once however many there are.

@periodic("30 3 * * *")
def forget_old_sessions() -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable

from asgiref.sync import sync_to_async
from django.apps import apps
from django.db import close_old_connections, connection
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from zhike.features.jobs import models
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import HELD
from zhike.kernel.added import as_of, current
from zhike.kernel.tracing import traced

RESCUED_AFTER = 60
FORSAKEN = """
SELECT q.id FROM procrastinate_jobs q JOIN jobs_job j ON j.id = (q.args ->> 'job_id')::bigint
WHERE q.task_name = 'zhike.execute' AND q.status = 'doing' AND j.state IN ('waiting', 'running')
  AND coalesce(j.started_at, j.created_at) < now() - make_interval(secs => %(seconds)s)
  AND NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = %(name)s AND objid = j.id %% 2147483648)
"""
GIVEN_UP = """
SELECT j.id FROM procrastinate_jobs q JOIN jobs_job j ON j.id = (q.args ->> 'job_id')::bigint
WHERE q.task_name = 'zhike.execute' AND q.status IN ('failed', 'aborted', 'cancelled') AND j.state IN ('waiting', 'running')
"""


def periodic(cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run a function at the times of the cron line, by the company's clock; one that is still waiting is not queued twice."""

    def declare(function: Callable[[], None]) -> Callable[[], None]:
        name = f"{function.__module__}.{function.__name__}"

        def run(timestamp: int) -> None:
            close_old_connections()
            with as_of(None), traced(name):
                if not resting(function.__module__):
                    function()

        app.periodic(cron=cron)(app.task(name=name, queueing_lock=name)(run))
        return function

    return declare


def go_by_our_clock() -> None:
    """The queue takes the hours of a cron line for those of UTC; ours are the company's, or nightly work is done by day.

    To be said once the queue knows everything that is declared: a line is told its zone by a moment of it.
    """
    for declared in app.periodic_registry.periodic_tasks.values():
        declared.croniter.set_current(timezone.localtime())


def resting(python_module: str) -> bool:
    """Whether the domain a function belongs to is switched off (模块停用)."""
    domain = apps.get_containing_app_config(python_module)
    return domain is not None and domain.label in current().off


@app.periodic(cron="* * * * *")
@app.task(name="zhike.rescue", queueing_lock="zhike.rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Hand the jobs of dead workers to living ones: their transactions were taken back, so they start anew.

    So are jobs nobody runs though their worker lives: the database went away at the moment they ended.
    """
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=RESCUED_AFTER):
        await manager.retry_job(stalled)
    for job_id in await sync_to_async(forsaken)():
        await manager.retry_job_by_id_async(job_id, retry_at=timezone.now())
    await sync_to_async(give_up)()


def forsaken() -> list[int]:
    """Entries of the queue whose job is not over and which no transaction holds."""
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute(FORSAKEN, {"name": HELD, "seconds": RESCUED_AFTER})
        return [entry for (entry,) in cursor.fetchall()]


def give_up() -> None:
    """Tell of jobs that no worker will take up any more, because they failed too often."""
    with connection.cursor() as cursor:
        cursor.execute(GIVEN_UP)
        lost = [job for (job,) in cursor.fetchall()]
    open_ones = Job.objects.filter(pk__in=lost, state__in=(models.WAITING, models.RUNNING))
    open_ones.update(state=models.FAILED, finished_at=timezone.now(), error="多次中断，已放弃；未做任何修改，请重新发起")
