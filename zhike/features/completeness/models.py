from zhike.kernel.registry import load

load("zhike.features.completeness.objects")
