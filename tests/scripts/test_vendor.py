"""What is not ours is exactly what the table says, down to the byte."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
import vendor

PACKAGES = tomllib.loads(vendor.TABLE.read_text(encoding="utf-8"))


def test_every_file_is_the_one_in_the_table():
    assert list(vendor.differences(PACKAGES)) == []


def test_a_changed_a_missing_and_an_unknown_file_are_each_named(tmp_path):
    (tmp_path / "kept.js").write_text("one")
    (tmp_path / "odd.js").write_text("two")
    table = {"p": {"files": [{"to": "kept.js", "sha256": "0"}, {"to": "gone.js", "sha256": "0"}]}}
    named = " ".join(vendor.differences(table, tmp_path))
    assert "kept.js has sha256" in named
    assert "gone.js is missing" in named
    assert "odd.js is not in the table" in named


@pytest.mark.parametrize("name", PACKAGES)
def test_every_package_comes_with_its_licence(name):
    pinned = PACKAGES[name]
    assert pinned["licence"] in {"0BSD", "BSD-3-Clause", "Apache-2.0", "MPL-2.0"}
    assert any("LICENSE" in file["to"] for file in pinned["files"])
    assert pinned["integrity"].startswith("sha512-")


def test_a_package_with_another_fingerprint_is_not_placed(monkeypatch, tmp_path):
    (tmp_path / "p.tgz").write_bytes(b"not what was pinned")
    monkeypatch.setattr(vendor, "fetch", lambda package, folder: tmp_path / "p.tgz")
    monkeypatch.setattr(vendor, "VENDOR", tmp_path)
    with pytest.raises(SystemExit, match="Nothing placed"):
        vendor.place("p", {"version": "1", "integrity": "sha512-x", "files": [{"from": "a", "to": "a.js"}]})
    assert not (tmp_path / "a.js").exists()


def test_a_pointer_to_a_source_map_is_left_behind():
    assert vendor.without_map(b"code();\n//# sourceMappingURL=x.map\n") == b"code();\n"
    assert vendor.without_map(b"code();\n") == b"code();\n"


def test_no_registry_is_named_in_the_tree():
    named = subprocess.run(
        ["git", "grep", "-lE", "registry[.]npmjs|pypi[.]org/simple|files[.]pythonhosted"],
        cwd=vendor.VENDOR.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(named.stdout.split()) <= {"tests/scripts/test_vendor.py", "tests/scripts/test_check_docs.py"}
