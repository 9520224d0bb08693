"""恢复到任意时刻: as the page for administrators has it, word by word, on a server with an archive of its own."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from zhike.project.backup.fingerprint import fingerprint
from zhike.project.embedded import DatabaseFailed
from zhike.project.embedded import programs as embedded_programs
from zhike.project.postgres_account import Account, account_for
from zhike.testing.databases import MAKE, program

PAGE = Path(__file__).parents[3] / "docs/administrators/deploy.md"
DEBIANS = Path("/usr/lib/postgresql/15/bin")
FENCED = re.compile(r"```(ini|sh)\n(.*?)```", re.DOTALL)
QUICKLY = "listen_addresses = ''\nunix_socket_directories = '{sockets}'\nfsync = off\n"
HIRED = (
    "INSERT INTO org_post (name, duties, version, created_at, updated_at, incomplete, extra) "
    "VALUES (%s, '', 1, now(), now(), false, '{}')"
)


def told() -> tuple[str, str, str]:
    """The settings, the base backup and the recovery, as the page tells them."""
    section = PAGE.read_text().partition("## 恢复到任意时刻")[2].partition("\n## ")[0]
    settings, base, recovery = (text for _, text in FENCED.findall(section))
    return settings, base, recovery


def programs() -> Path:
    """Debian's server where there is one, else the one that comes along."""
    if (DEBIANS / "pg_basebackup").exists():
        return DEBIANS
    try:
        return embedded_programs()
    except DatabaseFailed:
        pytest.skip("there is no PostgreSQL server to try it with")


@dataclass(frozen=True)
class Cluster:
    """A server in a folder, its archive and its base backup beside it."""

    folder: Path
    account: Account

    @property
    def url(self) -> str:
        return f"postgresql://zhike@/postgres?host={self.folder / 'run'}"

    def run(self, script: str) -> str:
        """A script of the page, with our folders for those it names."""
        places = {"/mnt/wal": "wal", "/var/lib/postgresql/15/main": "data"}
        script = re.sub(r"/mnt/base/(\$\(date \+%F\)|[\d-]+)", str(self.folder / "base"), script)
        for named, ours in places.items():
            script = script.replace(named, str(self.folder / ours))
        with_us = f"set -e; export PATH={programs()}:$PATH PGHOST={self.folder / 'run'} PGUSER=zhike\n{script}"
        done = self.account.run("sh", "-c", with_us)
        assert done.returncode == 0, done.stderr
        return script

    def start(self) -> None:
        self.run(f"pg_ctl -D {self.folder}/data -l {self.folder}/run/log -w start")

    def stop(self) -> None:
        self.run(f"pg_ctl -D {self.folder}/data -m fast -w stop")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    account = account_for(tmp_path / "pg", programs())
    for folder in ("pg", "pg/wal", "pg/run"):
        account.own(tmp_path / folder)
    made = Cluster(tmp_path / "pg", account)
    made.run(f"initdb -D {made.folder}/data -U zhike --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync")
    settings = told()[0].replace("/mnt/wal", str(made.folder / "wal")) + QUICKLY.format(sockets=made.folder / "run")
    made.run(f"cat >> {made.folder}/data/postgresql.conf <<'EOF'\n{settings}\nEOF")
    made.start()
    yield made
    made.stop()


def test_what_was_done_up_to_a_moment_is_there_again_and_nothing_of_what_came_after(cluster: Cluster) -> None:
    _, base, recovery = told()
    program(cluster.url, "-c", MAKE)
    with psycopg.connect(cluster.url, autocommit=True) as working:
        working.execute(HIRED, ["备份之前"])
        cluster.run(base)
        working.execute(HIRED, ["备份之后"])
        before, (moment,) = fingerprint(working), working.execute("SELECT clock_timestamp()").fetchone() or ("",)
        time.sleep(0.1)
        working.execute("DELETE FROM org_post")
        working.execute("SELECT pg_switch_wal()")  # else the archive has it after archive_timeout
    cluster.stop()
    (cluster.folder / "data").rename(cluster.folder / "data.kept")
    cluster.run(re.sub(r"recovery_target_time = '.*'", f"recovery_target_time = '{moment}'", recovery))
    cluster.start()
    with psycopg.connect(cluster.url, autocommit=True) as recovered:
        _until(recovered, "SELECT NOT pg_is_in_recovery()")
        assert recovered.execute("SELECT name FROM org_post ORDER BY id").fetchall() == [("备份之前",), ("备份之后",)]
        assert fingerprint(recovered) == before
        recovered.execute(HIRED, ["恢复之后"])


def _until(asking: psycopg.Connection, condition: str) -> None:
    deadline = time.monotonic() + 15
    while (row := asking.execute(condition).fetchone()) is None or not row[0]:
        assert time.monotonic() < deadline, condition
        time.sleep(0.1)
