"""Make `.venv` and install what the lock names into it; done at once when nothing has changed since.

Only Python's own library, and no syntax that Python 3.6 could not read: this file has to get far enough to say that
the Python is too old.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

OLDEST = (3, 11)
NEEDED_GB = 2

# What there is to say before anything of ours is installed: what happened, and what to do. Both languages, since nobody
# has been asked for theirs yet.
SAYINGS = {
    "old-python": (
        "需要 Python {oldest} 或更新版本，找到的是 {found}（{path}）。"
        "请安装后执行：make {goal} PYTHON=/路径/python{oldest}",
        "Python {oldest} or newer is needed, found {found} ({path}). "
        "Install it, then run: make {goal} PYTHON=/path/to/python{oldest}",
    ),
    "no-venv": (
        "这个 Python 缺少 venv 模块。请执行：{install}，然后重新执行 make {goal}。",
        "This Python lacks its venv module. Run: {install}; then run make {goal} again.",
    ),
    "no-disk": (
        "磁盘空间不足：{folder} 只剩 {free:.1f} GB，需要 {needed} GB。请腾出空间后重新执行 make {goal}。",
        "Not enough disk: {folder} has {free:.1f} GB free and {needed} GB are needed. "
        "Free some, then run make {goal} again.",
    ),
    "read-only": (
        "目录 {folder} 不可写（{reason}）。请把项目复制到自己可写的目录，再执行 make {goal}。",
        "The folder {folder} cannot be written ({reason}). "
        "Copy the project to a folder of your own, then run make {goal} there.",
    ),
    "no-network": (
        "下载依赖包时连不上网络。请检查网络或代理（HTTPS_PROXY、PIP_INDEX_URL），然后重新执行 make {goal}。",
        "The packages could not be reached over the network. "
        "Check the network or the proxy (HTTPS_PROXY, PIP_INDEX_URL), then run make {goal} again.",
    ),
    "retrying": (
        "下载源暂时没有回应，正在重试……",
        "The packages do not answer yet; trying again …",
    ),
    "wrong-file": (
        "下载到的文件与锁定的校验值不符，没有安装。请换一个下载源（PIP_INDEX_URL），再执行 make {goal}。",
        "A downloaded file does not match its checksum in the lock and was not installed. "
        "Use another index (PIP_INDEX_URL), then run make {goal} again.",
    ),
    "no-package": (
        "没有适合这台机器的安装包（{package}；Python {found}，{machine}）。"
        "请换用 Python {oldest} 至 3.13：make {goal} PYTHON=/路径/python{oldest}",
        "There is no package for this machine ({package}; Python {found}, {machine}). "
        "Use Python {oldest} to 3.13: make {goal} PYTHON=/path/to/python{oldest}",
    ),
    "failed": (
        "安装没有成功：{reason}。详情见 {log}；处理后重新执行 make {goal}。",
        "The installation failed: {reason}. {log} says more; then run make {goal} again.",
    ),
    "cut-off": (
        "安装中断。重新执行 make {goal} 即可。",
        "The installation was cut off. Run make {goal} again.",
    ),
    "again": (
        "上次安装没有完成，现在重新开始。",
        "An earlier installation was cut off; starting it anew.",
    ),
    "installing": ("正在安装依赖包", "installing packages"),
}

SIGNS_OF_NO_NETWORK = (
    "NewConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "NameResolutionError",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Network is unreachable",
    "Connection broken",
    "Connection refused",
)


class RefusedToInstall(Exception):
    """It cannot go on; the saying tells why and what to do."""

    def __init__(self, saying, **gaps):
        Exception.__init__(self, saying)
        self.saying = saying
        self.gaps = gaps


def main(arguments):
    """`prepare.py GOAL [--tests]`: GOAL is what make was asked for, so that it can be named in what to do next."""
    goal = next((word for word in arguments if not word.startswith("-")), "demo")
    root = Path(__file__).resolve().parent.parent
    try:
        refuse_old_python(arguments)
        installation = Installation(root, "test" if "--tests" in arguments else "run")
        if not installation.is_done():
            installation.make()
    except RefusedToInstall as refused:
        say(refused.saying, goal=goal, **refused.gaps)
        return 1
    except KeyboardInterrupt:
        say("cut-off", goal=goal)
        return 130
    return 0


def refuse_old_python(arguments):
    """Go on with a newer Python of this machine, if it has one."""
    if sys.version_info[:2] >= OLDEST:
        return
    for minor in (13, 12, 11):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, __file__, *arguments])  # noqa: S606 - there is no shell to want.
    raise RefusedToInstall("old-python", oldest=version(OLDEST), found=version(sys.version_info), path=sys.executable)


class Installation:
    """The `.venv` of one checkout. What tests need includes what running needs, so theirs serves both."""

    def __init__(self, root, purpose):
        self.root = root
        self.purpose = purpose
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"
        self.log = self.venv / "install.log"
        self.begun = self.venv / "installing"

    def is_done(self):
        if self.begun.exists() or not self.python.exists():
            return False
        enough = ["test"] if self.purpose == "test" else ["run", "test"]
        return any(text_of(self.stamp(purpose)) == self.digest(purpose) for purpose in enough)

    def stamp(self, purpose):
        return self.venv / f"installed-for-{purpose}"

    def lock(self, purpose):
        return self.root / ("requirements-test.lock" if purpose == "test" else "requirements.lock")

    def digest(self, purpose):
        """Of all that decides what is installed, and where: a stamp with this digest is up to date."""
        digest = hashlib.sha256(str(self.root).encode())
        for path in (self.lock(purpose), self.root / "pyproject.toml"):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def make(self):
        self.refuse_what_cannot_work()
        if self.begun.exists():
            say("again")
            shutil.rmtree(str(self.venv))
        if not self.python.exists():
            self.make_venv()
        self.begun.touch()
        self.pip("--require-hashes", "-r", str(self.lock(self.purpose)))
        # The lock pins setuptools, so the project itself is built with nothing fetched.
        self.pip("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(self.root))
        self.stamp(self.purpose).write_text(self.digest(self.purpose))
        self.begun.unlink()

    def refuse_what_cannot_work(self):
        try:
            with tempfile.TemporaryFile(dir=str(self.root)):
                pass
        except OSError as fault:
            raise RefusedToInstall("read-only", folder=self.root, reason=fault.strerror) from fault
        if self.free_gb() < NEEDED_GB:
            raise self.no_disk()
        # Debian ships venv without ensurepip, so both are asked for.
        if not (find_spec("venv") and find_spec("ensurepip")):
            raise RefusedToInstall("no-venv", install=venv_command())

    def make_venv(self):
        made = run([sys.executable, "-m", "venv", str(self.venv)])
        if made.returncode:
            shutil.rmtree(str(self.venv), ignore_errors=True)
            raise RefusedToInstall("failed", reason=last_fault(made.stdout.decode(errors="replace")), log=self.venv)

    def pip(self, *arguments):
        options = ["--disable-pip-version-check", "--no-input", "--progress-bar=off"]
        command = [str(self.python), "-m", "pip", "install", *options, *arguments]
        bar = Bar(packages_in(self.lock(self.purpose)))
        said = []
        with self.log.open("ab") as log:
            running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            for raw in running.stdout:
                log.write(raw)
                said.append(raw.decode(errors="replace"))
                bar.hear(said[-1])
        bar.close()
        if running.wait():
            raise self.reason_in("".join(said))

    def reason_in(self, said):
        """What to say of a pip that failed with these words."""
        if "No space left" in said:
            return self.no_disk()
        if "DO NOT MATCH THE HASHES" in said:
            return RefusedToInstall("wrong-file")
        if any(sign in said for sign in SIGNS_OF_NO_NETWORK):
            return RefusedToInstall("no-network")
        _, missing, package = said.partition("No matching distribution found for ")
        if missing:
            return RefusedToInstall(
                "no-package",
                package=package.split()[0],
                oldest=version(OLDEST),
                found=version(sys.version_info),
                machine=os.uname().machine,
            )
        return RefusedToInstall("failed", reason=last_fault(said), log=self.log)

    def no_disk(self):
        return RefusedToInstall("no-disk", folder=self.root, free=self.free_gb(), needed=NEEDED_GB)

    def free_gb(self):
        return shutil.disk_usage(str(self.root)).free / 1e9


class Bar:
    """A line that fills while pip talks; where nobody watches a terminal, a line for every twentieth package."""

    def __init__(self, total):
        self.total = total
        self.done = 0
        self.has_waited = False
        self.is_watched = sys.stdout.isatty()

    def hear(self, line):
        if line.startswith("Collecting "):
            self.done = min(self.done + 1, self.total)
            self.show(line.split()[1].split("=")[0])
        elif line.startswith("Installing collected packages"):
            self.show("…")
        elif "Retrying (" in line and not self.has_waited:
            # pip tries for most of a minute; nobody should wonder meanwhile.
            self.has_waited = True
            say("retrying")

    def show(self, package):
        title = " ".join(SAYINGS["installing"])
        if self.is_watched:
            filled = 30 * self.done // self.total
            line = f"{title} {'█' * filled}{'░' * (30 - filled)} {self.done}/{self.total} {package}"
            print(f"\r\033[K{line}", end="", flush=True)
        elif self.done % 20 == 1:
            print(f"{title} {self.done}/{self.total}", flush=True)

    def close(self):
        if self.is_watched and self.done:
            print("\r\033[K", end="", flush=True)


def packages_in(lock):
    return sum("==" in line and line[0] not in " #" for line in lock.read_text(encoding="utf-8").splitlines())


def venv_command():
    if shutil.which("apt-get"):
        return "sudo apt-get install -y python3-venv"
    if shutil.which("dnf"):
        return "sudo dnf install -y python3-pip"
    return "python3 -m ensurepip"


def say(saying, **gaps):
    for sentence in SAYINGS[saying]:
        print(sentence.format(**gaps), flush=True)


def run(command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)


def version(numbers):
    return ".".join(str(number) for number in numbers[:3])


def last_fault(said):
    lines = [line.strip().rstrip(".") for line in said.splitlines() if line.strip()]
    faults = [line for line in lines if line.lower().startswith("error")]
    return (faults or lines or ["?"])[-1]


def text_of(path):
    try:
        return path.read_text()
    except OSError:
        return ""


if __name__ == "__main__":
    # A terminal that knows no Chinese gets question marks rather than a trace.
    with open(1, "w", encoding=sys.stdout.encoding, errors="replace", closefd=False) as sys.stdout:
        sys.exit(main(sys.argv[1:]))
