"""Found by the queue at start-up: importing this declares what workers run."""

from zhike.features.alerts.raising import check_rule, start_checks

__all__ = ["check_rule", "start_checks"]
