"""Found by the queue at start-up."""

from zhike.features.access.ending import end_what_is_over
from zhike.features.jobs.periodic import periodic


@periodic("5 0 * * *")
def end_roles_whose_day_is_over() -> None:
    end_what_is_over()
