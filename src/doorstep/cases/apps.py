from django.apps import AppConfig


class Cases(AppConfig):
    name = "doorstep.cases"
    label = "cases"

    def ready(self) -> None:
        """Listen to the events of the other capabilities."""
        from doorstep.cases import reactions  # noqa: F401
