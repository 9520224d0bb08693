"""The executable, run as a person runs it."""

import socket
import stat
import time
from pathlib import Path

import pytest

from zhike.project.tests.programs import zhike


def test_help_answers_at_once_and_names_every_command(tmp_path: Path) -> None:
    started = time.monotonic()
    shown = zhike(tmp_path, "--help")
    assert time.monotonic() - started < 1
    for command in ("serve", "work", "migrate", "demo", "user", "token", "import", "export", "doctor"):
        assert f"    {command} " in shown.stdout


def test_a_busy_port_is_named_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = zhike(tmp_path, "serve", "--port", str(port))
    assert refused.returncode == 1
    assert refused.stderr == f"错误：端口 {port} 已被占用；请用 --port 换一个，或 --port 0 任选空闲端口\n"


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_cannot_be_is_refused(tmp_path: Path, port: str) -> None:
    refused = zhike(tmp_path, "serve", f"--port={port}")
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"错误：不能监听 127.0.0.1 的端口 {port}")


def test_a_setting_that_is_no_number_is_named(tmp_path: Path) -> None:
    refused = zhike(tmp_path, "serve", ZHIKE_PORT="http")
    assert (refused.returncode, refused.stderr) == (1, "错误：ZHIKE_PORT 应为整数，而不是“http”\n")


def test_another_kind_of_database_is_refused(tmp_path: Path) -> None:
    refused = zhike(tmp_path, "migrate", DATABASE_URL="mysql://root@localhost/crm")
    assert refused.returncode == 1
    assert refused.stderr == "错误：DATABASE_URL 必须以 postgresql:// 开头，知客只支持 PostgreSQL\n"


def test_a_database_nobody_answers_at_is_refused_in_one_sentence(tmp_path: Path) -> None:
    refused = zhike(tmp_path, "migrate", DATABASE_URL="postgresql://zhike@127.0.0.1:1/zhike")
    assert refused.returncode == 1
    assert refused.stderr.startswith("错误：连接不上数据库")
    assert "Traceback" not in refused.stderr


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    zhike(tmp_path, "doctor", DATABASE_URL="postgresql://zhike@127.0.0.1:1/zhike")
    kept = tmp_path / "secret_key"
    first = kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    zhike(tmp_path, "doctor", DATABASE_URL="postgresql://zhike@127.0.0.1:1/zhike")
    assert kept.read_text() == first
    assert len(first) >= 50


def test_a_fresh_installation_gets_tables_a_user_and_a_token(tmp_path: Path) -> None:
    assert zhike(tmp_path, "migrate").returncode == 0
    added = zhike(tmp_path, "user", "add", "韩梅梅", "--role", "销售")
    assert added.returncode == 0, added.stderr
    assert "初始密码：" in added.stdout
    assert zhike(tmp_path, "token", "韩梅梅").stdout.startswith("zk_")
    again = zhike(tmp_path, "user", "add", "韩梅梅", "--role", "销售")
    assert (again.returncode, again.stdout) == (1, "")
    assert "已存在" in again.stderr
    nobody = zhike(tmp_path, "token", "李雷")
    assert nobody.stderr == "错误：没有启用的用户“李雷”；可用 zhike user add 新增\n"
    lost = zhike(tmp_path, "user", "add", "李雷", "--role", "国王")
    assert lost.stderr.startswith("错误：没有角色“国王”；可选：")
