"""Handing jobs back 交还任务: a worker that is told to stop, or loses the database, leaves its jobs to the next one."""

from __future__ import annotations

from threading import Event

import psycopg
from django.db import InterfaceError, OperationalError
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

MOST_ATTEMPTS = 10
SECONDS_TO_RECOVER = 5
LOST = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
"""How it shows that the database went away under our feet; it took back what was not finished."""
stopping = Event()
"""Set when this process should end."""


class HandedBack(Exception):
    """The job was taken back whole and waits for another worker."""


class Again(BaseRetryStrategy):
    """Handed back: at once, as often as it takes. Lost with the database: a little later, ten times."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, HandedBack):
            return RetryDecision()
        if isinstance(exception, LOST) and job.attempts < MOST_ATTEMPTS:
            return RetryDecision(retry_in={"seconds": SECONDS_TO_RECOVER})
        return None


AGAIN = Again()
