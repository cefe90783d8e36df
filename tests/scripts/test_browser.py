"""What the browser tests need is named, and installed only by whoever may."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "browser.py"


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script, on a machine whose only programs are in a folder that the test may fill."""
    monkeypatch.setenv("PATH", str(tmp_path))
    spec = spec_from_file_location("browser", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    # Whether a library is there is nothing that a folder could say.
    monkeypatch.setattr(module, "_has_atomic", lambda: True)
    return module


def program(folder: Path, name: str, does: str = "") -> None:
    (folder / name).write_text(f"#!/bin/sh\n{does}\n")
    (folder / name).chmod(0o755)


def test_with_both_there_is_nothing_to_do(
    browser: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program(tmp_path, "chromium")
    program(tmp_path, "fc-list", "echo NotoSansCJK.ttc")
    assert browser.main() == 0
    assert capsys.readouterr().out == ""


def test_who_may_not_install_gets_the_one_command(
    browser: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    program(tmp_path, "apt-get", "echo must not be asked; exit 9")
    assert browser.main() == 1
    chinese, english = capsys.readouterr().out.splitlines()
    assert "apt-get install -y --no-install-recommends chromium fonts-noto-cjk" in english
    assert "请执行" in chinese


def test_only_what_is_missing_is_asked_for(
    browser: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    program(tmp_path, "chromium")
    program(tmp_path, "fc-list")
    assert browser.main() == 1
    english = capsys.readouterr().out.splitlines()[1]
    assert "fonts-noto-cjk" in english
    assert "chromium" not in english


def test_the_library_that_the_driver_needs_is_asked_for(
    browser: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def none_here(name: str) -> None:
        raise OSError(name)

    monkeypatch.undo()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(ctypes, "CDLL", none_here)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    program(tmp_path, "chromium")
    program(tmp_path, "fc-list", "echo NotoSansCJK.ttc")
    assert browser.main() == 1
    assert "apt-get install -y --no-install-recommends libatomic1'" in capsys.readouterr().out


def test_root_on_debian_has_it_installed(browser: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    for name in ("cp", "chmod", "sh"):
        (tmp_path / name).symlink_to(shutil.which(name, path="/bin:/usr/bin") or name)
    program(tmp_path, "found", "echo NotoSansCJK.ttc")
    install = f"cp {tmp_path}/found {tmp_path}/fc-list; cp {tmp_path}/found {tmp_path}/chromium"
    program(tmp_path, "apt-get", f'[ "$1" = update ] || {{ {install}; }}')
    assert browser.main() == 0


def test_an_installation_that_fails_names_the_command(
    browser: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    program(tmp_path, "apt-get", "exit 100")
    assert browser.main() == 1
    assert "could not be installed" in capsys.readouterr().out


def test_a_terminal_without_chinese_gets_no_trace(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT)],
        env={"PATH": str(tmp_path), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "The browser tests lack: chromium, fonts-noto-cjk" in done.stdout
