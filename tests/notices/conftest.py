"""The mail server and the gateway, and the settings that point at them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings
from tests.notices.outside import Gateway, MailServer, gateway, mail_server


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail_server() as server, override_settings(EMAIL_URL=server.url, PUBLIC_ADDRESS="https://door.example.org"):
        yield server


@pytest.fixture
def texts() -> Iterator[Gateway]:
    with gateway() as server, override_settings(SMS_URL=server.url, SMS_SECRET="shared"):
        yield server
