"""被杀之后: what `kill -9` of the process that looks after others leaves behind, and for how long."""

import json
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from zhike.project.tests.programs import Installation, Server, until
from zhike.testing.databases import copied


def test_what_a_killed_server_leaves_behind_finishes_its_request_and_ends(tmp_path: Path) -> None:
    """As with `kill -9` of the one process that systemd knows (KillMode=process)."""
    used = Installation(tmp_path / "home", copied())
    used.home.mkdir()
    used.zhike("migrate")
    used.zhike("user", "add", "韩梅梅", "--role", "管理员")
    token = used.zhike("token", "韩梅梅").stdout.strip()
    server = Server(used.home, DATABASE_URL=used.url, ZHIKE_PROCESSES="2")
    made = json.loads(server.ask("/api/v1/customers", token, {"name": "被杀测试有限公司"}, "POST")[2])
    left = psutil.Process(server.process.pid).children(recursive=True)
    answers: list[int] = []
    with psycopg.connect(used.url) as holding:
        holding.execute("SELECT 1 FROM customers_customer WHERE id = %s FOR UPDATE", [made["id"]])
        asked = (f"/api/v1/customers/{made['id']}", token, {"name": "被杀之后有限公司"}, "PATCH")
        waiting = threading.Thread(target=lambda: answers.append(server.ask(*asked)[0]))
        waiting.start()
        until(
            used.url, "SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        server.process.kill()
        time.sleep(1.5)
        holding.rollback()
    waiting.join(30)
    assert len(left) >= 2
    assert (_still_there(left, 20), answers) == ([], [200])
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(server.address.rpartition(":")[2]))) != 0


SUPERVISED = """
import time
from zhike.project.supervisor import Supervisor
with Supervisor() as supervisor:
    print(supervisor.start("x", "sleep", "60").process.pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
def test_what_a_killed_supervisor_looked_after_ends_with_it() -> None:
    supervisor = subprocess.Popen([sys.executable, "-c", SUPERVISED], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout is not None
    child = psutil.Process(int(supervisor.stdout.readline()))
    supervisor.kill()
    assert _still_there([child], 10) == []


def _still_there(processes: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Those that have not ended by then; where nobody buries the dead, they count as ended."""
    deadline = time.monotonic() + seconds
    while (
        left := [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
    ) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left
