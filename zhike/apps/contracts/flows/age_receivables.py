"""账龄: how long what is owed has been overdue, brought up to date every night and with every payment."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Value, When
from django.utils import timezone

from zhike.kernel.reach import Actor
from zhike.kernel.writes.mirror import mirror

BANDS = ((90, "over"), (60, "d90"), (30, "d60"), (0, "d30"))


def band(outstanding: Decimal, due_on: date, today: date) -> str:
    """The band of one receivable."""
    late = (today - due_on).days if outstanding > 0 else 0
    return next((name for days, name in BANDS if late > days), "")


def age(rows: Any, *, actor: Actor, today: date | None = None) -> int:
    """Put each receivable into its band; what is settled or not yet due is in none."""
    on = today or timezone.localdate()
    bands = [When(outstanding__gt=0, due_on__lt=on - timedelta(days=days), then=Value(band)) for days, band in BANDS]
    return mirror(rows, {"ageing": Case(*bands, default=Value(""))}, actor=actor)
