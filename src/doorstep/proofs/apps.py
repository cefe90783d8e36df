from django.apps import AppConfig


class Proofs(AppConfig):
    name = "doorstep.proofs"
    label = "proofs"
