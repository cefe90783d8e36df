"""How a person likes to read: language, larger words, light or dark. Kept in cookies, no account needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from doorstep.core.text import default_language, languages, use_language

# What may be chosen, the first of each when nobody chose.
OFFERED: Final[Mapping[str, tuple[str, ...]]] = {
    "lang": (default_language, *(lang for lang in languages if lang != default_language)),
    "elder": ("off", "on"),
    "theme": ("auto", "light", "dark"),
}


class Preferred(NamedTuple):
    """One reader's choices."""

    lang: str
    elder: bool
    theme: str


def preferred(cookies: Mapping[str, str]) -> Preferred:
    """The choices the cookies carry; whatever is not on offer counts as not chosen."""
    chosen = {name: kept if (kept := cookies.get(name)) in offers else offers[0] for name, offers in OFFERED.items()}
    return Preferred(lang=str(chosen["lang"]), elder=chosen["elder"] == "on", theme=str(chosen["theme"]))


class Preferences:
    """Serve each request in its reader's language, and let the page know the rest as `request.preferences`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.preferences = preferred(request.COOKIES)  # type: ignore[attr-defined]
        with use_language(request.preferences.lang):  # type: ignore[attr-defined]
            return self.get_response(request)
