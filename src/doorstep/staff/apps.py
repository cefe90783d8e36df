from django.apps import AppConfig


class Staff(AppConfig):
    name = "doorstep.staff"
    label = "staff"

    def ready(self) -> None:
        """Listen to the events of the other capabilities."""
        from doorstep.staff import reactions  # noqa: F401
