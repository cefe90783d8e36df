"""What cannot be answered is told by its kind and facts, in any process."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
import shapely

from doorstep.engines.districting.numbering import NumbersExhausted
from doorstep.engines.districting.problem import BadBounds, BadBuildings, BadWeight, Bounds, Buildings, Weights
from doorstep.engines.districting.question import BadFixed
from doorstep.engines.districting.standing import BadStanding
from doorstep.engines.districting.wrong import DistrictingError, Wrong


@pytest.mark.parametrize(
    "error",
    [
        BadBounds(3, 2, 2),
        BadBuildings("floors", Wrong.BELOW, np.array([1, 2]), least=0),
        BadWeight("moved", -1.0),
        BadFixed(4, Wrong.FIXED_EMPTY, [7]),
        BadStanding("grid", Wrong.STANDING_NOT_FROM, [0], least=1),
        NumbersExhausted("grids", 1200, 999),
    ],
    ids=lambda error: type(error).__name__,
)
def test_its_kind_facts_and_rows_come_out_of_another_process_as_they_went_in(error: DistrictingError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, DistrictingError)
    assert (again.wrong, again.rows, again.facts, str(again)) == (error.wrong, error.rows, error.facts, str(error))


@pytest.mark.parametrize(
    ("ask", "wrong", "rows", "facts"),
    [
        (lambda: Buildings([], []), Wrong.NO_BUILDINGS, (), {}),
        (lambda: Buildings([[0, 0], [9, np.nan]], [1, 2]), Wrong.NOT_FINITE, (1,), {"field": "xy"}),
        (lambda: Buildings([[0, 0], [9, 9]], [1, 2.5]), Wrong.NOT_WHOLE, (1,), {"field": "households"}),
        (lambda: Buildings([[0, 0]], [-1]), Wrong.BELOW, (0,), {"field": "households", "least": 0}),
        (lambda: Buildings([[0, 0]], [1], compounds=[-2]), Wrong.BELOW, (0,), {"field": "compounds", "least": -1}),
        (lambda: Buildings([[0, 0]], [1, 2]), Wrong.LENGTH, (), {"field": "households", "values": 2, "count": 1}),
        (lambda: Buildings([[0, 0]], [1], [shapely.Polygon()]), Wrong.NO_SHAPE, (0,), {"field": "footprints"}),
        (lambda: Bounds(9, 3), Wrong.BOUNDS, (), {"low": 9, "high": 3, "target": 6}),
        (lambda: Weights(size=-1), Wrong.WEIGHT, (), {"weight": "size", "value": -1}),
    ],
)  # fmt: skip
def test_each_fault_names_its_field_its_rows_and_its_figures(ask, wrong, rows, facts) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DistrictingError) as refused:
        ask()
    error = refused.value
    assert (error.wrong, error.rows, error.facts) == (wrong, rows, facts)
