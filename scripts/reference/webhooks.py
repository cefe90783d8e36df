"""What subscribers are told: the kinds of events and the JSON schema of their messages, from the code."""

from __future__ import annotations

import json

from doorstep.exchange import payloads
from doorstep.exchange.rules import delivering
from reference._tables import table

LANGUAGES = ("en",)

LEAD = """# Webhooks: what subscribers are told

How to receive them, and how to check that they are ours: see
[Receive webhooks](../how-to/receive-webhooks.md). A type keeps its meaning: what would
change it gets a new version of the name.

"""


def page(lang: str) -> str:
    """The kinds, when a delivery is tried again, and one schema a shape."""
    shapes: dict[str, list[str]] = {}
    for kind, said in payloads.SAID.items():
        shapes.setdefault(said.__name__, []).append(kind)
    rows = [(f"`{kind}`", _link(said.__name__), _what(said)) for kind, said in payloads.SAID.items()]
    return (
        LEAD
        + table(("type", "data", "what it says"), rows)
        + _retrying()
        + "".join(_schema(name, kinds) for name, kinds in shapes.items())
    )


def _retrying() -> str:
    waits = ", ".join(_length(wait.total_seconds()) for wait in delivering.WAITS)
    rests, days = delivering.RESTS_AFTER, delivering.STOPS_AFTER.days
    sentences = (
        f"At once, then after {waits}; each wait a tenth longer or shorter by chance, and as `Retry-After` asks for.",
        "Only 2xx means that you have it; a redirect is not followed; 410 ends the calls.",
        f"After {rests} failures in a row a receiver is tried with one delivery at a time;",
        f"after {days} days without one success it is stopped and the administrator is told.",
        "What happens meanwhile is kept.",
    )
    return "\n## When it is tried again\n\n" + " ".join(sentences) + "\n"


def _length(seconds: float) -> str:
    for unit, size in (("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _what(said: type) -> str:
    return " ".join((said.__doc__ or "").split())


def _schema(name: str, kinds: list[str]) -> str:
    written = json.dumps(payloads.schema(*kinds), indent=2, ensure_ascii=False)
    return f"\n## {name}\n\n```json\n{written}\n```\n"
