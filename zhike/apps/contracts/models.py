from zhike.kernel.registry import load

load("zhike.apps.contracts.objects")
