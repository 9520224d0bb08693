"""Found by the queue at start-up: importing this declares what workers run."""

from zhike.features.channels.sending import deliver, send_due

__all__ = ["deliver", "send_due"]
