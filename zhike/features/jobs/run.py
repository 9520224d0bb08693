"""Declaring, starting and running jobs.

@job("export", "导出")
def export_records(run: Run, collection: str) -> dict: ...

start("export", "导出客户", {"collection": "customers"}, actor=person)
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django import app
from psycopg.types.json import Jsonb

from zhike.features.jobs import models
from zhike.features.jobs.handing_back import AGAIN, LOST, MOST_ATTEMPTS, HandedBack, stopping
from zhike.features.jobs.models import Job
from zhike.features.preferences.keeping import language_of
from zhike.kernel.added import as_of
from zhike.kernel.errors import Forbidden, NotFound, Problem, Refused
from zhike.kernel.events import Event, emit
from zhike.kernel.tracing import current, traced
from zhike.org.acting import behind, refuse_delegates
from zhike.words.speaking import speaking

log = logging.getLogger("zhike.jobs")
MOST_LOG_LINES = 200
HELD = 0x5A484B
"""Under which name the database knows that a job is being run."""
_kinds: dict[str, Callable[..., dict[str, Any]]] = {}


class Cancelled(Exception):
    """Somebody asked the job to stop; its transaction is taken back."""


@dataclass(frozen=True, kw_only=True)
class JobEnded(Event):
    """A job is done, failed or cancelled."""

    job: Job


class Run:
    """What a running job is given: who it acts for, and how to report.

    Reports go through a connection of their own: they are seen while the job's transaction is still open.
    """

    def __init__(self, job: Job) -> None:
        self.job, self.id = job, job.pk
        self.actor = _actor(job)
        self._side = psycopg.connect(**_connection_settings(), autocommit=True)

    def progress(self, done: int, total: int | None = None) -> None:
        """Tell how far it is. Raises Cancelled when somebody asked to stop, HandedBack when this worker does."""
        if stopping.is_set():
            raise HandedBack
        row = self._side.execute(
            "UPDATE jobs_job SET done = %s, total = coalesce(%s, total) WHERE id = %s RETURNING cancel_asked",
            [done, total, self.id],
        ).fetchone()
        if row and row[0]:
            raise Cancelled

    def say(self, text: str) -> None:
        """Add a line to the log people see."""
        line = {"at": timezone.now().isoformat(), "text": text}
        self._side.execute(
            "UPDATE jobs_job SET log = CASE WHEN jsonb_array_length(log) < %s THEN log || %s::jsonb ELSE log END WHERE id = %s",
            [MOST_LOG_LINES, Jsonb([line]), self.id],
        )

    def attach(self, file: dict[str, Any]) -> None:
        """Leave a file for the owner: {"id", "name", "size"}."""
        self.job.files.append(file)

    def close(self) -> None:
        self._side.close()


def job(kind: str) -> Callable[[Callable[..., dict[str, Any]]], Callable[..., dict[str, Any]]]:
    """Declare a function as a kind of job. It runs in one transaction and returns its result as plain data."""

    def declare(function: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        _kinds[kind] = function
        return function

    return declare


def start(kind: str, label: str, arguments: dict[str, Any], *, actor: Any) -> Job:
    """Queue a job in the transaction of its cause: it exists exactly if the cause does."""
    about = _about(kind, label, actor)
    with transaction.atomic():
        made = Job.objects.create(arguments=arguments, **about)
        execute.defer(job_id=made.pk)
    return made


def start_many(kind: str, label: str, arguments: list[dict[str, Any]], *, actor: Any) -> None:
    """The same for many jobs of one kind, in two statements."""
    about = _about(kind, label, actor)
    if not arguments:
        return
    with transaction.atomic():
        made = Job.objects.bulk_create(Job(arguments=one, **about) for one in arguments)
        execute.batch_defer(*({"job_id": job.pk} for job in made))


def _about(kind: str, label: str, actor: Any) -> dict[str, Any]:
    """What it is and who began it. It runs later, when nobody knows any more within what limits she acted. Raises Forbidden."""
    refuse_delegates(actor)
    if getattr(actor, "mandate", None):
        raise Forbidden("这件事要在后台进行，限定了范围的令牌不能办理")
    told = {"kind": kind, "label": label[:200], "request": current().request}
    return told | {"owner_id": actor.pk, "outside": actor.outside}


def cancel(made: Job) -> Job:
    """Ask a job to stop; one that waits stops at once. Raises Refused when it is over."""
    waiting = Job.objects.filter(pk=made.pk, state=models.WAITING)
    running = Job.objects.filter(pk=made.pk, state=models.RUNNING)
    stopped = waiting.update(state=models.CANCELLED, cancel_asked=True, finished_at=timezone.now())
    if not stopped and not running.update(cancel_asked=True):
        raise Refused("任务已经结束，不能取消")
    made.refresh_from_db()
    return made


def visible_jobs(actor: Any) -> Any:
    """The jobs a person started; to whoever acts for her, who can start none, they and what they left are nothing."""
    mine = Job.objects.filter(owner_id=actor.pk).order_by("-pk")
    return mine if behind(actor) is actor else mine.none()


def find_job(pk: int, actor: Any) -> Job:
    """One of the actor's jobs. Raises NotFound."""
    found: Job | None = visible_jobs(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这个任务")
    return found


@app.task(name="zhike.execute", retry=AGAIN, pass_context=False)
def execute(job_id: int) -> None:
    """Run one job in a worker, whose connection may be older than the database's last restart."""
    close_old_connections()
    run_now(job_id)


def run_now(job_id: int) -> Job:
    """Run a job here and now (worker, command line). A job that is over stays as it is; a dead worker's is run again.

    Raises HandedBack or the database's own error when the job has to be run again, by whichever worker.
    """
    open_states = (models.WAITING, models.RUNNING)
    taken = Job.objects.filter(pk=job_id, state__in=open_states, cancel_asked=False)
    if not taken.update(state=models.RUNNING, started_at=timezone.now(), done=0, attempts=F("attempts") + 1):
        return Job.objects.get(pk=job_id)
    made = Job.objects.select_related("owner").get(pk=job_id)
    with traced(made.request, made.pk):
        return _run(made)


def _run(made: Job) -> Job:
    log.info("任务 %s %s 开始", made.pk, made.kind)
    run = Run(made)
    try:
        fields, language = as_of(getattr(run.actor, "revision", None)), speaking(language_of(made.owner_id))
        with fields, language, transaction.atomic():
            if not _alone(made):
                return made
            made.result = _kinds[made.kind](run, **made.arguments)
            _finish(made, models.DONE)
    except Cancelled:
        _finish(made, models.CANCELLED, "已取消，未做任何修改")
    except Problem as problem:
        _finish(made, models.FAILED, problem.message)
    except HandedBack:
        Job.objects.filter(pk=made.pk).update(state=models.WAITING)
        raise
    except Exception as error:
        if isinstance(error, LOST) and made.attempts < MOST_ATTEMPTS:
            raise
        log.exception("任务 %s 失败", made.pk)
        _finish(made, models.FAILED, f"内部错误（{type(error).__name__}），未做任何修改；请联系管理员并告知任务号 {made.pk}")
    finally:
        run.close()
    log.info("任务 %s %s 结束：%s", made.pk, made.kind, made.state)
    return made


def _alone(made: Job) -> bool:
    """Hold the job until our transaction ends. A worker taken for dead may have finished it while we waited."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [HELD, made.pk % 2**31])
    made.refresh_from_db(fields=["state", "cancel_asked"])
    return made.state in (models.WAITING, models.RUNNING) and not made.cancel_asked


def _finish(made: Job, state: str, error: str = "") -> None:
    made.state, made.error, made.finished_at = state, error, timezone.now()
    with transaction.atomic():
        made.save(update_fields=["state", "error", "finished_at", "result", "files"])
        emit(JobEnded(actor=_system(), job=made))


def _actor(job: Job) -> Any:
    from zhike.org.objects.person import Person

    if job.owner_id is None:
        return _system()
    person = Person.objects.acting().get(pk=job.owner_id)
    person.through, person.outside = f"job:{job.pk}", job.outside
    return person


def _system() -> Any:
    from zhike.org.objects.person import System

    return System("job")


def _connection_settings() -> dict[str, Any]:
    wanted = ("dbname", "user", "password", "host", "port")
    parameters = connection.get_connection_params()
    return {name: parameters[name] for name in wanted if parameters.get(name)}
