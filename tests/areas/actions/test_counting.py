"""What buildings have besides households: from a table, kept apart from the buildings, and shared evenly by a plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.areas.actions.conftest import build_houses
from tests.town import MORNING, Town

from doorstep.areas import amounts
from doorstep.areas.actions.counting import import_amounts
from doorstep.areas.actions.drawing import Wishes, draw
from doorstep.areas.actions.importing import Imported, ImportRefused
from doorstep.areas.models import Amount, Plan, PlanPiece
from doorstep.areas.readers.amounts import AmountsFile, read_amounts
from doorstep.areas.rules.wishes import WishRefused
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import text
from doorstep.engines.districting import Weights

pytestmark = pytest.mark.integration

CODE = "321102001001"
OVER_60 = "60岁以上居民"


def a_table(folder: Path, *rows: str, head: str = f"楼栋编号,{OVER_60}", name: str = "old.csv") -> AmountsFile:
    file = folder / name
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return read_amounts(file, [OVER_60])


def problems(file: AmountsFile) -> list[str]:
    return [str(each) for each in file.findings.problems]


def test_the_same_table_twice_changes_nothing_and_another_one_changes_what_it_names(town: Town, tmp_path: Path) -> None:
    build_houses(town)
    first = a_table(tmp_path, "0,12", "1,0", "2,")
    assert import_amounts(CODE, first) == Imported(2, 0, 0)
    assert import_amounts(CODE, first) == Imported(0, 0, 2)
    assert import_amounts(CODE, a_table(tmp_path, "1,3.5")) == Imported(0, 1, 0)
    with acting_as(WORKER):
        assert amounts.known(town.community) == [amounts.Known(OVER_60, 15.5, 2)]


@pytest.mark.parametrize(
    ("rows", "head", "said"),
    [
        (("0,-1",), None, "不是 0 以上的数量"),
        (("0,many",), None, "many"),
        (("0,nan",), None, "不是 0 以上的数量"),
        (("0,1", "0,2"), None, "与 2 重复"),
        ((",1",), None, "没有楼栋编号"),
        (("0,1",), "楼栋编号,别的", OVER_60),
        (("0,1",), f"门牌,{OVER_60}", "id"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused_by_its_rows(
    tmp_path: Path, rows: tuple[str, ...], head: str | None, said: str
) -> None:
    file = a_table(tmp_path, *rows, **({"head": head} if head else {}))
    assert not file.is_good and said in problems(file)[0]


@pytest.mark.parametrize("name", ["", " ", "@cases", "x" * 61, "a\u202eb"])
def test_an_amount_has_a_name_that_can_be_shown(tmp_path: Path, name: str) -> None:
    file = tmp_path / "old.csv"
    file.write_text(f"id,{name}\n0,1\n", encoding="utf-8")
    assert not read_amounts(file, [name]).is_good


def test_a_building_that_is_not_of_the_community_stops_all_of_the_table(town: Town, tmp_path: Path) -> None:
    build_houses(town)
    with pytest.raises(ImportRefused) as refused:
        import_amounts(CODE, a_table(tmp_path, "0,1", "77,5"))
    assert refused.value.findings.problems[0].row == 3
    with acting_as(WORKER):
        assert not Amount.objects.exists()


def drawn(town: Town, wishes: Wishes) -> Plan:
    dana = town.actor("dana")
    with acting_as(dana):
        return draw(town.community, wishes, by=dana, at=MORNING)


def test_micro_grids_share_an_amount_more_evenly_where_that_is_wished(town: Town, tmp_path: Path) -> None:
    build_houses(town, households=25, rows=4, columns=6)
    # Nearly all of the old people live in the first row of houses.
    old = [40 if place < 6 else 1 for place in range(24)]
    import_amounts(CODE, a_table(tmp_path, *(f"{place},{count}" for place, count in enumerate(old))))
    assert drawn(town, Wishes(effort="quick")).report["shares"] == []
    most = {}
    for weight in (0.0, 20.0):
        plan = drawn(town, Wishes(effort="quick", balances=(OVER_60,), weights=Weights(balance=weight)))
        [share] = plan.report["shares"]
        with acting_as(WORKER):
            pieces = PlanPiece.objects.filter(plan=plan.pk).count()
        assert share["name"] == OVER_60 and share["even"] == pytest.approx(sum(old) / pieces, abs=0.001)
        assert share["least"] <= share["even"] <= share["most"]
        most[weight] = share["most"] - share["least"]
    assert most[20.0] < most[0.0]


def test_what_no_building_has_cannot_be_shared(town: Town) -> None:
    build_houses(town)
    with pytest.raises(WishRefused) as refused:
        drawn(town, Wishes(balances=("nothing",)))
    assert refused.value.where == "balances" and "nothing" in text(refused.value.message)


def test_amounts_of_another_community_are_not_seen(town: Town, tmp_path: Path) -> None:
    build_houses(town)
    import_amounts(CODE, a_table(tmp_path, "0,12"))
    with acting_as(town.actor("other_desk")):
        assert amounts.known(town.community) == []
    with acting_as(town.actor("subdistrict")):
        assert [each.name for each in amounts.known(town.community)] == [OVER_60]
