from zhike.kernel.registry import load

load("zhike.apps.expenses.objects")
