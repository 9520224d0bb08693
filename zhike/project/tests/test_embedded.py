"""The database that comes along: shared, stopped by the last, started again after anything."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from zhike.project.embedded import DatabaseFailed, Embedded

USER = """
import sys, time
from pathlib import Path
from zhike.project.embedded import Embedded
with Embedded(Path(sys.argv[1])).running():
    print("ready", flush=True)
    time.sleep(120)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "postgres"
    with Embedded(tmp_path / "postgres").running():
        pass


def other_user(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", USER, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def server_process(folder: Path) -> psutil.Process:
    return psutil.Process(int((folder / "data" / "postmaster.pid").read_text().split()[0]))


def answer(folder: Path) -> int:
    with psycopg.connect(Embedded(folder).url) as connection:
        row = connection.execute("select 41 + 1").fetchone()
    assert row is not None
    return int(row[0])


def is_gone(server: psutil.Process) -> bool:
    """Ended, or ending: whoever adopted it may be slow to take note of it."""
    return not psutil.wait_procs([server], timeout=10)[1] or server.status() == psutil.STATUS_ZOMBIE


def test_the_last_to_leave_stops_the_server(folder: Path) -> None:
    other = other_user(folder)
    with Embedded(folder).running():
        other.send_signal(signal.SIGINT)
        other.wait(20)
        assert answer(folder) == 42
        server = server_process(folder)
    assert not (folder / "data" / "postmaster.pid").exists()
    assert is_gone(server)


def test_a_killed_user_does_not_keep_the_server_running(folder: Path) -> None:
    other = other_user(folder)
    other.kill()
    other.wait()
    with Embedded(folder).running():
        assert answer(folder) == 42
    assert not (folder / "data" / "postmaster.pid").exists()


def test_data_survive_a_killed_server_whose_number_went_to_a_stranger(folder: Path) -> None:
    user = other_user(folder)
    with psycopg.connect(Embedded(folder).url) as connection:
        connection.execute("create table kept as select 7 as number")
    kill_with_server(user, folder)
    note = folder / "data" / "postmaster.pid"
    note.write_text("\n".join([str(os.getpid()), *note.read_text().splitlines()[1:], ""]))
    with Embedded(folder).running() as url, psycopg.connect(url) as connection:
        assert connection.execute("select number from kept").fetchone() == (7,)


def test_a_server_starts_again_while_a_question_to_the_killed_one_is_still_being_worked_on(folder: Path) -> None:
    """A long statement notices only at its end that the server is no more."""
    user = other_user(folder)
    asking, server = psycopg.connect(Embedded(folder).url), server_process(folder)
    asking.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 40000000) a WHERE a % 7 = 3")
    working = psutil.Process(asking.info.backend_pid)
    for process in (user, server):
        process.kill()
        process.wait()
    assert working.status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    with Embedded(folder).running():
        assert answer(folder) == 42
    asking.close()


def kill_with_server(user: subprocess.Popen[str], folder: Path) -> None:
    server = server_process(folder)
    family = [server, *server.children()]
    user.kill()
    server.kill()
    user.wait()
    psutil.wait_procs(family, timeout=10)


def test_a_folder_too_deep_for_a_socket_works(tmp_path: Path) -> None:
    folder = tmp_path / ("deep" * 30) / "postgres"
    with Embedded(folder).running():
        assert answer(folder) == 42


def test_a_folder_of_somebody_else_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "postgres").write_text("a file where the folder should be")
    with pytest.raises(DatabaseFailed, match="不能使用数据目录"):
        Embedded(tmp_path / "postgres").start()


def test_a_server_whose_last_user_was_killed_is_known_as_forsaken(folder: Path) -> None:
    user = other_user(folder)
    assert not Embedded(folder).forsaken
    user.kill()
    user.wait()
    assert Embedded(folder).forsaken
    with Embedded(folder).running():
        pass
    assert not Embedded(folder).forsaken
