"""SM2 signatures are made where the machine can, and openssl itself is the judge."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from doorstep.core import sm2

there = pytest.mark.skipif(not sm2.is_there(), reason="this machine's openssl knows no SM2")


@there
def test_what_was_signed_is_checked_and_anything_else_is_not():
    key = sm2.new_key()
    signature = sm2.sign("协议".encode(), key)
    assert sm2.verify("协议".encode(), signature, sm2.public_key(key))
    assert not sm2.verify("协约".encode(), signature, sm2.public_key(key))
    assert not sm2.verify("协议".encode(), signature[:-1] + bytes([signature[-1] ^ 1]), sm2.public_key(key))
    assert not sm2.verify("协议".encode(), signature, sm2.public_key(sm2.new_key()))


@there
def test_openssl_checks_it_by_hand(tmp_path: Path):
    key = sm2.new_key()
    for name, content in {"pdf": b"%PDF", "sig": sm2.sign(b"%PDF", key), "pub": sm2.public_key(key)}.items():
        (tmp_path / name).write_bytes(content)
    command = "openssl pkeyutl -verify -rawin -digest sm3 -pkeyopt distid:1234567812345678 -pubin -inkey pub -in pdf"
    done = subprocess.run(
        [*command.split(), "-sigfile", "sig"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "Success" in done.stdout


def test_without_openssl_nothing_is_signed_and_it_is_said(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(sm2.NoSm2):
        sm2.sign(b"x", b"key")
    with pytest.raises(sm2.NoSm2):
        sm2.verify(b"x", b"y", b"key")
    assert not sm2.is_there.__wrapped__()
