"""Alerts 预警: an indicator over any object, watched against thresholds; raised to whoever must act, until it is handled."""
