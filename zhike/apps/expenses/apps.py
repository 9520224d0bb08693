from django.apps import AppConfig


class ExpensesConfig(AppConfig):
    name = "zhike.apps.expenses"
    label = "expenses"
    verbose_name = "费用"
