from django.apps import AppConfig


class Mediation(AppConfig):
    name = "doorstep.mediation"
    label = "mediation"

    def ready(self) -> None:
        """Listen to what happens to cases."""
        from doorstep.mediation import reactions  # noqa: F401
