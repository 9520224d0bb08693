"""Noting views and exports 记下访问与导出.

A view is put aside in memory and stored with others every few seconds by a thread of its own, so a page costs no write. What a
killed process had put aside in these seconds is lost; a stopping one stores it first. Opening a record again within ten minutes
is the same view. Exports are stored with the export itself.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from zhike.features.insight.models import Exported, Viewed
from zhike.kernel.reach import Actor
from zhike.kernel.writes.context import author
from zhike.org.scopes import everyone

AGAIN, RUN, MOST_REMEMBERED = 600.0, 5_000, 20_000
PAPER = 0
"""In place of the job of an export: one record taken as a document."""
_lock = threading.Lock()
_waiting: list[Viewed] = []
_lately: dict[tuple[int, str, int], float] = {}
_thread: list[threading.Thread] = []


def viewed(model: Any, pk: int, actor: Actor) -> None:
    """Note that somebody opened a record; what is open to everybody is not worth noting."""
    if actor.pk is None or model.spec.scope is everyone:
        return
    key, now = (author(actor) or 0, model.spec.collection, pk), time.monotonic()
    with _lock:
        if now - _lately.get(key, -AGAIN) < AGAIN:
            return
        if len(_lately) >= MOST_REMEMBERED:
            _lately.clear()
        _lately[key] = now
        _waiting.append(Viewed(at=timezone.now(), person_id=key[0], through=actor.through, collection=key[1], record=pk))
    if settings.VIEWS_STORED_EVERY and not _thread:
        _begin(settings.VIEWS_STORED_EVERY)


def store() -> None:
    """Write down what waits."""
    with _lock:
        some = _waiting[:]
        _waiting.clear()
    if some:
        Viewed.objects.bulk_create(some)


def forget() -> None:
    """Begin anew: nothing waits and nothing was seen lately."""
    with _lock:
        _waiting.clear()
        _lately.clear()


def exported(model: Any, ids: Iterable[int], job: int, actor: Actor) -> None:
    """Note which records an export took along, or which one was taken as a paper."""
    if actor.pk is None or model.spec.scope is everyone:
        return
    about = {"at": timezone.now(), "person_id": author(actor), "job": job, "collection": model.spec.collection}
    taken = sorted(ids)
    runs = (taken[at : at + RUN] for at in range(0, len(taken), RUN))
    Exported.objects.bulk_create(Exported(**about, first=run[0], last=run[-1], ids=run) for run in runs)


def _begin(every: float) -> None:
    with _lock:
        if _thread:
            return
        _thread.append(threading.Thread(target=_keep_storing, args=(every,), name="views", daemon=True))
    _thread[0].start()
    atexit.register(store)


def _keep_storing(every: float) -> None:
    for _ in _ticks(every):
        try:
            store()
        finally:
            connection.close()


def _ticks(every: float) -> Iterator[None]:
    while True:
        time.sleep(every)
        yield
