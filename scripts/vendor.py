"""Fetch the few scripts that are not ours, at pinned versions, and check every byte against `vendor/VERSIONS.toml`.

    python scripts/vendor.py            fetch what the table pins and place it
    python scripts/vendor.py --check    only compare what is there with the table

npm fetches from whatever registry it is configured with; the integrity in the table decides whether that was the right
package, so it does not matter which one it is. To move to a newer version, write the version, put in the integrity that
`npm view NAME@VERSION dist.integrity` gives, run this, and commit the table with the files.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).resolve().parent.parent / "vendor"
TABLE = VENDOR / "VERSIONS.toml"


def main(arguments: list[str]) -> int:
    """Fetch, or with `--check` only compare; says what differs."""
    packages = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    if "--check" not in arguments:
        for name, pinned in packages.items():
            place(name, pinned)
    faults = list(differences(packages))
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def place(name: str, pinned: Mapping[str, Any]) -> None:
    """Fetch one package and place its files."""
    with tempfile.TemporaryDirectory() as folder:
        package = fetch(f"{name}@{pinned['version']}", Path(folder))
        found = integrity(package.read_bytes())
        if found != pinned["integrity"]:
            raise SystemExit(f"{name}: fetched {found}, pinned {pinned['integrity']}. Nothing placed.")
        with tarfile.open(package) as archive:
            for file in pinned["files"]:
                inside = archive.extractfile(f"package/{file['from']}")
                if inside is None:
                    raise SystemExit(f"{name} {pinned['version']} has no file {file['from']}.")
                target = VENDOR / file["to"]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(without_map(inside.read()))


def fetch(package: str, folder: Path) -> Path:
    """The package's archive, fetched by npm into `folder`."""
    subprocess.run(["npm", "pack", package, "--silent", "--pack-destination", str(folder)], check=True)
    return next(folder.glob("*.tgz"))


def without_map(content: bytes) -> bytes:
    """The file without the last line that points to its source map: the maps are not placed, and hashing of static
    files stops at a pointer that leads nowhere."""
    lines = content.rstrip().splitlines(keepends=True)
    points = lines and lines[-1].lstrip().startswith((b"//# sourceMappingURL=", b"/*# sourceMappingURL="))
    return b"".join(lines[:-1]) if points else content


def integrity(content: bytes) -> str:
    """The fingerprint as npm writes it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def differences(packages: Mapping[str, Mapping[str, Any]], vendor: Path = VENDOR) -> Iterator[str]:
    """Each file that is missing, that differs from the table, or that the table does not know."""
    known = {vendor / file["to"]: file["sha256"] for pinned in packages.values() for file in pinned["files"]}
    for path, expected in known.items():
        if not path.is_file():
            yield f"{path.relative_to(vendor)} is missing"
        elif (found := hashlib.sha256(path.read_bytes()).hexdigest()) != expected:
            yield f"{path.relative_to(vendor)} has sha256 {found}, not {expected}"
    for path in sorted(vendor.rglob("*")):
        if path.is_file() and path not in known and path.name not in {"VERSIONS.toml", "README.md"}:
            yield f"{path.relative_to(vendor)} is not in the table"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
