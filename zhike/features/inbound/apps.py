from django.apps import AppConfig


class InboundConfig(AppConfig):
    name = "zhike.features.inbound"
    label = "inbound"
    verbose_name = "来访"
