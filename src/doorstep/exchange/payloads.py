"""What subscribers are told, as it goes over the wire. Nothing here is personal: no words, no contact, no door.

A new field may join a version; what changes its meaning, or goes, makes a new version of the type's name.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from doorstep.exchange.rules.announcing import KINDS, PING, PLAN_IN_FORCE

AreaCode = Annotated[str | None, Field(description="Code of the area; null where it is not known.")]


class CaseSaid(BaseModel):
    """How a case stood when it happened."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[str, Field(description="The case's number, as residents know it.")]
    seq: Annotated[int, Field(description="The row of the case's ledger: it grows with each event of the case.")]
    state: Annotated[str, Field(description="The last step that finished; see the lifecycle.")]
    item: Annotated[str, Field(description="Code of the service item; empty where the item is sensitive.")]
    case_class: Annotated[str, Field(description="Class of the catalogue; empty where the item is sensitive.")]
    urgency: str
    county: AreaCode
    subdistrict: AreaCode
    community: AreaCode
    holder: Annotated[str | None, Field(description="Name of the unit that has it: a unit, never a person.")]
    outcome: Annotated[
        str, Field(description="solved, explained or out-of-scope; empty before, and where only the reporter is told.")
    ]
    merged_into: Annotated[str | None, Field(description="Number of the case that it joined.")]
    reported_at: datetime
    promised_by: Annotated[datetime | None, Field(description="What was promised to whoever reported it.")]
    ended_at: datetime | None


class PlanSaid(BaseModel):
    """Which plan of the grids came into force, and where."""

    model_config = ConfigDict(extra="forbid")

    plan: int
    community: str
    in_force_from: str
    begun: Annotated[list[str], Field(description="Codes of the areas that are new.")]
    ended: Annotated[list[str], Field(description="Codes of the areas that ended.")]


class PingSaid(BaseModel):
    """A test that an administrator asked for."""

    model_config = ConfigDict(extra="forbid")

    subscription: str


SAID: Final[dict[str, type[BaseModel]]] = {
    **dict.fromkeys(KINDS, CaseSaid),
    PLAN_IN_FORCE: PlanSaid,
    PING: PingSaid,
}


def message_id(subscription: int, delivery: int) -> str:
    """The `webhook-id` by which a receiver knows a delivery again."""
    return f"msg_{subscription}_{delivery}"


def body(kind: str, happened_at: datetime, said: dict[str, Any]) -> bytes:
    """The same bytes however often it is sent: the type, when it happened, and what."""
    data = SAID[kind].model_validate(said).model_dump_json()
    moment = happened_at.isoformat(timespec="milliseconds")
    return f'{{"type":"{kind}","timestamp":"{moment}","data":{data}}}'.encode()


def schema(*kinds: str) -> dict[str, Any]:
    """The JSON schema of a whole message of these types, which say the same. A receiver has to bear new fields."""
    data = SAID[kinds[0]].model_json_schema(mode="serialization")
    del data["additionalProperties"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": data["title"],
        "type": "object",
        "properties": {
            "type": {"enum": list(kinds)},
            "timestamp": {"type": "string", "format": "date-time"},
            "data": data,
        },
        "required": ["type", "timestamp", "data"],
    }
