"""Versions that an older Doorstep kept are read by a newer one: what they do not say yet has its default."""

from __future__ import annotations

from copy import deepcopy

import pytest

from doorstep.catalogue.files import assemble
from doorstep.catalogue.item import PauseReason
from doorstep.catalogue.kept import as_sheets, read_folder

ITEM = "items/street-light"


@pytest.fixture
def older():
    """All sheets as they were kept before neighbours, couriers and absent owners were thought of."""
    said = deepcopy(dict(read_folder()))
    for sheet in said.values():
        sheet.pop("neighbours", None)
        sheet.pop("courier", None)
    del said["limits"]["pause"]["owner-absent"]
    return said


def test_an_older_version_is_in_force_as_it_was_kept_with_defaults_for_what_came_later(older):
    catalogue, now = assemble(as_sheets(older)), assemble(as_sheets(read_folder()))
    assert any(item.neighbours for item in now.items.values()) and any(item.courier for item in now.items.values())
    assert {item.neighbours for item in catalogue.items.values()} == {()}
    assert {item.courier for item in catalogue.items.values()} == {0}
    assert catalogue.limits.pause[PauseReason.OWNER_ABSENT] == now.limits.pause[PauseReason.OWNER_ABSENT]
    assert catalogue.items.keys() == now.items.keys()


def test_a_whole_entry_of_the_limits_that_came_later_is_as_shipped(older):
    del older["limits"]["whistle"]
    now = assemble(as_sheets(read_folder()))
    assert assemble(as_sheets(older)).limits.whistle == now.limits.whistle


@pytest.mark.parametrize("reason", [each for each in PauseReason if each != PauseReason.OWNER_ABSENT])
def test_what_every_version_has_had_to_say_is_not_made_up(older, reason):
    from doorstep.catalogue.files import CatalogueRefused

    del older["limits"]["pause"][str(reason)]
    with pytest.raises(CatalogueRefused):
        assemble(as_sheets(older))
