"""Found by the queue at start-up: importing this declares what workers run."""

from zhike.features.automation.rehearsing import rehearse_job
from zhike.features.automation.running import run_rule
from zhike.features.automation.timing import start_due

__all__ = ["rehearse_job", "run_rule", "start_due"]
