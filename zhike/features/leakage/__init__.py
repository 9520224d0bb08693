"""Leak control 防泄漏: watermarks, how much may be exported, and an alarm when somebody looks at unusually much."""
