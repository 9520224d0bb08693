"""Found by the queue at start-up: what becomes of the records that have chosen a retired option."""

from zhike.features.fields.choosing import put_back_all, replace

__all__ = ["put_back_all", "replace"]
