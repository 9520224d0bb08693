from zhike.kernel.registry import load

load("zhike.features.alerts.objects")
