"""SM2 signatures with SM3 (GB/T 32918, GB/T 35276), made and checked by the `openssl` of this machine.

One provider, which another (a signing server, a USB key) can replace: `is_there`, `new_key`, `public_key`, `sign` and
`verify` are all that is asked of it. Where no OpenSSL with SM2 is there, `is_there` says so and nothing is signed.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

LONGEST_S: Final = 10
IDENTITY: Final = "1234567812345678"
"""The signer's identity that the standard names where none is agreed (GB/T 35276)."""


class NoSm2(RuntimeError):
    """This machine cannot make or check SM2 signatures."""


@cache
def is_there() -> bool:
    """Whether the provider can sign: tried once with a key of its own, since a name in a list promises nothing."""
    try:
        key = new_key()
        return verify(b"tried", sign(b"tried", key), public_key(key))
    except NoSm2:
        return False


def new_key() -> bytes:
    """A private key, as PEM."""
    return _run(
        "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-pkeyopt", "ec_param_enc:named_curve"
    )


def public_key(key: bytes) -> bytes:
    """The public key that belongs to a private one, as PEM."""
    return _run("pkey", "-pubout", "-in", "{key}", key=key)


def sign(content: bytes, key: bytes) -> bytes:
    """The signature over the content: two numbers in DER."""
    return _run(*_WITH, "-sign", "-inkey", "{key}", "-in", "{content}", key=key, content=content)


def verify(content: bytes, signature: bytes, public: bytes) -> bool:
    """Whether the signature was made over this very content with the key that belongs to this public one."""
    arguments = ("-verify", "-pubin", "-inkey", "{key}", "-in", "{content}", "-sigfile", "{signature}")
    try:
        _run(*_WITH, *arguments, key=public, content=content, signature=signature)
    except NoSm2:
        if shutil.which("openssl") is None:
            raise
        return False
    return True


_WITH: Final = ("pkeyutl", "-rawin", "-digest", "sm3", "-pkeyopt", f"distid:{IDENTITY}")


def _run(*arguments: str, **files: bytes) -> bytes:
    """Run openssl; what it reads lies in a folder that only this process may open, and is gone afterwards."""
    program = shutil.which("openssl")
    if program is None:
        raise NoSm2("There is no openssl on this machine.")
    with tempfile.TemporaryDirectory() as name:
        paths = {given: str(Path(name) / given) for given in files}
        for given, content in files.items():
            Path(paths[given]).write_bytes(content)
        command = [program, *(each.format_map(paths) if each.startswith("{") else each for each in arguments)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=LONGEST_S, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoSm2(str(error)) from error
    if done.returncode:
        raise NoSm2(done.stderr.decode(errors="replace")[-500:])
    return done.stdout
