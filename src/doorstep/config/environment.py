"""Where the settings come from: environment variables first, then what the embedded server keeps."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from doorstep.core.postgres import databases, home


def secret_key() -> str:
    """The key that signs links and tokens: from `DOORSTEP_SECRET_KEY`, else made once and kept with the data."""
    named = os.environ.get("DOORSTEP_SECRET_KEY")
    if named:
        return named
    kept = home() / "secret-key"
    try:
        return kept.read_text()
    except OSError:
        # Checks and documentation run before there is any data; a key that lives as long as the process will do.
        return _new_key(kept)


def _new_key(kept: Path) -> str:
    key = secrets.token_urlsafe(48)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        return key
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


def allowed_hosts() -> list[str]:
    """Hosts by which this site may be called; `DOORSTEP_HOSTS` adds more, separated by spaces."""
    return ["127.0.0.1", "localhost", "[::1]", *os.environ.get("DOORSTEP_HOSTS", "").split()]


def database_settings() -> dict[str, dict[str, Any]]:
    """`default` is the app's own login, `owner` the one that migrates; see `core.postgres.databases`."""
    urls = databases()
    return {"default": settings_of(urls["app"]), "owner": settings_of(urls["owner"])}


def settings_of(url: str) -> dict[str, Any]:
    """Django's database settings of a `postgresql://user:password@host:port/name` address."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or 5432),
        # One connection a thread, kept; `acting_as` opens a new one when the server was restarted.
        "CONN_MAX_AGE": None,
        "OPTIONS": {"server_side_binding": True, **dict(parse_qsl(parts.query))},
    }
