from django.apps import AppConfig


class Exchange(AppConfig):
    name = "doorstep.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Listen to the moves of cases."""
        from doorstep.exchange import reactions  # noqa: F401
