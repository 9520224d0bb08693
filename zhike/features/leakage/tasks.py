"""Found by the queue at start-up."""

from zhike.features.jobs.periodic import periodic
from zhike.features.leakage.alarms import look_for_unusual


@periodic("*/10 * * * *")
def tell_of_unusual_viewing() -> None:
    look_for_unusual()
