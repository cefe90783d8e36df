"""What travels in both directions: points that name their datum, words, refusals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from doorstep.core.geometry import Datum, Point, named
from doorstep.fronts.asked import plain

LARGEST = 2**63 - 1


def _datum(given: Any) -> Datum:
    return named(given) if isinstance(given, str) else given


Text = Annotated[str, AfterValidator(plain)]
Line = Annotated[str, Field(max_length=200), AfterValidator(plain)]
OneLine = Annotated[
    str, Field(max_length=1000), AfterValidator(plain), AfterValidator(lambda text: " ".join(text.split()))
]
Code = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(plain)]
Word = Annotated[str, Field(max_length=24, pattern=r"^[a-z_-]*$")]
Number = Annotated[str, Field(pattern=r"^[0-9]{6}-[0-9]{6}-[0-9]{2}$")]
Id = Annotated[int, Field(ge=1, le=LARGEST)]
Whole = Annotated[int, Field(strict=True, ge=1, le=LARGEST)]
Degrees = Annotated[float, Field(strict=True)]
Yes = Annotated[bool, Field(strict=True)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
DatumName = Annotated[
    Datum,
    BeforeValidator(_datum),
    WithJsonSchema({"type": "string", "enum": [str(datum) for datum in Datum], "default": "WGS84"}),
]

Answers = Annotated[dict[Code, Line], Field(min_length=1, max_length=40)]
"""Answers to questions of an item, by the ids of the questions."""


class Sent(BaseModel):
    """What a caller sends: nothing but what is described."""

    model_config = ConfigDict(extra="forbid")


class Told(BaseModel):
    """What a caller is told."""


class Made(Told):
    """What was made: `id` is what the other operations call it."""

    id: int


class AlertStep(Told):
    """Who did what about something that concerns a whole place, by post, never by name."""

    kind: str
    post: str
    at: datetime
    words: str


class PointSent(Sent):
    """A place in degrees; `datum` says what they refer to, WGS 84 when it is left out."""

    lon: Annotated[float, Field(strict=True, ge=-180, le=180)]
    lat: Annotated[float, Field(strict=True, ge=-90, le=90)]
    datum: DatumName = Datum.WGS84
    accuracy_m: Annotated[float, Field(strict=True, gt=0, lt=1_000_000)] | None = None

    def degrees(self) -> tuple[float, float]:
        """Longitude and latitude in WGS 84."""
        if self.datum is Datum.WGS84:
            return self.lon, self.lat
        point = Point(self.lon, self.lat, self.datum).to(Datum.WGS84)
        return point.lon, point.lat


class PointTold(Told):
    """A place in degrees of WGS 84."""

    lon: float
    lat: float
    datum: Datum = Datum.WGS84


class AreaTold(Told):
    """An area by its code and name."""

    code: str
    name: str
    level: str
    households: int | None = None


class Fault(Told):
    """One answer that cannot be used, and why."""

    where: str
    refused: str


class Refused(Told):
    """What was refused, why, and what to do next."""

    refused: str
    where: str
    try_this: str | None = None
    faults: list[Fault] = []


class UnitTold(Told):
    """Whoever acts."""

    id: int
    name: str


class Promise(Told):
    """The two moments a resident is promised; provisional where a holiday is not yet announced."""

    first_contact_by: datetime
    finish_by: datetime
    provisional: bool
