"""Found by the queue at start-up: jobs and periodic jobs of the interface itself."""

from zhike.api.bulk import bulk_job
from zhike.features.jobs.periodic import periodic
from zhike.org.sessions import SessionStore


@periodic("27 3 * * *")
def forget_old_sessions() -> None:
    """Sessions that have run out leave nothing behind."""
    SessionStore.clear_expired()


__all__ = ["bulk_job", "forget_old_sessions"]
