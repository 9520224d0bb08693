"""Found by the queue at start-up: importing this declares what workers run."""

from zhike.features.automation.running import run_rule
from zhike.features.automation.timing import forget_touches, start_due

__all__ = ["forget_touches", "run_rule", "start_due"]
