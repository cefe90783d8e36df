"""The first three accounts: three people, once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from tests.town import MORNING

from doorstep.core.access import GATE, acting_as
from doorstep.staff.actions.founding import FoundingRefused, found_administrators
from doorstep.staff.actions.signing_in import sign_in
from doorstep.staff.models import Account

NAMES = ["示例甲", "示例乙", "示例丙"]


@pytest.fixture
def founded(town) -> Iterator[list]:
    yield found_administrators(NAMES, at=MORNING)


def test_three_people_get_three_accounts_whose_passwords_work_once(founded):
    assert [(each.post, each.name) for each in founded] == [
        ("system_admin", "示例甲"),
        ("security_admin", "示例乙"),
        ("audit_admin", "示例丙"),
    ]
    for each in founded:
        assert sign_in(each.username, each.password, browser="test", at=MORNING)
    with acting_as(GATE):
        assert Account.objects.filter(must_change_password=True).count() >= len(founded)


def test_whoever_comes_second_is_refused(founded):
    with pytest.raises(FoundingRefused), transaction.atomic():
        found_administrators(["示例丁", "示例戊", "示例己"], at=MORNING)


@pytest.mark.parametrize("names", [["示例甲", "示例甲", "示例丙"], ["示例甲", "示例乙", " "], ["示例甲", "示例乙"]])
def test_one_person_cannot_be_two_administrators(town, names):
    with pytest.raises(FoundingRefused):
        found_administrators(names, at=MORNING)
