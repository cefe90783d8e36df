"""The unprivileged account that root hands a server to: PostgreSQL does not run as root."""

from __future__ import annotations

import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Final, NamedTuple, TypedDict

NAME: Final = "doorstep"


class Identity(TypedDict, total=False):
    """What `subprocess` needs to run a program as somebody else."""

    user: int
    group: int
    extra_groups: list[int]


class Account(NamedTuple):
    """An account of this machine."""

    name: str
    uid: int
    gid: int

    def for_subprocess(self) -> Identity:
        """The arguments that make `subprocess` run a program as this account, and as nothing more."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account_for_root() -> Account:
    """The account `doorstep`, made if this machine can make one; else the one that every machine has, `nobody`."""
    found = _account(NAME) or _make_account() or _account("nobody")
    if found is None:
        # The number that `nobody` has wherever it has a name; a server needs no name.
        return Account("nobody", 65_534, 65_534)
    return found


def can_read(account: Account, path: Path) -> bool:
    """Whether the account gets through to `path` and can read it. Asked as that account, since modes are not all."""
    asked = subprocess.run(
        ["/bin/sh", "-c", 'test -r "$0" && test -x "$0"', str(path)], check=False, cwd="/", **account.for_subprocess()
    )
    return asked.returncode == 0


def _account(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid) if entry.pw_uid != 0 else None


def _make_account() -> Account | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return None
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/var/lib/doorstep"]
    subprocess.run([*command, "--shell", "/usr/sbin/nologin", NAME], check=False, capture_output=True)
    return _account(NAME)
