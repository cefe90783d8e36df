from django.apps import AppConfig


class Staff(AppConfig):
    name = "doorstep.staff"
    label = "staff"
