"""`doorstep demo-reset`: forget everything that was done in the demo."""

from __future__ import annotations

import shutil

from doorstep.config.command import demo_in_hand
from doorstep.config.commands.demo import refuse_foreign_database
from doorstep.config.serving import Address, alone
from doorstep.core import postgres
from doorstep.core.text import text


def run() -> None:
    refuse_foreign_database()
    with demo_in_hand() as home:
        if not home.exists():
            print(text("command-reset-nothing", folder=str(home)))
            return
        with alone(home, Address("", 0)):
            server = postgres.server_for(home)
            server.stop()
            size_mb = sum(path.lstat().st_size for path in home.rglob("*")) // 1_000_000
            shutil.rmtree(home)
        print(text("command-reset-done", folder=str(home), size=size_mb))
