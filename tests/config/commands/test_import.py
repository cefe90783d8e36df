"""`doorstep import buildings` with a file of many communities: each house goes where its row says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.town import MORNING, Town

from doorstep.areas.actions.importing import CommunityUnknown, import_territory
from doorstep.areas.inventing import InventedFormat, code_of, write_city
from doorstep.areas.models import BaseMapFeature, Building
from doorstep.areas.readers import read_base_map, read_territory
from doorstep.areas.rules.households import USUAL
from doorstep.config.commands.import_ import import_all
from doorstep.core.access import WORKER, acting_as
from doorstep.engines.districting.synthetic import Community, city


@pytest.fixture
def three(tmp_path: Path) -> list[Community]:
    made = list(city(5_000, 1))
    for format_ in InventedFormat:
        write_city(made, tmp_path, format_)
    return made


def held(made: list[Community]) -> dict[str, tuple[int, int]]:
    """Buildings and barriers of each community in the database."""
    with acting_as(WORKER):
        return {
            code: (
                Building.objects.filter(community__code=code).count(),
                BaseMapFeature.objects.filter(community__code=code, is_barrier=True).count(),
            )
            for code in map(code_of, made)
        }


@pytest.mark.parametrize("format_", InventedFormat)
def test_each_house_and_each_river_goes_to_its_community(
    format_: InventedFormat, three: list[Community], town: Town, tmp_path: Path, capsys: Any
) -> None:
    import_territory(read_territory(tmp_path / "territory.csv"), at=MORNING)
    base_map = read_base_map(tmp_path / "base_map.json")
    for _ in range(2):
        import_all(tmp_path / f"buildings.{format_}", None, base_map, USUAL)
        assert held(three) == {code_of(each): (len(each.buildings), len(each.barriers)) for each in three}
    assert all(code_of(each) in capsys.readouterr().out for each in three[:1])


def test_a_community_that_nobody_knows_is_refused(three: list[Community], town: Town, tmp_path: Path) -> None:
    with pytest.raises(CommunityUnknown):
        import_all(tmp_path / "buildings.gpkg", None, None, USUAL)
