"""The story's patrol, reminder and emergency mode are done by those in the seats, and are marked as invented."""

from __future__ import annotations

import tomllib

from tests.alerts.people import somebody
from tests.town import MORNING

from doorstep.alerts.models import Emergency, Need, Reminder, Round
from doorstep.config.demo import FOLDER
from doorstep.config.demo_alerts import Seats, alert
from doorstep.core.access import WORKER, acting_as


def test_the_story_shows_a_round_a_reminder_and_an_emergency_that_is_over(town):
    told = tomllib.loads((FOLDER / "story.toml").read_text(encoding="utf-8"))["alerts"]
    seats = Seats(*(somebody(town, who) for who in ("dana", "subdistrict", "command", "ben")))
    alert(told, "321102001001", seats, MORNING)
    with acting_as(WORKER):
        assert Round.objects.get().begins_at > MORNING
        assert Reminder.objects.get().state == "going"
        assert Emergency.objects.get().state == "ended" and Need.objects.get().state == "done"
        for words in (Reminder.objects.get().words, Emergency.objects.get().reason):
            assert "示例，不是真的" in words
