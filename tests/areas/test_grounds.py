"""The ground of a plan comes back as it was kept; one kept by an earlier release is not guessed at."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from tests.engines.districting.small import a_quarter

from doorstep.areas.grounds import pack, unpack
from doorstep.engines.districting import divide
from doorstep.engines.districting.problem import Buildings

COMMUNITY = "321102001001"


def test_a_ground_comes_back_as_it_was_kept():
    division = divide(a_quarter(30, seed=1), effort="quick")
    codes = division.microgrid_codes(COMMUNITY)
    kept = unpack(pack(division, codes) or b"")
    assert kept is not None and division.ground is not None
    assert all(np.array_equal(one, other) for one, other in zip(kept.graph, division.ground.graph, strict=True))
    assert kept.start == tuple(codes[piece] for piece in division.microgrid)
    assert np.array_equal(kept.node, division.ground.node)


def test_where_nobody_lives_there_is_no_ground():
    division = divide(Buildings([[0.0, 0.0]], [0]))
    assert pack(division, division.microgrid_codes(COMMUNITY)) is None


def test_what_an_earlier_release_kept_is_not_guessed_at():
    file = BytesIO()
    np.savez(file, node=np.zeros(1), start=np.array(["x"], dtype="S17"), size=np.ones(1))
    assert unpack(file.getvalue()) is None
