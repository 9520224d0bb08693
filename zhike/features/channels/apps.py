from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "zhike.features.channels"
    label = "channels"
    verbose_name = "外部通道"
    switchable = True
