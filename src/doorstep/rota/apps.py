from django.apps import AppConfig


class Rota(AppConfig):
    name = "doorstep.rota"
    label = "rota"
