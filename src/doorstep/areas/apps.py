from django.apps import AppConfig


class Areas(AppConfig):
    name = "doorstep.areas"
    label = "areas"
