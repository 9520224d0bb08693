"""Found by the queue at start-up: jobs and periodic jobs of the interface itself."""

from datetime import timedelta

from django.utils import timezone

from zhike.api.bulk import bulk_job
from zhike.api.models import Answered
from zhike.features.jobs.periodic import periodic
from zhike.org.sessions import SessionStore

ANSWERS_KEPT = timedelta(days=2)


@periodic("7 3 * * *")
def forget_old_answers() -> None:
    """Idempotency keys are honoured for two days."""
    Answered.objects.filter(at__lt=timezone.now() - ANSWERS_KEPT).delete()


@periodic("27 3 * * *")
def forget_old_sessions() -> None:
    """Sessions that have run out leave nothing behind."""
    SessionStore.clear_expired()


__all__ = ["bulk_job", "forget_old_answers", "forget_old_sessions"]
