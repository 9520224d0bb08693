from zhike.kernel.registry import load

load("zhike.apps.customers.objects")
