"""What only the pages of reminders and emergency mode are put together of."""

from __future__ import annotations

from django import template

from doorstep.core.text import text

register = template.Library()


@register.simple_tag
def t_way(channel: str) -> str:
    """The name of a channel, as desks know it."""
    return text(f"reminders-channel-{channel}")
