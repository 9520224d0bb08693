"""恢复备份: the whole installation as it was, or nothing changed at all; tried in a database of its own before that."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zhike.project.backup import archive, programs
from zhike.project.backup.fingerprint import differing, fingerprint
from zhike.project.backup.making import FORMAT
from zhike.project.embedded import Embedded
from zhike.project.environment import setting
from zhike.project.errors import CommandFailed
from zhike.project.home import home

EMPTY = "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
OTHERS = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
AFRESH = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


@contextmanager
def opened(source: Path, key: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The parts of a backup in a folder, and its manifest. Raises CommandFailed when it is damaged or none of ours."""
    home().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="restore-", dir=home()) as name:
        folder = Path(name)
        archive.unpack(source, folder, key)
        try:
            manifest = json.loads((folder / "manifest.json").read_text())
        except (OSError, ValueError) as broken:
            raise CommandFailed(f"{source.name} 不是知客的备份") from broken
        if manifest["format"] > FORMAT:
            raise CommandFailed(f"{source.name} 由更新版本的知客（{manifest['version']}）制作；请安装新版本后再恢复")
        yield folder, manifest


def verify(source: Path, key: str) -> dict[str, Any]:
    """Restore a backup into a database that is thrown away, and compare every table and file. Raises CommandFailed."""
    with opened(source, key) as (folder, manifest):
        _check_files(folder, manifest)
        with Embedded(folder / "postgres", durable=False).running() as url:
            _load(folder, url, first="")
            _compare(url, manifest)
    return manifest


def restore(source: Path, key: str, url: str, *, force: bool) -> dict[str, Any]:
    """Put a backup in the place of the database, and its files beside those that are there.

    Raises CommandFailed when the database is in use, or not empty and `force` was not said; then nothing has changed.
    """
    with opened(source, key) as (folder, manifest):
        _refuse_unknown(manifest)
        _refuse_used(url, force)
        _check_files(folder, manifest)
        _load(folder, url, first=AFRESH)
        _compare(url, manifest)
        _place_files(folder, manifest)
    return manifest


def _refuse_unknown(manifest: dict[str, Any]) -> None:
    from zhike.project.operation.health import known

    later = [f"{app}.{name}" for app, name in manifest["migrations"] if (app, name) not in known()]
    if later:
        raise CommandFailed(f"备份来自更新版本的知客（本程序不认识 {'、'.join(later[:5])}）；请安装新版本后再恢复")


def _refuse_used(url: str, force: bool) -> None:
    with programs.connect(url) as asking:
        tables = asking.execute(EMPTY).fetchone()
        others = asking.execute(OTHERS).fetchone()
    if tables and tables[0] and not force:
        raise CommandFailed("数据库不是空的，恢复会替换其中的全部数据；确定要替换时请加 --force。没有任何改动")
    if others and others[0]:
        raise CommandFailed(f"还有 {others[0]} 个连接正在使用数据库；请先停止网页服务器和后台任务进程。没有任何改动")


def _load(folder: Path, url: str, *, first: str) -> None:
    """In one transaction: a backup that breaks off halfway leaves what was there."""
    statements = folder / "database.sql"
    programs.run("pg_restore", "--no-owner", "--no-privileges", f"--file={statements}", str(folder / "database.dump"), url=url)
    before = ["--command", first] if first else []
    programs.run(
        "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *before,
        "--output=/dev/null", f"--file={statements}", url=url,
    )  # fmt: skip
    statements.unlink()


def _compare(url: str, manifest: dict[str, Any]) -> None:
    with programs.connect(url) as restored:
        wrong = differing(manifest["tables"], fingerprint(restored))
    if wrong:
        raise CommandFailed(f"恢复出的数据与备份时不一致：{'、'.join(wrong)}")


def _check_files(folder: Path, manifest: dict[str, Any]) -> None:
    """Every file must be there and be what its name says: it is called by its content."""
    expected = [digest for digest in manifest["files"] if digest not in manifest["missing"]]
    wrong = [digest for digest in expected if _digest(folder / "files" / digest) != digest]
    if wrong:
        raise CommandFailed(f"备份中有 {len(wrong)} 个附件缺失或已损坏，例如 {wrong[0][:12]}")


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _place_files(folder: Path, manifest: dict[str, Any]) -> None:
    for path in (folder / "files").glob("*"):
        place = home() / "files" / path.name[:2] / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
    secret = folder / "secret_key"
    if secret.is_file() and not setting("ZHIKE_SECRET_KEY"):
        secret.chmod(0o600)
        secret.replace(home() / "secret_key")
