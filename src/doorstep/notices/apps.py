from django.apps import AppConfig


class Notices(AppConfig):
    name = "doorstep.notices"
    label = "notices"

    def ready(self) -> None:
        """Listen to the moves of cases."""
        from doorstep.notices import reactions, to_parties  # noqa: F401
