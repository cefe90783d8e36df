"""What every test may lean on: a real PostgreSQL of its own, and the settings that point at it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
os.environ.setdefault("DOORSTEP_SECRET_KEY", "only for tests")
os.environ.setdefault("DOORSTEP_TESTING", "1")
os.environ.setdefault("DOORSTEP_HOSTS", "testserver")
# The tests make their own server; none of them may find the one of this machine's owner.
os.environ["DOORSTEP_HOME"] = "/nonexistent/doorstep-of-the-tests"
os.environ.pop("DATABASE_URL", None)
# Compiled once for all tests, and for their next run.
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(__file__).parent.parent / ".pytest_cache" / "kernels"))

import django
from django.conf import settings as django_settings

# Pages are drawn here without collecting their files first; the journeys run the real server, which does collect.
django_settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
django_settings.WHITENOISE_USE_FINDERS = django_settings.WHITENOISE_AUTOREFRESH = True
django.setup()

# How long an example takes says how busy the machine is.
settings.register_profile("busy", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--share", default="1/1", help="which part of the tests: 2/3 is the second of three")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _mark(items)
    part, parts = map(int, config.getoption("--share").split("/"))
    elsewhere = [item for item in items if crc32(item.nodeid.encode()) % parts != part % parts]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        left_out = set(elsewhere)
        items[:] = [item for item in items if item not in left_out]


def _mark(items: list[pytest.Item]) -> None:
    """Whatever opens a browser is a journey: it holds an event loop of its own, so it runs apart from the rest.

    Whatever needs a PostgreSQL is no unit test either.
    """
    for item in items:
        needed = getattr(item, "fixturenames", ())
        if "browser" in needed:
            item.add_marker(pytest.mark.journey)
        elif "server" in needed:
            item.add_marker(pytest.mark.integration)


@pytest.fixture(scope="session", autouse=True)
def passwords_cost_little() -> Iterator[None]:
    """What a password costs in service is paid only where it is tried."""
    from tests import passwords

    with pytest.MonkeyPatch.context() as patch:
        passwords.cost(passwords.IN_TESTS, patch)
        yield


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    """What an address may send in an hour is each test's own: all of them call from one."""
    for room in ("doorstep.fronts.limits", "doorstep.fronts.groups.hooks"):
        for each in vars(sys.modules[room]).values() if room in sys.modules else ():
            if type(each).__name__ == "Allowance":
                each._due.clear()


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Any]:
    """What drives the browsers of this process: it keeps an event loop in this thread, so there is one for all."""
    from playwright.sync_api import sync_playwright

    # Django would take the loop for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def server() -> Iterator[object]:
    """A PostgreSQL that lives as long as this run of the tests, migrated and closed."""
    from django.db import connections

    from doorstep.config.environment import settings_of
    from doorstep.config.migrating import migrate
    from doorstep.core.postgres import APP, OWNER, temporary_server

    with temporary_server() as running:
        for alias, user in (("default", APP), ("owner", OWNER)):
            wanted = settings_of(running.dsn(user))
            for settings in (connections.settings[alias], connections[alias].settings_dict):
                settings.update(wanted)
        migrate()
        yield running
        connections.close_all()


@pytest.fixture
def db(server: object) -> Iterator[None]:
    """Everything that this test writes is gone after it."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def town(db: None):  # type: ignore[no-untyped-def]
    """The invented town of `tests/town.py`, for one test."""
    from tests.town import build_town

    return build_town()
