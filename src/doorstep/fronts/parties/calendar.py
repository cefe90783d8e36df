"""A meeting as iCalendar (RFC 5545): one address whose file is newer each time that the meeting was moved."""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from doorstep.core.text import text
from doorstep.mediation.queries import Session


def invitation(session: Session, at: datetime) -> bytes:
    """The meeting; called off it says so, so that a calendar that has it drops it."""
    event = Event()  # type: ignore[no-untyped-call]
    event.add("uid", f"mediation-{session.pk}@doorstep")
    event.add("sequence", session.turn)
    event.add("dtstamp", at)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.starts_at + timedelta(minutes=session.minutes))
    event.add("summary", text("mediation-meeting-title"))
    event.add("location", session.place)
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    calendar = Calendar()  # type: ignore[no-untyped-call]
    calendar.add("prodid", "-//Doorstep//Mediation//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if session.is_cancelled else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
