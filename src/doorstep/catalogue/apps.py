from django.apps import AppConfig


class CatalogueApp(AppConfig):
    name = "doorstep.catalogue"
    label = "catalogue"
