"""The machine's loop: carry cases on, divide apart, send notices, erase contacts whose time is over.

Several may run at once. Each kind of work has a thread and a connection of its own, so that a mail server that does
not answer holds up no case. SIGTERM lets each finish what it has in hand; what a killed worker had in hand is taken up
by the next.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Final

IDLE_S: Final = 0.2
LONGEST_BACK_OFF_S: Final = 5.0
LETS_GO_S: Final = 5.0
"""Whoever rests this long holds no connection meanwhile: machines and the web share a hundred."""
TURN_S: Final = 0.0005
"""Its threads wait for others most of the time: who has an answer does not wait five milliseconds for a turn."""
_log = logging.getLogger(__name__)

Work = Callable[[datetime], int]


def run(stop: threading.Event) -> None:
    """Work until told to stop."""
    from doorstep.alerts import tasks as alerts
    from doorstep.areas.actions.publishing import put_in_force
    from doorstep.areas.actions.studying import work_on_next
    from doorstep.cases.actions import neighbours, rehearsing
    from doorstep.cases.actions.advance import BATCH, advance
    from doorstep.cases.actions.calendar import BATCH as RECKONED
    from doorstep.cases.actions.calendar import reckon
    from doorstep.cases.actions.contact import erase_contacts
    from doorstep.cases.actions.erase import BATCH as ERASED_AT_ONCE
    from doorstep.cases.actions.erase import erase_due
    from doorstep.cases.actions.exporting import forget_exports
    from doorstep.cases.actions.learn import learn_anew
    from doorstep.cases.actions.loads import count_cases
    from doorstep.cases.actions.topics import find_topics
    from doorstep.cases.actions.watching import watch
    from doorstep.core.time import clock
    from doorstep.core.time.zone import local_date
    from doorstep.exchange.delivering import Courier
    from doorstep.exchange.subscriptions import forget
    from doorstep.exchange.tasks import tell_due
    from doorstep.mediation.actions import erasing as mediated
    from doorstep.mediation.actions import following as mediations
    from doorstep.notices import tasks, to_parties
    from doorstep.proofs.actions import sequencing

    courier = Courier()
    jobs: list[tuple[str, Work, int, float]] = [
        ("cases", lambda at: advance(at=at), BATCH, IDLE_S),
        ("neighbours", neighbours.look_again, neighbours.BATCH, 5.0),
        ("calendar", lambda at: reckon(at=at), RECKONED, 5.0),
        ("plans", lambda at: put_in_force(at=at), 1, 60.0),
        ("wording", lambda at: learn_anew(at=at), 1, 3.0),
        ("studies", lambda at: work_on_next(now=clock.now), 1, 1.0),
        ("rehearsals", lambda at: rehearsing.work_on_next(now=clock.now), 1, 1.0),
        # Found anew each hour, however many there are.
        ("topics", lambda at: find_topics(at=at) and 0, 1, 3600.0),
        # Counted anew each day, however many there are.
        ("loads", lambda at: count_cases(at=at) and 0, 1, 86_400.0),
        ("proofs", sequencing.sequence, sequencing.BATCH, 1.0),
        ("notices", tasks.send_due, tasks.BATCH, 1.0),
        ("mediation letters", to_parties.send_due, to_parties.BATCH, 2.0),
        ("mediation follow-ups", mediations.ask_due, mediations.BATCH, 600.0),
        ("mediation ends", mediated.erase_due, mediated.BATCH, 3600.0),
        *alerts.jobs(),
        ("partners", tell_due, 50, 2.0),
        ("webhooks", courier.deliver, 1, 0.5),
        ("old webhooks", forget, 2000, 3600.0),
        ("contacts", lambda at: erase_contacts(local_date(at)), 500, 3600.0),
        ("bulk views", watch, 1000, 60.0),
        ("exports", forget_exports, 500, 3600.0),
        ("erasures", erase_due, ERASED_AT_ONCE, 3600.0),
    ]
    threads = [threading.Thread(target=keep_at, args=(stop, *job), name=job[0]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    courier.finish(clock.now)


def keep_at(stop: threading.Event, name: str, work: Work, batch: int, idle_s: float) -> None:
    """One kind of work: at once again while there is a whole batch, soon while there is some, else after `idle_s`."""
    from django.db import connection

    from doorstep.catalogue.in_force import look_again
    from doorstep.core.time import clock

    back_off_s = IDLE_S
    while not stop.is_set():
        try:
            at = clock.now()
            look_again(at)
            done = work(at)
            wait_s = 0.0 if done >= batch else min(idle_s, 0.02) if done else idle_s
            back_off_s = IDLE_S
        except Exception:
            # The database went away, or a fault of ours: the log holds it, the others go on, and so does this one.
            _log.exception("The %s did not get on; trying again in %.1f s.", name, back_off_s)
            connection.close()
            wait_s, back_off_s = back_off_s, min(back_off_s * 2, LONGEST_BACK_OFF_S)
        if wait_s >= LETS_GO_S:
            connection.close()
        stop.wait(wait_s)
    connection.close()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
    import django

    from doorstep.config.supervise import die_with_parent

    if "DOORSTEP_SUPERVISED" in os.environ:
        die_with_parent()
    django.setup()
    sys.setswitchinterval(TURN_S)
    stop = threading.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda *_: stop.set())
    run(stop)


if __name__ == "__main__":
    main()
