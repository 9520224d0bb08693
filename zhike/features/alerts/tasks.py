"""Found by the queue at start-up: importing this declares what workers run."""

from zhike.features.alerts.back_testing import back_test_job
from zhike.features.alerts.raising import check_rule, start_checks

__all__ = ["back_test_job", "check_rule", "start_checks"]
