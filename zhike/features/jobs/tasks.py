"""Found by the queue at start-up: importing this declares what workers run."""

from zhike.features.jobs import periodic, run

__all__ = ["periodic", "run"]
