"""Found by the queue at start-up: what becomes of the records that have chosen a retired option, or have no number yet."""

from zhike.features.fields.choosing import put_back_all, replace
from zhike.features.fields.counting import number_standing

__all__ = ["number_standing", "put_back_all", "replace"]
