"""The model in use is the last that was put on the shelf, for every process that looks at it."""

from __future__ import annotations

import pytest

from doorstep.catalogue import shelf as room
from doorstep.catalogue.shelf import MOST_KEPT, Shelf
from doorstep.engines.wording import train

LIFT = train(["电梯坏了", "路灯坏了"], ["lift", "lamp"])
DOGS = train(["狗叫", "猫叫"], ["lift", "lamp"])


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "not" / "there" / "yet"


def test_an_empty_shelf_has_nothing_in_use(folder):
    assert Shelf(folder).in_use(()) is None
    assert Shelf(folder).back() is None


def test_another_process_sees_the_new_model_at_its_next_look(folder):
    worker, web = Shelf(folder), Shelf(folder)
    assert web.in_use(()) is None
    worker.put("one", LIFT, {"cases": 3})
    assert web.in_use({"lift"}).about == {"cases": 3}
    assert web.in_use({"lift"}).classifier.predict("电梯").label == "lift"
    worker.put("two", DOGS, {})
    assert web.in_use(()).name == "two"
    assert worker.back() == "two"
    assert web.in_use(()).name == "one"
    assert worker.back() == "one" and web.in_use(()) is None


def test_a_look_reads_the_model_only_when_it_changed(folder):
    shelf = Shelf(folder)
    shelf.put("one", LIFT, {})
    assert shelf.in_use(()) is shelf.in_use(())


def test_old_models_are_thrown_away(folder):
    shelf = Shelf(folder)
    for at in range(MOST_KEPT + 2):
        shelf.put(f"model-{at}", LIFT, {})
    assert len(shelf.names()) == len(list(folder.glob("*.npz"))) == MOST_KEPT


def test_a_model_of_another_engine_is_not_used(folder, monkeypatch):
    Shelf(folder).put("one", LIFT, {})
    monkeypatch.setattr(room, "engine_digest", lambda: "another")
    assert Shelf(folder).in_use(()) is None


@pytest.mark.parametrize("spoil", ["in-use.json", "one.npz"])
@pytest.mark.parametrize("content", [b"", b"[1, 2", b"PK\x03\x04 half a file"])
def test_a_broken_file_leaves_the_catalogues_own(folder, spoil, content):
    Shelf(folder).put("one", LIFT, {})
    (folder / spoil).write_bytes(content)
    assert Shelf(folder).in_use(()) is None
