from django.apps import AppConfig


class Notices(AppConfig):
    name = "doorstep.notices"
    label = "notices"
