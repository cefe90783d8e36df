"""A case moved: whoever reported it, or joined it, and left a contact is told. One statement, however many moved."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from django.db import connection

from doorstep.core.text import as_json, say
from doorstep.events import on
from doorstep.events.areas import PlanSubmitted
from doorstep.events.cases import CaseMoved, HelpCalled, LinkEnded, LinkToSend, NeighboursAsked
from doorstep.notices import to_handlers, to_staff
from doorstep.notices.channels import channels
from doorstep.notices.rules.telling import concerns_voices, told


@on(CaseMoved)
def tell_the_reporters(events: Sequence[CaseMoved]) -> None:
    """Write down what is to be told, in the transaction of the moves; `tasks.send_due` sends it."""
    rows = [
        {
            "case_id": moved.case,
            "seq": moved.seq,
            "at": moved.heard_at,
            "message": as_json(message),
            "for_voices": concerns_voices(moved),
        }
        for moved in events
        if (message := told(moved)) is not None
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_write(), [orjson.dumps(rows).decode()])


def _write() -> str:
    # A voice's own ledger counts its own rows; those of the case that it joined are told under negative numbers.
    addresses = ", ".join(
        f"('{name}', CASE WHEN a.channel = '{name}' THEN a.sender ELSE '' END)"
        if channel.CONTACT == "account"
        else f"('{name}', k.{channel.CONTACT})"
        for name, channel in channels().items()
    )
    return f"""
WITH moved AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS r(case_id bigint, seq integer, at timestamptz, message jsonb,
        for_voices boolean)
), told AS (
    SELECT case_id, seq, at, message FROM moved
    UNION ALL
    SELECT voice.id, -m.seq, m.at, m.message FROM moved m JOIN cases_case voice ON voice.merged_into_id = m.case_id
    WHERE m.for_voices
)
INSERT INTO notices_notice (case_id, seq, channel, message, state, attempts, look_again_at, written_at, trouble)
SELECT told.case_id, told.seq, way.channel, told.message, 'waiting', 0, told.at, told.at, ''
FROM told JOIN cases_contact k ON k.case_id = told.case_id
LEFT JOIN notices_account a ON a.case_id = told.case_id
CROSS JOIN LATERAL (VALUES {addresses}) AS way(channel, address)
WHERE way.address <> ''
ON CONFLICT (case_id, seq, channel) DO NOTHING
"""  # noqa: S608 - names of our own files and columns


@on(PlanSubmitted)
def tell_who_may_approve(events: Sequence[PlanSubmitted]) -> None:
    """The level above hears of a plan that waits for it, once each time that it is submitted."""
    for event in events:
        about, page = f"plan/{event.plan}/{event.seq}", f"/desk/districting/plans/{event.plan}/"
        message = say("notices-plan-waits", number=event.plan, community=event.community)
        to_staff.write(event.posts, about, page, message, at=event.at)


@on(HelpCalled)
def call_those_near_by(events: Sequence[HelpCalled]) -> None:
    """The desk and the grid hear at once that somebody needs help, each with the page that they may open."""
    for event in events:
        about = f"help/{event.case}"
        what = say(f"help-what-{event.what}")
        place = event.place or say("help-place-on-page")
        message = say("help-called", number=event.number, what=what, place=place)
        to_staff.write(event.desk_posts, about, f"/desk/cases/{event.number}/", message, at=event.at)
        to_staff.write(event.grid_posts, about, f"/field/cases/{event.number}/", message, at=event.at)


@on(NeighboursAsked)
def ask_neighbours(events: Sequence[NeighboursAsked]) -> None:
    """Those who signed up hear what is needed and roughly where; whether they come they say on the page, or not."""
    for event in events:
        page = f"/staff/neighbourhood/calls/{event.call}/"
        message = say("neighbours-notice", help=say(f"neighbours-help-{event.help}"), area=event.area)
        to_staff.write(event.posts, f"neighbours/{event.call}", page, message, at=event.at)


@on(LinkToSend)
def send_links(events: Sequence[LinkToSend]) -> None:
    """The link of an outside handler goes out, once it is given."""
    for event in events:
        to_handlers.write(event)


@on(LinkEnded)
def stop_links(events: Sequence[LinkEnded]) -> None:
    """What opens nothing any more is not sent, and where it was to go is forgotten."""
    to_handlers.stop([event.link for event in events])
