"""Every community of a file or of the database is divided once, whatever comes between."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.areas.actions.conftest import build_houses
from tests.town import Town

from doorstep.areas.actions.drawing import Wishes
from doorstep.areas.crews import alone
from doorstep.areas.inventing import InventedFormat, write_city
from doorstep.areas.models import Building, Plan
from doorstep.areas.plans import divisible
from doorstep.config import command
from doorstep.config.dividing_all import Outcome, divide_all
from doorstep.config.dividing_places import HousePlace
from doorstep.core.access import WORKER, acting_as
from doorstep.engines.districting.synthetic import Kind, community_of

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOORSTEP_LANG", "en")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return a_city(tmp_path / "city")


def a_city(folder: Path, communities: int = 4, households: int = 250) -> Path:
    made = (community_of(1, number, Kind.SLAB, households) for number in range(communities))
    write_city(made, folder, InventedFormat.GEOPACKAGE)
    write_city(
        (community_of(1, number, Kind.SLAB, households) for number in range(communities)),
        folder,
        InventedFormat.GEOJSON,
    )
    return folder


def arguments(city: Path, out: Path, *more: str, file: str = "buildings.gpkg") -> list[str]:
    files = [str(city / file), "--base-map", str(city / "base_map.json"), "--out", str(out)]
    return ["divide", "--all", *files, "--effort", "quick", "--processes", "1", *more]


def report(out: Path) -> dict[str, Any]:
    return json.loads((out / "report.json").read_text())  # type: ignore[no-any-return]


def said_of_fresh_and_kept(said: str) -> tuple[int, int]:
    line = next(line for line in said.splitlines() if "were done already" in line)
    words = line.split()
    return int(words[0]), int(words[3])


def test_each_community_has_its_file_and_all_are_in_one(city: Path, tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "out"
    assert command.run(arguments(city, out)) == 0
    said = capsys.readouterr().out
    assert said_of_fresh_and_kept(said) == (4, 0)
    rows = report(out)["communities"]
    places = json.loads((out / "districts.geojson").read_text())["features"]
    assert [row["community"] for row in rows] == sorted({place["properties"]["community"] for place in places})
    microgrids = [place["properties"] for place in places if place["properties"]["level"] == "microgrid"]
    assert len(microgrids) == sum(row["microgrids"] for row in rows)
    assert sum(each["households"] for each in microgrids) == sum(row["households"] for row in rows)
    assert all(each["code"].startswith(each["community"]) for each in microgrids)
    assert {path.stem for path in (out / "communities").iterdir()} == {row["community"] for row in rows}


def test_the_report_of_all_has_a_row_for_each_and_the_same_sums(city: Path, tmp_path: Path) -> None:
    out, told = tmp_path / "out", tmp_path / "told.json"
    assert command.run(arguments(city, out, "--report", str(told))) == 0
    rows = json.loads(told.read_text())
    assert rows["totals"]["households"] == sum(row["households"] for row in report(out)["communities"])
    assert {row["community"] for row in rows["communities"]} == {row["community"] for row in report(out)["communities"]}
    assert all(row["seconds"] is not None and sum(row["sizes"]) == row["households"] for row in rows["communities"])
    # What is kept from before took no time in this run.
    page = tmp_path / "told.html"
    assert command.run(arguments(city, out, "--report", str(page))) == 0
    written = page.read_text(encoding="utf-8")
    assert written.count("Kept from before") == len(rows["communities"])
    assert written.count('class="map small"') == len(rows["first"]) == 4
    assert all(len(row["at"]) == 2 for row in rows["communities"])


@pytest.mark.parametrize("file", ["buildings.gpkg", "buildings.geojson"])
def test_one_community_of_the_file_has_the_same_answer_alone_and_a_report(
    file: str, city: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert command.run(arguments(city, out)) == 0
    third = report(out)["communities"][2]
    told, name = tmp_path / "one.json", third["community"]
    asked = [str(city / file), "--base-map", str(city / "base_map.json"), "--effort", "quick", "--community", name]
    assert command.run(["divide", *asked, "--out", str(tmp_path / "one"), "--report", str(told)]) == 0
    one = json.loads(told.read_text())
    assert sorted(piece["households"] for piece in one["pieces"]) == sorted(third["sizes"])
    assert one["place"]["name"] == name and all(piece["code"].startswith(name) for piece in one["pieces"])


def test_two_processes_and_another_format_write_the_same_bytes(city: Path, tmp_path: Path) -> None:
    runs = {"one": [], "two": ["--processes", "2"], "json": []}
    for name, more in runs.items():
        file = "buildings.geojson" if name == "json" else "buildings.gpkg"
        assert command.run(arguments(city, tmp_path / name, *more, file=file)) == 0
    one, *others = ((tmp_path / name / "districts.geojson").read_bytes() for name in runs)
    assert all(other == one for other in others)


def test_what_is_done_is_not_done_again_unless_the_question_is_another(city: Path, tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "out"
    for more, expected in (([], (4, 0)), ([], (0, 4)), (["--seed", "7"], (4, 0)), (["--high", "99"], (4, 0))):
        assert command.run(arguments(city, out, *more)) == 0
        assert said_of_fresh_and_kept(capsys.readouterr().out) == expected


def test_only_the_community_whose_houses_changed_is_divided_again(city: Path, tmp_path: Path, capsys: Any) -> None:
    out, file = tmp_path / "out", city / "buildings.geojson"
    assert command.run(arguments(city, out, file=file.name)) == 0
    document = json.loads(file.read_text())
    document["features"][0]["properties"]["lived_in"] -= 1
    file.write_text(json.dumps(document))
    capsys.readouterr()
    assert command.run(arguments(city, out, file=file.name)) == 0
    assert said_of_fresh_and_kept(capsys.readouterr().out) == (1, 3)


def test_a_community_where_nobody_lives_has_an_answer_too(city: Path, tmp_path: Path) -> None:
    out, file = tmp_path / "out", city / "buildings.geojson"
    document = json.loads(file.read_text())
    first = document["features"][0]["properties"]["community"]
    for feature in document["features"]:
        if feature["properties"]["community"] == first:
            feature["properties"]["lived_in"] = feature["properties"]["dwellings"] = 0
    file.write_text(json.dumps(document))
    assert command.run(arguments(city, out, file=file.name)) == 0
    assert {row["community"]: row["households"] for row in report(out)["communities"]}[first] == 0


def test_a_community_with_a_fault_is_named_and_the_others_are_divided(city: Path, tmp_path: Path, capsys: Any) -> None:
    with sqlite3.connect(city / "buildings.gpkg") as file:
        # The file's own triggers ask about shapes, which do not change here.
        for name in ("IsEmpty", "MinX", "MaxX", "MinY", "MaxY"):
            file.create_function(f"ST_{name}", 1, lambda _: 0)
        file.execute("UPDATE invented_buildings SET floors = 999 WHERE fid = 1")
    file.close()
    assert command.run(arguments(city, tmp_path / "out")) == command.REFUSED
    told = capsys.readouterr()
    assert said_of_fresh_and_kept(told.out) == (3, 0)
    assert "1 communities could not be divided" in told.err
    found = report(tmp_path / "out")
    (named,) = found["refused"]
    assert "999" in found["refused"][named]
    assert named not in {row["community"] for row in found["communities"]}


def test_without_communities_in_the_file_nothing_is_divided(city: Path, tmp_path: Path, capsys: Any) -> None:
    file = city / "buildings.geojson"
    document = json.loads(file.read_text())
    for feature in document["features"]:
        del feature["properties"]["community"]
    file.write_text(json.dumps(document))
    assert command.run(arguments(city, tmp_path / "out", file=file.name)) == command.REFUSED
    assert "without a community" in capsys.readouterr().err


@contextmanager
def begun(asked: list[str]) -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own, killed at the end if it still runs."""
    told = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    # A shell that runs the tests in its background lets whatever they start ignore Ctrl-C.
    code = (
        "import signal, sys; from doorstep.config.command import main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "if __name__ == '__main__': main(sys.argv[1:])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, *asked], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=told
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def wait_for_files(folder: Path, least: int, running: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 120
    while len(list(folder.glob("*.geojson"))) < least:
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.integration
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_ended_goes_on_where_it_was(end: signal.Signals, tmp_path: Path, capsys: Any) -> None:
    city, out = a_city(tmp_path / "city", communities=24, households=1200), tmp_path / "out"
    # Enough work that the end comes before it is done.
    slow = [*arguments(city, out, "--processes", "2"), "--effort", "standard"]
    with begun(slow) as running:
        wait_for_files(out / "communities", 2, running)
        running.send_signal(end)
        said = running.communicate(timeout=60)[1]
    if end is signal.SIGINT:
        assert running.returncode == command.INTERRUPTED
        assert "the same command goes on" in said
    done = len(list((out / "communities").glob("*.geojson")))
    assert 2 <= done < 24
    assert command.run(slow) == 0
    fresh, kept = said_of_fresh_and_kept(capsys.readouterr().out)
    assert (fresh, kept) == (24 - done, done)
    assert command.run([*arguments(city, tmp_path / "whole", "--processes", "2"), "--effort", "standard"]) == 0
    assert (out / "districts.geojson").read_bytes() == (tmp_path / "whole" / "districts.geojson").read_bytes()


def all_of_the_house(wishes: Wishes) -> Outcome:
    with acting_as(WORKER):
        found = divisible()
    return divide_all(HousePlace(found, wishes), alone(), lambda done, words: None)


def test_every_community_of_the_database_gets_a_draft_and_only_one(town: Town) -> None:
    build_houses(town)
    first, again = all_of_the_house(Wishes(effort="quick")), all_of_the_house(Wishes(effort="quick"))
    assert (first.fresh, first.kept, again.fresh, again.kept) == (1, 0, 0, 1)
    assert first.sums == again.sums
    assert first.sums["households"] == 20 * 30
    assert first.rows[0]["name"] and again.rows[0]["plan"] == first.rows[0]["plan"]
    with acting_as(WORKER):
        assert Plan.objects.filter(community=town.community, state="draft").count() == 1


def test_a_draft_is_drawn_anew_when_its_houses_have_changed(town: Town) -> None:
    houses = build_houses(town)
    all_of_the_house(Wishes(effort="quick"))
    with acting_as(WORKER):
        Building.objects.filter(pk=houses[0]).update(lived_in=31)
    assert all_of_the_house(Wishes(effort="quick")).fresh == 1


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def a_cluster(nodes: int, temporary: Path) -> Iterator[str]:
    """A Ray cluster of several nodes on this machine, one processor each."""
    ray = shutil.which("ray", path=str(Path(sys.executable).parent))
    assert ray is not None
    address = f"127.0.0.1:{free_port()}"
    told = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "RAY_USAGE_STATS_ENABLED": "0",
    }
    own = ["--num-cpus=1", "--object-store-memory=80000000", "--node-ip-address=127.0.0.1", "--block"]
    head = [ray, "start", "--head", f"--port={address.rpartition(':')[2]}", "--include-dashboard=false"]
    head += [f"--temp-dir={temporary}", *own]
    others = [[ray, "start", f"--address={address}", *own]] * (nodes - 1)
    running: list[subprocess.Popen[bytes]] = []
    try:
        for asked in (head, *others):
            running.append(subprocess.Popen(asked, env=told, stdout=subprocess.DEVNULL, start_new_session=True))
            wait_for_nodes(address, len(running))
        yield address
    finally:
        for each in reversed(running):
            end(each)


def end(node: subprocess.Popen[bytes]) -> None:
    """A node and the processes that it started; they are given a moment."""
    os.killpg(node.pid, signal.SIGTERM)
    try:
        node.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(node.pid, signal.SIGKILL)
        node.wait(timeout=20)


def wait_for_nodes(address: str, count: int) -> None:
    # Ray writes lines of its own to the same place.
    code = f"import ray; ray.init(address={address!r}); print('alive:', sum(node['Alive'] for node in ray.nodes()))"
    until = time.monotonic() + 120
    while True:
        asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        alive = re.search(r"^alive: (\d+)$", asked.stdout, re.MULTILINE)
        if alive and int(alive[1]) >= count:
            return
        assert time.monotonic() < until, asked.stderr
        time.sleep(0.5)


@pytest.mark.long
@pytest.mark.integration
@pytest.mark.timeout(600)
def test_a_ray_cluster_of_three_nodes_gives_the_same_answer(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray has no wheel for this machine")
    city = a_city(tmp_path / "city", communities=8)
    assert command.run(arguments(city, tmp_path / "one")) == 0
    # The paths of its sockets may not be long.
    short = Path("/tmp") / f"ray-{os.getpid()}"
    try:
        with a_cluster(3, short) as address, begun(arguments(city, tmp_path / "ray", "--ray", address)) as running:
            said, wrong = running.communicate(timeout=300)
    finally:
        shutil.rmtree(short, ignore_errors=True)
    assert running.returncode == 0, wrong
    assert said_of_fresh_and_kept(said) == (8, 0)
    assert (tmp_path / "ray" / "districts.geojson").read_bytes() == (
        tmp_path / "one" / "districts.geojson"
    ).read_bytes()


@pytest.mark.integration
def test_where_no_cluster_answers_that_is_said(city: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray has no wheel for this machine")
    with begun(arguments(city, tmp_path / "out", "--ray", f"127.0.0.1:{free_port()}")) as running:
        said = running.communicate(timeout=120)[1]
    assert running.returncode == command.REFUSED, said
    assert "No Ray cluster answers" in said
