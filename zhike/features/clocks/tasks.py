"""Found by the queue at start-up: importing this declares what workers run."""

from zhike.features.clocks.sweep import sweep_due

__all__ = ["sweep_due"]
