from django.apps import AppConfig


class Alerts(AppConfig):
    name = "doorstep.alerts"
    label = "alerts"
