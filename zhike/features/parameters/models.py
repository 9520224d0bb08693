from zhike.kernel.registry import load

load("zhike.features.parameters.objects")
