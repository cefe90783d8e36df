"""The notice left at the door of an absent owner says whom to call: the desk of the community, if it has said how."""

from __future__ import annotations

import pytest
from tests.town import MORNING

from doorstep.core.access import WORKER, acting_as
from doorstep.staff.models import Unit

BLANK = "____________________"


@pytest.fixture
def notice(sign_in, reported):
    """`notice()`: the sheet of Dana's community."""
    case = reported()
    return lambda: sign_in("dana").get(f"/desk/cases/{case.number}/absent/notice/").content.decode()


def has_phone(town, unit: str, phone: str, **more) -> None:
    with acting_as(WORKER):
        Unit.objects.filter(pk=town.units[unit]).update(phone=phone, **more)


def test_the_desk_of_the_community_is_named_with_its_telephone(town, notice):
    has_phone(town, "community_desk", "0511-8555 0101 转 2")
    shown = notice()
    assert "0511-8555 0101 转 2" in shown and BLANK not in shown


def test_where_the_desk_has_said_none_it_is_written_in_by_hand(notice):
    assert BLANK in notice()


@pytest.mark.parametrize(
    ("unit", "more"),
    [("other_desk", {}), ("water", {}), ("grid_team", {}), ("community_desk", {"closed_at": MORNING})],
    ids=["another community", "a department", "the grid", "a desk that has ended"],
)
def test_the_telephone_of_nobody_else_is_printed(town, notice, unit, more):
    has_phone(town, unit, "0511-85550199", **more)
    assert "85550199" not in notice()
