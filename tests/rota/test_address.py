"""The secret address of a calendar, asked for twice in one moment."""

from __future__ import annotations

from threading import Barrier, Thread

from django.db import connection
from tests.committed import committed_town as committed_town
from tests.town import MORNING, Town
from tests.visiting import open_account

from doorstep.core.access import GATE, Actor, Role, acting_as
from doorstep.rota import queries
from doorstep.rota.actions import feeds


def test_a_button_pressed_twice_gives_two_addresses_of_which_one_stays(committed_town: Town) -> None:
    chen = Actor(Role.GRID, account=open_account(committed_town, "chen").pk)
    given: list[str] = []
    both = Barrier(4)

    def press() -> None:
        both.wait()
        try:
            with acting_as(GATE):
                given.append(feeds.give_address(by=chen, at=MORNING))
        finally:
            connection.close()

    presses = [Thread(target=press) for _ in range(4)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert len(set(given)) == 4
    with acting_as(GATE):
        assert queries.feed_of(chen.account or 0) == MORNING
