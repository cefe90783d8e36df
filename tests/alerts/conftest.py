"""The mail server and the gateway, as the notices have them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings
from tests.notices.conftest import post as post
from tests.notices.conftest import texts as texts


@pytest.fixture
def dead_gateway() -> Iterator[None]:
    """A gateway at whose address nobody answers."""
    with override_settings(SMS_URL="http://127.0.0.1:9/", SMS_SECRET="shared"):
        yield
