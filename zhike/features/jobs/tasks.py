"""Found by the queue at start-up: importing it declares the task that runs jobs."""

from zhike.features.jobs.run import execute

__all__ = ["execute"]
