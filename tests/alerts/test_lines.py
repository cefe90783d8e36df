"""Several machines hand one reminder over at once, and one of them falls: to nobody twice, and nobody waits long."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import connection
from tests.alerts.people import approved, drafted, somebody
from tests.alerts.test_reminding import subscribed
from tests.committed import committed_town as committed_town
from tests.town import MORNING

from doorstep.alerts import tasks
from doorstep.alerts.actions import reminding
from doorstep.alerts.models import Delivery
from doorstep.alerts.tasks import IN_HAND_FOR, LOCKED_WITHIN, send_by
from doorstep.core.access import WORKER, acting_as

RESIDENTS = 60


def states(channel: str) -> dict[str, int]:
    with acting_as(WORKER):
        found = list(Delivery.objects.filter(channel=channel, phase="word").values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def together(*works: Callable[[], object]) -> None:
    """Each in a thread with a connection of its own, until all have ended."""

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


@pytest.fixture
def going(committed_town, post, texts):
    """A reminder that two have approved, to so many residents by text message and one by e-mail."""
    for n in range(RESIDENTS):
        subscribed(f"139000000{n:02d}")
    subscribed("ava@example.org")
    return approved(committed_town, drafted(committed_town, MORNING), MORNING)


def test_two_machines_at_once_tell_everybody_once(going, texts, monkeypatch):
    monkeypatch.setattr(tasks, "TAKEN", 7)
    together(*([lambda: send_by("sms", lambda: MORNING)] * 2))
    told = [each.message["to"] for each in texts.asked]
    assert sorted(told) == sorted({*(f"139000000{n:02d}" for n in range(RESIDENTS)), "13800000001"})
    assert states("sms") == {"sent": RESIDENTS + 1}


@contextmanager
def a_slow_channel(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, threading.Event]]:
    """A line that has letters in hand, and hands the first over only when it is let go on."""
    has_begun, goes_on = threading.Event(), threading.Event()
    attempt = tasks._attempt

    def slowly(*given):
        has_begun.set()
        assert goes_on.wait(20)
        return attempt(*given)

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "_attempt", slowly)
        yield has_begun, goes_on


@pytest.mark.parametrize("channel", ["sms", "email"])
def test_what_a_living_line_has_in_hand_is_left_to_it_however_slow_it_is(going, texts, post, monkeypatch, channel):
    late = MORNING + IN_HAND_FOR * 10
    with a_slow_channel(monkeypatch) as (has_begun, goes_on):

        def look() -> None:
            assert has_begun.wait(20)
            in_hand = states(channel)["handing"]
            assert tasks._let_go_of_the_dead(channel, tasks.channels()[channel], late) == 0
            assert states(channel)["handing"] == in_hand
            goes_on.set()

        together(lambda: send_by(channel, lambda: MORNING, lines=0), look)
    assert set(states(channel)) == {"sent"}


def fallen_in(channel: str, at: datetime) -> None:
    """A machine takes letters and falls: its connection is gone, and with it its locks."""
    taken = tasks._take(channel, at)
    assert taken
    connection.close()


@pytest.mark.parametrize(("channel", "left"), [("sms", "sent"), ("email", "unclear")])
def test_what_a_fallen_machine_had_in_hand_waits_for_seconds_and_not_for_minutes(going, texts, post, channel, left):
    fallen_in(channel, MORNING)
    send_by(channel, lambda: MORNING + LOCKED_WITHIN - timedelta(seconds=1), lines=0)
    assert states(channel)["handing"]
    send_by(channel, lambda: MORNING + LOCKED_WITHIN, lines=0)
    assert left in states(channel) and "handing" not in states(channel)
    assert len({each.message["to"] for each in texts.asked}) == len(texts.asked)


def test_a_line_leaves_alone_what_was_taken_from_it_before_it_held_it(going, texts):
    """Its machine stood still for so long that another took it for dead."""
    taken = tasks._take("sms", MORNING)
    with acting_as(WORKER):
        Delivery.objects.filter(pk=taken[0].id).update(state="unclear", look_again_at=None)
    with tasks._locked(taken) as held:
        assert [each.id for each in held] == [each.id for each in taken[1:]]


def test_taking_back_waits_for_no_line_that_is_just_taking_letters(committed_town, going, texts):
    dana, stopped = somebody(committed_town, "dana"), []

    def take_back() -> None:
        with acting_as(dana), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            stopped.append(reminding.cancel(going, "已修好。", by=dana, at=MORNING))

    with acting_as(WORKER):
        taken = tasks._take("sms", MORNING)
        together(take_back)
    assert stopped == [RESIDENTS + 1 + 1 - len(taken)]
    assert tasks._stopped([each.id for each in taken], MORNING) == {each.id for each in taken}
