"""`doorstep synthesize city` as people type it."""

from __future__ import annotations

from pathlib import Path

import pytest

from doorstep.config import command


def test_a_city_is_written_and_can_be_divided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOORSTEP_LANG", "en")
    there = str(tmp_path / "city")
    assert command.run(["synthesize", "city", "--households", "1", "--seed", "2", "--out", there]) == 0
    assert "An invented city of 1 communities" in capsys.readouterr().out
    files = {path.name for path in (tmp_path / "city").iterdir()}
    assert files == {"buildings.gpkg", "base_map.json", "territory.csv"}
    divide = ["divide", f"{there}/buildings.gpkg", "--base-map", f"{there}/base_map.json", "--out", f"{there}/out"]
    assert command.run(divide) == 0
    assert "of them within 50–100 households" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOORSTEP_LANG", "en")
    (tmp_path / "taken").write_text("a file")
    arguments = ["synthesize", "city", "--households", "1", "--out", str(tmp_path / "taken")]
    assert command.run(arguments) == command.REFUSED
    assert "cannot be written" in capsys.readouterr().err
