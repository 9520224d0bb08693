"""Notifications 通知: what somebody should know, where she looks anyway; what she follows, and what colleagues say."""
