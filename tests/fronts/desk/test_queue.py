"""The queue of a desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.town import MORNING


def test_dana_sees_what_waits_in_her_community(sign_in, reported):
    case = reported()
    page = sign_in("dana").get("/desk/")
    assert page.status_code == 200
    assert case.number in page.content.decode() and "楼道里堆满了杂物" in page.content.decode()
