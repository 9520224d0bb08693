"""Found by the queue at start-up: every night what is too old is taken away."""

from zhike.features.jobs.periodic import periodic
from zhike.features.retention.forgetting import forget_old


@periodic("17 3 * * *")
def forget_what_is_too_old() -> None:
    """Every table by its own limit."""
    forget_old()


__all__ = ["forget_what_is_too_old"]
