"""See that what the browser tests need is here: install it, or name the one command that does.

Without a Chinese font Chromium draws boxes, and a test of how a page looks would pass on them; without libatomic the
node that Playwright brings does not start.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

PACKAGES = {"chromium": "chromium", "font": "fonts-noto-cjk", "atomic": "libatomic1"}

SAYINGS = {
    "installing": ("正在安装浏览器测试所需：{missing}", "Installing what the browser tests need: {missing}"),
    "missing": (
        "浏览器测试缺少：{missing}。请执行：{command}",
        "The browser tests lack: {missing}. Run: {command}",
    ),
    "failed": (
        "未能安装 {missing}。请检查网络后执行：{command}",
        "{missing} could not be installed. Check the network, then run: {command}",
    ),
}


def main() -> int:
    """Zero when all are here, or were installed just now."""
    missing = what_is_missing()
    if not missing:
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return refuse("missing", missing)
    say("installing", missing)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = [PACKAGES[need] for need in missing]
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        if subprocess.run(["apt-get", *arguments], env=environment, check=False).returncode:
            return refuse("failed", missing)
    left = what_is_missing()
    return refuse("failed", left) if left else 0


def what_is_missing() -> list[str]:
    """Of what `PACKAGES` names."""
    has_chromium = any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    has = {"chromium": has_chromium, "font": _has_chinese_font(), "atomic": _has_atomic()}
    return [need for need in PACKAGES if not has[need]]


def _has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def _has_atomic() -> bool:
    if sys.platform != "linux":
        return True
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def command_for(missing: list[str]) -> str:
    """The one command that installs all of it here."""
    if shutil.which("dnf"):
        fedora = {"chromium": "chromium", "font": "google-noto-sans-cjk-fonts", "atomic": "libatomic"}
        return "sudo dnf install -y " + " ".join(fedora[need] for need in missing)
    if shutil.which("brew"):
        return "brew install --cask chromium font-noto-sans-cjk"
    packages = " ".join(PACKAGES[need] for need in missing)
    return f"sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends {packages}'"


def refuse(saying: str, missing: list[str]) -> int:
    """Say it, and return what make takes for a failure."""
    say(saying, missing)
    return 1


def say(saying: str, missing: list[str]) -> None:
    """In both languages."""
    for sentence in SAYINGS[saying]:
        names = ", ".join(PACKAGES[need] for need in missing)
        print(sentence.format(missing=names, command=command_for(missing)), flush=True)


if __name__ == "__main__":
    # A terminal that knows no Chinese gets question marks rather than a trace.
    with open(1, "w", encoding=sys.stdout.encoding, errors="replace", closefd=False) as sys.stdout:
        sys.exit(main())
