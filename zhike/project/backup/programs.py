"""PostgreSQL's own programs for copying a database: those of the server's version where they are installed, else ours."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from zhike.project.embedded import programs
from zhike.project.errors import CommandFailed

OURS = 18
SPOKEN = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
}  # fmt: skip


def run(name: str, *arguments: str, url: str) -> None:
    """Run one of the programs against a database. Raises CommandFailed with what it said."""
    done = subprocess.run(
        [str(_program(name, url)), *arguments], env=_environment(url), stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode != 0:
        raise CommandFailed(f"{name} 失败：{(done.stderr or done.stdout).strip()[-2000:]}")


def connect(url: str) -> psycopg.Connection[tuple[Any, ...]]:
    """Raises CommandFailed when nobody answers."""
    try:
        return psycopg.connect(url)
    except psycopg.OperationalError as refused:
        raise CommandFailed(f"连接不上数据库：{str(refused).strip().splitlines()[0]}") from refused


def _program(name: str, url: str) -> Path:
    """An older program cannot read a newer server; a newer one may write what an older server does not understand."""
    with connect(url) as asking:
        version = asking.info.server_version // 10000
    installed = Path(f"/usr/lib/postgresql/{version}/bin") / name
    if installed.is_file():
        return installed
    if version <= OURS:
        return programs() / name
    found = shutil.which(name)
    if found is None:
        raise CommandFailed(f"服务器是 PostgreSQL {version}，请安装同版本的客户端程序（{name}）")
    return Path(found)


def _environment(url: str) -> dict[str, str]:
    """Where to connect, in the environment: what stands on a command line every user of the machine can read."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    told = {SPOKEN[name]: str(value) for name, value in conninfo_to_dict(url).items() if name in SPOKEN}
    return kept | told | {"LC_ALL": "C"}
