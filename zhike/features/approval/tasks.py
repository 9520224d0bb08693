"""Found by the queue at start-up: importing this declares what workers run."""

from zhike.features.approval.simulating import simulate_job

__all__ = ["simulate_job"]
