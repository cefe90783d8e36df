"""Installing, on machines that lack something: each gets one sentence, in both languages, and never a trace."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

pytestmark = pytest.mark.integration

SCRIPT = Path(__file__).parents[2] / "scripts" / "prepare.py"

# The smallest project that pip can install, with a build backend of its own, since tests have no network.
PROJECT = {
    "pyproject.toml": """
        [build-system]
        requires = []
        build-backend = "backend"
        backend-path = ["."]
        [project]
        name = "tiny"
        version = "1"
        """,
    "backend.py": """
        import zipfile
        def build_editable(folder, settings=None, metadata=None):
            with zipfile.ZipFile(folder + "/tiny-1-py3-none-any.whl", "w") as wheel:
                wheel.writestr("tiny.py", "")
                wheel.writestr("tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\n")
                tags = "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
                wheel.writestr("tiny-1.dist-info/WHEEL", tags)
                wheel.writestr("tiny-1.dist-info/RECORD", "")
            return "tiny-1-py3-none-any.whl"
        """,
    "requirements.lock": "# nothing\n",
    "requirements-test.lock": "# nothing either\n",
}
SOMETHING = "no-such-thing-of-doorstep==1.0 --hash=sha256:" + "0" * 64 + "\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of that kind, with our script in it."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(SCRIPT, tmp_path / "scripts")
    for name, lines in PROJECT.items():
        (tmp_path / name).write_text(dedent(lines))
    return tmp_path


@pytest.fixture
def prepare() -> ModuleType:
    """The script as a module."""
    spec = spec_from_file_location("prepare", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(project: Path, *arguments: str, **environment: str) -> tuple[int, list[str]]:
    """Its exit code and what it said, with an index that nobody answers for."""
    alone = {
        "PATH": os.environ["PATH"],
        "HOME": str(project),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "1",
        "PIP_CACHE_DIR": str(project / "cache"),
    }
    done = subprocess.run(
        [sys.executable, str(project / "scripts" / "prepare.py"), *arguments],
        env={**alone, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done.returncode, done.stdout.splitlines()


def says(module: ModuleType, capsys: pytest.CaptureFixture[str], goal: str = "demo") -> list[str]:
    assert module.main([goal]) == 1
    return capsys.readouterr().out.splitlines()


def test_it_installs_once_and_then_has_nothing_to_do(project: Path) -> None:
    assert run(project, "demo")[0] == 0
    installed = subprocess.run([project / ".venv" / "bin" / "python", "-c", "import tiny"], check=False)
    assert installed.returncode == 0
    log = (project / ".venv" / "install.log").read_bytes()
    assert run(project, "demo") == (0, [])
    assert (project / ".venv" / "install.log").read_bytes() == log


def test_a_changed_lock_is_installed(project: Path) -> None:
    run(project, "demo")
    (project / "requirements.lock").write_text(SOMETHING)
    code, said = run(project, "demo")
    assert code == 1
    assert "make demo" in said[-1]


def test_what_tests_need_is_enough_to_run(project: Path) -> None:
    assert run(project, "test", "--tests")[0] == 0
    log = (project / ".venv" / "install.log").read_bytes()
    assert run(project, "demo") == (0, [])
    assert (project / ".venv" / "install.log").read_bytes() == log


def test_an_installation_that_was_cut_off_is_begun_anew(project: Path) -> None:
    run(project, "demo")
    (project / ".venv" / "installing").touch()
    (project / ".venv" / "half-written").touch()
    code, said = run(project, "demo")
    assert code == 0
    assert "cut off" in said[1]
    assert not (project / ".venv" / "half-written").exists()


def test_without_network_it_says_so(project: Path) -> None:
    (project / "requirements.lock").write_text(SOMETHING)
    code, said = run(project, "demo")
    assert code == 1
    assert "网络" in said[-2]
    assert "network" in said[-1]
    assert "make demo" in said[-1]


def test_a_terminal_without_chinese_gets_no_trace(project: Path) -> None:
    (project / "requirements.lock").write_text(SOMETHING)
    code, said = run(project, "demo", PYTHONIOENCODING="ascii")
    assert code == 1
    assert "????" in said[-2]
    assert "network" in said[-1]


def test_a_package_that_the_index_lacks_is_named(project: Path) -> None:
    (project / "requirements.lock").write_text(SOMETHING)
    code, said = run(project, "demo", PIP_NO_INDEX="1")
    assert code == 1
    assert "no-such-thing-of-doorstep==1.0" in said[-1]


def test_a_file_that_is_not_the_locked_one_is_not_installed(project: Path) -> None:
    (project / "wheels").mkdir()
    build = "import backend; backend.build_editable('wheels')"
    subprocess.run([sys.executable, "-c", build], cwd=project, check=True)
    (project / "requirements.lock").write_text("tiny==1 --hash=sha256:" + "0" * 64 + "\n")
    code, said = run(project, "demo", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(project / "wheels"))
    assert code == 1
    assert "checksum" in said[-1]


def test_an_old_python_is_named(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setenv("PATH", "/nonexistent")
    said = says(prepare, capsys, "test")
    assert len(said) == 2
    assert "Python 3.11 or newer is needed, found 3.9.2" in said[1]
    assert "make test PYTHON=" in said[1]


def test_an_old_python_can_read_the_script() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_full_disk_is_named(
    prepare: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "__file__", str(project / "scripts" / "prepare.py"))
    nearly_full = shutil.disk_usage("/")._replace(free=300_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: nearly_full)
    said = says(prepare, capsys)
    assert "0.3 GB free and 2 GB are needed" in said[1]
    assert not (project / ".venv").exists()


def test_a_folder_that_cannot_be_written_is_named(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # A folder that not even root can write.
    monkeypatch.setattr(prepare, "__file__", "/proc/self/prepare.py")
    said = says(prepare, capsys)
    assert "cannot be written" in said[1]


def test_a_python_without_venv_is_named(
    prepare: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "__file__", str(project / "scripts" / "prepare.py"))
    monkeypatch.setattr(prepare, "find_spec", lambda name: None if name == "ensurepip" else object())
    said = says(prepare, capsys)
    assert "venv" in said[1]
    assert "Run: " in said[1]


def test_every_sentence_is_there_twice(prepare: ModuleType) -> None:
    for chinese, english in prepare.SAYINGS.values():
        assert not chinese.isascii()
        assert english.replace("…", "").isascii()


def test_the_locks_name_no_address_and_carry_hashes() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        lock = (SCRIPT.parents[1] / name).read_text()
        assert "://" not in lock
        assert lock.count("==") <= lock.count("--hash=sha256:")
        assert "\nsetuptools==" in lock
