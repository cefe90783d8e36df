"""The `doorstep` command as people type it."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError

from doorstep.config import command, serving
from doorstep.config.command import demo_in_hand, spoken_language
from doorstep.config.serving import Address, ServingRefused, alone, answers, processes, refuse_taken_port
from doorstep.core import postgres
from doorstep.core.text import text, use_language


@pytest.fixture(autouse=True)
def nobody_says_which_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DOORSTEP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def listener() -> Iterator[Address]:
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield Address("127.0.0.1", other.getsockname()[1])


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "fr_FR.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "DOORSTEP_LANG": "en"}, "en"),
    ],
)
def test_it_speaks_as_the_terminal_does_and_else_chinese(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert spoken_language() == language


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_file_is_a_command_with_help_in_both_languages(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOORSTEP_LANG", language)
    monkeypatch.setenv("COLUMNS", "200")
    assert command.run(["--help"]) == 0
    shown = capsys.readouterr().out
    with use_language(language):
        for module in command.modules():
            name = command.command_name(module)
            assert f" {name} " in shown
            assert text(f"command-{name}") in shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_option_is_explained_in_both_languages(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOORSTEP_LANG", language)
    for module in command.modules():
        assert command.run([command.command_name(module), "--help"]) == 0
    assert "command-option" not in capsys.readouterr().out


def test_a_refusal_is_a_sentence_and_no_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://them:secret@db.example/city")
    monkeypatch.setenv("DOORSTEP_HOME", str(tmp_path))
    monkeypatch.setenv("DOORSTEP_LANG", "en")
    assert command.run(["demo"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("DATABASE_URL is set")
    assert len(said.err.splitlines()) == 1


def test_a_word_it_does_not_know_is_a_fault_of_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(["demoo"]) == 2
    assert "demoo" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["abc", "99999", "0", "80 00", ""])
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "--port 不能是“{}”。监听的端口，1 到 65535。 用法见：doorstep demo --help\n"),
        ("en", "--port cannot be “{}”. The port to listen on, 1 to 65535. How to use it: doorstep demo --help\n"),
    ],
)
def test_a_port_that_cannot_be_gets_one_sentence(
    wrong: str, language: str, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOORSTEP_LANG", language)
    assert command.run(["demo", "--port", wrong]) == 2
    assert capsys.readouterr().err == sentence.format(wrong)


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DOORSTEP_LANG", "en")
    assert command.run(["backup"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("FILE is missing.")
    assert said.endswith("doorstep backup --help\n")


def test_without_any_words_it_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run([]) == 2
    said = capsys.readouterr()
    assert "demo-reset" in said.out + said.err
    assert text("command-misused-try", command="doorstep") not in said.err


def a_fault_of_the_disk() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/there")


def a_fault_of_the_database() -> OperationalError:
    wrapped = OperationalError("could not extend file")
    wrapped.__cause__ = psycopg.errors.DiskFull("could not extend file")
    return wrapped


@pytest.mark.parametrize(("fault", "where"), [(a_fault_of_the_disk(), "/there"), (a_fault_of_the_database(), "/ours")])
def test_a_full_disk_is_named(
    fault: Exception, where: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> None:
        raise fault

    monkeypatch.setenv("DOORSTEP_LANG", "en")
    monkeypatch.setenv("DOORSTEP_HOME", "/ours")
    assert command.exit_code(fails) == 1
    assert capsys.readouterr().err.startswith(f"The data folder {where} cannot be used: No space left on device.")


def test_a_folder_that_cannot_be_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DOORSTEP_HOME", str(tmp_path / "file" / "below"))
    monkeypatch.setenv("DOORSTEP_LANG", "en")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert command.run(["serve", "--port", "8319"]) == 1
    assert capsys.readouterr().err.startswith(f"The data folder {tmp_path}/file/below cannot be used: Not a directory.")


def test_a_bug_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("doorstep.config.commands.demo.run", broken)
    with pytest.raises(ZeroDivisionError):
        command.run(["demo"])


def test_a_terminal_without_chinese_gets_no_trace() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from doorstep.config.command import main; main(['--help'])"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": "src", "PYTHONIOENCODING": "ascii", "DOORSTEP_LANG": "zh"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(("encoding", "language"), [("ascii", "en"), ("latin-1", "en"), ("gbk", "zh"), ("utf-8", "zh")])
def test_chinese_is_spoken_where_it_can_be_shown(encoding: str, language: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from doorstep.config.command import spoken_language; print(spoken_language())"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": "src", "PYTHONIOENCODING": encoding},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == language


def test_the_demo_stands_apart_from_a_real_community(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOORSTEP_HOME", "/somewhere")
    monkeypatch.delenv("DOORSTEP_DEMO", raising=False)
    with demo_in_hand() as home:
        assert home == postgres.home() == Path("/somewhere/demo")
        assert os.environ["DOORSTEP_DEMO"] == "1"
        with demo_in_hand() as again:
            assert again == home
    assert postgres.home() == Path("/somewhere")
    assert "DOORSTEP_DEMO" not in os.environ


def test_a_reset_removes_the_demo_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOORSTEP_HOME", str(tmp_path))
    monkeypatch.setenv("DOORSTEP_LANG", "en")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "secret-key").write_text("of the real community")
    (tmp_path / "demo" / "media").mkdir(parents=True)
    assert command.run(["demo-reset"]) == 0
    assert str(tmp_path / "demo") in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert command.run(["demo-reset"]) == 0
    assert "nothing to remove" in capsys.readouterr().out


def test_a_reset_leaves_a_running_demo_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOORSTEP_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with alone(tmp_path / "demo", Address("127.0.0.1", 8123)):
        assert command.run(["demo-reset"]) == 1
    assert "http://127.0.0.1:8123" in capsys.readouterr().err
    assert (tmp_path / "demo").exists()


def test_a_taken_port_is_named_with_another_to_use(listener: Address) -> None:
    with use_language("en"), pytest.raises(ServingRefused, match=rf"{listener.port}.*PORT=\d+"):
        refuse_taken_port(listener)


def test_a_host_that_is_not_this_machines_is_named() -> None:
    with use_language("en"), pytest.raises(ServingRefused, match=r"192\.0\.2\.1, port 8000"):
        refuse_taken_port(Address("192.0.2.1", 8000))


def test_who_serves_already_is_named_with_the_address(tmp_path: Path) -> None:
    second = alone(tmp_path, Address("127.0.0.1", 8200))
    with alone(tmp_path, Address("127.0.0.1", 8123)), pytest.raises(ServingRefused, match=r"http://127\.0\.0\.1:8123"):
        second.__enter__()
    with alone(tmp_path, Address("127.0.0.1", 8200)):
        assert (tmp_path / "serving").read_text() == "http://127.0.0.1:8200"


def test_what_a_killed_one_left_behind_hinders_nobody(tmp_path: Path) -> None:
    code = (
        "import time; from pathlib import Path; from doorstep.config.serving import Address, alone\n"
        f"with alone(Path({str(tmp_path)!r}), Address('127.0.0.1', 8123)): print('up', flush=True); time.sleep(60)"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "src"}
    )
    assert first.stdout is not None
    with first.stdout:
        assert first.stdout.readline() == "up\n"
        with pytest.raises(ServingRefused), alone(tmp_path, Address("127.0.0.1", 8200)):
            pytest.fail("Two served from one folder.")
        first.kill()
        first.wait()
    with alone(tmp_path, Address("127.0.0.1", 8200)):
        assert (tmp_path / "serving").read_text().endswith(":8200")


def test_live_figures_have_the_next_port_or_any_when_that_is_taken(listener: Address, tmp_path: Path) -> None:
    before = Address("127.0.0.1", listener.port - 1)
    told = processes(before, 2, tmp_path)[0].environment["DOORSTEP_LIVE"]
    assert told.startswith("http://127.0.0.1:")
    assert told != f"http://127.0.0.1:{listener.port}"


def test_live_figures_that_are_forwarded_have_the_next_port_or_none(
    listener: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOORSTEP_LIVE", "https://door.example/live")
    with use_language("en"), pytest.raises(ServingRefused, match=rf"Port {listener.port} .*Live figures"):
        processes(Address("127.0.0.1", listener.port - 1), 2, tmp_path)


def test_every_address_of_the_machine_is_called_by_the_one_that_others_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "address_in_network", lambda: "192.168.7.7")
    everywhere = Address("0.0.0.0", 8000)
    assert str(everywhere) == "http://192.168.7.7:8000"
    assert everywhere.nearby == "127.0.0.1"
    assert everywhere.is_open


def test_what_only_this_machine_reaches_is_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "address_in_network", lambda: "127.0.0.1")
    for host in ("127.0.0.1", "localhost", "::1", "0.0.0.0"):
        assert not Address(host, 8000).is_open


def test_other_machines_get_pages_and_live_figures_by_that_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(serving, "address_in_network", lambda: "192.168.7.7")
    told = processes(Address("0.0.0.0", 8000), 2, tmp_path)[0].environment
    assert told["DOORSTEP_LIVE"].startswith("http://192.168.7.7:")
    assert "192.168.7.7" in told["DOORSTEP_HOSTS"].split()


def test_the_address_in_the_network_is_one_of_this_machine() -> None:
    code = "from doorstep.config.serving import address_in_network as found; print(found())"
    asked = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=True,
    )
    with socket.socket() as free:
        free.bind((asked.stdout.strip(), 0))


def test_an_address_of_version_six_stands_in_brackets() -> None:
    assert str(Address("::1", 8000)) == "http://[::1]:8000"


def test_the_last_port_leaves_the_live_figures_any_other(tmp_path: Path) -> None:
    told = processes(Address("127.0.0.1", 65_535), 2, tmp_path)[0].environment["DOORSTEP_LIVE"]
    assert told.startswith("http://127.0.0.1:")


def test_nobody_answers_where_nobody_serves() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert not answers(Address("127.0.0.1", free.getsockname()[1]))
