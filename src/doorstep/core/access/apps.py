from django.apps import AppConfig


class Access(AppConfig):
    name = "doorstep.core.access"
    label = "access"
