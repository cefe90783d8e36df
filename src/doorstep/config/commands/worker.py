"""`doorstep worker`: only the jobs, where pages are served by another machine."""

from __future__ import annotations

import runpy

from doorstep.config.serving import database_server


def run() -> None:
    with database_server():
        runpy.run_module("doorstep.config.worker", run_name="__main__", alter_sys=True)
