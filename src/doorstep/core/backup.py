"""The whole installation in one file, and back: database, uploads and the key that signed people's links.

The file is a tar that says first what it is and last what it holds:

    doorstep-backup            the format's number
    database.dump              pg_dump's own format, taken from one snapshot
    kept/…                     files that live beside the database
    manifest-<its sha256>.json sizes and digests of all the above, and rows and digest of each table

A restore reads all of it before it touches anything, builds a second database beside the one in use, compares every
table with the manifest, and only then lets the two change places.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

FORMAT: Final = 1
MARK: Final = "doorstep-backup"
DUMP: Final = "database.dump"
KEPT: Final = ("media", "secret-key")
RESTORING: Final = "doorstep_restoring"
REPLACED: Final = "doorstep_replaced"
_PIECE: Final = 1 << 20

Row = tuple[Any, ...]


class BackupRefused(Refusal):
    """No backup can be made here, or this file cannot be restored here."""


@dataclass(frozen=True)
class Table:
    """What a table held: enough to tell whether another holds the same."""

    rows: int
    digest: str


@dataclass(frozen=True)
class Part:
    """One file inside the backup."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds."""

    format: int
    made_at: str
    postgres: int
    migrations: Sequence[str]
    roles: Mapping[str, bool]
    members: Sequence[Sequence[Any]]
    tables: Mapping[str, Table]
    sequences: Mapping[str, int | None]
    parts: Mapping[str, Part]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


@dataclass(frozen=True)
class Installation:
    """What is backed up or restored: a login that row-level security does not bind, and what lies beside it."""

    url: str
    folder: Path
    binaries: Path

    @contextmanager
    def connected(self, database: str | None = None, *, autocommit: bool = True) -> Iterator[psycopg.Connection[Row]]:
        # Rows are compared as text, which must not depend on who asks.
        written = "-c timezone=UTC -c datestyle=ISO -c bytea_output=hex -c extra_float_digits=1"
        with psycopg.connect(self.conninfo(database), autocommit=autocommit, options=written) as connection:
            yield connection

    def conninfo(self, database: str | None = None) -> str:
        return make_conninfo(self.url, **({"dbname": database} if database else {}))

    @property
    def database(self) -> str:
        return str(conninfo_to_dict(self.url)["dbname"])

    def run(self, program: str, *arguments: str, database: str | None = None) -> None:
        """Run one of PostgreSQL's programs on the database; its last words become the refusal."""
        parts = conninfo_to_dict(self.conninfo(database))
        # Not on the command line, where every account of the machine could read it.
        password = str(parts.pop("password", None) or "")
        address = make_conninfo(**{name: str(value) for name, value in parts.items()})
        done = subprocess.run(
            [str(self.binaries / program), *arguments, "--dbname", address],
            env={**os.environ, "PGPASSWORD": password, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            lines = done.stderr.strip().splitlines()
            raise BackupRefused(say("backup-program-failed", program=program, reason=lines[-1] if lines else "?"))


def back_up(file: Path, installation: Installation, at: datetime) -> Manifest:
    """Write the backup; people go on working meanwhile, and the file shows one moment."""
    if file.exists():
        raise BackupRefused(say("backup-file-exists", file=str(file)), say("backup-file-exists-try"))
    _refuse_a_bound_role(installation)
    dump = file.with_name(file.name + ".dump")
    unfinished = file.with_name(file.name + ".part")
    try:
        # What people wrote in confidence is in here: for the owner of the file alone.
        os.close(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        os.close(os.open(dump, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        manifest = _dump(dump, installation, at)
        with unfinished.open("r+b") as target:
            with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
                manifest = _write(tar, dump, installation.folder, manifest)
            os.fsync(target.fileno())
        unfinished.rename(file)
    except OSError as fault:
        raise BackupRefused(
            say("backup-not-written", file=str(file), reason=fault.strerror or str(fault)),
            say("backup-not-written-try"),
        ) from fault
    finally:
        dump.unlink(missing_ok=True)
        unfinished.unlink(missing_ok=True)
    return manifest


def restore(
    file: Path,
    installation: Installation,
    *,
    replacing: bool = False,
    refuse: Callable[[Manifest], None] = lambda manifest: None,
) -> Manifest:
    """Put the backup in place of an empty installation or, when `replacing`, of any.

    `refuse` may look at the manifest and raise. Until the new database is whole and compared, nothing changes.
    """
    manifest = read(file)
    refuse(manifest)
    _refuse_a_bound_role(installation)
    if not replacing:
        _refuse_to_overwrite(installation)
    unpacked = installation.folder / "restoring"
    shutil.rmtree(unpacked, ignore_errors=True)
    unpacked.mkdir(mode=0o700, parents=True)
    try:
        _unpack(file, unpacked, manifest)
        with installation.connected() as connection:
            _make_scratch(connection, manifest)
        try:
            _fill_and_compare(unpacked / DUMP, installation, manifest)
        except BaseException:
            with installation.connected() as connection:
                _drop(connection, RESTORING)
            raise
        _change_places(installation)
        _replace_kept(unpacked / "kept", installation.folder)
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    return manifest


def read(file: Path) -> Manifest:
    """The manifest of a backup whose every byte has just been checked."""
    parts: dict[str, Part] = {}
    manifest: tuple[str, bytes] | None = None
    is_ours = False
    try:
        with tarfile.open(file, mode="r:") as tar:
            for member in tar:
                is_ours = is_ours or member.name == MARK
                if not is_ours:
                    break
                content = tar.extractfile(member)
                if content is None:
                    raise _damaged(file)
                if member.name.startswith("manifest-"):
                    manifest = (member.name, content.read())
                else:
                    parts[member.name] = _part(content)
    except FileNotFoundError as fault:
        raise BackupRefused(say("backup-no-file", file=str(file))) from fault
    except (tarfile.TarError, OSError, EOFError) as fault:
        raise (_damaged(file) if is_ours else _foreign(file)) from fault
    if not is_ours:
        raise _foreign(file)
    return _checked(file, manifest, parts)


def contents(connection: psycopg.Connection[Row]) -> tuple[dict[str, Table], dict[str, int | None]]:
    """Rows and digest of every table, and where every sequence stands."""
    names = connection.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        " ORDER BY 1, 2"
    ).fetchall()
    tables = {}
    for schema, name in names:
        # A sum of hashes does not ask in which order the rows lie.
        question = sql.SQL("SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {} t")
        found = connection.execute(question.format(sql.Identifier(schema, name))).fetchone()
        assert found is not None
        tables[f"{schema}.{name}"] = Table(*found)
    sequences = connection.execute("SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences").fetchall()
    return tables, dict(sequences)


# Making one.


def _dump(dump: Path, installation: Installation, at: datetime) -> Manifest:
    with installation.connected(autocommit=False) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = str(_one(connection, "SELECT pg_export_snapshot()"))
        installation.run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={dump}")
        tables, sequences = contents(connection)
        roles, members = _roles(connection)
        return Manifest(
            format=FORMAT,
            made_at=at.isoformat(),
            postgres=connection.info.server_version // 10_000,
            migrations=_migrations(connection),
            roles=roles,
            members=members,
            tables=tables,
            sequences=sequences,
            parts={},
        )


def _roles(connection: psycopg.Connection[Row]) -> tuple[dict[str, bool], list[Row]]:
    """The roles that anything in this database speaks of, whether they inherit, and who is a member of whom.

    Roles belong to the whole server, so pg_dump leaves them out.
    """
    roles = connection.execute(
        "SELECT DISTINCT rolname, rolinherit FROM pg_shdepend JOIN pg_roles ON pg_roles.oid = refobjid"
        " WHERE refclassid = 'pg_authid'::regclass AND NOT rolsuper AND (dbid ="
        " (SELECT oid FROM pg_database WHERE datname = current_database())"
        " OR (classid = 'pg_database'::regclass AND objid ="
        " (SELECT oid FROM pg_database WHERE datname = current_database())))"
    ).fetchall()
    names = [name for name, _ in roles]
    members = connection.execute(
        "SELECT given.rolname, member.rolname, admin_option, inherit_option, set_option FROM pg_auth_members"
        " JOIN pg_roles given ON given.oid = roleid JOIN pg_roles member ON member.oid = member"
        " WHERE given.rolname = ANY(%s) AND member.rolname = ANY(%s) ORDER BY 1, 2, 3",
        [names, names],
    ).fetchall()
    return dict(sorted(roles)), members


def _migrations(connection: psycopg.Connection[Row]) -> list[str]:
    if _one(connection, "SELECT to_regclass('public.django_migrations')") is None:
        return []
    rows = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    return [name for (name,) in rows]


def _write(tar: tarfile.TarFile, dump: Path, folder: Path, manifest: Manifest) -> Manifest:
    _add_bytes(tar, MARK, str(FORMAT).encode())
    parts = {MARK: Part(1, hashlib.sha256(str(FORMAT).encode()).hexdigest()), DUMP: _add_file(tar, DUMP, dump)}
    for path in _kept_files(folder):
        name = f"kept/{path.relative_to(folder).as_posix()}"
        parts[name] = _add_file(tar, name, path)
    manifest = replace(manifest, parts=parts)
    written = json.dumps(asdict(manifest), ensure_ascii=False, sort_keys=True).encode()
    _add_bytes(tar, f"manifest-{hashlib.sha256(written).hexdigest()}.json", written)
    return manifest


def _kept_files(folder: Path) -> Iterator[Path]:
    for name in KEPT:
        path = folder / name
        if path.is_file():
            yield path
        yield from sorted(inner for inner in path.rglob("*") if inner.is_file())


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def _add_file(tar: tarfile.TarFile, name: str, path: Path) -> Part:
    with path.open("rb") as content:
        part = _part(content)
        content.seek(0)
        member = tarfile.TarInfo(name)
        member.size = part.size
        tar.addfile(member, content)
    return part


def _part(content: IO[bytes]) -> Part:
    digest = hashlib.sha256()
    size = 0
    while piece := content.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    return Part(size, digest.hexdigest())


# Reading one.


def _checked(file: Path, found: tuple[str, bytes] | None, parts: Mapping[str, Part]) -> Manifest:
    if found is None:
        raise _damaged(file)
    name, written = found
    if name != f"manifest-{hashlib.sha256(written).hexdigest()}.json":
        raise _damaged(file)
    kept = json.loads(written)
    if kept["format"] != FORMAT:
        raise BackupRefused(say("backup-newer", file=str(file)), say("backup-newer-try"))
    manifest = Manifest(**kept)
    manifest = replace(
        manifest,
        tables={table: Table(**what) for table, what in kept["tables"].items()},
        parts={part: Part(**what) for part, what in kept["parts"].items()},
    )
    if manifest.parts != parts:
        raise _damaged(file)
    return manifest


def _damaged(file: Path) -> BackupRefused:
    return BackupRefused(say("backup-damaged", file=str(file)), say("backup-damaged-try"))


def _foreign(file: Path) -> BackupRefused:
    return BackupRefused(say("backup-foreign", file=str(file)), say("backup-foreign-try"))


# Putting one in place.


def _refuse_a_bound_role(installation: Installation) -> None:
    with installation.connected() as connection:
        if not _one(connection, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"):
            raise BackupRefused(say("backup-role-bound", user=connection.info.user), say("backup-role-bound-try"))


def _refuse_to_overwrite(installation: Installation) -> None:
    with installation.connected() as connection:
        tables, _ = contents(connection)
    rows = sum(table.rows for name, table in tables.items() if name != "public.django_migrations")
    if rows or any(True for _ in _kept_files(installation.folder / "media")):
        raise BackupRefused(
            say("backup-not-empty", database=installation.database, rows=rows), say("backup-not-empty-try")
        )


def _unpack(file: Path, folder: Path, manifest: Manifest) -> None:
    with tarfile.open(file, mode="r:") as tar:
        for member in tar:
            if member.name in manifest.parts and member.name != MARK and not _unpack_one(tar, member, folder):
                raise _damaged(file)


def _unpack_one(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> bool:
    """Whether it is a file that belongs below the folder, where it then is; links and ways out are left alone.

    By hand, since the Python of Debian 12, 3.11.2, has no filter yet that does so.
    """
    place = (folder / member.name).resolve()
    inside = tar.extractfile(member) if member.isfile() and place.is_relative_to(folder.resolve()) else None
    if inside is None:
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    with inside, place.open("wb") as outside:
        shutil.copyfileobj(inside, outside)
    place.chmod(member.mode & 0o755 | 0o600)
    os.utime(place, (member.mtime, member.mtime))
    return True


def _make_scratch(connection: psycopg.Connection[Row], manifest: Manifest) -> None:
    """A second, empty database with the owner of the first, and the roles that the dump speaks of."""
    _make_roles(connection, manifest)
    question = (
        "SELECT rolname FROM pg_database JOIN pg_roles ON pg_roles.oid = datdba WHERE datname = current_database()"
    )
    owner = sql.Identifier(str(_one(connection, question)))
    _drop(connection, RESTORING)
    make = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0")
    connection.execute(make.format(sql.Identifier(RESTORING), owner))


def _fill_and_compare(dump: Path, installation: Installation, manifest: Manifest) -> None:
    installation.run("pg_restore", "--exit-on-error", str(dump), database=RESTORING)
    with installation.connected(RESTORING) as connection:
        connection.execute("ANALYZE")
        tables, sequences = contents(connection)
    different = sorted(
        {name for name in tables.keys() | manifest.tables.keys() if tables.get(name) != manifest.tables.get(name)}
        | {name for name in sequences if sequences[name] != manifest.sequences.get(name)}
    )
    if different:
        raise BackupRefused(say("backup-came-back-different", tables=", ".join(different)))


def _make_roles(connection: psycopg.Connection[Row], manifest: Manifest) -> None:
    there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
    for name, inherits in manifest.roles.items():
        if name not in there:
            make = "CREATE ROLE {} NOLOGIN " + ("INHERIT" if inherits else "NOINHERIT")
            connection.execute(sql.SQL(make).format(sql.Identifier(name)))
    for role, member, admin, inherit, set_ in manifest.members:
        options = f" WITH ADMIN {admin}, INHERIT {inherit}, SET {set_}"
        connection.execute(sql.SQL("GRANT {} TO {}" + options).format(sql.Identifier(role), sql.Identifier(member)))


def _change_places(installation: Installation) -> None:
    """The restored database takes the name of the one in use, with the same grants, and that one goes."""
    old, new, gone = (sql.Identifier(name) for name in (installation.database, RESTORING, REPLACED))
    with installation.connected("postgres") as connection:
        grants = connection.execute(
            "SELECT rolname, privilege_type FROM pg_database, aclexplode(datacl) JOIN pg_roles ON oid = grantee"
            " WHERE datname = %s",
            [installation.database],
        ).fetchall()
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(new))
        for role, privilege in grants:
            give = sql.SQL("GRANT {} ON DATABASE {} TO {}")
            connection.execute(give.format(sql.SQL(privilege), new, sql.Identifier(role)))
        _drop(connection, REPLACED)
        _end_sessions(connection, installation.database)
        with connection.transaction():
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(old, gone))
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(new, old))
        _drop(connection, REPLACED)


def _drop(connection: psycopg.Connection[Row], database: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def _end_sessions(connection: psycopg.Connection[Row], database: str) -> None:
    connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database])


def _replace_kept(kept: Path, folder: Path) -> None:
    for name in KEPT:
        target = folder / name
        if target.is_dir():
            shutil.rmtree(target)
        target.unlink(missing_ok=True)
        if (kept / name).exists():
            (kept / name).rename(target)
            target.chmod(0o700 if target.is_dir() else 0o600)


def _one(connection: psycopg.Connection[Row], question: str) -> object:
    row = connection.execute(question).fetchone()
    return row[0] if row else None
