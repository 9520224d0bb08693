"""Found by the queue at start-up: importing this declares what workers run."""

from django.db import transaction

from zhike.features.clocks.recounting import follow_announcements
from zhike.features.clocks.sweep import sweep_due
from zhike.features.jobs.periodic import periodic

__all__ = ["sweep_due"]


@periodic("*/5 * * * *")
def follow_holidays() -> None:
    """Soon after a newer holiday package is installed, what runs in working days ends by it."""
    with transaction.atomic():
        follow_announcements()
