"""Every operation of the open interface: what it does, who may, and what is sent."""

from __future__ import annotations

import os

import django

from reference._tables import table

LANGUAGES = ("en", "zh")


def page(lang: str) -> str:
    """The operations room by room, from the interface's own description."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
    os.environ.setdefault("DOORSTEP_SECRET_KEY", "only to read the interface")
    django.setup()
    # The addresses are read first: it is they that put the rooms together.
    from doorstep.core.text import text
    from doorstep.fronts.open import urls  # noqa: F401
    from doorstep.fronts.open.describing import columns, parts, rooms

    lead = [f"# {text('open-title', lang)}", text("open-about", lang), text("open-bearer", lang)]
    for room in rooms(lang):
        rows = [
            (f"`{line.method} {line.path}`", line.summary, line.who, ", ".join(_field(field) for field in line.fields))
            for line in room.lines
        ]
        lead += [f"## {room.title}", table(columns(lang), rows).rstrip("\n")]
    lead.append(f"## {text('open-parts', lang)}")
    for part in parts(lang):
        made_of = ", ".join(map(_field, part.fields)) or " | ".join(f"`{word}`" for word in part.words)
        lead.append(f"- **`{part.name}`**: {made_of}")
    return "\n\n".join(lead)


def _field(field: object) -> str:
    name, kind, is_needed = field  # type: ignore[misc]
    return f"**`{name}`** {kind}" if is_needed else f"`{name}` {kind}"
