from zhike.features.documents.issued import Issued
from zhike.kernel.registry import load

load("zhike.features.documents.objects")

__all__ = ["Issued"]
