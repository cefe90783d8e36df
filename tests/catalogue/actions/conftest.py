"""What these tests publish is gone from this process too when they end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from tests.town import MORNING, Town

from doorstep.catalogue import in_force
from doorstep.core.access import Actor


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    in_force.forget()
    yield
    in_force.forget()


@pytest.fixture
def lin(town: Town) -> Actor:
    """Whoever keeps the catalogue: the county's desk."""
    return town.actor("command")


def looked(at: datetime = MORNING) -> None:
    """This process has seen whatever was published."""
    in_force.look_again(at, now=True)


@pytest.fixture
def django_statements() -> object:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)
