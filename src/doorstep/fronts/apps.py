from django.apps import AppConfig


class Fronts(AppConfig):
    name = "doorstep.fronts"
    label = "fronts"
