"""A worker that calls subscribers is killed with -9 in the middle: the next one tells all of it, each case in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from tests.committed import committed_town as committed_town
from tests.exchange.receiver import Receiver, receiver
from tests.town import MORNING, Town

from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.time import clock
from doorstep.exchange.actions import subscribing
from doorstep.exchange.models import Delivery

ROOT = Path(__file__).resolve().parents[2]
SYSTEM = Actor(Role.SYSTEM_ADMIN)
CASES, EVENTS = 40, 5
TAKEN_WITHIN_S = 120.0


@contextmanager
def a_worker(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The machine as it is served, on the database of this test."""
    from django.db import connections

    told = connections["default"].settings_dict
    url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**told)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DOORSTEP_", "DATABASE_"))},
        "PYTHONPATH": str(ROOT / "src"),
        "DATABASE_URL": url,
        "DATABASE_APP_URL": url,
        "DOORSTEP_SECRET_KEY": settings.SECRET_KEY,
        "DOORSTEP_HOME": str(folder),
        "DOORSTEP_CALL_INSIDE": "127.0.0.0/8",
    }
    command = [sys.executable, "-m", "doorstep.config.worker"]
    with (folder / "worker.log").open("ab") as log:
        child = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            yield child
        finally:
            child.kill()
            child.wait()


def _events(subscription: int) -> None:
    """As if so many cases had moved so often."""
    at = clock.now()
    Delivery.objects.bulk_create(
        Delivery(
            subscription_id=subscription, stream=f"case/{case}", nth=nth, kind="case.taken.v1", said=_said(case, nth),
            happened_at=MORNING, written_at=at, look_again_at=at,
        )
        for nth in range(1, EVENTS + 1)
        for case in range(CASES)
    )  # fmt: skip


def _said(case: int, nth: int) -> dict[str, Any]:
    return {
        "number": f"261123-{case:06}-00", "seq": nth, "state": "taken", "item": "", "case_class": "", "urgency": "",
        "county": None, "subdistrict": None, "community": None, "holder": None, "outcome": "", "merged_into": None,
        "reported_at": MORNING.isoformat(), "promised_by": None, "ended_at": None,
    }  # fmt: skip


def _until(city: Receiver, count: int, folder: Path) -> None:
    give_up_at = time.monotonic() + TAKEN_WITHIN_S
    while len({each.id for each in city.heard}) < count:
        assert time.monotonic() < give_up_at, (folder / "worker.log").read_text(errors="replace")[-2000:]
        time.sleep(0.01)


@pytest.mark.long
def test_nothing_is_lost_and_each_case_stays_in_order(committed_town: Town, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "CALL_INSIDE", ["127.0.0.0/8"])
    with receiver() as city:
        with acting_as(SYSTEM):
            wanted = subscribing.Wanted("市数据局", city.url)
            made = subscribing.subscribe(wanted, (), by=SYSTEM, at=MORNING)
        city.secret = made.secret
        with acting_as(WORKER):
            _events(made.subscription)
        with a_worker(tmp_path) as first:
            _until(city, CASES, tmp_path)
            first.send_signal(signal.SIGKILL)
            first.wait()
        assert len({each.id for each in city.heard}) < CASES * EVENTS, "it was killed in the middle"
        with a_worker(tmp_path):
            _until(city, CASES * EVENTS, tmp_path)
    assert city.refused == []
    for case in range(CASES):
        heard = [seq for number, seq in city.numbers() if number == f"261123-{case:06}-00"]
        assert heard == sorted(heard) and set(heard) == set(range(1, EVENTS + 1))
