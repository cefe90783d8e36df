"""What the parts of a page are given: plain values, whose words are messages or names from the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from doorstep.core.text import Message

Words = Message | str

# How a thing stands, and the icon that says so where colour cannot.
TONES: Mapping[str, str] = {"quiet": "note", "waiting": "clock", "moving": "right", "done": "done", "alarm": "alarm"}


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of a navigation, a tab or a crumb of the territory."""

    words: Words
    url: str = ""
    icon: str = ""
    count: int | str | None = None
    here: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be picked."""

    value: str
    words: Words
    hint: Words = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field; `field` is its name."""

    field: str
    words: Words


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of a case. Without `at` it is still to come."""

    words: Words
    at: datetime | None = None
    by: Words = ""
    note: Words = ""
    why: Words = ""
    tone: str = "quiet"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """Something the reader may do now: a page to go to, or with `post` a button that does it at once."""

    words: Words
    url: str
    hint: Words = ""
    first: bool = False
    danger: bool = False
    post: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True, slots=True)
class MayDo:
    """Something that others may do now."""

    who: Words
    what: Words


@dataclass(frozen=True, slots=True)
class Seat:
    """A post and who holds it; without a name it is vacant."""

    post: Words
    name: Words = ""
    area: Words = ""
    until: datetime | None = None
    phone: str = ""
    invented: bool = False

    @property
    def initial(self) -> str:
        """The first letter of the name, to be known by from afar."""
        return str(self.name)[:1]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number worth a box of its own."""

    words: Words
    value: Words | int
    note: Words = ""
    tone: str = "quiet"
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Poster:
    """A QR code for a door or a station: `svg` as segno draws it, or a picture's address."""

    title: Words
    text: Words
    code: str
    svg: str = ""
    picture: str = ""
