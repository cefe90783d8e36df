from django.apps import AppConfig


class Cases(AppConfig):
    name = "doorstep.cases"
    label = "cases"
