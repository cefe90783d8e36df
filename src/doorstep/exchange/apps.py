from django.apps import AppConfig


class Exchange(AppConfig):
    name = "doorstep.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Listen to the moves of cases, and to plans."""
        from doorstep.exchange import announcing, reactions  # noqa: F401
