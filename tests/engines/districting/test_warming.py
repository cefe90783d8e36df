import subprocess
import sys

import numba

import doorstep.engines.districting as districting
from doorstep.engines.districting.pricing import cheapest_pieces
from doorstep.engines.districting.warming import warm_up


def test_warming_up_tells_how_far_it_is():
    heard = []
    warm_up()
    warm_up(lambda stage, part: heard.append((stage, part)))
    assert {stage for stage, _ in heard} == {"warming-up"}
    assert [part for _, part in heard] == sorted(part for _, part in heard)
    assert heard[-1][1] == 1.0


def test_who_will_ask_for_a_certificate_has_its_kernels_compiled_too():
    heard = []
    warm_up(lambda _, part: heard.append(part))
    certified = []
    warm_up(lambda _, part: certified.append(part), effort="certified")
    assert len(certified) == len(heard) + 1
    assert numba.config.DISABLE_JIT or cheapest_pieces.signatures


def test_a_page_that_only_shows_a_division_does_not_load_the_compiler():
    lines = (
        "import sys, doorstep.engines.districting as d",
        "d.Buildings, d.Division, d.Reason",
        "print('numba' in sys.modules)",
    )
    script = "; ".join(lines)
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_every_name_that_is_offered_is_there():
    for name in districting.__all__:
        assert callable(getattr(districting, name))
    assert not hasattr(districting, "nothing")
