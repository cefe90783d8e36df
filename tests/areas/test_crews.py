"""Whoever does the work, the answers are the same, and no more is under way than the crew can use."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely

from doorstep.areas.crews import Crew, CrewRefused, Done, Task, alone, divided, of_processes, on_ray
from doorstep.core.text import use_language
from doorstep.engines.districting import Division, Wrong
from doorstep.engines.districting.synthetic import Kind, community_of

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]


def tasks(count: int) -> list[Task]:
    made = [community_of(1, number, Kind.SLAB, 250) for number in range(count)]
    return [Task(str(each.number), each.buildings, {"barriers": each.barriers, "effort": "quick"}) for each in made]


def answers(crew: Crew, asked: list[Task]) -> dict[str, tuple[bytes, ...]]:
    return {done.key: in_bytes(done) for done in divided(iter(asked), crew)}


def in_bytes(done: Done) -> tuple[bytes, ...]:
    assert isinstance(done.division, Division)
    outlines = shapely.to_wkb(np.array([piece.polygon for piece in done.division.microgrids]))
    return (done.division.microgrid.tobytes(), done.division.grid.tobytes(), *outlines.tolist())


def test_processes_give_the_answers_that_one_alone_gives() -> None:
    asked = tasks(5)
    with alone() as one, of_processes(2) as two:
        assert answers(one, asked) == answers(two, asked[::-1])


def test_no_more_is_asked_for_than_there_is_room_for() -> None:
    asked, answered, most = 0, 0, 0

    def one_by_one() -> Iterator[Task]:
        nonlocal asked, most
        for task in tasks(8):
            asked += 1
            most = max(most, asked - answered)
            yield task

    with of_processes(1) as crew:
        for _ in divided(one_by_one(), crew):
            answered += 1
    assert (asked, answered) == (8, 8)
    assert most <= crew.most + 1


def test_what_the_engine_refuses_is_an_answer_too_and_the_others_go_on() -> None:
    good, bad = tasks(2)
    bad = bad._replace(options={**bad.options, "boundary": shapely.box(0, 0, 1, 1)})
    with alone() as crew:
        found = {done.key: done for done in divided(iter([bad, good]), crew)}
    assert found[bad.key].division is None
    refused = found[bad.key].refused
    assert refused is not None and refused.wrong is Wrong.OUTSIDE_BOUNDARY
    assert found[good.key].division is not None


def test_a_process_that_the_system_ends_is_told_of_in_a_sentence() -> None:
    with of_processes(1) as crew, use_language("en"):
        given = divided(iter(tasks(6)), crew)
        next(given)
        for child in multiprocessing.active_children():
            child.kill()
        with pytest.raises(CrewRefused, match="fewer --processes"):
            list(given)


@pytest.mark.integration
def test_processes_end_with_whoever_started_them_even_when_that_is_killed() -> None:
    code = """
import multiprocessing, time
from tests.areas.test_crews import tasks
from doorstep.areas.crews import divided, of_processes
if __name__ == "__main__":
    with of_processes(2) as crew:
        list(divided(iter(tasks(2)), crew))
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)
        time.sleep(600)
"""
    told = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=told) as parent:
        assert parent.stdout is not None
        children = [int(pid) for pid in parent.stdout.readline().split()]
        assert children
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while any(is_running(pid) for pid in children) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(is_running(pid) for pid in children)


def is_running(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    # What has ended and was not asked about yet still has a line.
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_without_ray_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with use_language("en"), pytest.raises(CrewRefused, match=r"doorstep\[ray\]"), on_ray("127.0.0.1:1"):
        pass
