"""做备份: everything of one moment, while people go on working."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg

from zhike.project.backup import archive, programs
from zhike.project.backup.fingerprint import fingerprint
from zhike.project.errors import CommandFailed
from zhike.project.home import home

FORMAT = 1
STAMP = "zhike-%Y%m%d-%H%M%S.tar"
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY 1, 2"


def make_backup(place: Path, url: str, key: str, *, folder: bool = False) -> tuple[Path, dict[str, Any]]:
    """Write a backup into a folder, made when missing, or under the name given. Raises CommandFailed.

    Returns where it lies and what it holds.
    """
    target = _target(place, key, folder=folder)
    with tempfile.TemporaryDirectory(prefix="backup-", dir=home()) as parts:
        manifest = _copied(Path(parts), url)
        archive.pack(target, _members(Path(parts), manifest, key), key)
    return target, manifest


def _target(place: Path, key: str, *, folder: bool) -> Path:
    named = datetime.now().astimezone().strftime(STAMP) + (".age" if key else "")
    target = place / named if folder or place.is_dir() else place
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise CommandFailed(f"不能写入 {target.parent}：{refused}") from refused
    return target


def _copied(folder: Path, url: str) -> dict[str, Any]:
    """The database as it is at this moment; what is written meanwhile belongs to the next backup."""
    with programs.connect(url) as snapshot:
        snapshot.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        name = _value(snapshot, "SELECT pg_export_snapshot()")
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "version": version("zhike"),
            "made_at": datetime.now().astimezone().isoformat(timespec="seconds"),
            "migrations": [list(row) for row in _rows(snapshot, MIGRATIONS)],
            "files": dict(_rows(snapshot, "SELECT digest, max(size) FROM files_file GROUP BY digest ORDER BY 1")),
            "tables": fingerprint(snapshot),
        }
        programs.run("pg_dump", "-Fc", f"--snapshot={name}", f"--file={folder / 'database.dump'}", url=url)
    manifest["missing"] = [digest for digest in manifest["files"] if not _kept(digest).is_file()]
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest


def _rows(connection: psycopg.Connection[Any], question: str) -> list[Any]:
    try:
        return connection.execute(question).fetchall()
    except psycopg.errors.UndefinedTable as empty:
        raise CommandFailed("数据表还没有建立，没有可以备份的内容；请先运行 zhike migrate") from empty


def _value(connection: psycopg.Connection[Any], question: str) -> Any:
    return _rows(connection, question)[0][0]


def _members(folder: Path, manifest: dict[str, Any], key: str) -> Iterator[tuple[str, Path]]:
    yield "manifest.json", folder / "manifest.json"
    yield "database.dump", folder / "database.dump"
    secret = home() / "secret_key"
    if key and secret.is_file():  # in the open it would let every finder of the file sign in
        yield "secret_key", secret
    for digest in manifest["files"]:
        if digest not in manifest["missing"]:
            yield f"files/{digest}", _kept(digest)


def _kept(digest: str) -> Path:
    return home() / "files" / digest[:2] / digest
