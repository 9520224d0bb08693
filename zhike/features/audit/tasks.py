"""Found by the queue at start-up."""

from zhike.features.audit.aging import age_entries
from zhike.features.jobs.periodic import periodic


@periodic("40 3 * * *")
def move_to_history() -> None:
    """A day's worth in the night."""
    age_entries()
