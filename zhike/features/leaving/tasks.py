"""Found by the queue at start-up."""

from zhike.features.jobs.periodic import periodic
from zhike.features.leaving.handing_over import hand_over
from zhike.org.closing import close_those_over


@periodic("5 0 * * *")
def close_accounts_that_are_over() -> None:
    """Outside and temporary people, the night after their last day."""
    close_those_over()


__all__ = ["close_accounts_that_are_over", "hand_over"]
