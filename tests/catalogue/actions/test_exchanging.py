"""A catalogue leaves as a workbook or a folder and comes back: what would change is told first, then all or nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.catalogue.actions.conftest import looked
from tests.town import MORNING, Town

from doorstep.catalogue import in_force
from doorstep.catalogue.actions.editing import EditRefused
from doorstep.catalogue.actions.exchanging import shipped, shipped_why, take_in, try_file, try_shipped, write
from doorstep.catalogue.files import read_catalogue
from doorstep.core.access import WORKER, Actor, acting_as

TODAY = date(2026, 11, 23)
LIGHT = "items/street-light"


def written(to: Path) -> Path:
    with acting_as(WORKER):
        assert write(to, at=MORNING) > 120
    return to


def test_a_folder_that_was_written_is_the_catalogue_that_stands(town: Town, tmp_path: Path) -> None:
    folder = written(tmp_path / "catalogue")
    assert read_catalogue(folder) == read_catalogue()
    with acting_as(WORKER):
        assert try_file(folder, at=MORNING).changes == ()
        assert try_file(shipped(), at=MORNING).changes == ()


def test_a_workbook_that_was_written_would_change_nothing(town: Town, tmp_path: Path) -> None:
    book = written(tmp_path / "x.xlsx")
    with acting_as(WORKER):
        trial = try_file(book, at=MORNING)
    assert trial.is_good and trial.changes == ()


def test_what_a_folder_changes_is_told_and_taken_in_from_a_day(lin: Actor, tmp_path: Path) -> None:
    folder = written(tmp_path / "catalogue")
    file = folder / f"{LIGHT}.toml"
    file.write_text(file.read_text().replace("路灯不亮", "路灯、景观灯不亮"))
    with acting_as(lin):
        trial = try_file(folder, at=MORNING)
        assert [(each.name, each.is_new) for each in trial.changes] == [(LIGHT, False)]
        assert take_in(trial, TODAY, why="", by=lin, at=MORNING) == 1
    looked()
    assert in_force.catalogue().item("street-light").name.zh == "路灯、景观灯不亮"


@pytest.mark.parametrize(
    ("file", "words"),
    [("items/street-light.toml", "id = ["), ("items/street-light.toml", 'id = "street-light"\n'), ("limits.toml", "")],
)
def test_a_folder_with_a_fault_is_told_and_nothing_is_taken_in(
    lin: Actor, tmp_path: Path, file: str, words: str
) -> None:
    folder = written(tmp_path / "catalogue")
    (folder / file).write_text(words)
    with acting_as(lin):
        trial = try_file(folder, at=MORNING)
        if file == "limits.toml":
            # What a file does not say of the limits stays as it is shipped.
            assert trial.is_good
            return
        assert trial.findings and file.removesuffix(".toml") in str(trial.findings[0])
        with pytest.raises(EditRefused):
            take_in(trial, TODAY, why="", by=lin, at=MORNING)


def test_a_folder_that_is_empty_or_in_another_coding_is_refused(lin: Actor, tmp_path: Path) -> None:
    with acting_as(lin):
        assert not try_file(tmp_path, at=MORNING).is_good
        (tmp_path / "departments.toml").write_bytes("name = '水'".encode("gb18030"))
        assert not try_file(tmp_path, at=MORNING).is_good


def test_a_sub_class_that_a_folder_leaves_out_is_missed_by_name(lin: Actor, tmp_path: Path) -> None:
    folder = written(tmp_path / "catalogue")
    classes = folder / "classes.toml"
    lines = [line for line in classes.read_text().splitlines() if '"0104"' not in line]
    classes.write_text("\n".join(lines))
    with acting_as(lin):
        trial = try_file(folder, at=MORNING)
    assert trial.findings and "0104" in str(trial.findings[0])


def edited(tmp_path: Path, lin: Actor, before: str, after: str, sheet: str = LIGHT) -> None:
    """What Lin changes of a sheet, in force from today on."""
    folder = written(tmp_path / sheet.replace("/", "-"))
    file = folder / f"{sheet}.toml"
    file.write_text(file.read_text().replace(before, after))
    with acting_as(lin):
        assert take_in(try_file(folder, at=MORNING), TODAY, why="本县叫法", by=lin, at=MORNING) == 1
    looked()


def test_what_the_county_edited_is_left_and_told_unless_it_is_named(lin: Actor, tmp_path: Path) -> None:
    edited(tmp_path, lin, "路灯不亮", "路灯、景观灯不亮")
    with acting_as(WORKER):
        trial = try_shipped(at=MORNING)
        assert trial.changes == () and trial.is_good
        assert [(each.change.name, each.since) for each in trial.left] == [(LIGHT, MORNING)]
        assert take_in(trial, TODAY, why=shipped_why(), by=WORKER, at=MORNING) == 0
        for overwrite in (None, [LIGHT]):
            over = try_shipped(at=MORNING, overwrite=overwrite)
            assert [each.name for each in over.changes] == [LIGHT] and over.left == ()
        assert try_shipped(at=MORNING, overwrite=["items/water-outage"]).changes == ()


def test_a_sheet_that_is_not_shipped_cannot_be_named(lin: Actor) -> None:
    with acting_as(WORKER), pytest.raises(EditRefused) as refused:
        try_shipped(at=MORNING, overwrite=["items/no-such-thing"])
    assert refused.value.message.key == "catalogue-overwrite-unknown"


def test_what_came_with_a_version_gives_way_to_the_next(town: Town, tmp_path: Path) -> None:
    """An older Doorstep said it otherwise: nobody here did, so the next one is taken."""
    folder = written(tmp_path / "older")
    file = folder / f"{LIGHT}.toml"
    file.write_text(file.read_text().replace("路灯不亮", "路灯坏了"))
    with acting_as(WORKER):
        older = try_file(folder, at=MORNING)
        assert take_in(older, TODAY, why=shipped_why(), by=WORKER, at=MORNING) == 1
        trial = try_shipped(at=MORNING)
    assert [each.name for each in trial.changes] == [LIGHT] and trial.left == ()


def test_what_the_place_took_in_by_command_is_its_own_too(town: Town, tmp_path: Path) -> None:
    folder = written(tmp_path / "own")
    file = folder / f"{LIGHT}.toml"
    file.write_text(file.read_text().replace("路灯不亮", "路灯坏了"))
    with acting_as(WORKER):
        take_in(try_file(folder, at=MORNING), TODAY, why="由命令导入", by=WORKER, at=MORNING)
        assert [each.change.name for each in try_shipped(at=MORNING).left] == [LIGHT]
