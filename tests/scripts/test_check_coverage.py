"""The bars of coverage: reached, missed, and a group that was not measured at all."""

from __future__ import annotations

import json

import pytest
from scripts.check_coverage import faults, main


def a_file(ran: int, of: int = 100) -> dict:
    lines = {"covered_lines": ran // 2, "num_statements": of // 2}
    return {"summary": lines | {"covered_branches": ran - ran // 2, "num_branches": of - of // 2}}


def measured(rules: int = 100, actions: int = 100, engines: int = 100, fronts: int = 100) -> dict:
    return {
        "files": {
            "src/doorstep/cases/rules/close.py": a_file(rules),
            "src/doorstep/cases/actions/close.py": a_file(actions),
            "src/doorstep/engines/wording/model.py": a_file(engines),
            "src/doorstep/fronts/page.py": a_file(fronts),
        }
    }


def test_whoever_reaches_every_bar_is_told_nothing():
    assert faults(measured(rules=95, actions=95, engines=95, fronts=80)) == []


@pytest.mark.parametrize("group", ["rules", "actions", "engines"])
def test_a_group_below_its_bar_is_named_with_its_file(group):
    (told,) = faults(measured(**{group: 94}))
    assert told.startswith(f"{group}: 94.00% is under 95%")
    assert f"/{group}/" in told


def test_the_whole_is_held_to_a_bar_of_its_own():
    (told,) = faults(measured(fronts=50))
    assert told.startswith("overall: 87.50% is under 90%")
    assert told.splitlines()[1].endswith("src/doorstep/fronts/page.py")


def test_a_group_of_which_nothing_was_measured_has_not_reached_its_bar():
    without = measured()
    del without["files"]["src/doorstep/engines/wording/model.py"]
    assert [told.split(":")[0] for told in faults(without)] == ["engines"]


def test_the_command_fails_when_a_bar_is_missed(tmp_path, capsys):
    file = tmp_path / "coverage.json"
    file.write_text(json.dumps(measured(rules=10)))
    assert main(str(file)) == 1
    assert "rules" in capsys.readouterr().err
    file.write_text(json.dumps(measured()))
    assert main(str(file)) == 0
