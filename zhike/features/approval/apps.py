from importlib import import_module

from django.apps import AppConfig


class ApprovalConfig(AppConfig):
    name = "zhike.features.approval"
    label = "approval"
    verbose_name = "审批"

    def ready(self) -> None:
        import_module("zhike.features.approval.guarding")
        import_module("zhike.features.approval.deadlines")
        import_module("zhike.features.approval.attachments")
        import_module("zhike.features.approval.leaving")
