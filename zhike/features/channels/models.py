from zhike.features.channels.keys import Key
from zhike.kernel.registry import load

load("zhike.features.channels.objects")

__all__ = ["Key"]
