"""指标: numbers for Prometheus. What requests cost is counted in every process; what lies in the database is asked when read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from django.db import DatabaseError, connection
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from zhike.project.backup import kept

REQUESTS = Counter("zhike_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "zhike_request_seconds",
    "Seconds until the answer was ready",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
SHARED = "PROMETHEUS_MULTIPROC_DIR"
QUESTION = """
SELECT (SELECT count(*) FROM jobs_job WHERE state = 'waiting'),
       (SELECT count(*) FROM jobs_job WHERE state = 'running'),
       (SELECT count(*) FROM jobs_job WHERE state = 'failed' AND finished_at > now() - interval '1 day'),
       (SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0) FROM jobs_job WHERE state = 'waiting'),
       (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 seconds'),
       (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
       pg_database_size(current_database())
"""
GAUGES = (
    ("zhike_jobs_waiting", "Jobs nobody has taken up yet"),
    ("zhike_jobs_running", "Jobs being worked on"),
    ("zhike_jobs_failed_today", "Jobs that failed during the last 24 hours"),
    ("zhike_job_oldest_waiting_seconds", "How long the oldest waiting job has waited"),
    ("zhike_workers", "Worker processes that gave a sign of life in the last minute"),
    ("zhike_database_connections", "Connections to this database, of all servers"),
    ("zhike_database_bytes", "Size of the database"),
)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """One request more."""
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def exposition() -> bytes:
    """Everything, in the format Prometheus reads."""
    registry = CollectorRegistry()
    registry.register(_FromDatabase())
    registry.register(_Backups())
    parts = [generate_latest(registry)]
    if os.environ.get(SHARED):
        shared = CollectorRegistry()
        MultiProcessCollector(shared)
        parts.append(generate_latest(shared))
    else:
        parts.append(generate_latest(REGISTRY))
    return b"".join(parts)


class _FromDatabase(Collector):
    def collect(self) -> Iterable[Metric]:
        try:
            with connection.cursor() as cursor:
                cursor.execute(QUESTION)
                values = cursor.fetchone()
        except DatabaseError:
            yield GaugeMetricFamily("zhike_database_up", "Whether the database answers", value=0)
            return
        yield GaugeMetricFamily("zhike_database_up", "Whether the database answers", value=1)
        yield from _gauges(values)


class _Backups(Collector):
    """An alarm belongs on this one: it grows when the nightly backup fails, for whatever reason."""

    def collect(self) -> Iterable[Metric]:
        place = kept.folder()
        seconds = kept.age(place) if place else None
        if seconds is not None:
            yield GaugeMetricFamily("zhike_backup_age_seconds", "Seconds since the newest backup", value=seconds)


def _gauges(values: Iterable[float]) -> Iterator[Metric]:
    for (name, meaning), value in zip(GAUGES, values, strict=True):
        yield GaugeMetricFamily(name, meaning, value=float(value))
