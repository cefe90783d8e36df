"""Set pages as PDF, in a process of its own that takes its memory with it when it ends.

What people wrote reaches the page as data, never as source of the page. The Chinese font comes with a package, so that
a machine without any font prints the same; only the letters that are used go into the file.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import orjson

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

LONGEST_S: Final = 60
AT_ONCE: Final = 2
PATIENCE_S: Final = 20
FONT: Final = "Noto Sans SC"

_hands = threading.Semaphore(AT_ONCE)


class PrintingRefused(Refusal):
    """So much cannot be printed at once, or not now."""


def typeset_apart(template: str, told: Any, pictures: Mapping[str, str]) -> bytes:
    """The PDF of a template of this folder; `told` is its data, `pictures` its SVG files by name."""
    if not _hands.acquire(timeout=PATIENCE_S):
        raise PrintingRefused(say("paper-busy"), say("paper-busy-try"))
    try:
        return _run(orjson.dumps({"template": template, "told": told, "pictures": dict(pictures)}))
    finally:
        _hands.release()


def _run(job: bytes) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__], input=job, capture_output=True, timeout=LONGEST_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise PrintingRefused(say("paper-too-long", seconds=LONGEST_S), say("paper-fewer")) from None
    if done.returncode:
        raise RuntimeError(f"The typesetting process failed: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def typeset(template: str, told: Any, pictures: Mapping[str, str]) -> bytes:
    """The same in this process."""
    import pylopdf_fonts_zh_cn
    import typst

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "main.typ").write_bytes(files(__package__).joinpath(f"{template}.typ").read_bytes())
        (folder / "told.json").write_bytes(orjson.dumps(told))
        for picture, svg in pictures.items():
            (folder / picture).write_text(svg, encoding="utf-8")
        fonts = [str(pylopdf_fonts_zh_cn.sans_path().parent)]
        made: bytes = typst.compile(
            str(folder / "main.typ"), root=name, font_paths=fonts, ignore_system_fonts=True, format="pdf"
        )
        return made


def _child() -> None:
    job = orjson.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(typeset(job["template"], job["told"], job["pictures"]))


if __name__ == "__main__":
    _child()
